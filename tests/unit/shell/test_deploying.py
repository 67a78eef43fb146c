"""The files that platforms read, checked as far as a machine without these platforms can."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it has no types of its own
import pytest

from bot.receiver import Receiver, receiving

ROOT = Path(__file__).resolve().parents[3]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
UNIT = (ROOT / "deploy" / "delegate-bot.service").read_text("utf-8")
SECRETS = {"TRELLO_API_KEY", "TRELLO_API_TOKEN", "TRELLO_API_SECRET", "DEADMAN_URL"}


def tool(name: str) -> str:
    """Return a program of this machine or of this environment; skip where it is not installed."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which(name) or shutil.which(name, path=beside)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def instructions() -> list[tuple[str, str]]:
    """Return what the Dockerfile says, continued lines joined."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE, flags=re.MULTILINE).replace("\\\n", " ")
    lines = [each.strip() for each in text.splitlines() if each.strip()]
    return [(each.split()[0], each.split(maxsplit=1)[1]) for each in lines]


def values(name: str) -> list[str]:
    return [rest for word, rest in instructions() if word == name]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603


# The image


def test_the_linter_finds_nothing_in_the_dockerfile() -> None:
    done = run(tool("hadolint"), "--no-color", str(ROOT / "Dockerfile"))
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_is_of_the_python_that_the_tests_run_on() -> None:
    """A tag without its version would change under everybody's feet."""
    (base,) = values("FROM")
    found = re.fullmatch(r"python:(\d\.\d+)-slim-[a-z]+", base)
    assert found
    assert found[1] == (ROOT / ".python-version").read_text("utf-8").strip()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == f">={found[1]}"


def test_the_image_runs_as_nobody_in_particular_and_in_exec_form_so_that_a_stop_arrives() -> None:
    assert all(re.fullmatch(r"[1-9]\d*:[1-9]\d*", each) for each in values("USER"))
    order = [word for word, _ in instructions()]
    assert order.index("USER") > max(at for at, word in enumerate(order) if word == "RUN")
    assert json.loads(values("ENTRYPOINT")[0]) == ["python", "-m", "bot"]
    assert json.loads(values("CMD")[0]) == ["serve"]


def test_what_changes_most_is_copied_last_and_only_what_the_image_is_offered() -> None:
    order = [word for word, _ in instructions()]
    copied = [each.split()[:-1] for each in values("COPY")]
    assert copied[0] == ["requirements.txt"]
    assert order.index("RUN") < [at for at, word in enumerate(order) if word == "COPY"][1]
    offered = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    rules = [each for each in offered if each and not each.startswith("#")]
    assert rules[0] == "*"
    named = {each.removeprefix("!") for each in rules if each.startswith("!")}
    assert named == {each for group in copied for each in group}
    assert all((ROOT / each).exists() for each in named)


def test_no_secret_is_built_into_the_image() -> None:
    assert values("ARG") == []
    set_here = {each.split("=")[0] for line in values("ENV") for each in shlex.split(line)}
    assert set_here & SECRETS == set()
    assert not {"ADD", "ONBUILD"} & {word for word, _ in instructions()}


@pytest.mark.parametrize(("well", "code"), [(True, 0), (False, 1)])
def test_the_health_check_of_the_image_says_what_the_program_says(well: bool, code: int) -> None:
    (check,) = values("HEALTHCHECK")
    words = json.loads(check[check.index("[") :])
    with receiving(Receiver(None, lambda _: None, is_well=lambda: well), "127.0.0.1", 0) as url:
        env = {"PORT": url.rpartition(":")[2], "http_proxy": "http://192.0.2.1:9"}
        command = [sys.executable, *words[1:]]
        done = subprocess.run(command, env=env, check=False, timeout=30, capture_output=True)  # noqa: S603
    assert done.returncode == code, done.stderr


# The versions


def pins(file: str) -> dict[str, str]:
    text = (ROOT / file).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", text, re.MULTILINE))


