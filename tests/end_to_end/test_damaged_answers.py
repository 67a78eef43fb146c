"""Drift of the service's answers: any one field dropped or changed never crashes a pass (A16)."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from bot.ports import TrelloError
from bot.sandbox.call import Answer
from tests.end_to_end.office import Office, Peace

ODD: tuple[object, ...] = (None, "", "x", 0, -1, True, [], {}, [None], {"a": 1}, "9" * 40, 1e300)


class Drifting(Peace):
    """Answers of one kind have one of their values dropped or replaced."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.place: tuple[str | int, ...] | None = None
        self.value: object = None
        self.drop = False
        self.seen: Any = None

    def after(self, request: Any, answer: Answer) -> Answer | None:
        super().after(request, answer)
        if request.method != "GET" or self.part not in request.path:
            return self.nothing
        self.seen = copy.deepcopy(answer.body)
        if self.place is None:
            return self.nothing
        body = copy.deepcopy(answer.body)
        _change(body, self.place, self.value, drop=self.drop)
        return Answer(answer.status, body, answer.headers)


def _change(body: Any, place: tuple[str | int, ...], value: object, *, drop: bool) -> None:
    *path, last = place
    for step in path:
        body = body[step]
    if drop:
        del body[last]
    else:
        body[last] = value


def _places(body: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of every value, of lists the first alone."""
    if isinstance(body, dict):
        inside: list[str | int] = list(body)
    else:
        inside = [0] if isinstance(body, list) and body else []
    for key in inside:
        yield (*above, key)
        yield from _places(body[key], (*above, key))


def _prepared(office: Office) -> None:
    card = office.complete()
    office.paul.attach(card, "https://example.com/a")
    office.settled()
    office.paul.tick(card, "En bonne voie")
    office.mel.comment(card, "Bien reçu ?")
    office.move(card, 1)


@pytest.mark.covers("A16")
@pytest.mark.parametrize("part", ["/boards/", "/cards/", "/members/me"])
def test_any_one_field_dropped_or_changed_never_crashes_a_plan(office: Office, part: str) -> None:
    _prepared(office)
    drifting = Drifting(part)
    office.app.faults = drifting
    office.fresh_bot()
    office.plan()
    places = list(_places(drifting.seen))
    assert len(places) >= 3
    for number, place in enumerate(places):
        drifting.place = place
        # Each place loses its value and gets one of the odd ones: all of them occur often.
        drifting.value, drifting.drop = ODD[number % len(ODD)], False
        _survives(office)
        drifting.drop = True
        _survives(office)


def _survives(office: Office) -> None:
    office.later(61)  # longer than a log is kept
    try:
        report = office.plan()
    except TrelloError:
        return
    assert report.exit_code in {0, 2, 3}
