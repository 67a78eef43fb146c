"""A line on which everything about one thing goes wrong, for as long as the run lasts."""

from collections.abc import Callable, Mapping

import requests

from tests.simulation.faults import broken_line
from tests.simulation.line import Troubled
from tests.simulation.spec import Spec
from tests.simulation.wire import Wire, path_of, response

Answering = Callable[[requests.PreparedRequest], requests.Response]


class Poisoned(Troubled):
    """Answers every request whose path begins so in its own way; the others pass."""

    def __init__(self, part: str, answer: Answering) -> None:
        super().__init__(Spec("poison"), lambda _: None)
        self._part, self._answer = part, answer

    def sends(self, wire: Wire, request: requests.PreparedRequest) -> requests.Response:
        """Deliver the request, or answer in the service's stead."""
        if path_of(request).startswith(self._part):
            wire.fault = "poison"
            return self._answer(request)
        return wire.deliver(request)


def _saying(status: int, body: bytes, kind: str = "application/json") -> Answering:
    return lambda request: response(request, status, body, {"Content-Type": kind})


def _hanging_up(_: requests.PreparedRequest) -> requests.Response:
    raise broken_line()


POISONS: Mapping[str, Answering] = {
    "down": _saying(503, b""),
    "gone": _saying(404, b"The requested resource was not found.", "text/plain"),
    "no rights": _saying(401, b"unauthorized card permission requested", "text/plain"),
    "refused": _saying(400, b"invalid id", "text/plain"),
    "a page": _saying(200, b"<html>We'll be right back</html>", "text/html"),
    "null": _saying(200, b"null"),
    "an empty list": _saying(200, b"[]"),
    "an empty object": _saying(200, b"{}"),
    "cut": _saying(200, b'{"id":"6b03'),
    "no answer": _hanging_up,
}
"""What the service may answer about a thing, again and again."""
