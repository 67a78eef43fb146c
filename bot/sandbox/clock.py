"""Time in the sandbox: a clock is a function, an instant is an aware datetime in UTC.

Inside the store an instant is the text that the service itself sends, a :data:`Stamp`,
so that a saved state reads like the service's answers.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Returns the present instant, aware and in UTC."""

Stamp: TypeAlias = str
"""ISO 8601 in UTC with milliseconds and ``Z``; stamps sort like the instants they name."""

MILLISECOND = timedelta(milliseconds=1)


class AheadClock:
    """Another clock set ahead: it goes on by itself and can be moved forward, never back."""

    def __init__(self, real: Clock, ahead: timedelta = timedelta(0)) -> None:
        self._real = real
        self._latest = real() + ahead
        self.ahead = ahead
        """How far it is in front of the other one."""

    def __call__(self) -> datetime:
        """Return the present instant, no earlier than any that was returned before."""
        self._latest = max(self._latest, self._real() + self.ahead)
        return self._latest

    def advance(self, by: timedelta) -> datetime:
        """Move forward and return the new instant."""
        _check_forward(by)
        self.ahead += by
        return self()

    def move_to(self, instant: datetime) -> datetime:
        """Move forward to ``instant``, unless it is over, and return the present one."""
        return self.advance(max(instant.astimezone(UTC) - self(), timedelta(0)))


class VirtualClock:
    """A clock that stands still until somebody moves it."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def __call__(self) -> datetime:
        """Return the present instant."""
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move forward and return the new instant."""
        _check_forward(by)
        self._now += by
        return self._now

    def move_to(self, instant: datetime) -> datetime:
        """Move forward to ``instant`` and return it."""
        return self.advance(instant.astimezone(UTC) - self._now)


Movable: TypeAlias = AheadClock | VirtualClock
"""A clock that somebody may move."""


def _check_forward(by: timedelta) -> None:
    if by < timedelta(0):
        message = f"a clock does not go back: {by}"
        raise ValueError(message)


def stamp(instant: datetime) -> Stamp:
    """Write an aware instant as the service does; what is finer than a millisecond is cut."""
    text = instant.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def instant(text: Stamp) -> datetime:
    """Read a stamp back."""
    return datetime.fromisoformat(text)
