"""The simulator itself: it repeats runs, and it sees what is wrong."""

from pathlib import Path

import pytest

from tests.simulation.draw import drawn
from tests.simulation.run import run
from tests.simulation.spec import Deed, Spec, Strike, read_spec

_UNASSIGNED = Spec(
    "copied",
    seed=32013,
    strikes=(Strike("crash after", at=2, times=3, before="write"),),
    deeds=(Deed("unassigns", at=1, pick=826, before="write"),),
)
_QUIET_MINUTES_END = Spec(
    "crossed",
    seed=30547,
    strikes=(Strike("429 storm", at=1), Strike("lost, dropped", at=5)),
    forget=True,
)
_DELETION_HIDDEN = Spec(
    "stalled",
    seed=31437,
    deeds=(
        Deed("types_below", at=2, pick=150, before="write"),
        Deed("deletes_comment", at=9, pick=623),
    ),
    team="lease",
)


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


@pytest.mark.parametrize("spec", [_UNASSIGNED, _QUIET_MINUTES_END, _DELETION_HIDDEN])
def test_what_nothing_could_tell_the_bot_or_time_alone_brings_is_not_held_against_it(
    spec: Spec, folder: Path
) -> None:
    assert run(spec, folder).problems == ()
