"""The worker: passes until it is told to stop, and a stop ends between two writes."""

import os
import signal
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import wiring
from bot.sandbox import Store
from bot.sandbox.call import Answer
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.office import READING, Office, Peace, open_office
from tests.end_to_end.shell import started, typed


@pytest.fixture
def live_office(tmp_path: Path) -> Iterator[Office]:
    """An office in whose sandbox time passes."""
    with open_office(tmp_path, store=Store(wiring.clock)) as opened:
        opened.bot.state.end()
        yield opened


class Watch(Peace):
    """Tells when a request of one kind has been answered, and does something before."""

    def __init__(self, method: str, part: str) -> None:
        self._method, self._part = method, part
        self.seen = threading.Event()
        self.process: int | None = None
        self.signals: tuple[signal.Signals, ...] = ()

    def before(self, request: Any) -> Answer | None:
        if self._concerns(request) and self.process is not None:
            for each in self.signals:
                os.kill(self.process, each)
            self.process = None
        return self.nothing

    def after(self, request: Any, answer: Answer) -> Answer | None:
        super().after(request, answer)
        if self._concerns(request):
            self.seen.set()
        return self.nothing

    def _concerns(self, request: Any) -> bool:
        return request.method == self._method and self._part in request.path


def test_a_worker_hands_cards_over_and_ends_well_when_told_to(live_office: Office) -> None:
    card = live_office.complete()
    watch = Watch("POST", "/actions/comments")
    live_office.app.faults = watch
    with started(live_office, "worker") as process:
        assert watch.seen.wait(20)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
        assert process.returncode == 0
    assert live_office.world.members(card) == ["mel"]
    assert '"applied": 10' in err
    for secret in (live_office.grant.key, live_office.grant.token):
        assert secret not in err


@pytest.mark.parametrize("count", [1, 3])
def test_told_to_stop_in_mid_write_it_finishes_that_write_and_no_other(
    live_office: Office, count: int
) -> None:
    card = live_office.complete()
    watch = Watch("POST", "/checklists")
    watch.signals = (signal.SIGTERM,) * count
    live_office.app.faults = watch
    watch.process = os.getpid()
    assert typed(live_office, "worker").exit_code == 0
    assert [each.method for each in live_office.app.requests if each.method not in READING] == [
        "PUT",
        "POST",
    ]
    assert live_office.checklists(card) == [("Étapes", [])]


def test_after_an_unclean_end_the_worker_waits_before_its_first_write(live_office: Office) -> None:
    live_office.complete()
    live_office.bot.state.begin()
    watch = Watch("GET", "/members/me")
    watch.signals = (signal.SIGTERM,)
    live_office.app.faults = watch
    watch.process = os.getpid()
    started_at = live_office.world.store.clock()
    assert typed(live_office, "worker").exit_code == 0
    assert live_office.world.store.clock() - started_at >= timedelta(seconds=1)
    assert live_office.writes == []


def test_refused_credentials_do_not_end_the_worker(live_office: Office) -> None:
    live_office.app.faults = Always("GET", "/", answer(401, "invalid token"))
    with started(live_office, "worker") as process:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "CRITICAL" in line)
        assert "TRELLO_API_TOKEN" in line
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        assert process.returncode == 0
