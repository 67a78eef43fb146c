"""Time that only passes when somebody waits, and a server that answers byte for byte."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, Final

from bot.trello.client import TrelloApi
from bot.trello.connection import TRELLO_URL, Connection
from bot.trello.rate import TRELLO_LIMITS, Limits, Timing
from bot.trello.transport import Transport

KEY: Final = "0c4a9e7d3b5f81626d7e8f9a0b1c2d3e"
TOKEN: Final = "ATTA9f8e7d6c5b4a39281706f5e4d3c2b1a0998877665544332211ffeeddccbbaa00C0FFEE"
SECRET: Final = "77aa66bb55cc44dd33ee22ff11008899aabbccddeeff00112233445566778899"
CARD: Final = "5e95d1b4f43f9a06497f17f7"
COMMENT: Final = f"/cards/{CARD}/actions/comments"

RESET: Final = b"RESET"
"""An answer that is none: the connection is reset after the request has been read."""


class FakeTime:
    """A monotonic clock that moves by what is slept."""

    def __init__(self, jitter: float = 0.5) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self.stopped = False
        self.timing = Timing(
            monotonic=lambda: self.now,
            sleep=self._sleep,
            jitter=lambda: jitter,
            stopping=lambda: self.stopped,
        )

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@contextmanager
def open_transport(
    url: str = TRELLO_URL, clock: FakeTime | None = None, limits: Limits = TRELLO_LIMITS
) -> Iterator[Transport]:
    transport = Transport(
        Connection(KEY, TOKEN, SECRET, url=url), (clock or FakeTime()).timing, limits
    )
    try:
        yield transport
    finally:
        transport.close()


@contextmanager
def open_api(url: str = TRELLO_URL, clock: FakeTime | None = None) -> Iterator[TrelloApi]:
    with open_transport(url, clock) as transport:
        yield TrelloApi(transport)


def http(status: str, body: bytes = b"", kind: str = "application/json", more: str = "") -> bytes:
    """Spell an answer with its true length."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


class RawServer:
    """Answers each request on any connection with the next of ``answers``, then the last one.

    An answer shorter than its stated length is followed by the end of the connection.
    """

    def __init__(self, *answers: bytes) -> None:
        self.requests: list[bytes] = []
        self.connections = 0
        self._answers = list(answers)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept)]
        self._open: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/1"

    def __enter__(self) -> "RawServer":
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                self._open.append(connection)
                self._threads.append(threading.Thread(target=self._serve, args=(connection,)))
                self._threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError), connection.makefile("rb") as incoming:
            while request := _read_request(incoming):
                self.requests.append(request)
                answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
                if answer == RESET:
                    linger = struct.pack("ii", 1, 0)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    return
                connection.sendall(answer)
                if not _has_log(answer):
                    return


def _read_request(incoming: BinaryIO) -> bytes:
    head = b""
    while (line := incoming.readline()) not in (b"\r\n", b""):
        head += line
    length = next(
        (int(line.split(b":")[1]) for line in head.splitlines() if b"ontent-Length:" in line), 0
    )
    return head and head + b"\r\n" + incoming.read(length)


def _has_log(answer: bytes) -> bool:
    head, _, body = answer.partition(b"\r\n\r\n")
    return f"Content-Length: {len(body)}\r\n".encode() in head + b"\r\n"
