"""What an owner is told of trouble: once a day for each cause, while they are at work."""

import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import pytest
from pydantic import SecretStr

from bot.noticing import Notices, addresses_in, problems_in, trouble_of
from bot.ports import StopError
from bot.settings import Problem, Settings, SettingsError
from bot.settings.loading import loads
from bot.state import StateFolder
from bot.text import library
from tests.unit.text.samples import TEMPLATES

PHRASES = library.phrases(TEMPLATES / "messages")
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
"""Ten o'clock in Paris."""
REFUSED = StopError("Trello refuses the token", status=401)
FORBIDDEN = StopError("Trello refuses this", status=403)
CLOCK = StopError("This machine's clock says 10:31")
INVALID = SettingsError([Problem("bot.yaml", 3, "limits", "", "this key is unknown")])


def settings(tmp_path: Path, notify: str = "json://127.0.0.1") -> Settings:
    text = f"boards: [AbCd1234]\nlanguage: en\npeople: {{owner: {{notify: '{notify}'}}}}\n"
    return loads(text, tmp_path / "bot.yaml", {})


class Box:
    """Takes notices, or does not."""

    def __init__(self, tmp_path: Path) -> None:
        self.settings = settings(tmp_path)
        self.state = StateFolder(tmp_path / "state")
        self.works = True
        self._taken: SimpleQueue[str] = SimpleQueue()
        self.notices = self.started()

    def started(self) -> Notices:
        """Return what a process begins with."""
        self.notices = Notices(self.state, PHRASES, self._take)
        return self.notices

    def _take(self, _: SecretStr, subject: str, body: str) -> bool:
        self._taken.put(f"{subject}\n{body}")
        return self.works

    def told(self, problem: Any, at: datetime) -> list[str]:
        """Return what the owner is sent about a problem, by a process that ends after it."""
        self.notices.cannot_work(problem, self.settings, at)
        self.notices.close(20)
        self.started()
        return self.taken()

    def taken(self) -> list[str]:
        found = []
        while True:
            try:
                found.append(self._taken.get_nowait())
            except Empty:
                return found


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


@pytest.mark.parametrize(
    ("problem", "cause", "words"),
    [
        (REFUSED, "credentials", "key or token"),
        (FORBIDDEN, "rights", "refuses what the bot asks for"),
        (CLOCK, "stopped", "only you can settle"),
        (INVALID, "configuration", "not valid"),
    ],
)
def test_each_problem_is_told_in_its_own_words(
    box: Box, problem: StopError | SettingsError, cause: str, words: str
) -> None:
    assert trouble_of(problem).cause == cause
    (letter,) = box.told(problem, MONDAY)
    assert letter.startswith("The bot can no longer work\n")
    assert words in letter


@pytest.mark.covers("A1", "L5", "G13", "D10")
def test_a_day_of_trouble_is_one_notice_for_each_cause(box: Box) -> None:
    told = []
    for minute in range(0, 24 * 60, 15):
        clock = StopError(f"This machine's clock says {minute}")
        for problem in (REFUSED, clock):
            told += box.told(problem, MONDAY.replace(hour=0) + timedelta(minutes=minute))
    assert len(told) == 2
    assert len(box.told(REFUSED, MONDAY + timedelta(days=1))) == 1


@pytest.mark.parametrize(
    ("at", "count"),
    [("07:59", 0), ("08:00", 1), ("11:30", 0), ("13:00", 1), ("16:59", 1), ("17:00", 0)],
)
def test_trouble_waits_for_the_owners_working_time(box: Box, at: str, count: int) -> None:
    hour = datetime.fromisoformat(f"2026-11-30T{at}+00:00")
    assert len(box.told(REFUSED, hour)) == count


def test_a_notice_of_trouble_that_has_not_arrived_is_tried_again_by_the_hour(box: Box) -> None:
    box.works = False
    early = MONDAY - timedelta(hours=1)
    sent = [box.told(REFUSED, early + timedelta(minutes=minute)) for minute in range(0, 120, 15)]
    assert [len(each) for each in sent] == [1, 0, 0, 0, 1, 0, 0, 0]
    assert box.state.unreached() == {"owner"}
    box.works = True
    assert len(box.told(REFUSED, early + timedelta(hours=2))) == 1
    assert box.state.unreached() == frozenset()
    assert box.told(REFUSED, early + timedelta(hours=4)) == []


@pytest.mark.covers("L5")
def test_a_service_slower_than_the_process_that_tells_it_is_asked_once_an_hour(box: Box) -> None:
    let = threading.Event()
    asked: SimpleQueue[str] = SimpleQueue()

    def slow(_: SecretStr, subject: str, __: str) -> bool:
        asked.put(subject)
        return let.wait(20)

    for minute in range(10):
        notices = Notices(box.state, PHRASES, slow)
        notices.cannot_work(REFUSED, box.settings, MONDAY + timedelta(minutes=minute))
        notices.close(0)
    assert asked.get(timeout=20) == "The bot can no longer work"
    assert asked.empty()
    let.set()


@pytest.mark.covers("L5")
def test_where_nothing_can_be_noted_trouble_is_told_to_nobody(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    box = Box(tmp_path)
    assert [box.told(REFUSED, MONDAY + timedelta(minutes=each)) for each in range(3)] == [[]] * 3


def test_a_clock_that_ran_ahead_leaves_nothing_that_is_told_ever_again(box: Box) -> None:
    assert len(box.told(CLOCK, MONDAY + timedelta(weeks=200))) == 1
    assert len(box.told(CLOCK, MONDAY)) == 1
    assert box.told(CLOCK, MONDAY + timedelta(hours=2)) == []


def test_what_is_too_much_to_carry_counts_as_not_arrived(
    box: Box, caplog: pytest.LogCaptureFixture
) -> None:
    let = threading.Event()
    notices = Notices(box.state, PHRASES, lambda *_: let.wait(20))
    for week in range(70):
        notices.cannot_work(REFUSED, box.settings, MONDAY + timedelta(weeks=week))
    assert box.state.unreached() == {"owner"}
    assert [each.event["event"] for each in caplog.records] == ["notices_lost"]  # type: ignore[attr-defined]
    notices.close(0)
    let.set()


def test_who_has_no_channel_is_told_nothing(tmp_path: Path) -> None:
    box = Box(tmp_path)
    box.settings = loads("boards: [AbCd1234]", tmp_path / "bot.yaml", {})
    assert addresses_in(box.settings) == {}
    assert box.told(REFUSED, MONDAY) == []


def test_a_problem_with_a_channel_names_the_person_and_the_kind_of_address_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    box = Box(tmp_path)
    box.settings = settings(tmp_path, "mailto://paul:c4nary@example.com")
    ((channel, problem),) = problems_in(box.settings)
    assert channel == "owner"
    assert problem.startswith("notices to owner (mailto): notices need Apprise")
    box.notices.begin(box.settings)
    assert "notices need Apprise" in caplog.text
    assert "c4nary" not in problem + caplog.text


def test_where_nobody_has_a_channel_a_missing_library_is_nobodys_concern(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    box = Box(tmp_path)
    box.notices.begin(loads("boards: [AbCd1234]", tmp_path / "bot.yaml", {}))
    assert caplog.text == ""
