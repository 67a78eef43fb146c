"""What ``worker`` and ``serve`` do: passes until told to stop, and some of them sooner."""

import logging
import threading
from collections.abc import Mapping
from pathlib import Path

from bot import __version__, rehearsal, wiring
from bot.bell import Bell
from bot.cycle import Report, Writing
from bot.deadman import Deadman
from bot.events import Settling, Started, tell
from bot.hooks import Hook
from bot.journal import Journal
from bot.noticing import Notices
from bot.ports import StopError
from bot.pulse import Pulse
from bot.receiver import Receiver
from bot.reloading import Reloading
from bot.settings import SettingsError
from bot.state import LEASE_WAIT, LeaseHeldError
from bot.wiring import Bot
from bot.worker import Ticker, run

log = logging.getLogger(__name__)

_LAST_NOTICES = 2.0
"""Seconds that a stop waits for notices at most."""


class Service:
    """A bot at work until it is told to stop."""

    def __init__(
        self,
        bot: Bot,
        file: Path,
        environ: Mapping[str, str],
        stopped: threading.Event,
        deadman: Deadman | None = None,
    ) -> None:
        self._bot = bot
        self._deadman = deadman
        self._stopped = stopped
        self._reloading = Reloading(bot, file, environ)
        self._every = bot.settings.worker.every
        self._journal = Journal()
        self._pulse = Pulse(self._every)
        tick, beat = self._one_pass, self._pulse.beat
        self._ticker = Ticker(tick, self._every, stopped, self._journal, beat)
        self._bell = Bell(self._ticker.early)
        self._configured: frozenset[str] = frozenset()
        self._short_links: dict[str, str] = {}
        """Of every board that has been read, by its id."""
        self._rehearsed: Bot | None = None
        self._notices = Notices(bot.state, bot.phrases)

    def run(self) -> None:
        """Make passes until told to stop; the write in hand is finished.

        Raises `LeaseHeldError` when another process of this installation goes on writing.
        """
        bot, stopped = self._bot, self._stopped
        self._notices.begin(bot.settings)
        try:
            with bot.state.lease(LEASE_WAIT, stopped.wait):
                if not bot.state.ended_cleanly():
                    let_settle(wiring.writing(bot, stopped))
                self._tell_start()
                run(self._ticker, self._every, stopped, self._bell)
        except LeaseHeldError:
            if not stopped.is_set():
                raise
        finally:
            self._notices.close(_LAST_NOTICES)
        bot.close()
        if self._deadman is not None:
            self._deadman.close()

    def receiver(self, hook: Hook | None, own: str = "") -> Receiver:
        """Return what hears Trello's calls for this bot, and tells whether its passes end."""
        return Receiver(hook, self.moved, own, self._pulse.is_felt)

    def moved(self, board_id: str) -> None:
        """Ask for an earlier pass if this board is served; returns at once, from any thread."""
        if not self._configured or self._serves(board_id):
            self._bell.ring()

    def _serves(self, board_id: str) -> bool:
        return not self._configured.isdisjoint({board_id, self._short_links.get(board_id, "")})

    def _one_pass(self) -> Report:
        try:
            report = self._passed()
        except (SettingsError, StopError) as problem:
            # By the last settings that could be used.
            with self._journal.outlived():
                self._notices.cannot_work(problem, self._bot.settings, wiring.clock())
            raise
        with self._journal.outlived():
            self._notices.after(report, self._bot.settings, wiring.clock())
        return report

    def _passed(self) -> Report:
        current = self._bot = self._reloading.current()
        writing = wiring.writing(current, self._stopped, seen=self._journal.wrote)
        report = current.cycle.applied(wiring.clock(), writing)
        boards = report.reading.snapshot.boards.values()
        self._short_links.update({each.id: each.short_link for each in boards})
        self._configured = frozenset(each.board for each in current.settings.boards)
        if current is not self._rehearsed:
            self._rehearsed = current
            rehearsal.hand_over(current.cycle, report.reading, wiring.clock())
        if self._deadman is not None and report.is_complete:
            self._deadman.sign()
        return report

    def _tell_start(self) -> None:
        boards, state = len(self._bot.settings.boards), str(self._bot.state.folder)
        tell(log, Started(__version__, boards, self._every.total_seconds(), state))


def let_settle(writing: Writing) -> None:
    """Wait until a write of a run that ended uncleanly has taken effect or never will."""
    tell(log, Settling())
    writing.settle()
