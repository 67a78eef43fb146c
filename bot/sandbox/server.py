"""The sandbox on a socket of this machine: silent, keep-alive, gone when done."""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from threading import Lock, Thread
from typing import Any

from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.test import run_wsgi_app

from bot.sandbox.app import API, SandboxApp, create_app
from bot.sandbox.page.door import LARGEST_FORM
from bot.sandbox.store import Store

HOST = "127.0.0.1"


class _Handler(WSGIRequestHandler):
    """Keeps connections open, which werkzeug's own way of answering does not."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        environ = self.make_environ()
        try:
            environ["wsgi.input"] = BytesIO(_body(environ))
        except HTTPException as refusal:
            self.close_connection = True
            self.send_error(refusal.code or 400)
            return
        except ConnectionError:
            self.close_connection = True
            return
        try:
            chunks, status, headers = run_wsgi_app(self.server.app, environ, buffered=True)
        except ConnectionError:
            self.close_connection = True
            return
        content = b"".join(chunks)
        code, _, reason = status.partition(" ")
        self.send_response_only(int(code), reason)
        for name, value in headers:
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        self.wfile.flush()


def _body(environ: Any) -> bytes:
    """Return a request's body; raises ``HTTPException`` for one that is not to be read."""
    length = _length(environ)
    if _too_long(environ["PATH_INFO"], length):
        raise RequestEntityTooLarge
    try:
        body: bytes = environ["wsgi.input"].read(length)
    except ConnectionError:
        raise
    except OSError as error:
        raise BadRequest from error
    if len(body) < length:
        # Whoever sent it is gone: nobody waits for an answer.
        raise ConnectionResetError
    return body


def _length(environ: Any) -> int:
    """Return how many bytes of body to read; -1 reads a chunked body to its end."""
    if environ.get("wsgi.input_terminated"):
        return -1
    told = environ.get("CONTENT_LENGTH") or "0"
    if not told.isdecimal():
        raise BadRequest
    return int(told)


def _too_long(path: str, length: int) -> bool:
    """Tell whether a form for the page is not worth reading; what programs send is not bounded."""
    if path == API or path.startswith(f"{API}/"):
        return False
    return not 0 <= length <= LARGEST_FORM


class PortError(Exception):
    """The port cannot be had."""


class _Server(ThreadedWSGIServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, app: SandboxApp) -> None:
        super().__init__(HOST, port, app, handler=_Handler)
        self._open: set[socket.socket] = set()
        self._workers: list[Thread] = []
        self._guard = Lock()

    def server_bind(self) -> None:
        """Take the port; werkzeug's own way of telling that it is taken ends the program."""
        try:
            super().server_bind()
        except OSError as error:
            message = f"port {self.port} of this machine cannot be had: {error.strerror}"
            raise PortError(message) from error

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        worker = Thread(target=self.process_request_thread, args=(request, client_address))
        worker.daemon = True
        self._workers = [each for each in self._workers if each.is_alive()]
        self._workers.append(worker)
        worker.start()

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about a client that has hung up."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """End every connection that a client still holds open."""
        with self._guard:
            for connection in self._open:
                _hang_up(connection)
        for each in self._workers:
            each.join(timeout=5)


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


@contextmanager
def serving(target: Store | SandboxApp, port: int = 0) -> Iterator[str]:
    """Serve a store (or an app over one) on loopback and yield its base URL, ending in ``/1``.

    Port 0 takes a free one; raises :class:`PortError` for one that cannot be had. Leaving the
    block ends every connection.
    """
    app = create_app(target) if isinstance(target, Store) else target
    server = _Server(port, app)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/1"
    finally:
        server.shutdown()
        thread.join()
        server.hang_up()
        server.server_close()
