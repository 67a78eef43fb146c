"""A trouble that lasts is told once when it comes and once when it is over, not every minute."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bot.cycle import Report, Took
from bot.domain.changes import AddLabel, Planned, Reason, Skip
from bot.domain.model import Identity, Snapshot
from bot.domain.planner import Plan
from bot.executor import Effect, Outcome
from bot.journal import Journal
from bot.ports import RetryLaterError, SkipError, StopError
from bot.reading import BoardFailure, Reading
from bot.resolve import Refusal, Resolved
from bot.settings import Problem, SettingsError

ME = Identity("me", frozenset({"me"}), shared=False)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
GOOD = Report(Reading(Snapshot(ME, {}, {}), Resolved(ME, {}, ()), (), None), Plan(NOW, (), ()))
ADDED = Planned("stall", "card", AddLabel("label", "à regarder"), Reason("stalled"))


def problem(text: str) -> Problem:
    return Problem("bot.yaml", 1, "boards[0]", "b", text)


def unread(why: str) -> Report:
    return replace(GOOD, reading=replace(GOOD.reading, failures=(BoardFailure("a", why),)))


def refused(why: str) -> Report:
    resolved = Resolved(ME, {}, (Refusal("b", problem(why)),))
    return replace(GOOD, reading=replace(GOOD.reading, resolved=resolved))


def left(*cards: str) -> Report:
    skips = tuple(Skip("brief", each, Reason("fault")) for each in cards)
    return replace(GOOD, plan=Plan(NOW, (), skips))


ODD = replace(GOOD, reading=replace(GOOD.reading, odd=("c",)))

Event = Report | Exception


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


def told(log: pytest.LogCaptureFixture, *events: Event) -> list[str]:
    """Return the names of the lines that a worker writes, but for those of its passes."""
    journal = Journal()
    for each in events:
        journal.began()
        if isinstance(each, Report):
            journal.passed(each)
            continue
        journal.broke_off(each)
    names = [each.event["event"] for each in log.records]  # type: ignore[attr-defined]
    return [each for each in names if each != "pass"]


@pytest.mark.parametrize(
    ("first", "again", "name"),
    [
        (RetryLaterError("busy"), RetryLaterError("no connection"), "down"),
        (SkipError("odd"), SkipError("odder"), "down"),
        (StopError("the token is refused"), StopError("the token is refused"), "refused"),
        (SettingsError([problem("no")]), SettingsError([problem("no")]), "config_invalid"),
        (unread("it is down"), unread("it is left alone until 10:04"), "board_unread"),
        (refused("closed"), refused("closed"), "board_refused"),
        (ODD, ODD, "card_odd"),
        (left("x"), left("x", "y"), "left"),
    ],
)
def test_a_trouble_that_lasts_is_told_once_and_once_that_it_is_over(
    log: pytest.LogCaptureFixture, first: Event, again: Event, name: str
) -> None:
    assert told(log, first, again, again, GOOD, GOOD) == [name, "over"]
    over = log.records[-3].event  # type: ignore[attr-defined]
    assert (over["event"], over["what"]) == ("over", name)


def test_a_trouble_that_comes_back_is_told_again(log: pytest.LogCaptureFixture) -> None:
    down = RetryLaterError("busy")
    assert told(log, down, GOOD, down, GOOD) == ["down", "over"] * 2


@pytest.mark.parametrize(
    ("first", "other"),
    [
        (StopError("the token is refused"), StopError("the clock is wrong")),
        (SettingsError([problem("one")]), SettingsError([problem("two")])),
        (refused("closed"), refused("the owner is no member")),
    ],
)
def test_what_somebody_must_mend_is_told_anew_when_it_changes(
    log: pytest.LogCaptureFixture, first: Event, other: Event
) -> None:
    names = told(log, first, other)
    assert len(names) == 2
    assert "over" not in names
    log.clear()
    assert told(log, first, other, GOOD)[2:] == ["over"]


def test_a_pass_that_broke_off_says_nothing_of_boards(log: pytest.LogCaptureFixture) -> None:
    events = unread("down"), RetryLaterError("busy"), unread("down"), GOOD
    assert told(log, *events) == ["board_unread", "down", "over", "over"]
    assert [each.event.get("about") for each in log.records if each.event["event"] == "over"] == [  # type: ignore[attr-defined]
        "",
        "a",
    ]


def fault(message: str) -> None:
    raise ZeroDivisionError(message)


@pytest.mark.covers("M3")
def test_a_fault_of_the_program_is_told_with_its_trace_once_for_each_place(
    log: pytest.LogCaptureFixture,
) -> None:
    journal = Journal()
    steps: list[Callable[[], object]] = [lambda: fault("a"), lambda: fault("b"), lambda: 1 // 0]
    for each in steps:
        try:
            each()
        except ZeroDivisionError as raised:
            journal.broke_off(raised)
    assert [each.event["error"] for each in log.records] == ["ZeroDivisionError"] * 2  # type: ignore[attr-defined]
    assert all(each.exc_info for each in log.records)


@pytest.mark.parametrize(
    ("outcome", "why", "over", "names"),
    [
        ("applied", None, False, ["change", "change"]),
        ("dropped", None, False, ["change", "change"]),
        ("dropped", "an earlier step", False, ["change", "change"]),
        ("not_applied", "asked to stop", True, ["change", "change"]),
        ("not_applied", "refused", False, ["change_failed", "over"]),
        ("unknown", "no answer", False, ["change_failed", "over"]),
    ],
)
def test_each_change_is_told_as_it_is_made_and_one_that_fails_once(
    log: pytest.LogCaptureFixture, outcome: Outcome, why: str | None, over: bool, names: list[str]
) -> None:
    journal = Journal()
    for _ in range(2):
        journal.began()
        journal.wrote(Effect(ADDED, outcome, why, over=over))
        journal.passed(GOOD)
    journal.began()
    journal.passed(GOOD)
    lines = [each.event["event"] for each in log.records]  # type: ignore[attr-defined]
    assert [each for each in lines if each != "pass"] == names


def test_the_line_of_a_pass_tells_counts_durations_and_how_it_ended(
    log: pytest.LogCaptureFixture,
) -> None:
    report = replace(refused("closed"), requests=7, took=Took(0.25, 0.0004, 2.0))
    told(log, report)
    line = log.records[-1].event  # type: ignore[attr-defined]
    assert line == {
        "event": "pass",
        "changes": 0,
        "applied": 0,
        "repaired": 0,
        "skips": 0,
        "withheld": 0,
        "boards": 0,
        "cards": 0,
        "requests": 7,
        "reading": 0.25,
        "planning": 0.0,
        "writing": 2.0,
        "exit": 2,
    }


@pytest.mark.parametrize(
    ("report", "complete"),
    [
        (GOOD, True),
        (replace(GOOD, plan=Plan(NOW, (), (), withheld=(ADDED,))), True),
        (unread("down"), False),
        (refused("closed"), False),
        (ODD, False),
        (left("x"), False),
        (replace(left("x"), plan=replace(left("x").plan, withheld=(ADDED,))), False),
        (replace(GOOD, effects=(Effect(ADDED, "not_applied", "no"),)), False),
    ],
)
def test_a_pass_is_complete_when_nothing_is_left_but_what_the_owner_was_asked(
    report: Report, complete: bool
) -> None:
    assert report.is_complete is complete
