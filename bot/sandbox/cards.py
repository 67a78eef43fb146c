"""Cards: made, changed field by field, moved, archived, deleted."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from bot.sandbox import errors, limits, log, rows
from bot.sandbox.clock import Stamp
from bot.sandbox.positions import placed
from bot.sandbox.rows import Author, Card
from bot.sandbox.store import Store

Field: TypeAlias = Literal["name", "desc", "due", "start", "dueComplete", "dueReminder", "closed"]

ATTRIBUTES: dict[Field, str] = {
    "name": "name",
    "desc": "desc",
    "due": "due",
    "start": "start",
    "dueComplete": "due_complete",
    "dueReminder": "due_reminder",
    "closed": "closed",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new card starts with."""

    name: str = ""
    desc: str = ""
    pos: object = "bottom"
    due: Stamp | None = None
    start: Stamp | None = None
    due_complete: bool = False
    id_labels: tuple[str, ...] = ()
    id_members: tuple[str, ...] = ()


def create(store: Store, by: Author, list_: rows.BoardList, draft: Draft) -> Card:
    """Put a new card in a list: one ``createCard``, nothing for its labels and members."""
    card = place_new(store, by, list_, draft)
    log.record(store, by, "createCard", log.place_of(store, card))
    return card


def place_new(store: Store, by: Author, list_: rows.BoardList, draft: Draft) -> Card:
    """Put a new card in a list without an action of its own."""
    board = store.boards[list_.id_board]
    if store.open_cards(board) >= limits.CARDS_OPEN_PER_BOARD:
        raise errors.limit_reached("BOARD_CARDS_LIMIT_EXCEEDED")
    for each in draft.id_labels:
        label_here(store, board, each)
    for each in draft.id_members:
        member_here(store, board, each)
    card = Card(
        id=store.new_id(),
        short_link=store.new_short_link(),
        id_short=board.cards_ever + 1,
        id_board=board.id,
        id_list=list_.id,
        name=limits.checked_text(draft.name, "name"),
        desc=limits.checked_text(draft.desc, "desc"),
        pos=placed(draft.pos, [each.pos for each in store.cards_in(list_)]),
        date_last_activity=board.date_last_activity,
        id_member_creator=by.id_member,
        due=draft.due,
        start=draft.start,
        due_complete=draft.due_complete,
        id_labels=list(dict.fromkeys(draft.id_labels)),
        id_members=list(dict.fromkeys(draft.id_members)),
    )
    board.cards_ever += 1
    return store.put_card(card)


def change(store: Store, by: Author, card: Card, field: Field, value: Any) -> None:
    """Set one field: one ``updateCard`` with the old value, none if nothing changes."""
    if field in {"name", "desc"}:
        limits.checked_text(value, field, least=1 if field == "name" else 0)
    old = getattr(card, ATTRIBUTES[field])
    if old == value:
        return
    setattr(card, ATTRIBUTES[field], value)
    _date_the_end(store, card, field)
    log_update(store, by, card, field, (old, value))


def _date_the_end(store: Store, card: Card, field: Field) -> None:
    if field == "closed":
        card.date_closed = store.stamp() if card.closed else None
    if field == "dueComplete":
        card.date_completed = store.stamp() if card.due_complete else None


def log_update(store: Store, by: Author, card: Card, field: str, change_: tuple[Any, Any]) -> None:
    """Write the ``updateCard`` for one field that went from the first value to the second."""
    old, new = change_
    data = log.place_of(store, card)
    data["card"] = {field: new, **data["card"]}
    data["old"] = {field: old}
    log.record(store, by, "updateCard", data)


def set_pos(store: Store, by: Author, card: Card, wanted: object) -> None:
    """Move a card within its list."""
    others = [each for each in store.cards_in(store.lists[card.id_list]) if each is not card]
    old, card.pos = card.pos, placed(wanted, [each.pos for each in others])
    if old != card.pos:
        log_update(store, by, card, "pos", (old, card.pos))


def move(store: Store, by: Author, card: Card, target: rows.BoardList, pos: object = None) -> None:
    """Move a card to another list of its board: one ``updateCard`` with both lists."""
    if target.id_board != card.id_board:
        message = f"List {target.id} does not exist on board {card.id_board}"
        raise errors.RefusedError(404, message)
    if target.id == card.id_list:
        return
    source = store.lists[card.id_list]
    taken = [each.pos for each in store.cards_in(target)]
    card.id_list = target.id
    card.pos = placed(pos, taken)
    data = log.on_card(store, card)
    data["card"] = {"idList": target.id, **data["card"]}
    data["old"] = {"idList": source.id}
    data["listBefore"] = log.list_data(source)
    data["listAfter"] = log.list_data(target)
    log.record(store, by, "updateCard", data)


def move_to_board(store: Store, by: Author, card: Card, target: rows.BoardList) -> None:
    """Move a card to a list of another board.

    It gets a number of that board, keeps labels of equal name and colour, and loses members who
    are not on that board.
    """
    source, board = store.boards[card.id_board], store.boards[target.id_board]
    card.id_labels = _labels_carried_over(store, card, board)
    card.id_members = [each for each in card.id_members if store.role_of(each, board)]
    gone = {**log.on_card(store, card), "boardTarget": {"id": board.id}}
    gone["list"] = log.list_data(store.lists[card.id_list])
    log.record(store, by, "moveCardFromBoard", gone)
    card.pos = placed("bottom", [each.pos for each in store.cards_in(target)])
    card.id_board, card.id_list = board.id, target.id
    board.cards_ever += 1
    card.id_short = board.cards_ever
    for each in card.id_checklists:
        store.checklists[each].id_board = board.id
    arrived = {**log.place_of(store, card), "boardSource": {"id": source.id, "name": source.name}}
    log.record(store, by, "moveCardToBoard", arrived)


def _labels_carried_over(store: Store, card: Card, board: rows.Board) -> list[str]:
    there = {(each.name, each.color): each.id for each in store.labels_of(board)}
    mine = [store.labels[each] for each in card.id_labels]
    return [there[each.name, each.color] for each in mine if (each.name, each.color) in there]


def delete(store: Store, by: Author, card: Card) -> None:
    """Delete a card with all that hangs on it."""
    data = log.place_of(store, card)
    del data["card"]["name"]
    log.record(store, by, "deleteCard", data)
    for checklist in card.id_checklists:
        for item in store.checklists.pop(checklist).id_items:
            del store.check_items[item]
    for attachment in card.id_attachments:
        del store.attachments[attachment]
        store.uploads.pop(attachment, None)
    for action in list(store.log(card.id)):
        if action.type in log.COMMENTS:
            store.drop_action(action)
    store.drop_card(card)


def label_here(store: Store, board: rows.Board, ref: str) -> rows.Label:
    """Return a label of ``board``; refuses any other as the service does."""
    label = store.labels.get(ref)
    if label is None or label.id_board != board.id:
        raise errors.RefusedError(400, "label not found")
    return label


def member_here(store: Store, board: rows.Board, ref: str) -> rows.Member:
    """Return a member of ``board``; refuses any other."""
    if store.role_of(ref, board) is None:
        raise errors.invalid_value("idMembers")
    return store.members[ref]
