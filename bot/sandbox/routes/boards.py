"""Boards: one nested read, their parts, members, and what changes them."""

from typing import Any

from bot.sandbox import boards, errors, feeds, limits, nested
from bot.sandbox.call import Call, Route
from bot.sandbox.routes.checklists import make_label
from bot.sandbox.routes.lists import make as make_list
from bot.sandbox.rows import Board, BoardList, Json
from bot.sandbox.views.board import BOARD_NAMES, board_view, list_view
from bot.sandbox.views.card import label_view
from bot.sandbox.views.member import ON_BOARDS, member_view, membership_view
from bot.sandbox.views.parts import checklist_views


def read(call: Call, board: str) -> Json:
    """Answer ``GET /boards/{id}`` with its nested parameters."""
    found, store, params = call.board(board), call.store, call.params
    view = board_view(store, found, params.optional("fields"), call.viewer)
    if _wanted(call, "lists"):
        lists = _lists(call, found, params.text("lists"))
        view["lists"] = [list_view(store, each, params.optional("list_fields")) for each in lists]
    if _wanted(call, "labels"):
        most = params.number("labels_limit", limits.DEFAULT_PAGE, least=0, most=limits.PAGE)
        view["labels"] = [label_view(each) for each in store.labels_of(found)[:most]]
    if _wanted(call, "members"):
        fields = params.optional("member_fields")
        view["members"] = _members(call, found, params.text("members"), fields)
    if _wanted(call, "memberships"):
        view["memberships"] = [membership_view(each) for each in store.memberships_of(found)]
    if params.flag("customFields"):
        view["customFields"] = found.extra.get("customFields", [])
    return view | _cards_and_actions(call, found)


def _wanted(call: Call, name: str) -> bool:
    return call.params.text(name, "none") not in {"none", "", "false"}


def _cards_and_actions(call: Call, board: Board) -> Json:
    store, params, view = call.store, call.params, Json()
    cards = nested.filtered(store, store.cards_of(board), params.text("cards") or "none")
    if _wanted(call, "actions"):
        if len(cards) > limits.CARDS_WITH_ACTIONS:
            raise errors.too_many_cards()
        feed = feeds.nested_feed(store, params, "all")
        view["actions"] = feeds.shown(store, store.log(board.id), feed)
    if _wanted(call, "cards"):
        if since := feeds.border(store, params, "cards_modifiedSince"):
            cards = [each for each in cards if each.date_last_activity >= since]
        page = cards[: limits.PAGE]
        parts = nested.board_card_parts(params)
        view["cards"] = nested.whole_cards(store, page, parts, call.viewer)
    if _wanted(call, "checklists"):
        every = store.cards_of(board)
        view["checklists"] = [shown for each in every for shown in checklist_views(store, each)]
    return view


def _lists(call: Call, board: Board, wanted: str) -> list[BoardList]:
    lists = call.store.lists_of(board)
    if wanted == "all":
        return lists
    if wanted in {"open", "closed"}:
        return [each for each in lists if each.closed == (wanted == "closed")]
    if wanted == "none":
        return []
    raise errors.invalid_value("filter")


def _members(call: Call, board: Board, wanted: str, fields: str | None) -> list[Json]:
    roles = {"all": None, "admins": {"admin"}, "owners": {"admin"}, "normal": {"normal"}}
    if wanted not in roles:
        raise errors.invalid_value("filter")
    accepted = roles[wanted]
    return [
        member_view(call.store, each.id_member, fields, ON_BOARDS)
        for each in call.store.memberships_of(board)
        if accepted is None or each.role in accepted
    ]


def read_field(call: Call, board: str, field: str) -> Any:
    """Answer ``GET /boards/{id}/{field}``."""
    found = call.board(board)
    if field.lower() == "labelnames":
        return board_view(call.store, found, "labelNames", call.viewer)["labelNames"]
    if field not in BOARD_NAMES:
        raise errors.not_found()
    return {"_value": board_view(call.store, found, field, call.viewer)[field]}


