"""Several reads at once, and how far they are: a first look at many boards takes a while."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Literal, TypeAlias, TypeVar

A = TypeVar("A")
R = TypeVar("R")

What: TypeAlias = Literal["boards", "logs"]


class Hands:
    """Does the same to each of several things, a few at a time."""

    def __init__(self, number: int = 1) -> None:
        """Take how many at once; with one, all is done in order in the same thread."""
        self._number = number
        self.shown: Callable[[What, int, int], object] = lambda *_: None
        """Told how many of how many things are done."""

    def each(self, what: What, things: Sequence[A], step: Callable[[A], R]) -> list[R]:
        """Return what ``step`` returns for each thing, in their order; raises what it raises."""
        done, lock = 0, Lock()

        def one(thing: A) -> R:
            nonlocal done
            found = step(thing)
            with lock:
                done += 1
                self.shown(what, done, len(things))
            return found

        if self._number == 1 or len(things) < 2:
            return [one(each) for each in things]
        with ThreadPoolExecutor(min(self._number, len(things))) as pool:
            return list(pool.map(one, things))

    def both(self, one: Callable[[], A], other: Callable[[], R]) -> tuple[A, R]:
        """Return what both steps return; raises what either raises."""
        if self._number == 1:
            return one(), other()
        with ThreadPoolExecutor(1) as pool:
            second = pool.submit(other)
            return one(), second.result()
