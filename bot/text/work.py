"""What a template costs: the steps it takes and the characters and values that it touches.

One number bounds both time and memory, for nothing is made or looked at that is not counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeVar

from jinja2 import Environment
from jinja2.exceptions import SecurityError
from jinja2.nodes import EvalContext
from jinja2.runtime import Context

T = TypeVar("T")

MOST_WORK: Final = 1_500_000
"""Of one rendering of the project's own, about a second: the longest dashboard takes half of it."""

MOST_FOR_A_BRIEF: Final = 300_000
"""Of one rendering of an owner's template, which is tried again for each card and at each pass: a
usual brief takes ten thousand."""

LARGEST_NUMBER: Final = 10**12
_PER_VALUE: Final = 8
"""Characters that a number, a list or anything else counts for."""

_SURROUNDINGS: Final = (Context, EvalContext, Environment)
"""What Jinja hands to some filters and tests before their values."""


class Work:
    """Counts what one rendering has cost so far, and ends it when that is too much."""

    def __init__(self, most: int) -> None:
        self.done = 0
        self._most = most

    def spend(self, amount: int) -> None:
        """Count; raise `SecurityError` when it was more than a template may do."""
        self.done += amount
        if self.done > self._most:
            raise SecurityError("the template makes too much work: its loops or texts run away")

    def look_at(self, value: T) -> T:
        """Count a value with all that it holds, and return it."""
        self.spend(size_of(value, self._most - self.done))
        return value

    def apply(self, values: Iterable[object], named: Mapping[str, object]) -> None:
        """Count a filter's or a test's work: at worst its value's size times its arguments'."""
        first, *others = (each for each in values if not isinstance(each, _SURROUNDINGS))
        left = self._most - self.done
        arguments = sum(size_of(each, left) for each in (*others, *named.values()))
        self.spend(size_of(first, left) * (1 + arguments))

    def listed(self, values: Iterator[object]) -> list[object]:
        """Take what a filter yields one by one into a list."""
        taken = []
        for each in values:
            self.look_at(each)
            taken.append(each)
        return taken


def size_of(value: object, most: int) -> int:
    """Return how many characters there are to see, no further counted than ``most``.

    A list that stands in another twice counts twice, as it does for whoever prints or compares it.
    """
    size, left = 0, [value]
    while left and size <= most:
        each = left.pop()
        size += len(each) + 1 if isinstance(each, str) else _PER_VALUE
        if size > most:
            break
        if isinstance(each, list | tuple):
            left.extend(each)
        elif isinstance(each, dict):
            left.extend(each.keys())
            left.extend(each.values())
        elif isinstance(each, int | float) and abs(each) > LARGEST_NUMBER:
            raise SecurityError("a number grows too large")
    return size
