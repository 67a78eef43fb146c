"""Rate limits: sliding windows per token and per key, and the headers that tell of them."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sandbox import errors

WINDOW = timedelta(seconds=10)
PER_TOKEN = 100
PER_KEY = 300
PER_MEMBER = 200
REFUSALS_PER_KEY = 200
"""Answers of 429 within a window after which every request of the key gets one."""


@dataclass
class Windows:
    """Counts requests; refuses only when ``enforced``.

    Without enforcement the headers always show a fresh window, so that a client steering by them
    does not wait in a test whose clock stands still.
    """

    enforced: bool = False
    _requests: dict[str, deque[datetime]] = field(default_factory=dict)
    _refusals: dict[str, deque[datetime]] = field(default_factory=dict)

    def admit(self, key: str, token: str, now: datetime) -> None:
        """Count a request at ``now`` or refuse it."""
        if not self.enforced:
            return
        of_key, of_token = self._recent(key, now), self._recent(token, now)
        refused = _recent(self._refusals.setdefault(key, deque()), now)
        if len(refused) > REFUSALS_PER_KEY or len(of_key) >= PER_KEY:
            refused.append(now)
            raise errors.rate_limited("API_KEY_LIMIT_EXCEEDED")
        if len(of_token) >= PER_TOKEN:
            refused.append(now)
            raise errors.rate_limited("API_TOKEN_LIMIT_EXCEEDED")
        of_key.append(now)
        of_token.append(now)

    def headers(self, key: str, token: str, now: datetime) -> dict[str, str]:
        """Return the rate-limit headers that stand on every answer."""
        of_token = PER_TOKEN - max(1, self._count(token, now))
        of_key = PER_KEY - max(1, self._count(key, now))
        member = PER_MEMBER - max(1, self._count(token, now))
        return {
            "x-rate-limit-api-token-interval-ms": "10000",
            "x-rate-limit-api-token-max": str(PER_TOKEN),
            "x-rate-limit-api-token-remaining": str(of_token),
            "x-rate-limit-api-key-interval-ms": "10000",
            "x-rate-limit-api-key-max": str(PER_KEY),
            "x-rate-limit-api-key-remaining": str(of_key),
            "x-rate-limit-member-interval-ms": "10000",
            "x-rate-limit-member-max": str(PER_MEMBER),
            "x-rate-limit-member-remaining": str(member),
        }

    def _recent(self, name: str, now: datetime) -> deque[datetime]:
        return _recent(self._requests.setdefault(name, deque()), now)

    def _count(self, name: str, now: datetime) -> int:
        return len(self._recent(name, now)) if self.enforced else 0


def _recent(times: deque[datetime], now: datetime) -> deque[datetime]:
    while times and times[0] <= now - WINDOW:
        times.popleft()
    return times
