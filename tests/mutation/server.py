"""A warm process: everything is imported and collected once, each mutant is a fork of it."""

import gc
import os
import select
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec import Struct

from tests.mutation import child
from tests.mutation.mutants import Mutant, Site, Source
from tests.mutation.records import Fate, Record
from tests.mutation.swap import forget, put_in_place

_LONGEST = 600.0
"""Seconds after which a mutant that waits instead of computing is ended."""
_FATES: Mapping[int, Fate] = {
    child.SURVIVED: "survived",
    child.KILLED: "killed",
    child.NOT_RUN: "not_run",
}


class BrokenControlError(Exception):
    """The unchanged program fails its tests here, so that nothing could be concluded."""


class Running(Struct):
    """A mutant whose tests are being run."""

    mutant: Mutant
    tests: tuple[str, ...]
    name: str
    """Of all tests that reach it."""
    told: int
    began: float


class Server:
    """Runs mutants, a few at once."""

    def __init__(
        self,
        items: Mapping[str, pytest.Item],
        seconds: Mapping[str, float],
        budget: float,
        workers: int,
    ) -> None:
        """``budget``: seconds of tests for one mutant, the most promising first."""
        self._items, self._seconds = items, seconds
        self._budget, self._workers = budget, workers
        self._kills: dict[str, Counter[str]] = defaultdict(Counter)
        self._running: dict[int, Running] = {}
        forget()  # finds the caches once for all forks; what is frozen is not found any more
        gc.collect()
        gc.freeze()

    def control(self, source: Source, tests: set[str]) -> None:
        """Run tests on the unchanged program, put in as a mutant is. Raises BrokenControlError."""
        same = next((each.mutant for each in source.sites if not each.mutant.on_import), None)
        if same is None or not tests:
            return
        chosen = self._chosen(same, tests, 5.0)
        self._start(same, lambda: put_in_place(source, same), chosen, "")
        for record in self.rest():
            if record.fate != "survived":
                raise BrokenControlError(f"{source.file}: {record.by or record.fate}")

    def remember(self, mutant: Mutant, by: str) -> None:
        """Take the test that killed a mutant for one that may kill its neighbours."""
        if by:
            self._kills[f"{mutant.file}:{mutant.function}"][by] += 1

    def try_out(self, source: Source, site: Site, tests: set[str], name: str) -> Iterator[Record]:
        """Start one mutant; yield what became of those that have ended meanwhile.

        ``name`` is that of the tests, as they stand.
        """
        while len(self._running) >= self._workers:
            yield from self._ended()
        chosen = self._chosen(site.mutant, tests, self._budget)

        def change() -> None:
            site.put()
            put_in_place(source, site.mutant)

        self._start(site.mutant, change, chosen, name)

    def rest(self) -> Iterator[Record]:
        """Yield what becomes of all that are still running."""
        while self._running:
            yield from self._ended()

    def _chosen(self, mutant: Mutant, tests: set[str], budget: float) -> tuple[str, ...]:
        """Those that have killed a neighbour first, then the nearest, then the fastest."""
        kills = self._kills[f"{mutant.file}:{mutant.function}"]
        left, chosen = budget, list[str]()
        for each in sorted(
            tests, key=lambda e: (-kills[e], _distance(e, mutant.file), self._seconds[e], e)
        ):
            left -= self._seconds[each]
            if left < 0 and chosen:
                break
            chosen.append(each)
        return tuple(chosen)

    def _start(
        self, mutant: Mutant, change: Callable[[], None], tests: tuple[str, ...], name: str
    ) -> None:
        told, telling = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(told)
            limits = [2 + 20 * self._seconds[each] for each in tests]
            child.run(change, [self._items[each] for each in tests], limits, telling)
        os.close(telling)
        self._running[pid] = Running(mutant, tests, name, told, time.monotonic())

    def _ended(self) -> Iterator[Record]:
        ready, _, _ = select.select([each.told for each in self._running.values()], [], [], 1.0)
        for pid, running in list(self._running.items()):
            took = time.monotonic() - running.began
            if took > _LONGEST:
                os.kill(pid, signal.SIGKILL)
            if took > _LONGEST or running.told in ready:
                del self._running[pid]
                yield self._record(running, os.waitpid(pid, 0)[1], took)

    def _record(self, running: Running, status: int, took: float) -> Record:
        place = os.read(running.told, 20)
        os.close(running.told)
        mutant, by = running.mutant, running.tests[int(place)] if place else ""
        self.remember(mutant, by)
        fate: Fate = "timeout"
        if os.WIFEXITED(status):
            fate = _FATES[os.WEXITSTATUS(status)]
        return Record(mutant.key, mutant.text, fate, by, running.name, round(took, 2))


def _distance(test: str, file: str) -> int:
    """Return 0 for the tests of the file itself, then those named nearly so, then its folder's."""
    stem, folder = Path(file).stem, file.split("/")[1] if file.count("/") > 1 else "shell"
    near = (f"/test_{stem}", f"/test_{stem.partition('_')[0]}", f"tests/unit/{folder}/")
    return next((place for place, part in enumerate(near) if part in test), len(near))


def name_of(tests: Iterable[str]) -> str:
    """Return a short name of a choice of tests, whatever their order."""
    return sha256("\n".join(sorted(tests)).encode()).hexdigest()[:12]
