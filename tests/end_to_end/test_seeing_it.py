"""What an operator sees from outside: a log that does not repeat itself, health, signs of life."""

import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.test import Client

from bot import wiring
from bot.deadman import THREAD, Deadman
from bot.journal import Journal
from bot.sandbox import Store
from bot.service import Service
from bot.worker import Ticker
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.office import Office, Peace, open_office
from tests.end_to_end.receivers import until
from tests.end_to_end.shell import typed
from tests.unit.shell.test_pulse import Hours
from tests.unit.trello.doubles import RawServer, http

MINUTE = timedelta(minutes=1)


class Watched:
    """A worker whose ticks come when they are called for, and what it has said."""

    def __init__(self, office: Office, log: pytest.LogCaptureFixture) -> None:
        log.set_level(logging.INFO)
        self._office, self._log = office, log
        journal = Journal()
        self._tick = Ticker(
            lambda: office.apply(seen=journal.wrote), MINUTE, threading.Event(), journal
        )

    def minutes(self, number: int) -> None:
        for _ in range(number):
            self._tick()
            self._office.later(1)

    def told(self) -> list[str]:
        """Return the names of its lines, but for passes that had nothing to say."""
        found = [each.event for each in self._log.records if hasattr(each, "event")]
        names = [f"{e['event']} {e.get('what', '')}".strip() for e in found]
        return [each for each in names if each not in {"pass", "change"}]


@pytest.fixture
def watched(office: Office, caplog: pytest.LogCaptureFixture) -> Watched:
    office.complete()
    return Watched(office, caplog)


def test_while_trello_is_down_the_log_says_so_once_and_once_when_it_is_back(
    office: Office, watched: Watched
) -> None:
    watched.minutes(2)
    office.app.faults = Always("GET", "/", answer(503))
    watched.minutes(10)
    office.app.faults = Peace()
    watched.minutes(2)
    assert watched.told() == ["down", "over down"]


def test_a_board_that_fails_is_told_once_however_its_trouble_changes(
    office: Office, watched: Watched
) -> None:
    other = office.add_board("Second")
    office.settings["boards"].append(other.short_link)
    office.fresh_bot()
    office.app.faults = Always("GET", f"/boards/{other.short_link}", answer(500))
    # It is left alone from the second failure on: then the line would read otherwise.
    watched.minutes(10)
    office.app.faults = Peace()
    for _ in range(2):
        watched.minutes(1)
        office.later(60)
    watched.minutes(1)
    assert watched.told() == ["board_unread", "over board_unread"]


def test_a_card_that_cannot_be_read_is_told_once_and_that_work_is_left_because_of_it(
    office: Office, watched: Watched
) -> None:
    office.settled()
    office.fresh_bot()
    office.app.faults = Always("GET", "/cards/", answer(500))
    watched.minutes(10)
    office.app.faults = Peace()
    office.later(60)
    watched.minutes(2)
    assert sorted(watched.told()) == ["card_unread", "left", "over card_unread", "over left"]


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_card_that_cannot_be_written_to_is_told_once_also_while_it_is_left_alone(
    office: Office, watched: Watched, method: str
) -> None:
    second = office.complete("Autre")
    office.app.faults = Always(method, f"/cards/{second.id}", answer(500))
    # The first card is served in the first pass, and another one later: Trello is not to blame.
    watched.minutes(1)
    office.complete("Encore")
    watched.minutes(5)
    office.app.faults = Peace()
    for _ in range(2):
        watched.minutes(1)
        office.later(60)
    watched.minutes(1)
    assert [each for each in watched.told() if "left" not in each] == [
        "change_failed",
        "over change_failed",
    ]
    assert "left" in watched.told()
    assert office.world.members(second) == ["mel"]


# Health, and the dead man's ping


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Office]:
    """An office in whose sandbox time passes."""
    with open_office(tmp_path, store=Store(wiring.clock)) as opened:
        yield opened


def service(office: Office, deadman: Deadman | None = None) -> Service:
    bot = office.fresh_bot()
    return Service(bot, office.config, office.environment, threading.Event(), deadman)


@pytest.mark.covers("M1")
def test_m1_a_sign_of_life_follows_a_complete_pass_and_no_other(live: Office) -> None:
    with RawServer(http("200 OK")) as watchman:
        deadman = Deadman(watchman.url)
        at_work = service(live, deadman)
        for part in ("/members/me", f"/boards/{live.board.short_link}"):
            live.app.faults = Always("GET", part, answer(503))
            at_work._ticker()
        assert all(each.name != THREAD for each in threading.enumerate())
        assert watchman.requests == []
        live.app.faults = Peace()
        at_work._ticker()
        until(lambda: watchman.requests)
        deadman.close()


def test_health_is_well_unless_a_new_process_could_do_better(live: Office) -> None:
    hours = Hours()
    live.settings["boards"].append("AbCd1234")
    at_work = service(live)
    at_work._pulse._monotonic, at_work._pulse._last = hours, hours()
    health = Client(at_work.receiver(None))
    assert health.get("/health").status_code == 200
    for status in (503, 401):
        hours.now += 3600
        assert health.get("/health").status_code == 503
        live.app.faults = Always("GET", "/members/me", answer(status))
        at_work._ticker()
        assert health.get("/health").status_code == 200
    hours.now += 3600
    at_work._ticker()  # while it is not asked about refused credentials again
    assert health.get("/health").status_code == 200


@pytest.mark.parametrize("command", ["check", "worker", "serve"])
def test_an_address_for_signs_of_life_that_anybody_could_read_is_refused_at_once(
    office: Office, command: str
) -> None:
    result = typed(office, command, DEADMAN_URL="http://watch.example/7d3b5f81-626d")
    assert result.exit_code == 2
    assert "DEADMAN_URL" in result.output
    assert "7d3b5f81" not in result.output
    assert office.writes == []