def actions_of(call: Call, board: str) -> list[Json]:
    """Answer ``GET /boards/{id}/actions``; all types unless told otherwise."""
    store, found = call.store, call.board(board)
    return feeds.shown(store, store.log(found.id), feeds.feed(store, call.params, "all"))


def cards_of(call: Call, board: str) -> list[Json]:
    """Answer ``GET /boards/{id}/cards``; visible cards unless told otherwise."""
    return _filtered_cards(call, call.board(board), call.params.text("filter") or "visible")


def cards_by_filter(call: Call, board: str, filter_: str) -> Any:
    """Answer ``GET /boards/{id}/cards/{filter}``, or one card by its id."""
    found = call.board(board)
    if filter_ in {"none", "all", "open", "closed", "visible"}:
        return _filtered_cards(call, found, filter_)
    card = call.card(filter_)
    if card.id_board != found.id:
        raise errors.not_found()
    parts = nested.card_parts(call.store, call.params)
    return nested.whole_card(call.store, card, parts, call.viewer)


def _filtered_cards(call: Call, board: Board, wanted: str) -> list[Json]:
    store, params = call.store, call.params
    cards = nested.filtered(store, store.cards_of(board), wanted)
    page = nested.page_of_cards(store, cards, params)
    return nested.whole_cards(store, page, nested.card_parts(store, params), call.viewer)


def lists_of(call: Call, board: str, filter_: str = "") -> list[Json]:
    """Answer ``GET /boards/{id}/lists``, with cards if asked."""
    store, params = call.store, call.params
    found = call.board(board)
    chosen = _lists(call, found, filter_ or params.text("filter") or "open")
    views = [list_view(store, each, params.optional("fields")) for each in chosen]
    if _wanted(call, "cards"):
        parts = nested.board_card_parts(params)
        for view, each in zip(views, chosen, strict=True):
            cards = nested.filtered(store, store.cards_in(each), params.text("cards"))
            view["cards"] = nested.whole_cards(store, cards, parts, call.viewer)
    return views


def labels_of(call: Call, board: str) -> list[Json]:
    """Answer ``GET /boards/{id}/labels``; fifty unless told otherwise."""
    most = call.params.number("limit", limits.DEFAULT_PAGE, least=0, most=limits.PAGE)
    return [label_view(each) for each in call.store.labels_of(call.board(board))[:most]]


def members_of(call: Call, board: str, filter_: str = "") -> list[Json]:
    """Answer ``GET /boards/{id}/members``."""
    wanted = filter_ or call.params.text("filter") or "all"
    fields = call.params.optional("fields") or "fullName,username"
    return _members(call, call.board(board), wanted, fields)


def memberships_of(call: Call, board: str) -> list[Json]:
    """Answer ``GET /boards/{id}/memberships``."""
    found = call.store.memberships_of(call.board(board))
    return [membership_view(each) for each in found]


def checklists_of(call: Call, board: str) -> list[Json]:
    """Answer ``GET /boards/{id}/checklists``."""
    store = call.store
    cards = store.cards_of(call.board(board))
    return [shown for each in cards for shown in checklist_views(store, each)]


def custom_fields_of(call: Call, board: str) -> list[Json]:
    """Answer ``GET /boards/{id}/customFields`` with what an import brought along."""
    fields: list[Json] = call.board(board).extra.get("customFields", [])
    return fields


def create(call: Call) -> Json:
    """Answer ``POST /boards``."""
    store, params = call.store, call.params
    made = boards.create(store, call.by, params.text("name"), params.text("desc"))
    if params.flag("defaultLists", default=True):
        boards.furnish(store, call.by, made, boards.DEFAULT_LISTS)
    if params.flag("defaultLabels", default=True):
        for color in boards.COLORS:
            boards.add_label(store, call.by, made, "", color)
    for name in params.values:
        if name.startswith("prefs_") and name.removeprefix("prefs_") in made.prefs:
            made.prefs[name.removeprefix("prefs_")] = params.raw(name)
    return board_view(store, made, None, call.viewer) | {"limits": {}}


