"""kill -9 at a chosen moment of a chosen request, and the next runs end as if nothing had been."""

import signal
from pathlib import Path

import pytest

from tests.processes.place import APPLY, Place, open_place
from tests.processes.recovery import Undisturbed, come_to_rest, faults, recover
from tests.processes.strikes import Fate, Strike

KILLED = -signal.SIGKILL


def killed(place: Place, fate: Fate, number: int) -> None:
    """Let a pass be killed when it makes its ``number``-th write."""
    strike = Strike(number, fate, (signal.SIGKILL,), writes=True)
    assert place.run(*APPLY, strike=strike).ended() == KILLED
    assert place.desk.struck.is_set()


@pytest.mark.covers("B1", "B2", "B3", "F3")
@pytest.mark.parametrize(
    ("fate", "number"), [("dropped", 1), ("late", 3), ("late", 14), ("applied", 14)]
)
def test_b1_b2_b3_f3_a_pass_killed_at_a_write_and_another_leave_each_change_once(
    place: Place, wanted: Undisturbed, fate: Fate, number: int
) -> None:
    killed(place, fate, number)
    recover(place)
    assert list(faults(place, wanted)) == []


@pytest.mark.covers("F3", "F4")
def test_f3_f4_killed_again_and_again_and_robbed_of_its_folder_it_gets_there(
    busy: Place, wanted_busy: Undisturbed
) -> None:
    busy.settle("0s")
    moments: tuple[tuple[Fate, int], ...] = (("applied", 5), ("dropped", 6), ("applied", 7))
    for moment in moments:
        killed(busy, *moment)
        busy.forget()
    come_to_rest(busy)
    assert list(faults(busy, wanted_busy)) == []


@pytest.mark.covers("F3", "F10")
def test_f3_f10_a_program_started_cold_and_killed_leaves_a_lock_file_that_locks_nobody_out(
    shelf: Path, one_card: Path, wanted: Undisturbed
) -> None:
    with open_place(shelf / "cold", one_card) as place:
        killed(place, "applied", 14)
        assert (place.state() / "lease").exists()
        recover(place)
        assert "is at work" not in place.log().read_text("utf-8")
        assert list(faults(place, wanted)) == []
