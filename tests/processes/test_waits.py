"""After kill -9 a write may still be under way: the next start waits, and only then."""

import signal
from datetime import timedelta

import pytest

from tests.processes.logs import SETTLING, heard, said
from tests.processes.place import APPLY, Place
from tests.processes.recovery import Undisturbed, faults, recover
from tests.processes.strikes import Strike

INFO = {"LOG_LEVEL": "INFO"}


def killed_at_a_write(place: Place) -> None:
    strike = Strike(2, "applied", (signal.SIGKILL,), writes=True)
    assert place.run(*APPLY, strike=strike).ended() == -signal.SIGKILL


@pytest.mark.covers("B3", "E1")
def test_b3_after_a_kill_amid_writes_the_next_start_asks_nothing_before_they_have_settled(
    place: Place,
) -> None:
    killed_at_a_write(place)
    place.settle("2s")
    assert place.run(*APPLY, env=INFO).ended() == 0
    began = said(place.log(), SETTLING)
    assert began is not None
    assert place.desk.first is not None
    assert place.desk.first - began >= timedelta(seconds=2)


def test_after_a_clean_end_no_start_waits(place: Place, wanted: Undisturbed) -> None:
    place.settle("10m")
    recover(place)
    assert list(faults(place, wanted)) == []
    assert said(place.log(), SETTLING) is None


def test_a_kill_before_the_first_write_leaves_nothing_to_wait_for(place: Place) -> None:
    place.settle("10m")
    strike = Strike(2, "dropped", (signal.SIGKILL,))
    assert place.run(*APPLY, strike=strike).ended() == -signal.SIGKILL
    recover(place)


@pytest.mark.covers("B3")
def test_b3_killed_while_it_waits_for_a_lost_answer_it_leaves_the_waiting_to_the_next_start(
    place: Place, wanted: Undisturbed
) -> None:
    place.settle("10m")
    strike = Strike(14, "applied", writes=True)
    process = place.run(*APPLY, strike=strike, env={"LOG_LEVEL": "DEBUG"})
    heard(place.log(), "/actions/comments: ConnectionError")
    process.send(signal.SIGKILL)
    assert process.ended() == -signal.SIGKILL
    place.settle("1s")
    recover(place)
    assert list(faults(place, wanted)) == []
