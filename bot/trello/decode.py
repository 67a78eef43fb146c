"""From Trello's answers to the domain: pure functions on bytes."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from sys import intern
from typing import Final, TypedDict, TypeVar

import msgspec
from msgspec.structs import replace

from bot.domain.model import (
    OUTLINE,
    Action,
    Attachment,
    Card,
    CheckItem,
    Checklist,
    Contents,
    Reaction,
)
from bot.domain.recall import recalled_by_value
from bot.ports import Entry, Mark, RetryLaterError
from bot.trello.bodies import UNREADABLE, from_json
from bot.trello.wire import (
    ACTION_TYPES,
    WireAction,
    WireAttachment,
    WireBoard,
    WireBoardFrame,
    WireCard,
    WireChecklist,
    WireData,
    WireId,
    WireMark,
    WireReaction,
    WireRef,
)

_COUNTING: Final = frozenset(ACTION_TYPES.split(","))
_BEGINNINGS: Final = frozenset(
    {"createCard", "copyCard", "convertToCardFromCheckItem", "emailCard"}
)
"""Ways in which a card comes into being on a board; what came from another began elsewhere."""

_AT_ONCE: Final = timedelta(minutes=1)
"""Between the second in a card's id and the entry that tells of its making."""

_PLACED: Final = attrgetter("pos", "id")

T = TypeVar("T")


def decode(body: bytes, shape: type[T], route: str) -> T:
    """Return the answer in its shape; an answer of another shape is unreadable, never empty."""
    try:
        return from_json(body, shape)
    except UNREADABLE as problem:
        message = f"Trello's answer could not be read: {problem}"
        # An answer that is cut may be too large; of another shape it stays however little it holds.
        status = None if isinstance(problem, msgspec.ValidationError) else 200
        raise RetryLaterError(message, route=route, status=status) from problem


def decode_board(
    body: bytes, route: str
) -> tuple[WireBoardFrame, tuple[WireCard, ...], tuple[str, ...]]:
    """Return a board, its cards, and the ids of those that are of another shape.

    One odd card stops no other; where no card can be read, the board cannot be.
    """
    odd: tuple[str, ...] = ()
    board: WireBoard[WireCard] | WireBoard[msgspec.Raw]
    try:
        board = from_json(body, WireBoard[WireCard])
        cards = board.cards
    except UNREADABLE:
        board = decode(body, WireBoard[msgspec.Raw], route)
        cards, odd = _readable_of(board.cards, route)
    return replace(board, cards=()), cards, odd


def decode_cards(body: bytes, route: str) -> tuple[tuple[WireCard, ...], tuple[str, ...]]:
    """Return a page of cards, and the ids of those that are of another shape."""
    try:
        return from_json(body, tuple[WireCard, ...]), ()
    except UNREADABLE:
        return _readable_of(decode(body, tuple[msgspec.Raw, ...], route), route)


def _readable_of(
    rough: tuple[msgspec.Raw, ...], route: str
) -> tuple[tuple[WireCard, ...], tuple[str, ...]]:
    cards: list[WireCard] = []
    odd: list[str] = []
    problem = ""
    for each in rough:
        try:
            cards.append(msgspec.json.decode(each, type=WireCard))
        except UNREADABLE as found:
            odd.append(_id_in(each))
            problem = str(found)
    if not cards:
        raise RetryLaterError(f"Trello's answer could not be read: {problem}", route=route)
    return tuple(cards), tuple(odd)


def _id_in(card: msgspec.Raw) -> str:
    try:
        return msgspec.json.decode(card, type=WireId).id
    except UNREADABLE:
        return ""


def card_of(wire: WireCard, log: tuple[Action, ...] | None) -> Card:
    """Return the card with the log given."""
    checklists = sorted(wire.checklists, key=_PLACED)
    contents = Contents(
        wire.desc,
        tuple(map(_checklist, checklists)),
        tuple(map(_attachment, wire.attachments)),
        log,
    )
    return _card(wire, contents)


def outline_of(wire: WireCard) -> Card:
    """Return the card without what stands on it."""
    return _card(wire, OUTLINE)


def _card(wire: WireCard, contents: Contents) -> Card:
    # In the order of `Card`: of a hundred thousand, names would take as long as all the values.
    return Card(
        wire.id,
        intern(wire.id_board),
        intern(wire.id_list),
        wire.name,
        wire.short_link,
        wire.date_last_activity.astimezone(UTC),
        created_at(wire.id),
        wire.pos,
        wire.closed,
        wire.is_template,
        wire.card_role,
        utc(wire.due),
        wire.due_complete,
        utc(wire.start),
        _set_of(wire.label_ids),
        tuple(map(intern, wire.id_members)) if wire.id_members else (),
        contents,
    )


