"""An end to every request: time-outs count from byte to byte, this counts from first to last.

A server that sends a byte now and then would otherwise hold a pass, its lease and a stop for ever.
"""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

LONGEST: Final = 60.0
"""Seconds from connecting to the last byte of an answer: Trello itself gives up after 30 (504)."""


class PatientAdapter(HTTPAdapter):
    """Keeps connections, never repeats a request, and hangs up on an answer that takes too long."""

    def __init__(self, longest: float = LONGEST) -> None:
        """Take how many seconds a request may take, from connecting to its answer's last byte."""
        self._watch = _Watch(longest, self._hang_up)
        self._sockets: WeakSet[socket.socket] = WeakSet()
        super().__init__(pool_connections=1, pool_maxsize=2, max_retries=0, pool_block=True)

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """Send a request and read its whole answer; a late one fails as a broken connection."""
        self._watch.begin()
        try:
            answer = super().send(request, *args, **kwargs)
            _ = answer.content
        finally:
            self._watch.end()
        return answer

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools of connections, whose sockets are known from here."""
        super().init_poolmanager(*args, **kwargs)
        sockets = self._sockets

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                sockets.add(self.sock)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                sockets.add(self.sock)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    def _hang_up(self) -> None:
        for each in list(self._sockets):
            with suppress(OSError):
                # The plain way, also below TLS: there must be no farewell to wait for.
                socket.socket.shutdown(each, socket.SHUT_RDWR)


class _Watch:
    """One thread that sleeps until a request has taken too long, and goes when there is none.

    Deadlines only grow, so that a request need not wake it: it looks anew when its time is over.
    """

    def __init__(self, seconds: float, too_late: Callable[[], None]) -> None:
        self._seconds = seconds
        self._too_late = too_late
        self._lock = threading.Lock()
        self._until: float | None = None
        self._awake = False

    def begin(self) -> None:
        with self._lock:
            self._until = time.monotonic() + self._seconds
            if not self._awake:
                self._awake = True
                threading.Thread(target=self._wait, daemon=True).start()

    def end(self) -> None:
        with self._lock:
            self._until = None

    def _wait(self) -> None:
        while (left := self._left()) > 0:
            threading.Event().wait(left)

    def _left(self) -> float:
        """Return how long to sleep; 0: nobody is waited for any more, or no longer."""
        with self._lock:
            left = 0.0 if self._until is None else self._until - time.monotonic()
            self._awake = left > 0
            overdue = self._until is not None and not self._awake
        if overdue:
            self._too_late()
        return left
