"""Sends letters in a thread of its own: nobody waits for a service that is slow or silent."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Full, Queue

from msgspec import Struct
from pydantic import SecretStr

from bot.domain.model import Instant
from bot.events import tell
from bot.faults import bug

log = logging.getLogger(__name__)

_MOST_WAITING = 50


class Letter(Struct, frozen=True):
    """What is sent to one person."""

    channel: str
    address: SecretStr
    subject: str
    body: str
    causes: tuple[str, ...]
    at: Instant | None = None
    """When it was written, if that is to be noted once it has arrived."""


class Courier:
    """Sends letters one after the other; takes no more than it can carry."""

    def __init__(
        self, send: Callable[[Letter], bool], told: Callable[[Letter, bool], object]
    ) -> None:
        """``send`` may be slow or raise; ``told`` hears whether each letter has arrived."""
        self._send = send
        self._told = told
        self._waiting: Queue[Letter | None] = Queue(_MOST_WAITING)
        self._carrying: threading.Thread | None = None

    def take(self, letter: Letter) -> bool:
        """Take a letter, at once; False when too many wait already."""
        try:
            self._waiting.put_nowait(letter)
        except Full:
            return False
        if self._carrying is None or not self._carrying.is_alive():
            self._begin()
        return True

    def close(self, seconds: float) -> None:
        """Let what waits be sent, for so many seconds at most; what is left then is lost."""
        if self._carrying is None or not self._carrying.is_alive():
            return
        with suppress(Full):
            self._waiting.put_nowait(None)
        self._carrying.join(seconds)

    def _begin(self) -> None:
        # A daemon: the end of the program does not wait for it.
        carrying = threading.Thread(target=self._carry, daemon=True, name="courier")
        with suppress(RuntimeError):  # there can be no more threads: the next letter tries again
            carrying.start()
            self._carrying = carrying

    def _carry(self) -> None:
        while (letter := self._waiting.get()) is not None:
            arrived = self._sent(letter)
            try:
                self._told(letter, arrived)
            except Exception as problem:  # noqa: BLE001 - the letters behind it are to be sent
                tell(log, bug(problem), trace=True)

    def _sent(self, letter: Letter) -> bool:
        try:
            return self._send(letter)
        except Exception:  # noqa: BLE001 - a channel may fail in any way, and its words are secret
            return False
