"""The HTTP face of the sandbox: a WSGI application over a store."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol

from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.wrappers import Request, Response

from bot.sandbox import errors, limits
from bot.sandbox.auth import Credentials, admit, credentials
from bot.sandbox.call import Answer, Call
from bot.sandbox.clock import MILLISECOND
from bot.sandbox.json_bytes import json_bytes
from bot.sandbox.page.site import Site
from bot.sandbox.params import Params
from bot.sandbox.requests_in import uploads_in, values_in
from bot.sandbox.routes import URLS, plain_path
from bot.sandbox.rows import Author
from bot.sandbox.store import Store
from bot.sandbox.windows import Windows
from bot.sandbox.words import well_formed

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

API = "/1"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came in, without its credentials."""

    method: str
    path: str
    """Below ``/1``, without query."""
    status: int
    """What the service itself answered, whatever a fault made of it afterwards."""
    member: str | None
    """Username of the member who asked."""
    params: tuple[str, ...] = ()
    """Names of the parameters, credentials left out."""


class Faults(Protocol):
    """A seat for trouble on demand: either method may answer in the service's stead."""

    def before(self, request: Request) -> Answer | None:
        """Answer instead of doing anything, or raise ``ConnectionError`` to hang up."""

    def after(self, request: Request, answer: Answer) -> Answer | None:
        """Answer differently once it is done, or raise ``ConnectionError`` to hang up."""


class SandboxApp:
    """Serves a store under ``/1`` and a page to try things on everywhere else."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.requests: list[Seen] = []
        """Every request below ``/1`` since the start, oldest first."""
        self.windows = Windows()
        self.faults: Faults | None = None
        self.latency = timedelta(0)
        self.site = Site(store)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        if self.latency:
            Event().wait(self.latency.total_seconds())
        with Request(environ) as request:
            api = request.path == API or request.path.startswith(API + "/")
            answer = self.answer(request) if api else self.site.answer(request)
            response = Response(answer.body, answer.status, answer.headers)
        return response(environ, start_response)

    def answer(self, request: Request) -> Answer:
        """Answer one request below ``/1``, its body put into bytes and all headers with it."""
        path = plain_path(request.path.removeprefix(API))
        values = values_in(request)
        shown = credentials(request.headers.get("Authorization", ""), values)
        with self.store.lock:
            answer = self.faults.before(request) if self.faults else None
            if answer is None:
                self.store.client = request.headers.get("X-Trello-Client-Identifier", "")
                answer = self._answer(request, path, values, shown)
                self.store.client = ""
            self._note(request.method, path, answer.status, (values, shown))
            if self.faults:
                answer = self.faults.after(request, answer) or answer
            headers = {**self._headers(shown), **answer.headers}
        return _written(answer, headers)

    def _answer(
        self, request: Request, path: str, values: dict[str, Any], shown: Credentials
    ) -> Answer:
        target = target_of(request)
        if len(target) > limits.URL:
            return Answer(414, "<html><body><h1>414 Request-URI Too Large</h1></body></html>")
        if request.method == "GET" and (request.content_length or 0) > 0:
            return Answer(403, "<html><body><h1>403 ERROR</h1>Bad request.</body></html>")
        try:
            handler, parts = matched(request.method, path)
            by, token = admit(self.store, shown, request.method, path)
            self.windows.admit(shown.key, shown.token, self.store.clock())
            call = Call(
                store=self.store,
                by=by,
                params=Params(values),
                token=token,
                method=request.method,
                path=path,
                files=uploads_in(request),
                get=lambda target: self._nested(target, by),
            )
            found = handler(call, **parts)
        except errors.RefusedError as refusal:
            return Answer(refusal.status, refusal.body)
        except UnknownRouteError:
            return Answer(404, f"Cannot {request.method} {target}")
        return found if isinstance(found, Answer) else Answer(200, found)

    def _nested(self, target: str, by: Author) -> tuple[int, Any]:
        """Answer one GET of a batch."""
        request = Request.from_values(target)
        path = plain_path(request.path)
        try:
            handler, parts = matched("GET", path)
            call = Call(store=self.store, by=by, params=Params(request.args.to_dict()), path=path)
            return 200, handler(call, **parts)
        except errors.RefusedError as refusal:
            return refusal.status, refusal.body
        except UnknownRouteError:
            return 404, f"Cannot GET {API}{target}"

    def _note(
        self, method: str, path: str, status: int, of: tuple[dict[str, Any], Credentials]
    ) -> None:
        values, shown = of
        token = self.store.tokens.get(shown.token)
        member = self.store.members[token.id_member].username if token else None
        names = tuple(each for each in values if each not in {"key", "token"})
        self.requests.append(Seen(method, path, status, member, names))

    def _headers(self, shown: Credentials) -> dict[str, str]:
        now = self.store.clock()
        return {
            "Date": format_datetime(now, usegmt=True),
            "x-server-time": str((now - EPOCH) // MILLISECOND),
            "x-trello-version": "1.300000.0",
            "x-trello-environment": "Production",
            "cache-control": "max-age=0, no-cache, no-store",
            "expires": "Thu, 01 Jan 1970 00:00:00",
            "atl-request-id": f"sandbox-{len(self.requests)}",
            **self.windows.headers(shown.key, shown.token, now),
        }


class UnknownRouteError(Exception):
    """No handler has this method and path."""


def matched(method: str, path: str) -> tuple[Callable[..., Any], dict[str, str]]:
    """Return who answers a path and its parts; refuses malformed ids before anything else."""
    try:
        handler, parts = _routed(method, path)
    except (NotFound, MethodNotAllowed):
        raise UnknownRouteError from None
    for part, text in parts.items():
        if not well_formed(part, text):
            raise errors.invalid_id()
    return handler, dict(parts)


@lru_cache(maxsize=1024)
def _routed(method: str, path: str) -> tuple[Callable[..., Any], Mapping[str, str]]:
    """Find the handler of a path; the same few paths are asked for again and again."""
    handler, parts = URLS.match(path, method)
    return handler, parts


def target_of(request: Request) -> str:
    """Return a request's path and query as they came over the wire."""
    target = str(request.environ["RAW_URI"])
    query = request.query_string.decode("latin-1")
    return target if "?" in target or not query else f"{target}?{query}"


def create_app(store: Store) -> SandboxApp:
    """Return a WSGI application that serves ``store``."""
    return SandboxApp(store)


def _written(answer: Answer, headers: dict[str, str]) -> Answer:
    body, kind = answer.body, "application/json; charset=utf-8"
    if isinstance(body, str):
        kind = "text/html" if body.startswith("<html>") else "text/plain; charset=utf-8"
        body = body.encode()
    elif isinstance(body, bytes):
        kind = "application/octet-stream"
    else:
        body = json_bytes(body)
    return Answer(answer.status, body, {"Content-Type": kind, **headers})
