"""One worker as the command runs it: lease, settling at its start, passes; crashes and restarts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.cycle import Report, Writing
from bot.journal import Journal
from bot.ports import TrelloError
from bot.wiring import Bot
from tests.simulation.office import QuietOffice
from tests.simulation.wire import Wire

LEASE_WAIT = 60.0
"""Seconds that a second worker waits for the lease, as the commands do."""


class Worker:
    """The bot's process on one host."""

    def __init__(self, office: QuietOffice, name: str, state: Path) -> None:
        self.office, self.name, self.state = office, name, state
        self.wire = Wire(office.app, office.hours, name)
        self.reports: list[Report] = []
        self.problems: list[str] = []
        """What no pass should ever do: faults of the program."""
        self._bot: Bot | None = None
        self._journal = Journal()
        self.is_new = True
        """Whether it knows of no run before its next pass but what the state folder says."""
        self.comes_back = False
        """Whether it has crashed and not yet begun the pass that a new process makes at once."""

    @property
    def bot(self) -> Bot:
        """The process at work."""
        assert self._bot is not None
        return self._bot

    def start(self) -> None:
        """Begin a new process."""
        if self._bot is not None:
            self._bot.close()
        self._bot = self.office.built(self.wire, self.state)
        self.is_new = True
        self._journal = Journal()

    def restart(self) -> None:
        """Come back a few seconds after a crash."""
        self.office.hours.wait(3)
        self.start()
        self.comes_back = True

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Hold the lease, waiting for it a minute; else raises `bot.state.LeaseHeldError`.

        What an earlier run may have left under way is waited for: a new worker waits unless it
        knows that there is nothing, ``apply`` when it knows that there is something.
        """
        with self.bot.state.lease(LEASE_WAIT, self._pause):
            clean = self.bot.state.ended_cleanly()
            if clean is False or (self.is_new and not clean):
                self._settle()
            self.is_new = self.comes_back = False
            yield

    def one_pass(self, skew: float = 0) -> None:
        """Make a pass as the ticker does, which outlives every failure.

        ``skew``: minutes that this machine's clock is off.
        """
        now = self.office.now + timedelta(minutes=skew)
        self.wire.passes += 1
        self.wire.skewed = bool(skew)
        writing = Writing(self.bot.state, self._settle, seen=self._journal.wrote)
        self._journal.began()
        try:
            self.reports.append(self.bot.cycle.applied(now, writing))
            self._journal.passed(self.reports[-1])
        except Exception as problem:  # noqa: BLE001 - as the ticker does
            self._journal.broke_off(problem)
            if not isinstance(problem, TrelloError):
                self.problems.append(f"{type(problem).__name__}: {problem}")

    def _pause(self, seconds: float) -> bool:
        """Wait, and say that nobody asked to stop."""
        self.office.hours.wait(seconds)
        return False

    def _settle(self) -> bool:
        self.office.hours.wait(self.bot.settings.writes.settle.total_seconds())
        return True
