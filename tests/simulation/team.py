"""Who works on the boards while there is trouble: one worker, or two at once."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from bot.state import LeaseHeldError
from tests.simulation.faults import Crash
from tests.simulation.line import Troubled
from tests.simulation.office import OTHER, QuietOffice
from tests.simulation.shifts import SharedHours
from tests.simulation.spec import Spec
from tests.simulation.wire import Heard, Wire
from tests.simulation.worker import Worker

EVERY = 60.0
"""Seconds between two passes of a worker."""

TROUBLED_PASSES = 3
"""Passes with trouble, at most."""


class Team:
    """The workers of a run; after the trouble the first goes on alone."""

    def __init__(self, office: QuietOffice, spec: Spec) -> None:
        self.office, self.spec = office, spec
        self.watch: Callable[[], object] = lambda: None
        self.trace: list[Heard] = []
        self._rng = Random(spec.seed + 1)  # noqa: S311 - the same seed, the same run
        other = office.state.with_name(OTHER) if spec.team == "apart" else office.state
        folders = [office.state] if spec.team == "one" else [office.state, other]
        self.workers = [
            Worker(office, name, folder) for name, folder in zip("ab", folders, strict=False)
        ]

    @property
    def problems(self) -> list[str]:
        """Faults of the program."""
        return [problem for each in self.workers for problem in each.problems]

    @property
    def wires(self) -> list[Wire]:
        """The lines of all workers."""
        return [each.wire for each in self.workers]

    @property
    def state_folders(self) -> list[Path]:
        """Where the workers keep what they remember."""
        return [each.state for each in self.workers]

    @property
    def writes(self) -> int:
        """How many writes have been sent."""
        return sum(not each.request.startswith("GET") for each in self.trace)

    def begin(self, line: Troubled) -> None:
        """Start working at this line."""
        for each in self.wires:
            each.line, each.trace = line, self.trace
            each.changed = self._changed
            each.lags = any(s.fault == "stale read" for s in self.spec.strikes)
            if len(self.workers) > 1:
                each.latency = lambda: self._rng.uniform(0.01, 0.4)
        for worker in self.workers:
            worker.start()

    def trouble(self, line: Troubled) -> None:
        """Make passes until all that was in store has happened."""
        hours = self.office.hours
        if len(self.workers) == 1:
            self._work(self.workers[0], line)
            return
        assert isinstance(hours, SharedHours)
        for worker in self.workers:
            # Worker by worker, bound now: the loop's variable would be the last one.
            hours.begin(worker.name, lambda w=worker: self._work(w, line), self._rng.uniform(0, 2))  # type: ignore[misc]
        hours.run()

    @property
    def comes_back(self) -> bool:
        """Tell whether the only worker has just crashed: its next pass comes at once."""
        return len(self.workers) == 1 and self.workers[0].comes_back

    def one_pass(self) -> None:
        """Let the first worker make an undisturbed pass."""
        with self.workers[0].at_work():
            self.workers[0].one_pass()

    def restart(self, worker: Worker, *, forget: bool) -> None:
        """Let a worker come back after a crash; ``forget``: on an empty disk.

        Whoever shares that disk is as new there as the one that crashed.  In life a lease changes
        hands only to a command that begins, and a ``worker`` that finds no word of a last run
        waits until nothing can be under way; here the lease changes hands from pass to pass.
        """
        if forget:
            shutil.rmtree(worker.state, ignore_errors=True)
            for each in self.workers:
                each.is_new |= each.state == worker.state
        worker.restart()

    def _work(self, worker: Worker, line: Troubled) -> None:
        """Make passes as the worker's command does; a crash ends in a restart."""
        for number in range(TROUBLED_PASSES):
            if number:
                if line.spent and len(self.workers) == 1:
                    return
                if not worker.comes_back:
                    self.office.hours.wait(self.spec.every)
            try:
                self._session(worker)
            except Crash:
                self.restart(worker, forget=self.spec.forget)

    def _changed(self) -> None:
        self.watch()

    def _session(self, worker: Worker) -> None:
        """Hold the lease for a pass; whoever waits for it in vain leaves it to the next time."""
        try:
            with worker.at_work():
                worker.one_pass(self.spec.skew)
        except LeaseHeldError:
            return
