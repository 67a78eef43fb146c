"""Lists: read, make, change, archive, and their cards."""

from bot.sandbox import boards, cards, errors, feeds, nested
from bot.sandbox.call import Call, Route
from bot.sandbox.rows import BoardList, Json
from bot.sandbox.views.board import LIST_NAMES, board_view, list_view
from bot.sandbox.views.numbers import plain
from bot.sandbox.words import is_object_id


def create(call: Call) -> Json:
    """Answer ``POST /lists``."""
    ref = call.params.text("idBoard")
    if not is_object_id(ref):
        raise errors.invalid_value("idBoard")
    if ref not in call.store.boards:
        raise errors.RefusedError(401, f"unauthorized board list requested {ref}")
    return make(call, ref)


def make(call: Call, board: str) -> Json:
    """Answer ``POST /boards/{id}/lists``."""
    found, pos = call.board_to_change(board), call.params.raw("pos") or "top"
    made = boards.add_list(call.store, call.by, found, call.params.text("name"), pos)
    return list_view(call.store, made) | {"limits": {}}


def read(call: Call, list_: str) -> Json:
    """Answer ``GET /lists/{id}``."""
    return list_view(call.store, call.list_(list_), call.params.optional("fields"))


def read_field(call: Call, list_: str, field: str) -> Json:
    """Answer ``GET /lists/{id}/{field}``."""
    if field not in LIST_NAMES:
        raise errors.not_found()
    return {"_value": list_view(call.store, call.list_(list_), field)[field]}


def update(call: Call, list_: str) -> Json:
    """Answer ``PUT /lists/{id}``."""
    found = call.list_to_change(list_)
    for field in ("name", "closed", "idBoard", "pos"):
        if call.params.raw(field) not in (None, ""):
            _change(call, found, field, field)
    if call.params.raw("name") == "":
        raise errors.blank_list_name()
    return list_view(call.store, found)


def update_field(call: Call, list_: str, field: str) -> Json:
    """Answer ``PUT /lists/{id}/{field}`` with ``value``."""
    found = call.list_to_change(list_)
    if field != "subscribed":
        _change(call, found, field, "value")
    return list_view(call.store, found)


def _change(call: Call, found: BoardList, field: str, name: str) -> None:
    store, params = call.store, call.params
    if field == "closed":
        boards.change_list(store, call.by, found, field, params.flag(name))
    elif field == "name":
        boards.change_list(store, call.by, found, field, params.text(name))
    elif field == "pos":
        boards.change_list(store, call.by, found, field, params.raw(name))
    elif field == "idBoard":
        boards.move_list(store, call.by, found, call.board_to_change(params.text(name)))
    else:
        raise errors.not_found()


def delete(call: Call, list_: str) -> Json:
    """Answer ``DELETE /lists/{id}``: an open list cannot be deleted."""
    if not call.list_to_change(list_).closed:
        raise errors.RefusedError(400, "Cannot delete open list")
    raise errors.RefusedError(404, f"Cannot DELETE /1/lists/{list_}")


def cards_of(call: Call, list_: str) -> list[Json]:
    """Answer ``GET /lists/{id}/cards``; open cards unless told otherwise."""
    store, params = call.store, call.params
    found = store.cards_in(call.list_(list_))
    chosen = nested.filtered(store, found, params.text("filter") or "open")
    page = nested.page_of_cards(store, chosen, params)
    return nested.whole_cards(store, page, nested.card_parts(store, params), call.viewer)


def actions_of(call: Call, list_: str) -> list[Json]:
    """Answer ``GET /lists/{id}/actions``."""
    found = call.list_(list_)
    log = [
        each
        for each in call.store.log(found.id_board)
        if any(
            each.data.get(name, {}).get("id") == found.id
            for name in ("list", "listBefore", "listAfter")
        )
    ]
    return feeds.shown(call.store, log, feeds.feed(call.store, call.params, "all"))


def board_of(call: Call, list_: str) -> Json:
    """Answer ``GET /lists/{id}/board``."""
    board = call.store.boards[call.list_(list_).id_board]
    return board_view(call.store, board, call.params.optional("fields"), call.viewer)


def archive_all(call: Call, list_: str) -> Json:
    """Answer ``POST /lists/{id}/archiveAllCards``."""
    for each in call.store.cards_in(call.list_to_change(list_)):
        cards.change(call.store, call.by, each, "closed", value=True)
    return {}


def move_all(call: Call, list_: str) -> list[Json]:
    """Answer ``POST /lists/{id}/moveAllCards``."""
    store, source = call.store, call.list_to_change(list_)
    target = store.list_(call.params.text("idList"))
    call.board_to_change(target.id_board)
    moved = store.cards_in(source)
    for each in moved:
        if each.id_board == target.id_board:
            cards.move(store, call.by, each, target)
        else:
            cards.move_to_board(store, call.by, each, target)
    return [
        {"id": each.id, "idBoard": each.id_board, "idList": each.id_list, "pos": plain(each.pos)}
        for each in moved
    ]


ROUTES: tuple[Route, ...] = (
    ("POST", "/lists", create),
    ("GET", "/lists/<list_>", read),
    ("PUT", "/lists/<list_>", update),
    ("DELETE", "/lists/<list_>", delete),
    ("GET", "/lists/<list_>/actions", actions_of),
    ("GET", "/lists/<list_>/board", board_of),
    ("GET", "/lists/<list_>/cards", cards_of),
    ("POST", "/lists/<list_>/archiveAllCards", archive_all),
    ("POST", "/lists/<list_>/moveAllCards", move_all),
    ("GET", "/lists/<list_>/<field>", read_field),
    ("PUT", "/lists/<list_>/<field>", update_field),
)
