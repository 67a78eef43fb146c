"""Between the program and the sandbox: a relay of whole requests, in which connections break.

It knows HTTP as far as where a message ends, so that it counts what truly reached a server.
"""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

from msgspec import Struct

HOST = "127.0.0.1"
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of no time: closing sends RST instead of FIN."""


class Message(Struct, frozen=True):
    """A request or an answer as it came over the wire."""

    head: bytes
    body: bytes

    @property
    def method(self) -> str:
        """The method of a request."""
        return self.head.partition(b" ")[0].decode()

    @property
    def path(self) -> str:
        """The path of a request, below ``/1``."""
        return self.head.split(b" ", 2)[1].decode().removeprefix("/1").partition("?")[0]

    @property
    def raw(self) -> bytes:
        """Every byte."""
        return self.head + self.body


class Exchange(Protocol):
    """What a trouble may do with one request."""

    def ask(self) -> Message:
        """Hand the request to the sandbox and return its answer."""

    def tell(self, content: bytes) -> None:
        """Send bytes to the program."""

    def reset(self) -> None:
        """Break the connection with a RST; nothing more can be done."""

    def close(self) -> None:
        """End the connection."""


Trouble = Callable[[Exchange], None]
"""What befalls a request that has been read to its end."""


class Middleman:
    """Listens on this machine; ``trouble`` tells what befalls each request, ``None``: nothing."""

    def __init__(self, url: str, trouble: Callable[[Message], Trouble | None]) -> None:
        self.requests: list[Message] = []
        """All that came in, oldest first."""
        self._port = urlsplit(url).port
        self._trouble = trouble
        self._listener = socket.create_server((HOST, 0))
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self.url = f"http://{HOST}:{self._listener.getsockname()[1]}/1"

    def listen(self) -> None:
        """Take connections until the listener is closed."""
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def stop(self) -> None:
        """Take no more connections and end those that are open."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._guard:
            for each in self._open:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def _serve(self, program: socket.socket) -> None:
        with (
            socket.create_connection((HOST, self._port)) as sandbox,
            program,
            program.makefile("rb") as incoming,
            sandbox.makefile("rb") as answers,
        ):
            self._keep(program, sandbox)
            with suppress(OSError, EndOfConnectionError):
                while (request := read_message(incoming)) is not None:
                    with self._guard:
                        self.requests.append(request)
                    trouble = self._trouble(request) or relayed
                    trouble(_Relay(request, program, sandbox, answers))
            self._drop(program, sandbox)

    def _keep(self, *sockets: socket.socket) -> None:
        with self._guard:
            self._open.update(sockets)

    def _drop(self, *sockets: socket.socket) -> None:
        with self._guard:
            self._open.difference_update(sockets)


class EndOfConnectionError(Exception):
    """A trouble has ended the connection."""


class _Relay:
    def __init__(
        self, request: Message, program: socket.socket, sandbox: socket.socket, answers: BinaryIO
    ) -> None:
        self._request, self._program = request, program
        self._sandbox, self._answers = sandbox, answers

    def ask(self) -> Message:
        self._sandbox.sendall(self._request.raw)
        answer = read_message(self._answers)
        if answer is None:
            raise EndOfConnectionError
        return answer

    def tell(self, content: bytes) -> None:
        self._program.sendall(content)

    def reset(self) -> None:
        self._program.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        raise EndOfConnectionError

    def close(self) -> None:
        raise EndOfConnectionError


def relayed(exchange: Exchange) -> None:
    """No trouble at all."""
    exchange.tell(exchange.ask().raw)


def read_message(incoming: BinaryIO) -> Message | None:
    """Read one message with its stated length; ``None``: the connection has ended."""
    head = b""
    while (line := incoming.readline()) not in (b"\r\n", b""):
        head += line
    if not line:
        return None
    names = (each.partition(b":") for each in head.lower().splitlines())
    length = next((int(value) for name, _, value in names if name == b"content-length"), 0)
    body = incoming.read(length)
    return Message(head + line, body) if len(body) == length else None


@contextmanager
def between(
    url: str, trouble: Callable[[Message], Trouble | None] = lambda _: None
) -> Iterator[Middleman]:
    """Stand before the sandbox at ``url`` until the block ends."""
    middleman = Middleman(url, trouble)
    listening = threading.Thread(target=middleman.listen)
    listening.start()
    try:
        yield middleman
    finally:
        middleman.stop()
        listening.join()
