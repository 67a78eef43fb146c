"""What a pure function has just returned for the very same objects need not be worked out again.

Cards and snapshots are frozen and a change makes a new one, so an object itself is the best key:
comparing two cards by value would cost more than most of what is asked about them.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def recalled(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a function, pure and given frozen objects by position, answer again from memory.

    ``most``: how many answers are kept, with the objects that they are about.  A few are enough
    where rule after rule asks about one card; a snapshot holds all cards, so keep few of them.
    """

    def recalling(function: Callable[P, R]) -> Callable[P, R]:
        known: dict[tuple[int, ...], tuple[tuple[object, ...], R]] = {}

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
