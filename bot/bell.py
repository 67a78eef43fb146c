"""The bell that asks for a pass before its tick; any thread may ring it."""

import math
import threading
import time
from collections.abc import Callable

REST = 1.0
"""Seconds between two passes that were asked for: many calls make few passes."""


class Bell:
    """Rung by whoever has seen a board move: a pass follows at once, or a moment after the last.

    However often it is rung before that pass begins, one follows; rung while one is under way,
    another follows it.
    """

    def __init__(self, early: Callable[[], None], rest: float = REST) -> None:
        """Take how to make an early pass, and the seconds from the end of one to the next."""
        self._early = early
        self._rest = rest
        self._guard = threading.Lock()
        self._rung = False
        self._ended = -math.inf
        self._ask: Callable[[], object] | None = None

    def ring(self) -> None:
        """Ask for a pass; returns at once."""
        with self._guard:
            if not self._rung and self._ask is not None:
                self._ask()
            self._rung = True

    def heard_by(self, ask: Callable[[], object]) -> None:
        """Say how :meth:`answer` is brought about; who has rung before is heard now."""
        with self._guard:
            self._ask = ask
            if self._rung:
                ask()

    def answer(self, stopped: threading.Event) -> None:
        """Make the pass that was asked for, once the rest after the one before is over."""
        stopped.wait(max(0.0, self._ended + self._rest - time.monotonic()))
        with self._guard:
            # Who rings from here on may have seen what this pass comes too early to see.
            self._rung = False
        try:
            self._early()
        finally:
            self._ended = time.monotonic()
