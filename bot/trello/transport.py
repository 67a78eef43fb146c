"""One request to Trello: guarded, paced, repeated only where that is safe, and always judged.

`Transport.request` has the signature that py-trello expects of its ``http_service``.  It returns
only answers that are 200 with JSON; everything else is raised as an error of `bot.ports`.
"""

import json
import logging
import random
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Any, Final, TypedDict, Unpack
from urllib.parse import quote

import requests
from msgspec import Struct
from requests.adapters import BaseAdapter

from bot import __version__
from bot.domain.recall import recalled_by_value
from bot.hooks import CLIENT
from bot.redaction import RedactingFilter, Redactor
from bot.trello.connection import TRELLO_URL, Connection, HeaderCredentials, check_connection
from bot.trello.patience import PatientAdapter
from bot.trello.rate import TRELLO_LIMITS, Limits, Pace, Timing
from bot.trello.routes import ForbiddenRouteError, check_board, check_route
from bot.trello.verdict import Call, Verdict, judge, judge_silence

log = logging.getLogger(__name__)

TIMEOUTS: Final = (5.0, 35.0)
"""Seconds to connect, and to wait for bytes: Trello itself gives up after 30 (504)."""

_LONGEST_PAUSE: Final = 20.0
_WRITE_HEADERS: Final = {
    **requests.utils.default_headers(),
    "Accept": "application/json",
    # Named: what else happens to be installed would add ways that nobody has tried with Trello.
    "Accept-Encoding": "gzip, deflate",
    "User-Agent": f"delegate-bot/{__version__}",
}
_READ_HEADERS: Final = {**_WRITE_HEADERS, "Cache-Control": "no-cache"}
NOISY_LOGGERS: Final = ("urllib3.connectionpool", "urllib3.connection", "urllib3.util.retry")
"""Loggers that write down URLs; masked at the source, whatever handlers there are."""

REAL_TIME: Final = Timing(
    monotonic=time.monotonic,
    sleep=time.sleep,  # noqa: TID251 - the transport is the one place that waits
    jitter=random.SystemRandom().random,
)


class Traffic(Struct, frozen=True):
    """What a pass has asked of Trello: every request sent counts, repeated ones too."""

    requests: int = 0
    writes: int = 0
    throttled: int = 0
    """Answers of 429."""


class Options(TypedDict, total=False):
    """What py-trello hands over besides method and URL."""

    params: Mapping[str, Any] | None
    headers: Mapping[str, str] | None
    data: str | None
    files: Mapping[str, Any] | None
    auth: object
    """Ignored: the credentials are the transport's."""
    proxies: object
    """Ignored: Trello is asked directly."""


