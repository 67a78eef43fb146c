"""What can befall a request below HTTP, before the server has it or after."""

from collections.abc import Callable, Mapping
from threading import Event, Lock

from tests.processes.middleman import Exchange, Message, Trouble

WRITING = {"POST", "PUT", "DELETE"}


def reset_before(exchange: Exchange) -> None:
    """Reset after the body has been read; the server never has it."""
    exchange.reset()


def closed_before(exchange: Exchange) -> None:
    """End the connection after the body has been read; the server never has it."""
    exchange.close()


def reset_after(exchange: Exchange) -> None:
    """Carry it out and reset."""
    exchange.ask()
    exchange.reset()


def closed_after(exchange: Exchange) -> None:
    """Carry it out and end the connection without a byte."""
    exchange.ask()
    exchange.close()


def garbage(exchange: Exchange) -> None:
    """Carry it out and answer what is no HTTP."""
    exchange.ask()
    exchange.tell(b"\x16\x03\x01\x00garbage\r\n\r\n\xff\xfe")
    exchange.close()


def cut_at(share: float) -> Trouble:
    """Carry it out and end the connection after that share of the answer, in its head or body."""

    def trouble(exchange: Exchange) -> None:
        answer = exchange.ask().raw
        exchange.tell(answer[: int(len(answer) * share)])
        exchange.close()

    return trouble


def reset_amid(exchange: Exchange) -> None:
    """Carry it out and reset amid the answer's body."""
    answer = exchange.ask().raw
    exchange.tell(answer[:-1])
    exchange.reset()


LOST: Mapping[str, Trouble] = {
    "reset, not carried out": reset_before,
    "closed, not carried out": closed_before,
    "reset, carried out": reset_after,
    "closed, carried out": closed_after,
    "garbage": garbage,
    "cut in the status line": cut_at(0.01),
    "cut in the head": cut_at(0.3),
    "cut before the last byte": cut_at(0.999),
    "reset before the last byte": reset_amid,
}
"""Each of these leaves nobody but the server knowing whether it was carried out."""


def dribbled(exchange: Exchange) -> None:
    """Answer byte by byte."""
    for each in exchange.ask().raw:
        exchange.tell(bytes([each]))


def hasty(exchange: Exchange) -> None:
    """Answer in full and end the connection, having promised to keep it."""
    exchange.tell(exchange.ask().raw)
    exchange.close()


def late(exchange: Exchange) -> None:
    """Answer half a second late."""
    answer = exchange.ask().raw
    Event().wait(0.5)
    exchange.tell(answer)


def endless(exchange: Exchange) -> None:
    """Carry it out and answer byte by byte, without end, as long as somebody listens."""
    head, _, body = exchange.ask().raw.partition(b"\r\n\r\n")
    exchange.tell(head.replace(b"Content-Length: ", b"Content-Length: 99") + b"\r\n\r\n" + body)
    while not Event().wait(0.05):
        exchange.tell(b" ")


def endless_head(exchange: Exchange) -> None:
    """Carry it out and answer with a head without end."""
    exchange.tell(exchange.ask().raw.partition(b"\r\n\r\n")[0] + b"\r\nx-more: ")
    while not Event().wait(0.05):
        exchange.tell(b"x")


HEARD: Mapping[str, Trouble] = {"dribbled": dribbled, "kept by nobody": hasty, "late": late}
"""Odd, but the whole answer arrives."""


class AtWrites:
    """Troubles by the number of the write that they befall, counted from 1."""

    def __init__(self, troubles: Mapping[int, Trouble]) -> None:
        self._troubles = troubles
        self._count = 0
        self._guard = Lock()

    def __call__(self, request: Message) -> Trouble | None:
        """Return what befalls this request."""
        with self._guard:
            self._count += request.method in WRITING
            return self._troubles.get(self._count) if request.method in WRITING else None


def always(trouble: Trouble) -> Callable[[Message], Trouble | None]:
    """Let the same befall every request."""
    return lambda _: trouble
