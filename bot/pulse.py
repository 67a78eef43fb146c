"""Whether a new process could do better than this one: what ``/health`` answers."""

import time
from collections.abc import Callable
from datetime import timedelta

from bot.reading import READING_SECONDS, WRITING_SECONDS

TICKS = 5
"""Ticks that may fail in a row, beside the longest that one may take."""


class Pulse:
    """Beats with each tick that ends, unless it ends with a fault of the program.

    Trello's troubles and mistakes in the configuration would meet a new process too.
    """

    def __init__(self, every: timedelta, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._longest = TICKS * every.total_seconds() + READING_SECONDS + WRITING_SECONDS
        self._last = monotonic()

    def beat(self) -> None:
        """Note that a tick has come to its end."""
        self._last = self._monotonic()

    def is_felt(self) -> bool:
        """Whether the last beat, or the start, is not too long ago."""
        return self._monotonic() - self._last <= self._longest
