"""Who works on the boards: one worker, or two at once in a fixed interleaving."""

from collections.abc import Callable
from pathlib import Path

from bot.state import LeaseHeldError
from tests.simulation.office import QuietOffice
from tests.simulation.spec import Spec
from tests.simulation.wire import Heard, Line, Wire
from tests.simulation.worker import Worker


class Team:
    """The worker of a run (two come with `apart`)."""

    def __init__(self, office: QuietOffice, spec: Spec) -> None:
        self.office, self.spec = office, spec
        self.watch: Callable[[], object] = lambda: None
        self.trace: list[Heard] = []
        self.worker = Worker(office, "a", office.state)

    @property
    def problems(self) -> list[str]:
        """Faults of the program."""
        return self.worker.problems

    @property
    def wires(self) -> list[Wire]:
        """The lines of all workers."""
        return [self.worker.wire]

    @property
    def state_folders(self) -> list[Path]:
        """Where the workers keep what they remember."""
        return [self.worker.state]

    @property
    def writes(self) -> int:
        """How many writes have been sent."""
        return sum(not each.request.startswith("GET") for each in self.trace)

    def begin(self, line: Line) -> None:
        """Start working at this line."""
        for each in self.wires:
            each.line, each.trace = line, self.trace
            each.changed = self._changed
            each.lags = any(s.fault == "stale read" for s in self.spec.strikes)
        self.worker.start()

    def one_pass(self) -> None:
        """Make a pass; raises `Crash`."""
        assert self.worker.bot is not None
        with self.worker.bot.state.lease(0):
            self.worker.one_pass()

    def restart(self, *, forget: bool) -> None:
        """Start anew after a crash."""
        self.worker.restart(forget=forget)

    def _changed(self) -> None:
        self.watch()


__all__ = ["LeaseHeldError", "Team"]
