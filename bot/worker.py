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
from bot.events import Stopping, tell
from bot.journal import Journal
from bot.ports import PassOverError, StopError, TrelloError
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
        tell(log, Stopping())
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
    """One tick: a pass, and what the journal says of it; no failure of a pass ends the worker.

    Refused credentials are asked about again only every quarter of an hour.
    """

    def __init__(
        self,
        one_pass: Callable[[], Report],
        every: timedelta,
        stopped: threading.Event,
        journal: Journal,
        beat: Callable[[], None] = lambda: None,
    ) -> None:
        """Take what to do and how often; ``beat``: told of each tick that a new process would
        end no better.
        """
        self._one_pass = one_pass
        self._beat = beat
        self._stopped = stopped
        self._journal = journal
        self._pause = max(1, round(timedelta(minutes=15) / every))
        self._left_out = 0

    def __call__(self) -> None:
        """Make one pass, unless the worker stops or pauses."""
        if self._left_out:
            self._left_out -= 1
            self._beat()
            return
        self.early()

    def early(self) -> None:
        """Make one pass before its tick, unless the worker stops or pauses."""
        if self._stopped.is_set() or self._left_out:
            return
        self._journal.began()
        try:
            report = self._one_pass()
        except Exception as problem:  # noqa: BLE001 - the journal tells it
            # Also a fault of ours: the worker outlives it, and the log tells what happened.
            if not (isinstance(problem, PassOverError) and self._stopped.is_set()):
                self._journal.broke_off(problem)
            if isinstance(problem, StopError):
                self._left_out = self._pause - 1
            if isinstance(problem, SettingsError | TrelloError):
                self._beat()
        else:
            self._beat()
            self._journal.passed(report)
