# The two commands of the README. Everything they need is installed into .venv.
PYTHON ?= python3
# Not "?=": many systems set LANGUAGE to something like en_US:en.
LANGUAGE = fr
BIN = .venv/bin
# Where it is set, every test's process and every program that tests start would compile all anew.
unexport PYTHONDONTWRITEBYTECODE
# One more than there are cores: some tests wait for processes of their own.
HANDS := $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

.PHONY: demo test lint types imports unit coverage bench audit lock clean

demo: .venv/installed
	$(BIN)/python -m bot demo --language $(LANGUAGE)

# Type checking uses one core: the tests begin beside it.
test: .venv/installed lint imports
	$(MAKE) -j 2 types unit

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports

unit:
	rm -f .coverage .coverage.*
	$(BIN)/pytest tests/unit/domain -m traced -n auto -q --cov=bot.domain --cov-report=
	$(BIN)/coverage report --fail-under=100
	$(BIN)/pytest -n $(HANDS) -q -m "not traced"

# Branch coverage of everything: tracing makes the suite three times slower.
coverage: .venv/installed
	rm -f .coverage .coverage.*
	$(BIN)/pytest -n auto -q --cov --cov-report=
	$(BIN)/coverage report --fail-under=95

# Costs beside other tools' and beside the goals, into tests/benchmarks: several minutes.
bench: .venv/installed
	$(BIN)/python -m tests.benchmarks

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, for example: make demo PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Known weaknesses of the locked versions, by PyPI's advisories: needs the internet, and what cannot
# be looked up fails too.
audit: .venv/installed
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements.lock --progress-spinner off

# Refresh the locked versions (needs uv): of everything, and of what runs where it is deployed.
COMPILE = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-strip-extras --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet
lock:
	$(COMPILE) --extra dev --output-file requirements.lock
	$(COMPILE) --extra notify --constraint requirements.lock --output-file requirements.txt

clean:
	rm -rf .venv .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis demo-board
