"""Virtual time: one clock for sandbox and bot, and an agenda that is worked off while it passes."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from bot.sandbox.clock import VirtualClock


class Hours:
    """Time for one worker: whoever waits lets everything happen that is due meanwhile."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self._start = clock()
        self._agenda: list[tuple[datetime, int, Callable[[], object]]] = []
        self._order = count()

    @property
    def now(self) -> datetime:
        """The hour, in UTC."""
        return self.clock()

    def monotonic(self) -> float:
        """Return seconds since the start."""
        return (self.clock() - self._start).total_seconds()

    def later(self, seconds: float, step: Callable[[], object]) -> None:
        """Let a step happen in so many seconds, while somebody waits."""
        when = self.clock() + timedelta(seconds=seconds)
        heapq.heappush(self._agenda, (when, next(self._order), step))

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass, and everything happen that is due in them."""
        if not self._agenda:
            self.clock.advance(timedelta(seconds=seconds))
            return
        until = self.clock() + timedelta(seconds=seconds)
        while (due := self.next_due()) is not None and due <= until:
            self.do_next()
        if self.clock() < until:
            self.clock.move_to(until)

    def next_due(self) -> datetime | None:
        """Return when the next step on the agenda is due."""
        return self._agenda[0][0] if self._agenda else None

    def do_next(self) -> None:
        """Take the next step on the agenda, at its hour."""
        when, _, step = heapq.heappop(self._agenda)
        if self.clock() < when:
            self.clock.move_to(when)
        step()
