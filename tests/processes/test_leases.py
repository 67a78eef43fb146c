"""Two processes of one installation: one writes, the other waits; the dead lock nobody out."""

import signal

import pytest

from tests.processes.logs import LEASE_HELD, PASS, heard
from tests.processes.place import APPLY, Place
from tests.processes.program import Running
from tests.processes.recovery import Undisturbed, faults


def at_work(live: Place) -> Running:
    """Return a worker that has made its first pass."""
    worker = live.run("worker")
    heard(live.log(), PASS)
    return worker


@pytest.mark.covers("E8")
def test_e8_a_pass_by_hand_waits_for_the_worker_and_goes_ahead_when_that_is_killed(
    live: Place, wanted_today: Undisturbed
) -> None:
    worker = at_work(live)
    by_hand = live.second("apply")
    heard(live.log(), LEASE_HELD)
    worker.send(signal.SIGKILL)
    assert worker.ended() == -signal.SIGKILL
    assert by_hand.ended() == 0
    assert list(faults(live, wanted_today)) == []


@pytest.mark.covers("E3", "F1")
@pytest.mark.parametrize(("command", "code"), [("apply", 3), ("worker", 0)])
def test_f1_told_to_stop_while_another_is_at_work_it_ends_at_once_and_writes_nothing(
    live: Place, command: str, code: int
) -> None:
    worker = at_work(live)
    asked = len(live.app.requests)
    worker.send(signal.SIGSTOP)
    other = live.second(command)
    heard(live.log(), LEASE_HELD)
    other.send(signal.SIGTERM)
    assert other.ended(30) == code
    assert len(live.app.requests) - asked <= 1
    worker.send(signal.SIGKILL)
    worker.ended()


def test_g2_two_passes_at_once_of_one_installation_post_nothing_twice_even_for_a_moment(
    place: Place, wanted: Undisturbed
) -> None:
    both = [place.run(*APPLY), place.second(*APPLY)]
    assert [each.ended() for each in both] == [0, 0]
    assert place.writes == wanted.writes
    assert list(faults(place, wanted)) == []
