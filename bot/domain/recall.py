"""What a pure function has just returned for the very same objects need not be worked out again.

Cards and snapshots are frozen and a change makes a new one, so an object itself is the best key:
comparing two cards by value would cost more than most of what is asked about them.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

MOST = 1 << 9
"""Answers kept for each function: a card is asked about by rule after rule, then comes the next."""


def recalled(function: Callable[P, R]) -> Callable[P, R]:
    """Let ``function``, pure and given frozen objects by position, answer again from memory."""
    known: dict[tuple[int, ...], tuple[tuple[object, ...], R]] = {}

    @wraps(function)
    def recalling(*args: P.args, **kwargs: P.kwargs) -> R:
        key = tuple(map(id, args))
        found = known.get(key)
        if found is None:
            if len(known) >= MOST:
                known.clear()
            # The objects are kept with the answer, so that no other can take over their identity.
            found = known[key] = (args, function(*args, **kwargs))
        return found[1]

    return recalling
