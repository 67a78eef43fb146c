"""An end to every request: time-outs count from byte to byte, this counts from first to last.

A server that sends a byte now and then would otherwise hold a pass, its lease and a stop for ever.
"""

import socket
import threading
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
        self._longest = longest
        self._sockets: WeakSet[socket.socket] = WeakSet()
        super().__init__(pool_connections=1, pool_maxsize=2, max_retries=0, pool_block=True)

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """Send a request and read its whole answer; a late one fails as a broken connection."""
        watch = threading.Timer(self._longest, self._hang_up)
        watch.daemon = True
        watch.start()
        try:
            answer = super().send(request, *args, **kwargs)
            _ = answer.content
        finally:
            watch.cancel()
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
