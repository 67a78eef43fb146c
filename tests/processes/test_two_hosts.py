"""Two installations without a common lease on one board: in the end each change stands once."""

import signal
import threading

import pytest

from tests.processes.faces import differences, faces
from tests.processes.logs import IDLE, heard
from tests.processes.middleman import Exchange, Message, Trouble, between, relayed
from tests.processes.place import APPLY, Place
from tests.processes.recovery import Undisturbed, recover
from tests.processes.strikes import Strike


class Held:
    """Holds one request back until the other host has ended."""

    def __init__(self, method: str, part: str) -> None:
        self._method, self._part = method, part
        self.holding = threading.Event()
        self.release = threading.Event()

    def __call__(self, request: Message) -> Trouble | None:
        """Hold back the first request of its kind."""
        if request.method != self._method or self._part not in request.path:
            return None
        return None if self.holding.is_set() else self._hold

    def _hold(self, exchange: Exchange) -> None:
        self.holding.set()
        assert self.release.wait(60)
        relayed(exchange)


def crossed(place: Place, held: Held) -> None:
    """Let one host's write cross a whole pass of another host."""
    with between(place.url, held) as wire:
        slow = place.second(*APPLY, host="slow", url=wire.url)
        assert held.holding.wait(60)
        assert place.run(*APPLY).ended() == 0
        held.release.set()
        assert slow.ended() in {0, 3}


@pytest.mark.covers("C2", "E2", "E3")
@pytest.mark.parametrize("path", ["/actions/comments", "/checklists"])
def test_c2_what_crosses_another_hosts_pass_stands_once_after_the_next(
    place: Place, wanted: Undisturbed, path: str
) -> None:
    crossed(place, Held("POST", path))
    assert place.writes > wanted.writes
    recover(place)
    assert list(differences(wanted.faces, faces(place.app.store))) == []


def test_c2_a_host_killed_with_an_empty_checklist_does_not_cost_the_other_hosts_steps(
    place: Place, wanted: Undisturbed
) -> None:
    held = Held("POST", "/checklists")
    with between(place.url, held) as wire:
        slow = place.second(*APPLY, host="slow", url=wire.url)
        assert held.holding.wait(60)
        strike = Strike(2, "dropped", (signal.SIGKILL,), writes=True)
        assert place.run(*APPLY, strike=strike).ended() == -signal.SIGKILL
        held.release.set()
        assert slow.ended() in {0, 3}
    recover(place)
    assert list(differences(wanted.faces, faces(place.app.store))) == []


@pytest.mark.covers("E1", "E2")
def test_e1_two_workers_on_two_hosts_end_right(live: Place, wanted_today: Undisturbed) -> None:
    here = live.run("worker")
    there = live.second("worker", host="there")
    for host in ("here", "there"):
        heard(live.log(host), IDLE)
    for each in (here, there):
        each.send(signal.SIGTERM)
    assert [here.ended(), there.ended()] == [0, 0]
    recover(live)
    assert list(differences(wanted_today.faces, faces(live.app.store))) == []
