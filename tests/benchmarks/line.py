"""The line of a measured program: it counts what passes, and waits on a clock that jumps."""

from collections import deque
from collections.abc import Callable, Mapping
from io import BytesIO
from threading import Lock

import requests
from msgspec import Struct
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

LATENCY = 0.05
"""Seconds from a request to its answer."""

MOST, INTERVAL = 100, 10.0
"""Requests that Trello lets a token make in so many seconds."""


class Asked(Struct, frozen=True):
    """A request as it is sent."""

    at: float
    """Seconds since the measurement began."""
    method: str
    url: str
    headers: dict[str, str]
    body: bytes


class Answered(Struct, frozen=True):
    """What comes back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Hours:
    """Seconds of a time that passes only while somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def monotonic(self) -> float:
        """Return the seconds since the start."""
        return self.seconds

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.seconds += seconds


class Line(BaseAdapter):
    """Carries requests to whoever answers.

    ``held_back``: a request that the limit would refuse waits until it would not.  That is the
    best that a tool without a pace of its own can do; such tools fail at the first refusal.
    """

    def __init__(
        self, answer: Callable[[Asked], Answered], hours: Hours, *, held_back: bool
    ) -> None:
        super().__init__()
        self.hours = hours
        self.requests = self.bytes = 0
        self._answer = answer
        self._held_back = held_back
        self._counting = Lock()
        self._starts: deque[float] = deque(maxlen=MOST)

    def send(
        self, request: requests.PreparedRequest, *_: object, **__: object
    ) -> requests.Response:
        """Carry one request there and its answer back."""
        if self._held_back and len(self._starts) == MOST:
            self.hours.wait(max(0.0, self._starts[0] + INTERVAL - self.hours.seconds))
        self._starts.append(self.hours.seconds)
        self.hours.wait(LATENCY / 2)
        answered = self._answer(asked(request, self.hours.seconds))
        self.hours.wait(LATENCY / 2)
        with self._counting:
            self.requests += 1
            self.bytes += len(answered.body)
        return response(request, answered)

    def close(self) -> None:
        """Nothing is held open."""


def asked(request: requests.PreparedRequest, at: float) -> Asked:
    """Return a request as plain values; some libraries give bytes where text is meant."""
    body = request.body or b""
    headers = {name: _text(value) for name, value in request.headers.items()}
    content = body.encode() if isinstance(body, str) else bytes(body)
    return Asked(at, request.method or "GET", request.url or "", headers, content)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def response(request: requests.PreparedRequest, answered: Answered) -> requests.Response:
    """Return an answer as requests would have read it."""
    made = requests.Response()
    made.status_code = answered.status
    made.headers = CaseInsensitiveDict(answered.headers)
    vars(made).update(_content=answered.body, _content_consumed=True)
    made.raw = BytesIO()
    made.url, made.request = request.url or "", request
    return made


def demanded(requests_sent: int) -> float:
    """Return the seconds that the limit alone makes so many requests take."""
    return (requests_sent - 1) // MOST * INTERVAL
