"""One worker as the command runs it: lease, settling at its start, passes; crashes and restarts."""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from bot.cycle import Report, Writing
from bot.ports import RetryLaterError, SkipError, StopError
from bot.state import LeaseHeldError
from bot.wiring import Bot
from tests.simulation.office import QuietOffice
from tests.simulation.wire import Line, Wire

LEASE_TRIES = 60
"""Times that a second worker asks for the lease, once a second, before it gives up."""

log = logging.getLogger(__name__)


class Worker:
    """The bot's process on one host."""

    def __init__(self, office: QuietOffice, name: str, state: Path) -> None:
        self.office, self.name, self.state = office, name, state
        self.line: Line | None = None
        self.wire = Wire(office.app, office.hours, name)
        self.reports: list[Report] = []
        self.problems: list[str] = []
        """What no pass should ever do: faults of the program."""
        self.watch: Callable[[], object] = lambda: None
        self.bot: Bot | None = None

    def start(self) -> None:
        """Begin a new process, and wait for what the last one may have left under way."""
        if self.bot is not None:
            self.bot.close()
        self.bot = self.office.built(self.wire, self.state)

    def restart(self, *, forget: bool) -> None:
        """Come back a few seconds after a crash; ``forget``: on an empty disk."""
        if forget:
            shutil.rmtree(self.state, ignore_errors=True)
        self.office.hours.wait(3)
        self.start()
        assert self.bot is not None
        if not self.bot.state.ended_cleanly():
            self._settle()

    def session(self, passes: int, every: float) -> None:
        """Work for some passes, as the worker's command does, then end in order."""
        assert self.bot is not None
        with self.bot.state.lease(0):
            if not self.bot.state.ended_cleanly():
                self._settle()
            for number in range(passes):
                if number:
                    self.office.hours.wait(every)
                self.one_pass()

    def one_pass(self) -> Report | None:
        """Make a pass as the ticker does; ``None``: it ended early."""
        assert self.bot is not None
        writing = Writing(state=self.bot.state, settle=self._settle)
        try:
            report = self.bot.cycle.applied(self.office.now, writing)
        except (StopError, RetryLaterError, SkipError) as problem:
            log.warning("pass ended: %s", problem)
            return None
        except LeaseHeldError:
            raise
        except Exception as fault:
            log.exception("fault of the program")
            self.problems.append(f"{type(fault).__name__}: {fault}")
            return None
        self.reports.append(report)
        return report

    def _settle(self) -> bool:
        assert self.bot is not None
        self.office.hours.wait(self.bot.settings.writes.settle.total_seconds())
        return True
