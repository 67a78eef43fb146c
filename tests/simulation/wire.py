"""The line between the bot's HTTP client and the sandbox: no socket, but everything else.

`Wire` is an adapter of requests.  It hands each prepared request to the sandbox's WSGI application
and makes a response of the answer, or raises what requests raises when a line breaks.
"""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol

import requests
from msgspec import Struct
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from werkzeug.wrappers import Request

from bot.sandbox import SandboxApp
from tests.simulation.hours import Hours
from tests.simulation.stale import kept

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

URL = "http://127.0.0.1/1"
ONE_WAY = 0.06
"""Seconds that a request or its answer travels; Trello's usual answer takes 120 ms."""


class Heard(Struct, frozen=True):
    """One request as the trace keeps it."""

    at: str
    worker: str
    round: int
    """Which pass of the worker it belongs to."""
    number: int
    request: str
    digest: str
    """The first digits of a hash of the body: texts are compared, not kept."""
    fault: str
    skewed: bool
    """Whether the bot's clock was off."""
    ending: str
    """The status, or the name of the exception that the client got."""

    def __str__(self) -> str:
        """Tell it in one line."""
        fault = f" [{self.fault}]" if self.fault else ""
        return f"{self.at} {self.worker}#{self.number} {self.request} -> {self.ending}{fault}"


class Line(Protocol):
    """What may befall requests: asked for each one before it arrives."""

    def sends(self, wire: "Wire", request: requests.PreparedRequest) -> requests.Response:
        """Deliver a request and return its answer, or do worse."""
        ...


class Plain:
    """A line without trouble."""

    fault = ""

    def sends(self, wire: "Wire", request: requests.PreparedRequest) -> requests.Response:
        """Deliver the request."""
        return wire.deliver(request)


class Wire(BaseAdapter):
    """Carries the requests of one worker."""

    def __init__(self, app: SandboxApp, hours: Hours, worker: str = "a") -> None:
        super().__init__()
        self.app, self.hours, self.worker = app, hours, worker
        self.latency: Callable[[], float] = lambda: ONE_WAY
        self.line: Line = Plain()
        self.fault = ""
        """The fault that struck the request on its way, for the trace."""
        self.trace: list[Heard] = []
        self.sent = self.passes = 0
        self.skewed = False
        self.lags = False
        """Whether the board is kept as it is before each change, for reads that lag."""
        self.before: bytes | None = None
        """The board before the last change to it."""
        self.changed: Callable[[], object] = lambda: None
        """Called after each request that may have changed the board."""
        self.addresses: list[str] = []
        """Every URL that was asked for: no secret may stand in any."""

    def send(  # noqa: PLR0917 - the signature that requests calls
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002
        timeout: object = None,  # noqa: ARG002
        verify: object = True,  # noqa: ARG002
        cert: object = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        """Carry one request; raise an exception of requests where the line breaks."""
        self.hours.wait(self.latency())
        self.sent += 1
        number, self.fault, ending = self.sent, "", "crash"
        self.addresses.append(request.url or "")
        try:
            answer = self.line.sends(self, request)
            ending = str(answer.status_code)
        except requests.RequestException as broken:
            ending = type(broken).__name__
            raise
        finally:
            self._note(number, request, ending)
        self.hours.wait(self.latency())
        return answer

    def close(self) -> None:
        """Nothing is held open."""

    def deliver(self, request: requests.PreparedRequest) -> requests.Response:
        """Let the sandbox answer."""
        if self.lags and not is_read(request):
            self.before = kept(self.app.store)
        arrived = Request(environ_of(request))
        try:
            answer = self.app.answer(arrived)
        except ConnectionError as hung_up:
            raise requests.ConnectionError("hung up") from hung_up
        finally:
            arrived.close()
        if not is_read(request):
            self.changed()
        return response(request, answer.status, answer.body, answer.headers)

    def _note(self, number: int, request: requests.PreparedRequest, ending: str) -> None:
        body = request.body or b""
        content = body.encode() if isinstance(body, str) else body
        if b"multipart" in str(request.headers.get("Content-Type", "")).encode():
            # The boundary is drawn by chance; what matters is that a file was sent.
            content = str(len(content)).encode()
        self.trace.append(
            Heard(
                at=self.hours.now.replace(tzinfo=None).isoformat(timespec="milliseconds"),
                worker=self.worker,
                round=self.passes,
                number=number,
                request=f"{request.method} {path_of(request)}",
                digest=sha256(content).hexdigest()[:12] if content else "",
                fault=self.fault,
                skewed=self.skewed,
                ending=ending,
            )
        )


def is_read(request: requests.PreparedRequest) -> bool:
    """Tell whether a request changes nothing."""
    return request.method == "GET"


def path_of(request: requests.PreparedRequest) -> str:
    """Return a request's path below ``/1``, without its query."""
    return (request.url or "").partition("?")[0].partition("/1/")[2]


def environ_of(request: requests.PreparedRequest) -> "WSGIEnvironment":
    """Return what a WSGI server would hand to its application."""
    target = request.path_url
    path, _, query = target.partition("?")
    body = request.body or b""
    content = body.encode() if isinstance(body, str) else bytes(body)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method or "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": requests.compat.unquote(path, "latin-1"),
        "QUERY_STRING": query,
        "RAW_URI": target,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(content),
        "CONTENT_LENGTH": str(len(content)) if content else "",
    }
    for name, value in request.headers.items():
        text = _text(value)
        if name.lower() == "content-type":
            environ["CONTENT_TYPE"] = text
        elif name.lower() != "content-length":
            environ[_variable(name)] = text
    return environ


@cache
def _variable(header: str) -> str:
    return "HTTP_" + header.upper().replace("-", "_")


def _text(value: object) -> str:
    """Return a header's value: requests takes bytes too, and some libraries give them."""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def response(
    request: requests.PreparedRequest,
    status: int,
    body: bytes,
    headers: Mapping[str, str],
) -> requests.Response:
    """Return an answer as requests would have read it."""
    made = requests.Response()
    made.status_code = status
    made.headers = CaseInsensitiveDict(headers)
    made._content = body
    vars(made)["_content_consumed"] = True
    made.raw = BytesIO(body)
    made.url = request.url or ""
    made.request = request
    return made
