"""A line with trouble on it: faults strike, and people act, at chosen requests."""

from collections.abc import Callable
from random import Random

import requests

from tests.simulation.faults import BY_NAME, STORM, Fault
from tests.simulation.spec import Deed, Spec, Strike
from tests.simulation.wire import Wire, is_read


class Troubled:
    """Counts the requests of all workers, and lets happen what the run has in store for them."""

    def __init__(self, spec: Spec, act: Callable[[Deed], object]) -> None:
        self._rng = Random(spec.seed)  # noqa: S311 - the same seed, the same run
        self._strikes = list(spec.strikes)
        self._deeds = list(spec.deeds)
        self._act = act
        self._storm = 0
        self.number = 0
        self._counts = {"any": 0, "write": 0, "text": 0}
        self.struck: list[tuple[str, str]] = []
        """Each fault that struck, with the method of what it befell."""
        self.over = False
        """True once nothing more may happen: the undisturbed passes."""

    @property
    def spent(self) -> bool:
        """Tell whether all has happened that was in store."""
        return not (self._strikes or self._deeds or self._storm)

    def sends(self, wire: Wire, request: requests.PreparedRequest) -> requests.Response:
        """Let people act, then deliver the request or let a fault strike."""
        if self.over:
            return wire.deliver(request)
        self.number += 1
        self._count(request)
        for deed in [each for each in self._deeds if each.at <= self._counts[each.before]]:
            self._deeds.remove(deed)
            self._act(deed)
        strike = self._striking(request)
        if strike is None:
            return wire.deliver(request)
        wire.fault = strike.name
        self.struck.append((strike.name, str(request.method)))
        return strike.strike(wire, request, self._rng)

    def _count(self, request: requests.PreparedRequest) -> None:
        body = request.body or b""
        self._counts["any"] += 1
        self._counts["write"] += not is_read(request)
        self._counts["text"] += request.method == "PUT" and b'"desc"' in _bytes(body)

    def _striking(self, request: requests.PreparedRequest) -> Fault | None:
        if self._storm:
            self._storm -= 1
            return BY_NAME["429 storm"]
        for place, each in enumerate(self._strikes):
            fault = BY_NAME[each.fault]
            if each.at <= self._counts[each.before] and fault.takes(request.method):
                rest = Strike(each.fault, each.at, each.times - 1, each.before)
                self._strikes[place : place + 1] = [rest] if rest.times else []
                self._storm = STORM - 1 if each.fault == "429 storm" else 0
                return fault
        return None


def _bytes(body: bytes | str) -> bytes:
    return body.encode() if isinstance(body, str) else body
