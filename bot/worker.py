"""The worker: one scheduled job that only ticks, and a bell that asks for an earlier pass.

A tick that comes late, twice or never changes nothing but the delay: rules ask what is true now.
"""

import atexit
import logging
import math
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from queue import Empty, SimpleQueue

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.bell import Bell
from bot.cycle import Report
from bot.ports import RetryLaterError, SkipError, StopError
from bot.settings import SettingsError

log = logging.getLogger(__name__)


STOPPING = (signal.SIGTERM, signal.SIGINT)
"""Signals that ask to stop."""

_NAP = 0.5
"""Seconds; a signal that comes just before a thread falls asleep is noted, but wakes nobody."""


class Stop(threading.Event):
    """Tells everybody to stop; a signal's handler may set it at any moment.

    A handler runs between any two steps of the main thread, so a second signal can come while the
    first is being heard, or while the main thread is about to wait.  `threading.Event` takes a lock
    in both and would wait for itself for ever; a `SimpleQueue` may be put into at any moment.
    Whoever waits wakes now and then, since handlers run only when the main thread is awake.
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked = False
        self._told: SimpleQueue[None] = SimpleQueue()

    def set(self) -> None:
        """Ask to stop; again changes nothing."""
        self._asked = True
        self._told.put(None)

    def is_set(self) -> bool:
        """Whether somebody has asked."""
        return self._asked

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until somebody asks, or for ``timeout`` seconds; return whether anybody has."""
        until = math.inf if timeout is None else time.monotonic() + timeout
        while not self._asked and (left := until - time.monotonic()) > 0:
            with suppress(Empty):
                self._told.get(timeout=min(left, _NAP))
                self._told.put(None)  # for whoever else waits
        return self._asked


def stopped_by_signal() -> Stop:
    """Return an event that SIGTERM or SIGINT sets; further signals change nothing."""
    stopped = Stop()
    for number in STOPPING:
        signal.signal(number, lambda *_: stopped.set())
        # While the interpreter ends, a further signal must not change the exit code.
        atexit.register(signal.signal, number, signal.SIG_IGN)
    return stopped


def run(
    tick: Callable[[], None],
    every: timedelta,
    stopped: threading.Event,
    bell: Bell | None = None,
) -> None:
    """Call ``tick`` now and then for ever, until ``stopped``; a tick under way is finished.

    One thread makes all passes, so that there are never two at a time.
    """
    scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(1)}, timezone="UTC")
    if bell is not None:
        _hang(bell, scheduler, stopped)
    scheduler.add_job(
        tick,
        "interval",
        seconds=every.total_seconds(),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    tick()
    scheduler.start()
    try:
        stopped.wait()
        log.info("told to stop: the write in hand is finished, no other begins")
    finally:
        # A scheduler that is told to end while it hands out a job looks for that job in vain.
        scheduler.pause()
        scheduler.remove_all_jobs()
        scheduler.shutdown(wait=True)


def _hang(bell: Bell, scheduler: BackgroundScheduler, stopped: threading.Event) -> None:
    def soon() -> None:
        if not stopped.is_set():
            scheduler.add_job(bell.answer, args=[stopped], misfire_grace_time=None)

    bell.heard_by(soon)


class Ticker:
    """One tick: a pass, and one line about it; no failure of a pass ends the worker.

    Refused credentials are asked about again only every quarter of an hour.
    """

    def __init__(
        self, one_pass: Callable[[], Report], every: timedelta, stopped: threading.Event
    ) -> None:
        self._one_pass = one_pass
        self._stopped = stopped
        self._pause = max(1, round(timedelta(minutes=15) / every))
        self._left_out = 0
        self._told = ""

    def __call__(self) -> None:
        """Make one pass, unless the worker stops or pauses."""
        if self._left_out:
            self._left_out -= 1
            return
        self.early()

    def early(self) -> None:
        """Make one pass before its tick, unless the worker stops or pauses."""
        if self._stopped.is_set() or self._left_out:
            return
        try:
            report = self._one_pass()
        except SettingsError as problem:
            self._tell_once(problem)
        except StopError as problem:
            log.critical("nothing is written: %s", problem)
            self._left_out = self._pause - 1
        except (RetryLaterError, SkipError) as problem:
            log.warning("the next pass tries again: %s", problem)
        except Exception:
            # A fault of ours: the worker outlives it, and the log tells what happened.
            log.exception("this is a bug, please report it; the next pass tries again")
        else:
            self._told = ""
            _log_pass(report)

    def _tell_once(self, problem: SettingsError) -> None:
        """Say what is wrong with the configuration when it changes, not every minute."""
        if str(problem) != self._told:
            self._told = str(problem)
            log.critical("nothing is written until the configuration is mended: %s", problem)


def _log_pass(report: Report) -> None:
    outcomes = [each.outcome for each in report.effects]
    log.info(
        "pass: changes=%d applied=%d repaired=%d skips=%d withheld=%d requests=%d exit=%d",
        len(report.plan.changes),
        outcomes.count("applied"),
        sum(each.planned.rule == "repair" and each.outcome == "applied" for each in report.effects),
        len(report.plan.skips),
        len(report.plan.withheld),
        report.requests,
        report.exit_code,
    )
    for failure in report.reading.failures:
        log.warning("board %s could not be read: %s", failure.board, failure.problem)
    for refusal in report.reading.refusals:
        log.error("board %s is refused: %s", refusal.board, refusal.problem)
