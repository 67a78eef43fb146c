"""S1c: no template takes all time or memory, whatever its author tries."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.text.bombs import BOMBS

ROOT = Path(__file__).parents[3]


def endings() -> dict[str, tuple[str, float]]:
    """Render all in one process that the system keeps small; return each one's end and seconds."""
    command = [sys.executable, "-m", "tests.unit.text.bombs"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    lines = (line.split("\t") for line in told.stdout.splitlines())
    return {name: (ending, float(seconds)) for name, ending, seconds in lines}


@pytest.mark.covers("S1c")
def test_no_template_takes_all_time_or_memory() -> None:
    ended = endings()
    assert [*ended] == [*BOMBS], "the process was ended at the first that is missing"
    written = [name for name, (ending, _) in ended.items() if ending.endswith(" characters")]
    assert not written
    starved = [name for name, (ending, _) in ended.items() if ending == "MemoryError"]
    assert not starved
    # Seconds of computing, not of waiting; a tenth of this is usual.
    assert max(seconds for _, seconds in ended.values()) < 8
