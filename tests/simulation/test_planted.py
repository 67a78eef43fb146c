"""Planted bugs can be planted, and the simulator finds them; the campaign looks for all of them."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.simulation.planted import BUGS

QUICK = ("no re-read", "hand-over first")
"""Found within the first few seeds."""


@pytest.mark.parametrize("name", BUGS)
def test_the_words_that_a_bug_replaces_stand_once_in_the_program(name: str) -> None:
    bug = BUGS[name]
    spec = find_spec(bug.module)
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).read_text("utf-8")
    assert [source.count(old) for old, _ in bug.changes] == [1] * len(bug.changes)
    assert all(old != new for old, new in bug.changes)


def test_at_least_twenty_bugs_are_planted() -> None:
    assert len(BUGS) >= 20


@pytest.mark.parametrize("name", QUICK)
def test_a_planted_bug_is_found(name: str) -> None:
    command = (sys.executable, "-m", "tests.simulation.hunt", name, "10")
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_bug_whose_words_are_gone_fails_loudly() -> None:
    text = (
        "from tests.simulation.planting import plant\n"
        "plant({'bot.redaction': (('no such words', ''),)})\n"
        "import bot.redaction\n"
    )
    command = (sys.executable, "-c", text)
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode != 0
    assert "PlantError" in done.stderr
