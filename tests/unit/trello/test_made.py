"""What an answer to a write proves."""

import pytest

from bot.domain.changes import AddLabel, AddMember, Change, RemoveLabel, SetDescription, Untick
from bot.ports import (
    Done,
    NotApplied,
    RetryLaterError,
    SkipError,
    StopError,
    TrelloError,
    Unknown,
    Why,
)
from bot.trello.made import done, is_fulfilled

ON, OFF = AddLabel("label", "à regarder"), RemoveLabel("label", "à regarder")
UNTICK = Untick("item", "Bloqué")


@pytest.mark.parametrize(
    ("change", "body", "proven"),
    [
        (ON, ["other", "label"], Done()),
        (OFF, {"_value": None}, Done()),
        (OFF, {"limits": {}}, Done()),
        (UNTICK, {"id": "item", "state": "incomplete"}, Done("item")),
    ],
)
def test_an_answer_that_names_what_was_made_proves_it(
    change: Change, body: object, proven: Done
) -> None:
    assert done(body, change) == proven


@pytest.mark.parametrize(
    ("change", "body"),
    [(ON, ["other"]), (ON, []), (ON, {"_value": None}), (ON, "label"), (UNTICK, {}), (UNTICK, [])],
)
def test_an_answer_that_does_not_name_it_proves_nothing(change: Change, body: object) -> None:
    assert isinstance(done(body, change), Unknown)


def refused(status: int, detail: str) -> SkipError:
    why: Why = "gone" if status == 404 else "forbidden" if status == 401 else "refused"
    return SkipError("Trello refuses this", why=why, status=status, detail=detail)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (ON, refused(400, "that label is already on the card")),
        (AddMember("1", "mel"), refused(400, "member is already on the card")),
        (OFF, refused(404, "The requested resource was not found.")),
        (OFF, refused(400, "that label is not on the card")),
        (OFF, refused(400, "label not found")),
    ],
)
def test_a_wish_that_was_fulfilled_before_counts_as_done(change: Change, error: SkipError) -> None:
    assert is_fulfilled(change, NotApplied(error))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (ON, refused(404, "The requested resource was not found.")),
        (ON, refused(400, "label not found")),
        (OFF, refused(400, "invalid id")),
        (OFF, refused(401, "unauthorized card permission requested")),
        (OFF, StopError("Trello has no such address", status=404, detail="Cannot DELETE /1/x")),
        (OFF, RetryLaterError("Trello is busy", status=429)),
        (UNTICK, refused(404, "The requested resource was not found.")),
        (SetDescription("x"), refused(404, "The requested resource was not found.")),
    ],
)
def test_every_other_refusal_is_one(change: Change, error: TrelloError) -> None:
    assert not is_fulfilled(change, NotApplied(error))
