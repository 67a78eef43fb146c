"""One tick is one pass; no failure of a pass ends the worker."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.cycle import Report
from bot.domain.model import Identity, Snapshot
from bot.domain.planner import Plan
from bot.journal import Journal
from bot.ports import PassOverError, RetryLaterError, SkipError, StopError
from bot.reading import BoardFailure, Reading
from bot.resolve import Refusal, Resolved
from bot.settings import Problem
from bot.worker import Ticker, run

MINUTE = timedelta(minutes=1)
ME = Identity("me", frozenset({"me"}), shared=False)


def _report() -> Report:
    refusal = Refusal("b", Problem("bot.yaml", 1, "boards[0]", "b", "the board is closed"))
    resolved = Resolved(ME, {}, (refusal,))
    reading = Reading(Snapshot(ME, {}, {}), resolved, (BoardFailure("a", "it is down"),), None)
    return Report(reading, Plan(datetime(2026, 11, 23, tzinfo=UTC), (), ()))


def _failing(*problems: Exception | None) -> tuple[Callable[[], Report], list[int]]:
    made: list[int] = []
    left = iter(problems)

    def one_pass() -> Report:
        made.append(1)
        problem = next(left, None)
        if problem is not None:
            raise problem
        return _report()

    return one_pass, made


def test_a_pass_is_told_in_one_line_with_the_boards_that_need_somebody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    one_pass, _ = _failing()
    Ticker(one_pass, MINUTE, threading.Event(), Journal())()
    assert "pass: changes=0" in caplog.text
    assert "it is down" in caplog.text
    assert "the board is closed" in caplog.text


@pytest.mark.parametrize("problem", [RetryLaterError("busy"), SkipError("odd")])
def test_trouble_is_over_with_the_next_tick(problem: Exception) -> None:
    one_pass, made = _failing(problem)
    ticker = Ticker(one_pass, MINUTE, threading.Event(), Journal())
    ticker()
    ticker()
    assert len(made) == 2


def test_each_tick_beats_unless_it_ends_with_a_fault_of_the_program() -> None:
    beats: list[int] = []
    one_pass, _ = _failing(None, RetryLaterError("busy"), ValueError(), StopError("refused"))
    ticker = Ticker(one_pass, MINUTE, threading.Event(), Journal(), lambda: beats.append(1))
    counted = []
    for _ in range(5):
        ticker()
        counted.append(len(beats))
    assert counted == [1, 2, 2, 3, 4]


@pytest.mark.covers("A1")
@pytest.mark.parametrize(("every", "ticks"), [(MINUTE, 15), (timedelta(minutes=5), 3)])
def test_refused_credentials_are_asked_about_again_after_a_quarter_of_an_hour(
    every: timedelta, ticks: int, caplog: pytest.LogCaptureFixture
) -> None:
    one_pass, made = _failing(StopError("the token is refused"))
    ticker = Ticker(one_pass, every, threading.Event(), Journal())
    for _ in range(ticks):
        ticker()
    assert len(made) == 1
    assert "the token is refused" in caplog.text
    ticker()
    assert len(made) == 2


def test_while_credentials_are_refused_calls_neither_ask_nor_shorten_the_pause() -> None:
    one_pass, made = _failing(StopError("the token is refused"))
    ticker = Ticker(one_pass, MINUTE, threading.Event(), Journal())
    ticker()
    for _ in range(100):
        ticker.early()
    for _ in range(14):
        ticker()
    assert len(made) == 1
    ticker()
    ticker.early()
    assert len(made) == 3


def test_an_early_pass_is_told_and_fails_like_any_other(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    one_pass, made = _failing(RetryLaterError("busy"), None)
    ticker = Ticker(one_pass, MINUTE, threading.Event(), Journal())
    ticker.early()
    ticker.early()
    assert len(made) == 2
    assert "busy" in caplog.text
    assert "pass: changes=0" in caplog.text


def test_a_worker_told_to_stop_begins_no_pass() -> None:
    one_pass, made = _failing()
    stopped = threading.Event()
    stopped.set()
    ticker = Ticker(one_pass, MINUTE, stopped, Journal())
    ticker()
    ticker.early()
    assert made == []


def test_a_pass_that_a_stop_cuts_short_is_no_trouble_of_trellos(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stopped = threading.Event()

    def one_pass() -> Report:
        stopped.set()
        raise PassOverError("The bot was asked to stop")

    Ticker(one_pass, MINUTE, stopped, Journal())()
    assert caplog.records == []


def test_the_first_tick_comes_at_once_and_others_follow_until_the_stop() -> None:
    stopped = threading.Event()
    ticks: list[int] = []

    def tick() -> None:
        ticks.append(1)
        if len(ticks) >= 3:
            stopped.set()

    run(tick, timedelta(milliseconds=10), stopped)
    assert len(ticks) >= 3


@pytest.mark.covers("D8", "E7")
def test_however_long_a_tick_takes_the_next_one_waits_for_its_end_and_none_piles_up() -> None:
    stopped, under_way = threading.Event(), threading.Lock()
    ticks: list[bool] = []

    def tick() -> None:
        alone = under_way.acquire(blocking=False)
        ticks.append(alone)
        if len(ticks) >= 4:
            stopped.set()
        # As long as five ticks are apart.
        threading.Event().wait(0.05)
        if alone:
            under_way.release()

    run(tick, timedelta(milliseconds=10), stopped)
    assert ticks == [True] * len(ticks)
    assert len(ticks) <= 5


@pytest.mark.covers("M3")
def test_a_fault_of_the_program_does_not_end_the_worker(caplog: pytest.LogCaptureFixture) -> None:
    one_pass, made = _failing(ZeroDivisionError(), None)
    tick = Ticker(one_pass, MINUTE, threading.Event(), Journal())
    tick()
    tick()
    assert len(made) == 2
    assert "bug" in caplog.text