class Transport:
    """The HTTP service below py-trello.  One pool of kept connections, one window of limits."""

    def __init__(
        self,
        connection: Connection,
        timing: Timing = REAL_TIME,
        limits: Limits = TRELLO_LIMITS,
        adapter: BaseAdapter | None = None,
    ) -> None:
        """Take what to connect to and how time passes; ``adapter``: another way than sockets."""
        check_connection(connection)
        self.boards: frozenset[str] | None = None
        """Ids and short links of the boards that may be asked in this pass; ``None``: any."""
        self.server_time: datetime | None = None
        """Trello's clock in the last answer of this pass, in UTC."""
        self.traffic = Traffic()
        self._counting = Lock()
        self._connection = connection
        self._timing = timing
        self._pace = Pace(timing, limits)
        self._deadline = float("inf")
        self._redactor = Redactor((connection.key, connection.token, connection.secret))
        self._log_filter = RedactingFilter(self._redactor)
        for name in NOISY_LOGGERS:
            logging.getLogger(name).addFilter(self._log_filter)
        adapter = adapter or PatientAdapter()
        self._line = _Line(HeaderCredentials(connection), adapter, connection.client)

    def __repr__(self) -> str:
        """Show the address, never a credential."""
        return f"Transport({self._connection!r})"

    def close(self) -> None:
        """Close the connections."""
        self._line.close()
        for name in NOISY_LOGGERS:
            logging.getLogger(name).removeFilter(self._log_filter)

    def begin_pass(self, seconds: float) -> None:
        """Start counting anew; no request starts, and no wait ends, later than in ``seconds``."""
        self.allow(seconds)
        self.traffic = Traffic()
        self.server_time = None
        self.boards = None
        self._pace.begin_pass()

    def allow(self, seconds: float) -> None:
        """Let requests start until in ``seconds`` from now, in the same pass."""
        self._deadline = self._timing.monotonic() + seconds

    def request(self, method: str, url: str, **options: Unpack[Options]) -> requests.Response:
        """Send one request and return its good answer; raise an error of `bot.ports` otherwise.

        ``url`` is one that py-trello builds.  A write that may have been carried out raises
        `bot.trello.verdict.AnswerLostError`.
        """
        call = self._checked(method, url, options)
        sent = 0
        while True:
            self._pace.wait_turn(self._deadline)
            outcome = self._attempt(call, options)
            if isinstance(outcome, requests.Response):
                return outcome
            sent += 1
            if sent >= outcome.tries:
                raise outcome.error
            self._back_off(outcome, sent)

    def _checked(self, method: str, url: str, options: Options) -> Call:
        """Refuse what the bot never asks, before anything is sent."""
        call = Call(method, url.removeprefix(TRELLO_URL))
        if method != "GET" and options.get("params"):
            raise ForbiddenRouteError("A write carries nothing in its URL", route=call.route)
        body = _body(options)
        check_route(method, call.path, body)
        check_board(call.path, body.get("idBoard") or body.get("idModel"), self.boards)
        return call

    def _attempt(self, call: Call, options: Options) -> requests.Response | Verdict:
        """Send once.  Failures are returned, so that no traceback holds a library's frames."""
        self._count(sent=call)
        started = self._timing.monotonic()
        try:
            answer = self._line.send_once(call.method, self._url(call), options)
        except requests.RequestException as reason:
            log.debug("%s: %s", call.route, type(reason).__name__)
            return judge_silence(call, reason)
        took = self._timing.monotonic() - started
        log.debug("%s -> %s in %.0f ms", call.route, answer.status_code, took * 1000)
        self._learn(answer)
        return judge(call, answer, self._redactor) or answer

    def _url(self, call: Call) -> str:
        """Put the address in front, and the token into the one route that needs it."""
        token = quote(self._connection.token, safe="")
        return self._connection.url.rstrip("/") + call.path.replace("{token}", token)

    def _learn(self, answer: requests.Response) -> None:
        self.server_time = _server_time(answer.headers) or self.server_time
        self._pace.learn(answer.headers)
        if answer.status_code == 429:
            self._pace.refused(answer.headers.get("Retry-After"))
            self._count(throttled=1)

    def _back_off(self, failure: Verdict, sent: int) -> None:
        """Wait with full jitter; after a 429 the pace itself is frozen."""
        log.debug("%s; trying again", failure.error)
        if failure.error.status != 429:
            pause = min(_LONGEST_PAUSE, 2.0**sent) * self._timing.jitter()
            self._pace.rest(pause, self._deadline)

    def _count(self, sent: Call | None = None, throttled: int = 0) -> None:
        with self._counting:
            now = self.traffic
            self.traffic = Traffic(
                requests=now.requests + (sent is not None),
                writes=now.writes + (sent is not None and not sent.is_read),
                throttled=now.throttled + throttled,
            )


class _Line:
    """Talks to one host.

    There is no session: nothing of a proxy, a cookie, a redirect, a repetition or the environment
    can get in, and nothing is merged anew for each request.
    """

    def __init__(
        self, credentials: HeaderCredentials, adapter: BaseAdapter, client: str = ""
    ) -> None:
        self._credentials = credentials
        self._adapter = adapter
        self._name = {CLIENT: client} if client else {}

    def close(self) -> None:
        """Close the connections."""
        self._adapter.close()

    def send_once(self, method: str, url: str, options: Options) -> requests.Response:
        """Send one request and read its whole answer."""
        request = requests.PreparedRequest()
        request.method = method
        request.url = _address(url, tuple((options.get("params") or {}).items()))
        own = _READ_HEADERS if method == "GET" else _WRITE_HEADERS
        request.prepare_headers({**(options.get("headers") or {}), **own, **self._name})
        request.prepare_body(options.get("data"), options.get("files"))
        request.prepare_auth(self._credentials)
        answer = self._adapter.send(request, timeout=TIMEOUTS, verify=True, proxies={})
        _ = answer.content
        return answer


@recalled_by_value(most=4096)
def _address(url: str, params: tuple[tuple[str, str], ...]) -> str:
    """Put a query into an address; a worker asks for the same few minute by minute.

    Many hold a card's id: they are forgotten with what else is known of cards.
    """
    request = requests.PreparedRequest()
    request.prepare_url(url, params)
    return request.url or url


def _body(options: Options) -> dict[str, object]:
    """Return the fields of a write, which py-trello has already put into JSON or parts."""
    data = options.get("data")
    fields: dict[str, object] = json.loads(data) if data else {}
    return fields | dict(options.get("files") or {})


def _server_time(headers: Mapping[str, str]) -> datetime | None:
    """Read ``x-server-time`` (milliseconds), else ``Date``; ``None``: the answer has neither."""
    milliseconds = headers.get("x-server-time", "")
    try:
        if milliseconds.isdecimal():
            return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
        return parsedate_to_datetime(headers.get("Date", "")).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