def update(call: Call, board: str) -> Json:
    """Answer ``PUT /boards/{id}``: one action for each thing that changes."""
    found, store, params = call.board_to_change(board), call.store, call.params
    for field in ("name", "desc"):
        if field in params:
            boards.change(store, call.by, found, field, params.text(field))
    if "closed" in params:
        boards.change(store, call.by, found, "closed", params.flag("closed"))
    for name in params.values:
        if name.startswith("prefs/") and params.raw(name) not in (None, ""):
            boards.set_pref(store, call.by, found, name.removeprefix("prefs/"), _pref(call, name))
    return board_view(store, found, None, call.viewer)


def _pref(call: Call, name: str) -> Any:
    value = call.params.raw(name)
    return {"true": True, "false": False}.get(str(value).lower(), value)


def update_field(call: Call, board: str, field: str) -> Json:
    """Answer ``PUT /boards/{id}/{field}`` with ``value``."""
    found, params = call.board_to_change(board), call.params
    if field == "closed":
        boards.change(call.store, call.by, found, field, params.flag("value"))
    elif field in {"name", "desc"}:
        boards.change(call.store, call.by, found, field, params.text("value"))
    else:
        raise errors.not_found()
    return board_view(call.store, found, None, call.viewer)


def put_member(call: Call, board: str, member: str) -> Json:
    """Answer ``PUT /boards/{id}/members/{idMember}``."""
    found, role = call.board_to_change(board), call.params.text("type", "normal")
    if role not in {"admin", "normal", "observer"}:
        raise errors.invalid_value("type")
    boards.add_member(call.store, call.by, found, call.store.member(member), role)  # type: ignore[arg-type] # checked above
    return {
        "id": found.id,
        "members": _members(call, found, "all", None),
        "memberships": memberships_of(call, found.id),
    }


def drop_member(call: Call, board: str, member: str) -> Json:
    """Answer ``DELETE /boards/{id}/members/{idMember}``."""
    found = call.board_to_change(board)
    boards.remove_member(call.store, call.by, found, call.store.member(member))
    members = {"members": _members(call, found, "all", None)}
    return board_view(call.store, found, None, call.viewer) | members


def nothing_of(call: Call, board: str) -> list[Json]:
    """Answer what the sandbox keeps none of: plugins and their data."""
    call.board(board)
    return []


ROUTES: tuple[Route, ...] = (
    ("POST", "/boards", create),
    ("GET", "/boards/<board>", read),
    ("PUT", "/boards/<board>", update),
    ("GET", "/boards/<board>/actions", actions_of),
    ("GET", "/boards/<board>/boardPlugins", nothing_of),
    ("GET", "/boards/<board>/cards", cards_of),
    ("GET", "/boards/<board>/cards/<filter_>", cards_by_filter),
    ("GET", "/boards/<board>/checklists", checklists_of),
    ("GET", "/boards/<board>/customFields", custom_fields_of),
    ("GET", "/boards/<board>/labels", labels_of),
    ("POST", "/boards/<board>/labels", make_label),
    ("GET", "/boards/<board>/lists", lists_of),
    ("POST", "/boards/<board>/lists", make_list),
    ("GET", "/boards/<board>/lists/<filter_>", lists_of),
    ("GET", "/boards/<board>/members", members_of),
    ("GET", "/boards/<board>/members/<filter_>", members_of),
    ("PUT", "/boards/<board>/members/<member>", put_member),
    ("DELETE", "/boards/<board>/members/<member>", drop_member),
    ("GET", "/boards/<board>/memberships", memberships_of),
    ("GET", "/boards/<board>/pluginData", nothing_of),
    ("GET", "/boards/<board>/plugins", nothing_of),
    ("GET", "/boards/<board>/<field>", read_field),
    ("PUT", "/boards/<board>/<field>", update_field),
)
