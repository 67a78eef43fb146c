"""A thousand runs drawn by seed: several faults, people between requests, two workers."""

from pathlib import Path

import pytest

from tests.simulation.draw import drawn
from tests.simulation.run import run

SEEDS, PORTION = 1000, 50


@pytest.mark.covers("A4", "A20", "C2", "I1")
@pytest.mark.parametrize("first", range(0, SEEDS, PORTION))
def test_whatever_breaks_every_change_stands_once_and_no_text_is_lost(
    first: int, folder: Path
) -> None:
    broken = []
    for seed in range(first, first + PORTION):
        outcome = run(drawn(seed), folder)
        if outcome.problems:
            broken.append(outcome.told())
    assert not broken, "\n".join(broken)
