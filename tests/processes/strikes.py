"""What befalls one chosen request, and the process that makes it.

The server knows each moment exactly: it holds the request in its hands when it strikes.
"""

import signal
import threading
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any, Literal, TypeAlias

from msgspec import Struct
from werkzeug.test import Client, EnvironBuilder
from werkzeug.wrappers import Request

from bot import wiring
from bot.sandbox import SandboxApp
from bot.sandbox.call import Answer
from tests.end_to_end.office import READING
from tests.processes.program import GENEROUS, Running

Fate: TypeAlias = Literal["dropped", "applied", "late", "answered", "refused"]
"""What becomes of the request: never applied; applied, its answer lost; applied only when the next
process asks for the first time; applied and answered; answered 503 without being applied."""


class Strike(Struct, frozen=True):
    """Trouble at one request."""

    number: int
    """Counted from 1, from the process's start."""
    fate: Fate
    signals: tuple[signal.Signals, ...] = ()
    """Sent to the process while its request is in hand, before anything else becomes of it."""
    until: Callable[[], object] = lambda: None
    """Waited for after the signals, so that they have certainly arrived."""
    writes: bool = False
    """Whether only writes are counted."""


class Desk:
    """Where each request passes on its way into the sandbox and out of it.

    Strikes concern the requests with one token only: another host has another.
    """

    def __init__(self, app: SandboxApp, token: str) -> None:
        self.struck = threading.Event()
        self.since: list[str] = []
        """Methods of the requests that the present process has made after the strike."""
        self.first: datetime | None = None
        """The real hour at which the present process asked for the first time."""
        self._app, self._token = app, token
        self._strike: Strike | None = None
        self._left = 0
        self._late: EnvironBuilder | None = None
        self._lost = False
        self._known = threading.Event()
        self._process: Running
        app.faults = self

    def expect(self, strike: Strike | None) -> None:
        """Begin to count the requests of a new process."""
        self._strike, self._left = strike, strike.number if strike else 0
        self.struck.clear()
        self.since = []
        self._known.clear()
        self.first = None

    def meet(self, process: Running) -> None:
        """Know the process that was announced."""
        self._process = process
        self._known.set()

    def before(self, request: Request) -> Answer | None:
        """Let a late request take effect, count this one, and strike."""
        self._lost = False
        if self._token not in request.headers.get("Authorization", ""):
            return None
        if self.first is None:
            self.first = wiring.clock()
            self._land()
        if self.struck.is_set():
            self.since.append(request.method)
        strike = self._strike
        if strike is None or (strike.writes and request.method in READING):
            return None
        self._left -= 1
        return self._struck(strike, request) if self._left == 0 else None

    def after(self, request: Request, answer: Answer) -> Answer | None:  # noqa: ARG002
        """Lose the answer of a request that was applied and must not be heard of."""
        request.close()
        if self._lost:
            raise ConnectionError
        return None

    def _struck(self, strike: Strike, request: Request) -> Answer | None:
        self._strike = None
        if strike.fate == "late" and request.method not in READING:
            self._late = _kept(request)
        self._known.wait(GENEROUS)
        # Before the signals: after them the next process may be expected at any moment.
        self.struck.set()
        for each in strike.signals:
            self._process.send(each)
        strike.until()
        if strike.fate in {"dropped", "late"}:
            raise ConnectionError
        self._lost = strike.fate == "applied"
        return Answer(503, "Service Unavailable") if strike.fate == "refused" else None

    def _land(self) -> None:
        if self._late is not None:
            late, self._late = self._late, None
            waiting, self._strike = self._strike, None
            Client(self._app).open(late)
            self._strike, self.since = waiting, []


def _kept(request: Request) -> EnvironBuilder:
    """Return a copy of a request that can be made later."""
    parts: dict[str, Any] = dict(request.form)
    for name, each in request.files.items():
        parts[name] = (BytesIO(each.read()), each.filename)
    headers = [(k, v) for k, v in request.headers if not parts or not k.startswith("Content")]
    return EnvironBuilder(
        path=request.path, method=request.method, data=parts or request.get_data(), headers=headers
    )
