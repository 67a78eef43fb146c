"""Answers that are cut, wherever that may be, are asked for again, or in smaller parts."""

import json
from typing import Any

import pytest

from bot.sandbox.call import Answer
from tests.end_to_end.office import Office, Peace


class Cut(Peace):
    """Answers are cut right after a closing brace, or one byte before it."""

    def __init__(self, path: str, times: int, *, after_brace: bool = True) -> None:
        self._path, self._left, self._after_brace = path, times, after_brace

    def after(self, request: Any, given: Answer) -> Answer | None:
        super().after(request, given)
        asked = request.method == "GET" and request.path.endswith(self._path)
        in_part = "/boards/" in self._path and "cards" not in request.args
        if not asked or in_part or self._left == 0:
            return None
        self._left -= 1
        body = json.dumps(given.body).encode()
        place = body.rindex(body[-1:], 0, len(body) - 1)
        kind = {"Content-Type": "application/json; charset=utf-8"}
        return Answer(200, body[: place + self._after_brace], {**given.headers, **kind})


@pytest.mark.covers("A12")
@pytest.mark.parametrize("after_brace", [False, True])
def test_a_large_board_that_is_always_cut_is_read_in_parts(
    office: Office, after_brace: bool
) -> None:
    card = office.complete()
    for number in range(40):
        office.add_card(f"Note {number}", "Rappeler le client avant de commander. " * 60)
    path = f"/boards/{office.board.short_link}"
    office.app.faults = Cut(path, 99, after_brace=after_brace)
    office.settled()
    assert office.world.members(card) == ["mel"]


@pytest.mark.covers("A12")
@pytest.mark.parametrize("of", ["/members/me", "board", "card"])
def test_one_answer_that_is_cut_costs_a_repetition_and_no_pass(office: Office, of: str) -> None:
    card = office.complete()
    paths = {"board": f"/boards/{office.board.short_link}", "card": f"/cards/{card.id}"}
    office.app.faults = Cut(paths.get(of, of), 1)
    office.later()
    assert not office.apply().reading.failures
    assert office.world.members(card) == ["mel"]
