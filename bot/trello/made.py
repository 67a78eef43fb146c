"""What Trello's answer to a write says about the change: made, made before, or unknown."""

from typing import Final

import msgspec

from bot.domain.changes import (
    AddLabel,
    AddMember,
    Change,
    DeleteComment,
    DeletePart,
    RemoveLabel,
)
from bot.ports import Done, NotApplied, RetryLaterError, SkipError, Unknown

_NOT_THERE: Final = ("not on the card", "label not found")
"""Refusals to take off a label that is not there."""


def is_fulfilled(change: Change, outcome: NotApplied) -> bool:
    """Tell whether Trello refuses because the card is already as the change would make it."""
    error = outcome.error
    if not isinstance(error, SkipError):
        return False
    return error.already_there or (isinstance(change, RemoveLabel) and _is_bare(error))


def _is_bare(error: SkipError) -> bool:
    """Whether the label is not on the card: taken off before, or gone from the board.

    What Trello answers then is not on record.  A 404 may also be about the card; a label is not
    on a card that is gone either.
    """
    return error.why == "gone" or any(each in error.detail for each in _NOT_THERE)


def done(body: object, change: Change) -> Done | Unknown:
    """Return what was made; an answer that names nothing made does not prove that it was."""
    if isinstance(change, AddMember | RemoveLabel | DeleteComment | DeletePart):
        return Done()
    if isinstance(change, AddLabel):
        # The ids of all labels that the card now bears.
        return Done() if isinstance(body, list) and change.label_id in body else _untold()
    try:
        made = msgspec.convert(body, _Made)
    except msgspec.ValidationError:
        made = _Made()
    if made.id is None:
        return _untold()
    items = sorted(made.check_items, key=lambda each: (each.pos, each.id))
    app_id = made.app_creator.id if made.app_creator else None
    return Done(made.id, app_id, tuple(each.id for each in items))


def _untold() -> Unknown:
    return Unknown(RetryLaterError("Trello's answer does not say what was made"))


class _App(msgspec.Struct, frozen=True):
    id: str | None = None


class _Item(msgspec.Struct, frozen=True):
    id: str
    pos: float = 0.0


class _Made(msgspec.Struct, frozen=True, rename="camel"):
    id: str | None = None
    app_creator: _App | None = None
    check_items: tuple[_Item, ...] = ()
