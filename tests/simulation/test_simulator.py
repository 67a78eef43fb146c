"""The simulator itself: it repeats runs, and it sees what is wrong."""

from pathlib import Path

import pytest

from tests.simulation.draw import drawn
from tests.simulation.run import run
from tests.simulation.spec import Spec, read_spec


@pytest.mark.parametrize("seed", [3, 8, 14, 41])
def test_the_same_seed_gives_the_same_trace(seed: int, folder: Path) -> None:
    once, again = run(drawn(seed), folder), run(drawn(seed), folder)
    assert once.digest == again.digest
    assert once.trace


def test_different_seeds_give_different_traces(folder: Path) -> None:
    assert len({run(drawn(seed), folder).digest for seed in range(5)}) == 5


def test_a_run_is_told_in_one_line_that_repeats_it() -> None:
    spec = drawn(17)
    assert read_spec(str(spec)) == spec


def test_a_run_without_trouble_breaks_nothing(folder: Path) -> None:
    assert run(Spec("hand_over"), folder).problems == ()
