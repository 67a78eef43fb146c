"""What failed is left alone for a while, longer each time, so that it keeps nobody else waiting.

Kept in memory: a bot that starts anew tries everything once more.
"""

from collections.abc import Container, Iterable
from datetime import timedelta

from msgspec import Struct

from bot.domain.model import Instant

FIRST = timedelta(minutes=2)
"""After the second failure in a row; the first is tried again in the next pass."""

LONGEST = timedelta(hours=1)

_DOUBLINGS = 10


class _Failures(Struct, frozen=True):
    count: int
    until: Instant
    seen: Instant | None
    """The card's activity when it failed: who mends a card moves it."""


class Quarantine:
    """Remembers what failed, by a card's id or a board's name in the configuration."""

    def __init__(self) -> None:
        self._known: dict[str, _Failures] = {}
        self._failed: dict[str, Instant | None] = {}
        self._served: set[str] = set()
        self._began: Instant | None = None
        """When the pass began whose failures are not counted yet."""

    def until(self, name: str, now: Instant, activity: Instant | None = None) -> Instant | None:
        """Return until when something is left alone; ``None``: it may be tried."""
        known = self._known.get(name)
        if known is None or known.until <= now or known.seen != activity:
            return None
        return known.until

    def names(self) -> frozenset[str]:
        """Return what has failed more than once in a row."""
        return frozenset(name for name, known in self._known.items() if known.count > 1)

    def failed(self, name: str, activity: Instant | None = None) -> None:
        """Note a failure in this pass."""
        self._failed[name] = activity

    def served(self, name: str) -> None:
        """Note that something went well in this pass."""
        self._served.add(name)

    def begin_pass(self, now: Instant) -> None:
        """Count the failures of the pass before, unless most of what was tried failed.

        Then Trello is to blame, or nothing else is kept waiting, and everything is tried again in
        this pass.  A pause runs from the pass that failed, however long ago that is.
        """
        served = self._served - self._failed.keys()
        if self._began is not None and len(self._failed) <= len(served):
            for name, activity in self._failed.items():
                self._count(name, activity, self._began)
        self._forget(served)
        self._failed, self._served, self._began = {}, set(), now

    def forget_all_but(self, names: Container[str]) -> None:
        """Forget what is no longer there."""
        self._known = {name: each for name, each in self._known.items() if name in names}

    def _count(self, name: str, activity: Instant | None, failed: Instant) -> None:
        known = self._known.get(name)
        before = known.count if known and known.seen == activity else 0
        pause = timedelta() if before == 0 else FIRST * 2 ** min(before - 1, _DOUBLINGS)
        self._known[name] = _Failures(before + 1, failed + min(pause, LONGEST), activity)

    def _forget(self, names: Iterable[str]) -> None:
        for name in names:
            self._known.pop(name, None)
