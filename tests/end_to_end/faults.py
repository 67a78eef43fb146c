"""Trouble on demand: what goes wrong with one write, and crashes of the bot."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from werkzeug.test import Client, EnvironBuilder
from werkzeug.wrappers import Request

from bot.sandbox import SandboxApp
from bot.sandbox.call import Answer
from tests.end_to_end.office import READING, Office, Peace


class Crash(BaseException):
    """The bot's process has died here."""


class AtWrite(Peace):
    """Trouble at the ``number``-th write from now, counted from 1; later ones pass."""

    def __init__(
        self,
        number: int,
        before: Callable[[Request], Answer | None] = lambda _: None,
        after: Callable[[Answer], Answer | None] = lambda _: None,
    ) -> None:
        self._left = number
        self._before, self._after = before, after
        self.struck = False

    def before(self, request: Request) -> Answer | None:
        """Count writes; let the trouble answer the chosen one."""
        self._left -= request.method not in READING
        if self._left == 0 and not self.struck:
            return self._before(request)
        return None

    def after(self, request: Request, answer: Answer) -> Answer | None:
        """Answer the chosen write differently, once."""
        super().after(request, answer)
        if self._left == 0 and not self.struck and request.method not in READING:
            self.struck = True
            return self._after(answer)
        return None


def hang_up(_: object = None) -> None:
    """End the connection without an answer."""
    raise ConnectionError


class Meanwhile(Peace):
    """A person does something just before the ``number``-th request of its kind is answered."""

    def __init__(self, method: str, part: str, deed: Callable[[], object], number: int = 1) -> None:
        self._method, self._part, self._deed, self._left = method, part, deed, number

    def before(self, request: Request) -> Answer | None:
        """Let the person act in time."""
        if request.method == self._method and self._part in request.path:
            self._left -= 1
            if self._left == 0:
                self._deed()
        return self.nothing


class Always(Peace):
    """Every request of a kind is answered in the service's stead."""

    def __init__(self, method: str, part: str, instead: Callable[[object], Answer | None]) -> None:
        self._method, self._part, self._instead = method, part, instead

    def before(self, request: Request) -> Answer | None:
        """Answer instead of the service."""
        if request.method == self._method and self._part in request.path:
            return self._instead(request)
        return self.nothing


def answer(status: int, body: object = "Service Unavailable") -> Callable[[object], Answer]:
    """Return a fault that answers so."""
    return lambda _: Answer(status, body)


class Late(AtWrite):
    """The answer is lost, and the write itself takes effect only when it :meth:`lands`."""

    def __init__(self, number: int, app: SandboxApp) -> None:
        super().__init__(number, before=self._keep)
        self._app = app
        self._kept: EnvironBuilder | None = None

    def lands(self) -> bool:
        """Let the write take effect now."""
        assert self._kept is not None
        self._app.faults = Peace()
        Client(self._app).open(self._kept)
        return True

    def _keep(self, request: Request) -> Answer | None:
        self.struck = True
        parts: dict[str, Any] = dict(request.form)
        for name, each in request.files.items():
            parts[name] = (BytesIO(each.read()), each.filename)
        headers = [(k, v) for k, v in request.headers if not parts or not k.startswith("Content")]
        self._kept = EnvironBuilder(
            path=request.path,
            method=request.method,
            data=parts or request.get_data(),
            headers=headers,
        )
        raise ConnectionError


def dies(*_: object) -> bool:
    """Be the place where the bot dies."""
    raise Crash


def _before(_: Office, number: int) -> dict[str, Any]:
    left = iter([True] * (number - 1))
    return {"going_on": lambda: next(left, None) or dies()}


def _unheard(office: Office, number: int) -> dict[str, Any]:
    office.app.faults = AtWrite(number, after=hang_up)
    return {"settle": dies}


def _told(_: Office, number: int) -> dict[str, Any]:
    left = iter([True] * (number - 1))
    return {"seen": lambda _: next(left, None) or dies()}


CRASHES: Mapping[str, Callable[[Office, int], dict[str, Any]]] = {
    "before the write": _before,
    "after it, before its answer": _unheard,
    "after its answer": _told,
}
"""How to hand a crash at the ``number``-th write to a pass."""


def _not_applied_503(office: Office, number: int) -> dict[str, Any]:
    office.app.faults = AtWrite(number, before=answer(503))
    return {}


def _applied_503(office: Office, number: int) -> dict[str, Any]:
    office.app.faults = AtWrite(number, after=answer(503))
    return {}


def _accepted(office: Office, number: int) -> dict[str, Any]:
    office.app.faults = AtWrite(number, after=answer(202, {}))
    return {}


def _unreadable(office: Office, number: int) -> dict[str, Any]:
    office.app.faults = AtWrite(number, after=answer(200, "<html>maintenance</html>"))
    return {}


def _lost(office: Office, number: int) -> dict[str, Any]:
    office.app.faults = AtWrite(number, after=hang_up)
    return {}


def _dropped(office: Office, number: int) -> dict[str, Any]:
    office.app.faults = AtWrite(number, before=hang_up)
    return {}


def _late(office: Office, number: int) -> dict[str, Any]:
    late = Late(number, office.app)
    office.app.faults = late
    return {"settle": late.lands}


FAULTS: Mapping[str, Callable[[Office, int], dict[str, Any]]] = {
    "5xx, not applied": _not_applied_503,
    "5xx, applied": _applied_503,
    "202, applied": _accepted,
    "200 with a page, applied": _unreadable,
    "answer lost, applied": _lost,
    "answer lost, not applied": _dropped,
    "answer lost, applied late": _late,
}
"""What may befall the ``number``-th write, and what the pass must be handed for it."""
