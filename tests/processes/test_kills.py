"""kill -9 at a chosen moment of a chosen request, and the next runs end as if nothing had been."""

import signal

import pytest

from tests.processes.place import APPLY, Place
from tests.processes.recovery import Undisturbed, come_to_rest, faults
from tests.processes.strikes import Fate, Strike

KILLED = -signal.SIGKILL


def killed(place: Place, fate: Fate, number: int) -> None:
    """Let a pass be killed when it makes its ``number``-th write."""
    strike = Strike(number, fate, (signal.SIGKILL,), writes=True)
    assert place.run(*APPLY, strike=strike).ended() == KILLED
    assert place.desk.struck.is_set()


@pytest.mark.parametrize("number", [1, 3, 13, 14])
@pytest.mark.parametrize("fate", ["dropped", "applied", "late"])
def test_b1_b2_b3_f3_a_pass_killed_at_a_write_and_another_leave_each_change_once(
    place: Place, wanted: Undisturbed, fate: Fate, number: int
) -> None:
    killed(place, fate, number)
    come_to_rest(place)
    assert list(faults(place, wanted)) == []
