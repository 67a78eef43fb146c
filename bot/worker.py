"""The worker: one scheduled job that only ticks, and a bell that asks for an earlier pass.

A tick that comes late, twice or never changes nothing but the delay: rules ask what is true now.
"""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.bell import Bell
from bot.cycle import Report
from bot.events import Stopping, tell
from bot.journal import Journal
from bot.ports import PassOverError, StopError, TrelloError
from bot.settings import SettingsError

log = logging.getLogger(__name__)


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
