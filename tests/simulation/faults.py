"""Twelve kinds of fault, as data: what may befall one request on its way."""

from collections.abc import Callable
from random import Random
from typing import Literal

import requests
from msgspec import Struct
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import (
    MaxRetryError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)

from tests.simulation.stale import as_it_was
from tests.simulation.wire import Wire, response

SETTLE = 35.0
"""Seconds within which a lost write takes effect or never will: ``writes.settle``."""

TIMED_OUT = 35.0
"""Seconds after which the bot waits for an answer no longer."""

Request = requests.PreparedRequest
Answer = requests.Response


class Crash(BaseException):
    """The bot's process has died here."""


class Fault(Struct, frozen=True):
    """One kind: its name, what it may strike, and what it does."""

    name: str
    befalls: Literal["any", "write", "read"]
    strike: Callable[[Wire, Request, Random], Answer]
    kills: bool = False

    def takes(self, method: str | None) -> bool:
        """Tell whether a request of this method can be struck."""
        return self.befalls in {"any", "read" if method == "GET" else "write"}


def _crash_before(_: Wire, __: Request, ___: Random) -> Answer:
    raise Crash


def _crash_after(wire: Wire, request: Request, _: Random) -> Answer:
    wire.deliver(request)
    raise Crash


def _crash_in_flight(wire: Wire, request: Request, rng: Random) -> Answer:
    _lands_later(wire, request, rng)
    raise Crash


def _lost_applied(wire: Wire, request: Request, _: Random) -> Answer:
    wire.deliver(request)
    raise broken_line()


def _lost_dropped(wire: Wire, _: Request, __: Random) -> Answer:
    wire.hours.wait(TIMED_OUT)
    raise no_answer()


def _lost_late(wire: Wire, request: Request, rng: Random) -> Answer:
    _lands_later(wire, request, rng)
    raise broken_line()


def _failed_applied(wire: Wire, request: Request, rng: Random) -> Answer:
    wire.deliver(request)
    return response(request, rng.choice((500, 502, 503, 504)), b"", {})


def _failed_not_applied(_: Wire, request: Request, rng: Random) -> Answer:
    return response(request, rng.choice((500, 502, 503, 504)), b"<html>down</html>", {})


def _too_many(_: Wire, request: Request, __: Random) -> Answer:
    headers = {"Content-Type": "application/json"}
    return response(request, 429, b'{"error":"API_TOKEN_LIMIT_EXCEEDED"}', headers)


def _slow(wire: Wire, request: Request, rng: Random) -> Answer:
    wire.hours.wait(rng.uniform(5, 34))
    return wire.deliver(request)


def _garbled(wire: Wire, request: Request, rng: Random) -> Answer:
    """Answer 200 with half a body, no body, or something else altogether."""
    whole = wire.deliver(request)
    half = whole.content[: rng.randrange(1, max(2, len(whole.content)))]
    bodies = (half, b"", b"null", b"<html>We'll be right back</html>", b"[]", b"{}")
    kind = "text/html" if (body := rng.choice(bodies)).startswith(b"<") else "application/json"
    if body == half and body == whole.content:
        raise requests.exceptions.ChunkedEncodingError(ProtocolError("Response ended prematurely"))
    return response(request, 200, body, {**whole.headers, "Content-Type": kind})


def _stale(wire: Wire, request: Request, _: Random) -> Answer:
    if wire.before is None:
        return wire.deliver(request)
    with as_it_was(wire.app.store, wire.before):
        return wire.deliver(request)


def _token_refused(_: Wire, request: Request, __: Random) -> Answer:
    return response(request, 401, b"invalid token", {"Content-Type": "text/plain"})


def _no_connection(_: Wire, __: Request, ___: Random) -> Answer:
    raise unreached()


def _lands_later(wire: Wire, request: Request, rng: Random) -> None:
    wire.hours.later(rng.uniform(1, SETTLE - 1), lambda: wire.deliver(request))


def broken_line() -> requests.ConnectionError:
    """Return what requests raises when the peer hangs up after the request was sent."""
    return requests.ConnectionError(
        ProtocolError("Connection aborted.", ConnectionResetError(104, "Connection reset by peer"))
    )


def unreached() -> requests.ConnectionError:
    """Return what requests raises when nobody listens: not one byte was sent."""
    pool = HTTPConnectionPool("127.0.0.1")
    refused = NewConnectionError(HTTPConnection("127.0.0.1"), "Connection refused")
    return requests.ConnectionError(MaxRetryError(pool, "/", refused))


def no_answer() -> requests.ReadTimeout:
    """Return what requests raises when no byte of an answer came in time."""
    return requests.ReadTimeout(ReadTimeoutError(None, None, "Read timed out."))  # type: ignore[arg-type]


FAULTS: tuple[Fault, ...] = (
    Fault("crash before", "any", _crash_before, kills=True),
    Fault("crash after", "write", _crash_after, kills=True),
    Fault("crash in flight", "write", _crash_in_flight, kills=True),
    Fault("lost, applied", "any", _lost_applied),
    Fault("lost, dropped", "write", _lost_dropped),
    Fault("lost, applied late", "write", _lost_late),
    Fault("5xx, applied", "write", _failed_applied),
    Fault("5xx, not applied", "any", _failed_not_applied),
    Fault("429 storm", "any", _too_many),
    Fault("slow", "any", _slow),
    Fault("garbled body", "any", _garbled),
    Fault("stale read", "read", _stale),
)
DOORS: tuple[Fault, ...] = (
    Fault("token refused", "any", _token_refused),
    Fault("no connection", "any", _no_connection),
)
"""Closed doors, which come beside the twelve: nothing may be written behind them."""

BY_NAME = {each.name: each for each in (*FAULTS, *DOORS)}
STORM = 7
"""Requests in a row that a storm of 429 refuses: more than a pass puts up with."""