@recalled_by_value(most=1 << 10)
def _set_of(ids: tuple[str, ...]) -> frozenset[str]:
    """Return the same set for the same labels: there are few kinds of cards on a board."""
    return frozenset(ids)


def created_at(object_id: str) -> datetime:
    """Return the creation second that the first eight hex digits of an id hold."""
    return datetime.fromtimestamp(int(object_id[:8], 16), UTC)


class _About(TypedDict, total=False):
    """What entries of one type tell besides who, when and in which words."""

    field: str | None
    old: str | None
    list_before: str | None
    list_after: str | None
    item: str | None
    item_done: bool
    checklist: str | None
    attachment: str | None
    part_id: str | None
    about: str | None
    labels_on: frozenset[str]
    labels_off: frozenset[str]


def action_of(wire: WireAction) -> Action:
    """Return one entry of a log, without the reactions to it."""
    tells = _TELLS.get(wire.type)
    return Action(
        wire.id,
        wire.type,
        wire.id_member_creator,
        wire.date.astimezone(UTC),
        (wire.app_creator.id or None) if wire.app_creator else None,
        wire.data.text,
        **(tells(wire.data) if tells else {}),
    )


def reactions_of(wires: Iterable[WireReaction]) -> tuple[Reaction, ...]:
    """Return who reacted to an entry, and how."""
    return tuple(Reaction(each.id_member, each.emoji.short_name) for each in wires)


def _of_field(data: WireData) -> _About:
    """Return the one field that an ``updateCard`` changed, and what it was."""
    field, old = next(iter(data.old.items())) if data.old else (None, None)
    found: _About = {"field": field, "old": old if isinstance(old, str) else None}
    if data.list_before or data.list_after:
        found["list_before"], found["list_after"] = _id(data.list_before), _id(data.list_after)
    after = data.card.id_labels if data.card else None
    if field == "idLabels" and after is not None and isinstance(old, list):
        # The two whole sets stand in the action.
        before = frozenset(str(each) for each in old)
        found["labels_on"], found["labels_off"] = frozenset(after) - before, before - {*after}
    return found


def _of_tick(data: WireData) -> _About:
    item, found = data.check_item, _of_checklist(data)
    if item:
        found |= {"item": item.name, "item_done": item.state == "complete"}
        found["part_id"] = item.id or None
    return found


def _of_checklist(data: WireData) -> _About:
    part = data.checklist
    return {"checklist": part.name, "part_id": _id(part)} if part else {}


def _of_attachment(data: WireData) -> _About:
    part = data.attachment
    return {"attachment": part.name, "part_id": _id(part)} if part else {}


def _of_member(data: WireData) -> _About:
    return {"about": data.id_member}


# Entries of other types tell nothing more that a rule would ask for.
_TELLS: Final[Mapping[str, Callable[[WireData], _About]]] = {
    "updateCard": _of_field,
    "updateCheckItemStateOnCard": _of_tick,
    **dict.fromkeys(("addChecklistToCard", "removeChecklistFromCard"), _of_checklist),
    **dict.fromkeys(("addAttachmentToCard", "deleteAttachmentFromCard"), _of_attachment),
    **dict.fromkeys(("addMemberToCard", "removeMemberFromCard"), _of_member),
}


def _id(part: WireRef | None) -> str | None:
    return (part.id or None) if part else None


def entry_of(wire: WireAction) -> Entry:
    """Return one entry of a board's log."""
    card_id = wire.data.card.id if wire.data.card else ""
    action = action_of(wire)
    if wire.reactions:
        action = replace(action, reactions=reactions_of(wire.reactions))
    made = wire.type in _BEGINNINGS and card_id != ""
    # The entry may be about the card that another was made of.
    begins = made and abs(action.at - created_at(card_id)) < _AT_ONCE
    return Entry(card_id, action, wire.type in _COUNTING, begins)


def mark_of(wire: WireMark) -> Mark:
    """Return what tells whether a board has moved."""
    return Mark(wire.id, wire.short_link, wire.closed, utc(wire.date_last_activity))


def log_of(actions: tuple[WireAction, ...]) -> tuple[Action, ...]:
    """Return a log oldest first, each action once: pages overlap."""
    known = {each.id: each for each in actions}
    return tuple(
        action_of(each) for each in sorted(known.values(), key=lambda each: (each.date, each.id))
    )


def utc(at: datetime | None) -> datetime | None:
    """Return an instant in UTC."""
    return at.astimezone(UTC) if at else None


def _checklist(wire: WireChecklist) -> Checklist:
    items = [
        CheckItem(each.id, each.name, each.state == "complete")
        for each in sorted(wire.check_items, key=_PLACED)
    ]
    return Checklist(wire.id, wire.name, tuple(items))


def _attachment(wire: WireAttachment) -> Attachment:
    return Attachment(wire.id, wire.name, wire.url or "", wire.is_upload)
