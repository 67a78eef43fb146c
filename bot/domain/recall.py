"""What a pure function has returned need not be worked out again.

Cards and snapshots are frozen and a change makes a new one, so an object itself is the best key:
comparing two cards by value would cost more than most of what is asked about them.  Texts, dates
and the like are compared by value.

A worker runs for years while cards come and go: it forgets all of this once a week.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

_ends: list[Callable[[], object]] = []
"""Each lets go of what one function has returned."""


def forget() -> None:
    """Let all answers go, with the objects that they are about."""
    for each in _ends:
        each()


def recalled_by_identity(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a function, pure and given frozen objects by position, answer again from memory.

    ``most``: how many answers are kept, with the objects that they are about.  A few are enough
    where rule after rule asks about one card; a snapshot holds all cards, so keep few of them.
    """

    def recalling(function: Callable[P, R]) -> Callable[P, R]:
        known: dict[tuple[int, ...], tuple[tuple[object, ...], R]] = {}
        _ends.append(known.clear)

        @wraps(function)
        def answer(*args: P.args, **kwargs: P.kwargs) -> R:
            if kwargs:
                message = f"{function.__name__} is asked by position only"
                raise TypeError(message)
            key = tuple(map(id, args))
            found = known.get(key)
            if found is None:
                if len(known) >= most:
                    known.clear()
                # The objects stay with the answer, so that no other can take over their identity.
                found = known[key] = (args, function(*args, **kwargs))
            return found[1]

        return answer

    return recalling


def recalled_by_value(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a pure function answer again from memory what it is asked with equal values.

    ``most``: how many answers are kept, those that were asked for last.
    """

    def remembering(function: Callable[P, R]) -> Callable[P, R]:
        known = lru_cache(maxsize=most)(function)
        _ends.append(known.cache_clear)
        return cast(Callable[P, R], known)

    return remembering
