"""Cards: read, make, change, move, delete."""

from typing import Any

from bot.sandbox import access, card_sets, cards, copying, errors, feeds, nested
from bot.sandbox.call import GONE, Call, Route
from bot.sandbox.rows import BoardList, Card, Json
from bot.sandbox.views.board import board_view, list_view
from bot.sandbox.views.card import NAMES, card_view
from bot.sandbox.views.member import member_view
from bot.sandbox.views.parts import attachment_views
from bot.sandbox.words import is_object_id


def read(call: Call, card: str) -> Json:
    """Answer ``GET /cards/{id}`` with its nested parameters."""
    found, store, params = call.card(card), call.store, call.params
    view = nested.whole_card(store, found, nested.card_parts(store, params), call.viewer)
    if params.flag("board"):
        board = store.boards[found.id_board]
        view["board"] = board_view(store, board, params.optional("board_fields"), call.viewer)
    if params.flag("list"):
        view["list"] = list_view(store, store.lists[found.id_list], params.optional("list_fields"))
    if params.flag("membersVoted"):
        view["membersVoted"] = [member_view(store, each) for each in found.id_members_voted]
    return view


def read_field(call: Call, card: str, field: str) -> Json:
    """Answer ``GET /cards/{id}/{field}``."""
    if field not in NAMES:
        raise errors.not_found()
    return {"_value": card_view(call.store, call.card(card), field, call.viewer)[field]}


def actions(call: Call, card: str) -> list[Json]:
    """Answer a card's log; the default filter is comments and moves only."""
    found = call.card(card)
    wanted = feeds.feed(call.store, call.params, feeds.CARD_DEFAULT)
    return feeds.shown(call.store, call.store.log(found.id), wanted)


def create(call: Call) -> Json:
    """Answer ``POST /cards``, also as a copy of another card."""
    params, store = call.params, call.store
    list_ = _target(call, "idList")
    access.change_board(store, call.by, store.boards[list_.id_board])
    draft = cards.Draft(
        name=params.text("name"),
        desc=params.text("desc"),
        pos=params.raw("pos") or "bottom",
        due=params.date("due"),
        start=params.date("start"),
        due_complete=params.flag("dueComplete"),
        id_labels=tuple(_ids(call, "idLabels")),
        id_members=tuple(_ids(call, "idMembers")),
    )
    if source := params.text("idCardSource"):
        card = _copied(call, call.card(source), (list_, draft))
    else:
        card = cards.create(store, call.by, list_, draft)
    empty = {"attachments": attachment_views(store, card), "stickers": [], "limits": {}}
    return _shown(call, card) | empty


def _copied(call: Call, source: Card, wanted: tuple[BoardList, cards.Draft]) -> Card:
    keep = frozenset(call.params.names("keepFromSource"))
    if not keep or "all" in keep:
        keep = copying.PARTS
    return copying.copy_card(call.store, call.by, source, wanted, keep)


def _shown(call: Call, card: Card) -> Json:
    return nested.whole_card(call.store, card, nested.CardParts(), call.viewer)


def _target(call: Call, name: str) -> BoardList:
    ref = call.params.text(name)
    if not is_object_id(ref):
        raise errors.invalid_value(name)
    found = call.store.lists.get(ref)
    if found is None:
        raise errors.RefusedError(404, "could not find the board that the card belongs to")
    return found


def _ids(call: Call, name: str) -> list[str]:
    ids = [each for each in call.params.names(name) if each != "null"]
    if any(not is_object_id(each) for each in ids):
        raise errors.invalid_value(name)
    return ids


def update(call: Call, card: str) -> Json:
    """Answer ``PUT /cards/{id}``: one action for each field that changes."""
    found = call.card_to_change(card)
    for name in ("name", "desc", "due", "start", "dueComplete", "dueReminder", "closed"):
        if name in call.params:
            cards.change(call.store, call.by, found, name, _value(call, name, name))
    _change_sets(call, found)
    _change_place(call, found)
    return _shown(call, found)


def _value(call: Call, field: str, name: str) -> Any:
    if field in {"name", "desc"}:
        return call.params.text(name)
    if field in {"due", "start"}:
        return call.params.date(name)
    if field == "dueReminder":
        return call.params.optional_number(name)
    return call.params.flag(name)


def _change_sets(call: Call, card: Card) -> None:
    if "idLabels" in call.params:
        card_sets.set_labels(call.store, call.by, card, _ids(call, "idLabels"))
    if "idMembers" in call.params:
        card_sets.set_members(call.store, call.by, card, _ids(call, "idMembers"))


def _change_place(call: Call, card: Card) -> None:
    params, store = call.params, call.store
    board = params.text("idBoard")
    if board and board != card.id_board:
        _to_board(call, card, board)
    elif list_ := params.text("idList"):
        cards.move(store, call.by, card, store.list_(list_), params.raw("pos"))
    if params.raw("pos") not in (None, ""):
        cards.set_pos(store, call.by, card, params.raw("pos"))


def _to_board(call: Call, card: Card, ref: str) -> None:
    store = call.store
    board = call.board_to_change(ref)
    wanted = call.params.text("idList")
    open_lists = [each for each in store.lists_of(board) if not each.closed]
    target = store.lists.get(wanted) if wanted else next(iter(open_lists), None)
    if target is None or target.id_board != board.id:
        raise errors.RefusedError(404, f"List {wanted} does not exist on board {board.id}")
    cards.move_to_board(store, call.by, card, target)


def update_field(call: Call, card: str, field: str) -> Json:
    """Answer ``PUT /cards/{id}/{field}`` with ``value``."""
    found, params, store = call.card_to_change(card), call.params, call.store
    if field in cards.ATTRIBUTES:
        cards.change(store, call.by, found, field, _value_of(call, field))
    elif field == "idList":
        cards.move(store, call.by, found, store.list_(params.text("value")), params.raw("pos"))
    elif field == "idBoard":
        if params.text("value") != found.id_board:
            _to_board(call, found, params.text("value"))
    elif field == "pos":
        cards.set_pos(store, call.by, found, params.raw("value"))
    elif field == "idLabels":
        card_sets.set_labels(store, call.by, found, _ids(call, "value"))
    elif field == "idMembers":
        card_sets.set_members(store, call.by, found, _ids(call, "value"))
    elif field != "subscribed":
        raise errors.not_found()
    return _shown(call, found)


def _value_of(call: Call, field: str) -> Any:
    return _value(call, field, "value")


def delete(call: Call, card: str) -> Json:
    """Answer ``DELETE /cards/{id}``."""
    cards.delete(call.store, call.by, call.card_to_change(card))
    return GONE


def board_of(call: Call, card: str) -> Json:
    """Answer ``GET /cards/{id}/board``."""
    board = call.store.boards[call.card(card).id_board]
    return board_view(call.store, board, call.params.optional("fields"), call.viewer)


def list_of(call: Call, card: str) -> Json:
    """Answer ``GET /cards/{id}/list``."""
    list_ = call.store.lists[call.card(card).id_list]
    return list_view(call.store, list_, call.params.optional("fields"))


ROUTES: tuple[Route, ...] = (
    ("POST", "/cards", create),
    ("GET", "/cards/<card>", read),
    ("PUT", "/cards/<card>", update),
    ("DELETE", "/cards/<card>", delete),
    ("GET", "/cards/<card>/actions", actions),
    ("GET", "/cards/<card>/board", board_of),
    ("GET", "/cards/<card>/list", list_of),
    ("GET", "/cards/<card>/<field>", read_field),
    ("PUT", "/cards/<card>/<field>", update_field),
)
