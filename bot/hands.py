"""Several reads at once, and how far they are: a first look at many boards takes a while.

They wait for Trello at once, and work on what it answers one after the other: threads that compute
take turns anyhow, and where they fight for the turn a first look costs half as much again.  Neither
do all answers lie in memory at once.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Literal, ParamSpec, TypeAlias, TypeVar

A = TypeVar("A")
R = TypeVar("R")
P = ParamSpec("P")

What: TypeAlias = Literal["boards", "logs"]


class Hands:
    """Does the same to each of several things, a few at a time."""

    def __init__(self, number: int = 1) -> None:
        """Take how many at once; with one, all is done in order in the same thread."""
        self._number = number
        self.shown: Callable[[What, int, int], object] = lambda *_: None
        """Told how many of how many things are done."""
        self._working = threading.Lock()
        self._local = threading.local()

    def each(self, what: What, things: Sequence[A], step: Callable[[A], R]) -> list[R]:
        """Return what ``step`` returns for each thing, in their order; raises what it raises."""
        done = 0

        def one(thing: A) -> R:
            nonlocal done
            found = step(thing)
            done += 1
            self.shown(what, done, len(things))
            return found

        if self._number == 1:
            return [one(each) for each in things]
        if len(things) < 2:
            return [self._alone(one, each) for each in things]
        with self.waiting(), ThreadPoolExecutor(min(self._number, len(things))) as pool:
            return list(pool.map(lambda each: self._alone(one, each), things))

    def both(self, one: Callable[[], A], other: Callable[[], R]) -> tuple[A, R]:
        """Return what both steps return; raises what either raises."""
        if self._number == 1:
            return one(), other()
        with ThreadPoolExecutor(1) as pool:
            second = pool.submit(self._alone, other)
            try:
                first = one()
            finally:
                with self.waiting():
                    wait([second])
            return first, second.result()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let the others work while this thread waits."""
        working = getattr(self._local, "working", False)
        if working:
            self._working.release()
        try:
            yield
        finally:
            if working:
                self._working.acquire()

    def _alone(self, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        with self._working:
            self._local.working = True
            try:
                return step(*args, **kwargs)
            finally:
                self._local.working = False
