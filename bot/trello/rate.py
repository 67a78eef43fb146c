"""Keeps the requests of this process inside Trello's limits, with room for others.

Trello allows 100 requests in ten seconds per token and 300 per key, answers 429 beyond that, and
locks a key for the rest of the window after 200 such answers (its rate limits page, January 2026).
"""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from bot.ports import PassOverError

_MOST_REFUSALS: Final = 5
"""Answers of 429 in one pass after which nothing more is asked in it."""

_LONGEST_FREEZE: Final = 900.0
"""Seconds; a longer ``Retry-After`` is taken for a mistake."""

_SHARE: Final = 0.9
"""How much of a limit that Trello states this process uses."""

_A_MOMENT: Final = 0.001
"""Seconds; shorter waits are rounding."""


class Timing(Struct, frozen=True):
    """How time passes: handed in, so that a worker can end a wait and a test never waits."""

    monotonic: Callable[[], float]
    """Seconds that never run backwards."""
    sleep: Callable[[float], object]
    """Waits up to so many seconds; may return early when the worker is told to stop."""
    jitter: Callable[[], float]
    """A random number from 0 to 1, so that several workers do not return all at once."""
    stopping: Callable[[], bool] = lambda: False
    """True once no further request may be started."""


class Limits(Struct, frozen=True):
    """Requests that this process allows itself in each ``interval`` of seconds."""

    token: int = 90
    key: int = 270
    interval: float = 10.0


TRELLO_LIMITS: Final = Limits()
"""Nine tenths of what Trello allows: people and other programs may use the same key."""


class SlidingWindow:
    """The starts of the last requests; of others' requests too, once Trello tells of them."""

    def __init__(self, limit: int, interval: float) -> None:
        self._limit = limit
        self._interval = interval
        self._starts: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Return the seconds until one more request fits."""
        while self._starts and self._starts[0] + self._interval <= now:
            self._starts.popleft()
        if len(self._starts) < self._limit:
            return 0.0
        return self._starts[len(self._starts) - self._limit] + self._interval - now

    def take(self, now: float) -> None:
        """Count one request of our own."""
        self._starts.append(now)

    def learn(self, now: float, most: int, remaining: int) -> None:
        """Count also the requests of others with this token or key, as an answer reveals them."""
        self._limit = max(1, min(self._limit, int(most * _SHARE)))
        self.wait(now)
        used = min(most - remaining, most)
        self._starts.extend([now] * (used - len(self._starts)))


class Pace:
    """Lets requests start one by one, as fast as the limits allow.  Safe between threads."""

    def __init__(self, timing: Timing, limits: Limits) -> None:
        self._timing = timing
        self._interval = limits.interval
        self._windows = {
            "token": SlidingWindow(limits.token, limits.interval),
            "key": SlidingWindow(limits.key, limits.interval),
        }
        self._lock = threading.Lock()
        self._frozen_until = float("-inf")
        self._refusals = 0

    def begin_pass(self) -> None:
        """Forget the refusals of the last pass; a freeze stays until its time is over."""
        with self._lock:
            self._refusals = 0

    def wait_turn(self, deadline: float) -> None:
        """Return when a request may start; raise `PassOverError` when none may any more."""
        while (wait := self._take_or_wait(deadline)) > 0:
            self.rest(wait, deadline)

    def rest(self, seconds: float, deadline: float) -> None:
        """Sleep, unless that would pass ``deadline`` (monotonic): then `PassOverError`."""
        _check_deadline(self._timing.monotonic() + seconds, deadline)
        self._timing.sleep(seconds)

    def refused(self, retry_after: str | None) -> None:
        """Freeze after a 429: for ``Retry-After`` seconds, else one window and some jitter."""
        pause = _seconds(retry_after)
        if pause is None:
            pause = self._interval + self._timing.jitter()
        with self._lock:
            self._refusals += 1
            until = self._timing.monotonic() + pause
            self._frozen_until = max(self._frozen_until, until)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Take over what an answer's ``x-rate-limit-api-token-*`` and ``-key-*`` headers say."""
        for name, window in self._windows.items():
            most = headers.get(f"x-rate-limit-api-{name}-max", "")
            remaining = headers.get(f"x-rate-limit-api-{name}-remaining", "")
            if most.isdecimal() and remaining.isdecimal():
                with self._lock:
                    window.learn(self._timing.monotonic(), int(most), int(remaining))

    def _take_or_wait(self, deadline: float) -> float:
        if self._timing.stopping():
            raise PassOverError("The bot is about to end and starts nothing more")
        with self._lock:
            if self._refusals >= _MOST_REFUSALS:
                raise PassOverError("Trello is busy: it has refused too many requests")
            now = self._timing.monotonic()
            _check_deadline(now, deadline)
            wait = max(self._frozen_until - now, *(w.wait(now) for w in self._windows.values()))
            if wait > _A_MOMENT:
                return wait
            for window in self._windows.values():
                window.take(now)
            return 0.0


def _check_deadline(moment: float, deadline: float) -> None:
    if moment > deadline:
        raise PassOverError("The time of this pass is used up")


def _seconds(retry_after: str | None) -> float | None:
    """Read ``Retry-After`` in seconds; its other form, a date, needs a wall clock."""
    if retry_after is None or not retry_after.strip().isdecimal():
        return None
    return min(max(float(retry_after), 1.0), _LONGEST_FREEZE)