def test_what_is_deployed_has_the_versions_that_are_tested_each_with_a_hash() -> None:
    deployed, tested = pins("requirements.txt"), pins("requirements.lock")
    assert deployed.items() <= tested.items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {
        re.split(r"[\[<>=~; ]", each)[0].replace(".", "-") for each in project["dependencies"]
    }
    assert needed <= deployed.keys()
    assert "pytest" not in deployed
    text = (ROOT / "requirements.txt").read_text("utf-8")
    # Platforms refuse a list in which only some have a hash.
    assert all("--hash=sha256:" in each for each in re.split(r"\n(?=\S)", text.strip()))


# systemd


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, where the program stands on this machine."""
    file = tmp_path / "delegate-bot.service"
    file.write_text(UNIT.replace("/opt/delegate-bot/.venv/bin/python", sys.executable), "utf-8")
    return file


def test_systemd_finds_nothing_wrong_with_the_unit(unit: Path) -> None:
    done = run(tool("systemd-analyze"), "verify", "--man=no", str(unit))
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_finds_the_unit_well_confined(unit: Path) -> None:
    """Of 100; a service without any confinement has 96."""
    words = "security", "--offline=true", "--threshold=15", "--no-pager", str(unit)
    done = run(tool("systemd-analyze"), *words)
    assert done.returncode == 0, done.stdout[-2000:]


def test_the_unit_holds_no_secret_and_starts_anew_but_for_a_wrong_configuration() -> None:
    assert not any(f"{each}=" in UNIT for each in SECRETS)
    assert "EnvironmentFile=/etc/delegate-bot/env\n" in UNIT
    assert "Restart=on-failure\n" in UNIT
    assert "RestartPreventExitStatus=2\n" in UNIT


# Heroku

ENV = {
    "type": "object",
    "properties": {
        "description": {"type": "string"},
        "value": {"type": "string"},
        "required": {"type": "boolean"},
        "generator": {"const": "secret"},
    },
    "required": ["description"],
    "additionalProperties": False,
}
DYNO = {
    "type": "object",
    "properties": {
        "quantity": {"type": "integer", "minimum": 0},
        "size": {"enum": ["eco", "basic", "standard-1x", "standard-2x"]},
    },
    "required": ["quantity", "size"],
    "additionalProperties": False,
}
APP = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "minLength": 3, "maxLength": 30},
        "description": {"type": "string", "maxLength": 140},
        "keywords": {"type": "array", "items": {"type": "string"}},
        "buildpacks": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"url": {"type": "string"}},
                "required": ["url"],
                "additionalProperties": False,
            },
        },
        "env": {
            "type": "object",
            "patternProperties": {"^[A-Z][A-Z0-9_]*$": ENV},
            "additionalProperties": False,
        },
        "formation": {"type": "object", "additionalProperties": DYNO},
    },
    "required": ["name", "description", "env", "formation"],
    "additionalProperties": False,
}
"""The part that is used of https://devcenter.heroku.com/articles/app-json-schema."""


def app() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "app.json").read_text("utf-8"))
    return found


def test_the_manifest_for_heroku_has_the_documented_form() -> None:
    jsonschema.Draft202012Validator.check_schema(APP)
    assert [each.message for each in jsonschema.Draft202012Validator(APP).iter_errors(app())] == []


def test_the_manifest_asks_for_what_is_needed_gives_no_secret_and_starts_one_process() -> None:
    env = app()["env"]
    required = {name for name, each in env.items() if each["required"]}
    assert required == {"TRELLO_API_KEY", "TRELLO_API_TOKEN", "BOT_CONFIG_YAML"}
    assert [name for name in SECRETS if "value" in env[name] or "generator" in env[name]] == []
    lines = (ROOT / "Procfile").read_text("utf-8").splitlines()
    assert {each.split(":")[0] for each in lines} == app()["formation"].keys()
    # Two would each write; one installation is one process.
    assert sum(each["quantity"] for each in app()["formation"].values()) == 1


def test_the_sample_environment_names_each_variable_that_a_platform_asks_for() -> None:
    sample = (ROOT / ".env.example").read_text("utf-8")
    named = set(re.findall(r"^#?([A-Z_]+)=", sample, re.MULTILINE))
    assert app()["env"].keys() <= named
