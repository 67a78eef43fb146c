"""Checklists and their items by their own ids, and labels."""

from bot.sandbox import boards, checklists, errors
from bot.sandbox.call import GONE, Call, Route
from bot.sandbox.routes.card_parts import new_checklist
from bot.sandbox.rows import CheckItem, Checklist, Json, Label
from bot.sandbox.views.board import board_view
from bot.sandbox.views.card import card_view, label_view
from bot.sandbox.views.parts import CHECKLIST_NAMES, checklist_view, item_view
from bot.sandbox.words import is_object_id


def _checklist(call: Call, ref: str) -> Checklist:
    found = call.store.checklist(ref)
    call.card(found.id_card)
    return found


def _to_change(call: Call, ref: str) -> Checklist:
    found = call.store.checklist(ref)
    call.card_to_change(found.id_card)
    return found


def create(call: Call) -> Json:
    """Answer ``POST /checklists``."""
    ref = call.params.text("idCard")
    if ref not in call.store.cards:
        raise errors.RefusedError(401, "unauthorized board requested")
    return new_checklist(call, call.card_to_change(ref))


def read(call: Call, checklist: str) -> Json:
    """Answer ``GET /checklists/{id}``."""
    return checklist_view(call.store, _checklist(call, checklist), call.params.optional("fields"))


def update(call: Call, checklist: str) -> Json:
    """Answer ``PUT /checklists/{id}``."""
    found = _to_change(call, checklist)
    if "name" in call.params:
        checklists.rename(call.store, call.by, found, call.params.text("name"))
    if "pos" in call.params:
        checklists.set_pos(call.store, found, call.params.raw("pos"))
    return checklist_view(call.store, found)


def update_field(call: Call, checklist: str, field: str) -> Json:
    """Answer ``PUT /checklists/{id}/{field}``."""
    found = _to_change(call, checklist)
    if field == "name":
        checklists.rename(call.store, call.by, found, call.params.text("value"))
    elif field == "pos":
        checklists.set_pos(call.store, found, call.params.raw("value"))
    else:
        raise errors.not_found()
    return checklist_view(call.store, found)


def read_field(call: Call, checklist: str, field: str) -> Json:
    """Answer ``GET /checklists/{id}/{field}``."""
    if field not in CHECKLIST_NAMES:
        raise errors.not_found()
    return {"_value": checklist_view(call.store, _checklist(call, checklist))[field]}


def delete(call: Call, checklist: str) -> Json:
    """Answer ``DELETE /checklists/{id}``."""
    checklists.remove(call.store, call.by, _to_change(call, checklist))
    return GONE


def board_of(call: Call, checklist: str) -> Json:
    """Answer ``GET /checklists/{id}/board``."""
    board = call.store.boards[_checklist(call, checklist).id_board]
    return board_view(call.store, board, call.params.optional("fields"), call.viewer)


def cards_of(call: Call, checklist: str) -> list[Json]:
    """Answer ``GET /checklists/{id}/cards``."""
    card = call.store.cards[_checklist(call, checklist).id_card]
    return [card_view(call.store, card, call.params.optional("fields"), call.viewer)]


def items_of(call: Call, checklist: str) -> list[Json]:
    """Answer ``GET /checklists/{id}/checkItems``."""
    found = _checklist(call, checklist)
    return [item_view(each) for each in checklists.items_of(call.store, found)]


def add_item(call: Call, checklist: str) -> Json:
    """Answer ``POST /checklists/{id}/checkItems``."""
    found, params = _to_change(call, checklist), call.params
    draft = CheckItem("", found.id, params.text("name"), 0.0, done=params.flag("checked"))
    draft.due, draft.id_member = params.date("due"), params.text("idMember") or None
    item = checklists.add_item(call.store, call.by, found, draft, params.raw("pos"))
    return item_view(item) | GONE


def _item(found: Checklist, call: Call, ref: str) -> CheckItem:
    if ref not in found.id_items:
        raise errors.not_found()
    return call.store.check_items[ref]


def item_of(call: Call, checklist: str, item: str) -> Json:
    """Answer ``GET /checklists/{id}/checkItems/{idCheckItem}``."""
    return item_view(_item(_checklist(call, checklist), call, item))


def remove_item(call: Call, checklist: str, item: str) -> Json:
    """Answer ``DELETE /checklists/{id}/checkItems/{idCheckItem}``."""
    found = _to_change(call, checklist)
    checklists.remove_item(call.store, call.by, _item(found, call, item))
    return GONE


def _label(call: Call, ref: str, *, change: bool = False) -> Label:
    found = call.store.label(ref)
    (call.board_to_change if change else call.board)(found.id_board)
    return found


def create_label(call: Call) -> Json:
    """Answer ``POST /labels``."""
    ref = call.params.text("idBoard")
    if not is_object_id(ref):
        raise errors.invalid_value("idBoard")
    return make_label(call, ref)


def make_label(call: Call, board: str) -> Json:
    """Answer ``POST /boards/{id}/labels``."""
    found, color = call.board_to_change(board), call.params.optional("color")
    made = boards.add_label(call.store, call.by, found, call.params.text("name"), color)
    return label_view(made) | GONE


def read_label(call: Call, label: str) -> Json:
    """Answer ``GET /labels/{id}``."""
    return label_view(_label(call, label))


def update_label(call: Call, label: str) -> Json:
    """Answer ``PUT /labels/{id}``."""
    found = _label(call, label, change=True)
    for name in ("name", "color"):
        if name in call.params:
            boards.change_label(call.store, call.by, found, name, call.params.text(name))
    return label_view(found)


def update_label_field(call: Call, label: str, field: str) -> Json:
    """Answer ``PUT /labels/{id}/{field}``."""
    found = _label(call, label, change=True)
    if field not in {"name", "color"}:
        raise errors.not_found()
    boards.change_label(call.store, call.by, found, field, call.params.text("value"))
    return label_view(found)


def delete_label(call: Call, label: str) -> Json:
    """Answer ``DELETE /labels/{id}``."""
    boards.delete_label(call.store, call.by, _label(call, label, change=True))
    return GONE


ROUTES: tuple[Route, ...] = (
    ("POST", "/checklists", create),
    ("GET", "/checklists/<checklist>", read),
    ("PUT", "/checklists/<checklist>", update),
    ("DELETE", "/checklists/<checklist>", delete),
    ("GET", "/checklists/<checklist>/board", board_of),
    ("GET", "/checklists/<checklist>/cards", cards_of),
    ("GET", "/checklists/<checklist>/checkItems", items_of),
    ("POST", "/checklists/<checklist>/checkItems", add_item),
    ("GET", "/checklists/<checklist>/checkItems/<item>", item_of),
    ("DELETE", "/checklists/<checklist>/checkItems/<item>", remove_item),
    ("GET", "/checklists/<checklist>/<field>", read_field),
    ("PUT", "/checklists/<checklist>/<field>", update_field),
    ("POST", "/labels", create_label),
    ("GET", "/labels/<label>", read_label),
    ("PUT", "/labels/<label>", update_label),
    ("DELETE", "/labels/<label>", delete_label),
    ("PUT", "/labels/<label>/<field>", update_label_field),
)
