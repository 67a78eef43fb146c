"""Webhooks posted for real, by a thread of their own, to addresses of this machine only.

Each action is announced as it is logged: its body is made at once and posted later, signed with
the application's secret over the raw body and the callback's address.  What is not answered with
200 is tried again after 30, 60 and 120 seconds; 410 ends the webhook.
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from heapq import heappop, heappush
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from itertools import count
from threading import Condition, Thread
from urllib.parse import SplitResult, urlsplit

from bot.sandbox.app import SandboxApp
from bot.sandbox.clock import instant, stamp
from bot.sandbox.json_bytes import json_bytes
from bot.sandbox.rows import Action, Json, Token, Webhook
from bot.sandbox.store import Store
from bot.sandbox.views.action import full_action_view
from bot.sandbox.views.board import board_view
from bot.sandbox.views.card import card_view
from bot.sandbox.views.parts import webhook_view

RETRIES = (30.0, 60.0, 120.0)
"""Seconds after a failed attempt until the next one."""

UNREACHABLE = 530
"""What the service says it got where nobody answers."""

_TIMEOUT = 10.0
_MOST_FAILURES = 1000
_LONGEST_FAILING = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Letter:
    id_webhook: str
    url: str
    body: bytes
    headers: dict[str, str]
    retries: tuple[float, ...]


class Deliveries:
    """What is on its way, and the thread that carries it."""

    def __init__(self, app: SandboxApp, retries: tuple[float, ...] = RETRIES) -> None:
        self._app = app
        self._store = app.store
        self._retries = retries
        self._waiting: list[tuple[float, int, _Letter]] = []
        self._changed = Condition()
        self._numbers = count()
        self._over = False
        self._thread = Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin to carry."""
        self._thread.start()

    def end(self) -> None:
        """Carry no more; what has not arrived is lost."""
        with self._changed:
            self._over = True
            self._changed.notify()
        self._thread.join()

    def status_at(self, url: str) -> int:
        """Return what an address answers to HEAD, as registering a webhook asks it."""
        return _asked("HEAD", url)

    def announce(self, action: Action) -> None:
        """Post an action to every webhook on a model that it concerns."""
        for webhook in self._store.webhooks.values():
            token = _token(self._store, webhook)
            if webhook.active and token and _concerns(self._store, action, webhook, token):
                letter = self._letter(action, webhook, token)
                self._put(letter, self._app.latency.total_seconds())

    def _letter(self, action: Action, webhook: Webhook, token: Token) -> _Letter:
        store = self._store
        content = {
            "model": _model(store, webhook.id_model, token.id_member),
            "action": full_action_view(store, action),
            "webhook": webhook_view(webhook),
        }
        body = json_bytes(content)
        secret = store.applications[token.key].secret
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Trello (sandbox)",
            "X-Trello-Webhook": signature(secret, body, webhook.callback_url),
        }
        if store.client:
            headers["X-Trello-Client-Identifier"] = store.client
        return _Letter(webhook.id, webhook.callback_url, body, headers, self._retries)

    def _put(self, letter: _Letter, seconds: float) -> None:
        with self._changed:
            heappush(self._waiting, (time.monotonic() + seconds, next(self._numbers), letter))
            self._changed.notify()

    def _next(self) -> _Letter | None:
        """Wait for the next letter that is due; ``None``: there will be no more."""
        with self._changed:
            while not self._over:
                left = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if left is not None and left <= 0:
                    return heappop(self._waiting)[2]
                self._changed.wait(left)
        return None

    def _work(self) -> None:
        while (letter := self._next()) is not None:
            status = _asked("POST", letter.url, letter.body, letter.headers)
            with self._store.lock:
                self._settle(letter, status)

    def _settle(self, letter: _Letter, status: int) -> None:
        webhook = self._store.webhooks.get(letter.id_webhook)
        if webhook is None:
            return
        if status == 200:
            webhook.failures, webhook.first_failure = 0, None
            return
        if status == 410:
            del self._store.webhooks[webhook.id]
            return
        now = self._store.clock()
        webhook.failures += 1
        webhook.first_failure = webhook.first_failure or stamp(now)
        failing = now - instant(webhook.first_failure)
        if webhook.failures > _MOST_FAILURES and failing > _LONGEST_FAILING:
            webhook.active = False
        if letter.retries:
            first, *others = letter.retries
            self._put(replace(letter, retries=tuple(others)), first)


def signature(secret: str, body: bytes, url: str) -> str:
    """Return the signature of a body posted to an address."""
    digest = hmac.new(secret.encode(), body + url.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


@contextmanager
def delivering(app: SandboxApp, retries: tuple[float, ...] = RETRIES) -> Iterator[None]:
    """Deliver the webhooks of an app's store until the block ends, and check their addresses."""
    deliveries = Deliveries(app, retries)
    deliveries.start()
    app.store.courier = deliveries
    try:
        yield
    finally:
        app.store.courier = None
        deliveries.end()


def _token(store: Store, webhook: Webhook) -> Token | None:
    return next((each for each in store.tokens.values() if each.id == webhook.id_token), None)


def _concerns(store: Store, action: Action, webhook: Webhook, token: Token) -> bool:
    """Tell whether an action belongs to a webhook's model, on a board that its member sees."""
    board = store.boards.get(action.id_board or "")
    if board is None or store.role_of(token.id_member, board) is None:
        return False
    return webhook.id_model in {action.id_board, action.id_card}


def _model(store: Store, model: str, viewer: str) -> Json:
    if model in store.boards:
        return board_view(store, store.boards[model], None, viewer)
    return card_view(store, store.cards[model], None, viewer)


def _asked(
    method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> int:
    """Return the status of an answer; 530 for whoever cannot be reached or may not be."""
    try:
        parts = urlsplit(url)
        if not _is_here(parts):
            return UNREACHABLE
        connection = HTTPConnection(str(parts.hostname), parts.port, timeout=_TIMEOUT)
        try:
            connection.request(method, parts.path or "/", body, headers or {})
            return connection.getresponse().status
        finally:
            connection.close()
    except (OSError, HTTPException, ValueError):
        return UNREACHABLE


def _is_here(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    try:
        return parts.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False
