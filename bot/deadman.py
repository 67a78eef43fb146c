"""The dead man's ping: a watchman elsewhere hears after each complete pass that the bot lives.

Whoever watches writes to a person when the signs stop.  A sign is sent from a thread of its own and
in few seconds, so that no watchman can hold up or fail a pass.
"""

import logging
import time
from collections.abc import Callable
from threading import Lock, Thread
from urllib.parse import urlsplit

import requests

from bot.events import DeadmanLost
from bot.redaction import RedactingFilter, Redactor
from bot.standing import Standing
from bot.trello.patience import PatientAdapter
from bot.trello.transport import NOISY_LOGGERS

log = logging.getLogger(__name__)

SECONDS = 10.0
"""In which a sign must have been taken whole."""

REST = 30.0
"""Seconds between two signs: many calls of Trello's lead to many passes."""

THREAD = "deadman"
"""Name of the thread that sends a sign."""


def secrets_of(url: str) -> tuple[str, ...]:
    """Return what of an address must appear nowhere: it opens the watchman's door.

    Path and query each for itself: another filter may have masked a part of either before.
    """
    bare = url.strip(" \t\r\n\"'")
    try:
        parts = urlsplit(bare)
    except ValueError:
        return (bare,)
    return bare, parts.path, parts.query


class Deadman:
    """Signs life at one address."""

    def __init__(
        self, url: str, seconds: float = SECONDS, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._request = requests.Request("GET", url, headers={"User-Agent": "delegate-bot"})
        self._adapter = PatientAdapter(seconds)
        self._seconds = seconds
        self._monotonic = monotonic
        self._not_before = 0.0
        self._under_way = Lock()
        self._standing = Standing(log)
        self._filter = RedactingFilter(Redactor(secrets_of(url)))
        for name in NOISY_LOGGERS:
            logging.getLogger(name).addFilter(self._filter)

    def __repr__(self) -> str:
        """Show nothing of the address."""
        return "Deadman()"

    def sign(self) -> None:
        """Send a sign of life, unless one is under way or was sent a moment ago; return at once."""
        if self._monotonic() < self._not_before or not self._under_way.acquire(blocking=False):
            return
        self._not_before = self._monotonic() + REST
        try:
            Thread(target=self._send, name=THREAD, daemon=True).start()
        except RuntimeError:  # there can be no more threads
            self._under_way.release()
            self._tell("no thread")

    def close(self) -> None:
        """Close the connection."""
        self._adapter.close()
        for name in NOISY_LOGGERS:
            logging.getLogger(name).removeFilter(self._filter)

    def _send(self) -> None:
        try:
            self._tell(self._problem())
        finally:
            self._under_way.release()

    def _problem(self) -> str:
        """Send, and return what went wrong; no redirect is followed, no proxy asked."""
        try:
            request = self._request.prepare()
            answer = self._adapter.send(request, timeout=self._seconds, verify=True, proxies={})
        except Exception as problem:  # noqa: BLE001 - a thread's trace would show the address
            return type(problem).__name__
        return "" if answer.ok and not answer.is_redirect else f"answer {answer.status_code}"

    def _tell(self, problem: str) -> None:
        if problem:
            self._standing.came(DeadmanLost(problem))
        else:
            self._standing.over()
