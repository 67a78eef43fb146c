"""Actions by their ids: read, edit and delete comments, react."""

from typing import Any

from bot.sandbox import comments, errors, feeds
from bot.sandbox.call import NOTHING, Call, Route
from bot.sandbox.emoji import emoji
from bot.sandbox.rows import Action, Json
from bot.sandbox.views.action import NAMES, action_view, full_action_view, reaction_view
from bot.sandbox.views.board import board_view, list_view
from bot.sandbox.views.card import card_view
from bot.sandbox.views.member import member_view


def read(call: Call, action: str) -> Json:
    """Answer ``GET /actions/{id}``; hidden types are reachable here."""
    found, params = call.action(action), call.params
    reactions = params.flag("reactions")
    view = action_view(call.store, found, params.optional("fields"), reactions=reactions)
    full = full_action_view(call.store, found)
    if params.flag("display", default=True):
        view["display"] = full["display"]
    if params.flag("entities"):
        view["entities"] = full["entities"]
    return view


def read_field(call: Call, action: str, field: str) -> Json:
    """Answer ``GET /actions/{id}/{field}``."""
    if field not in NAMES:
        raise errors.not_found()
    return {"_value": action_view(call.store, call.action(action), field)[field]}


def edit(call: Call, action: str) -> Json:
    """Answer ``PUT /actions/{id}``."""
    return _edited(call, call.action(action), call.params.text("text"))


def edit_text(call: Call, action: str) -> Json:
    """Answer ``PUT /actions/{id}/text``."""
    return _edited(call, call.action(action), call.params.text("value"))


def _edited(call: Call, found: Action, text: str) -> Json:
    comments.edit(call.store, call.by, found, text)
    return full_action_view(call.store, found)


def delete(call: Call, action: str) -> Json:
    """Answer ``DELETE /actions/{id}``; only comments can be deleted."""
    comments.delete(call.store, call.by, call.action(action))
    return NOTHING


def board_of(call: Call, action: str) -> Json:
    """Answer ``GET /actions/{id}/board``."""
    board = call.store.board(call.action(action).id_board or "")
    fields = call.params.text("fields", "all")
    return board_view(call.store, board, fields, call.viewer)


def card_of(call: Call, action: str) -> Json:
    """Answer ``GET /actions/{id}/card``."""
    card = call.card(call.action(action).id_card or "")
    return card_view(call.store, card, call.params.optional("fields"), call.viewer)


def list_of(call: Call, action: str) -> Json:
    """Answer ``GET /actions/{id}/list``."""
    data = call.action(action).data
    place = data.get("list") or data.get("listAfter") or {"id": ""}
    return list_view(call.store, call.list_(place["id"]), call.params.optional("fields"))


def creator_of(call: Call, action: str) -> Json:
    """Answer ``GET /actions/{id}/memberCreator``."""
    found = call.action(action)
    return member_view(call.store, found.id_member_creator, call.params.optional("fields"))


def reactions_of(call: Call, action: str) -> list[Json]:
    """Answer ``GET /actions/{id}/reactions``."""
    return [reaction_view(call.store, each) for each in call.action(action).reactions]


def react(call: Call, action: str) -> Json:
    """Answer ``POST /actions/{id}/reactions``."""
    params = call.params
    wanted = emoji(
        short_name=params.text("shortName"),
        native=params.text("native"),
        unified=params.text("unified"),
    )
    made = comments.react(call.store, call.by, call.action(action), wanted)
    return reaction_view(call.store, made)


def unreact(call: Call, action: str, reaction: str) -> Json:
    """Answer ``DELETE /actions/{id}/reactions/{id}``."""
    comments.unreact(call.action(action), reaction, call.by)
    return NOTHING


def summary(call: Call, action: str) -> list[Json]:
    """Answer ``GET /actions/{id}/reactionsSummary``."""
    counts: dict[str, Json] = {}
    for each in call.action(action).reactions:
        entry = counts.setdefault(
            each["idEmoji"],
            {"id": f"{action}-{each['idEmoji']}", "idModel": action, "idEmoji": each["idEmoji"],
             "count": 0, "firstReacted": feeds.created(each["id"]), "emoji": each["emoji"]},
        )  # fmt: skip
        entry["count"] += 1
    found: list[Any] = list(counts.values())
    return found


ROUTES: tuple[Route, ...] = (
    ("GET", "/actions/<action>", read),
    ("PUT", "/actions/<action>", edit),
    ("DELETE", "/actions/<action>", delete),
    ("PUT", "/actions/<action>/text", edit_text),
    ("GET", "/actions/<action>/board", board_of),
    ("GET", "/actions/<action>/card", card_of),
    ("GET", "/actions/<action>/list", list_of),
    ("GET", "/actions/<action>/memberCreator", creator_of),
    ("GET", "/actions/<action>/reactions", reactions_of),
    ("POST", "/actions/<action>/reactions", react),
    ("DELETE", "/actions/<action>/reactions/<reaction>", unreact),
    ("GET", "/actions/<action>/reactionsSummary", summary),
    ("GET", "/actions/<action>/<field>", read_field),
)
