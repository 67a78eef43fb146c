"""Listens for Trello's calls: a small WSGI application, and a server that nobody can hold up.

It can write nothing and knows no board: whoever starts it hands in what to do about a call.
"""

import io
import logging
import socket
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock, Thread
from typing import TYPE_CHECKING, Any, Final

from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.wrappers import Request, Response

from bot.events import CallRefused, ReceiverFault, tell
from bot.hooks import (
    CLIENT,
    MOST_BYTES,
    SIGNATURE,
    TOO_LONG,
    UNREADABLE,
    Hook,
    Refusal,
    Wrong,
    board_moved,
    refused_at_door,
)
from bot.ports import StopError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)

HEALTH: Final = "/health"
"""For platforms and people who ask whether passes come to their end; tells nothing but that."""

SECONDS: Final = 10.0
"""In which a request must have arrived whole, however slowly its bytes drip."""

_MOST_AT_ONCE: Final = 32
_MOST_READ: Final = 1024 * 1024
"""Bytes of one connection; what is more than a call may have is read only to be polite."""
_KEPT: Final = 1024
"""Calls that are known again when they are repeated."""


class Receiver:
    """Believes or refuses calls; each believed one is handed on once."""

    def __init__(
        self,
        hook: Hook | None,
        moved: Callable[[str], object],
        own: str = "",
        is_well: Callable[[], bool] = lambda: True,
    ) -> None:
        """Take the hook, or none to answer nothing but the health path.

        ``moved`` is told a board's id and returns soon.  ``own`` is what the bot calls itself:
        calls about its own writes say nothing new.  ``is_well`` is asked by the health path.
        """
        self._hook = hook
        self._is_well = is_well
        self._moved = moved
        self._own = own
        self._heard = _Heard()
        self._told: set[Wrong] = set()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request, with a status and no content."""
        with Request(environ) as request:
            if request.path == HEALTH:
                status = 200 if self._is_well() else 503
                return Response(status=status)(environ, start_response)
            refusal = self._taken(request)
        if refusal is not None:
            self._tell(refusal)
        return Response(status=refusal.status if refusal else 200)(environ, start_response)

    def _taken(self, request: Request) -> Refusal | None:
        host = request.environ.get("HTTP_HOST", "")
        refusal = refused_at_door(self._hook, request.path, host, request.method)
        if refusal is not None or self._hook is None or request.method != "POST":
            return refusal
        # One byte more, since a body in chunks is cut at the limit without a word.
        request.max_content_length = MOST_BYTES + 1
        try:
            body = request.get_data(cache=False)
        except RequestEntityTooLarge:
            return TOO_LONG
        except ClientDisconnected:
            return UNREADABLE
        if len(body) > MOST_BYTES:
            return TOO_LONG
        signature = request.headers.get(SIGNATURE, "")
        found = board_moved(self._hook, body, signature)
        if isinstance(found, Refusal):
            return found
        own = bool(self._own) and request.headers.get(CLIENT) == self._own
        if self._heard.is_new(signature) and not own:
            self._moved(found)
        return None

    def _tell(self, refusal: Refusal) -> None:
        """Say each kind of trouble once: whoever knocks without end must not fill the log."""
        # The whole internet asks every address for everything.
        if refusal.wrong == "path" or refusal.wrong in self._told:
            log.debug("refused with %d: %s", refusal.status, refusal.reason)
            return
        self._told.add(refusal.wrong)
        tell(log, CallRefused(refusal.status, refusal.reason))


class _Heard:
    """The signatures of the newest calls: who repeats one says nothing new."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, None] = OrderedDict()
        self._guard = Lock()

    def is_new(self, signature: str) -> bool:
        with self._guard:
            new = signature not in self._known
            self._known[signature] = None
            self._known.move_to_end(signature)
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return new


@contextmanager
def receiving(app: Receiver, host: str, port: int, seconds: float = SECONDS) -> Iterator[str]:
    """Serve on an address of this machine until the block ends; yield where. 0 is any free port.

    Raises `StopError` where nobody can listen.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family, backlog=128)
    except (OSError, OverflowError, UnicodeError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        message = f"Port {port} of {host} cannot be listened on ({reason})"
        raise StopError(f"{message}; name others with --host and --port, or PORT") from problem
    with listening:
        server = _Server(listening, app, seconds)
    serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    serving.start()
    try:
        yield f"http://{f'[{host}]' if ':' in host else host}:{server.port}"
    finally:
        server.shutdown()
        serving.join()


class _Hasty(io.RawIOBase):
    """Reads from a connection only so long and so much, however the bytes are dealt out."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self._connection = connection
        self._until = time.monotonic() + seconds
        self._left = _MOST_READ

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        seconds = self._until - time.monotonic()
        if seconds <= 0 or not self._left:
            raise TimeoutError
        self._connection.settimeout(seconds)
        got = self._connection.recv_into(memoryview(buffer)[: self._left])
        self._left -= got
        return got


class _Handler(WSGIRequestHandler):
    """One request a connection, in a hurry, and without a line in the log."""

    server: "_Server"
    protocol_version = "HTTP/1.1"
    server_version = "delegate-bot"
    sys_version = ""
    error_message_format = ""
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self.rfile = io.BufferedReader(_Hasty(self.connection, self.server.seconds))

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing: paths and headers are strangers' words."""


class _Server(ThreadedWSGIServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, listening: socket.socket, app: Receiver, seconds: float) -> None:
        host, port = listening.getsockname()[:2]
        super().__init__(host, port, app, handler=_Handler, fd=listening.fileno())
        self.seconds = seconds
        self._free = BoundedSemaphore(_MOST_AT_ONCE)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve in a thread, or hang up when too many are being served."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve, and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Note what a stranger brought about, where it disturbs nobody."""
        log.debug("a connection ended in trouble", exc_info=True)

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Tell faults of our own, and nothing else."""
        if type == "error":
            tell(log, ReceiverFault(message % args if args else message))
