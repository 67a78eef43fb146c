"""The sandbox against Atlassian's OpenAPI document."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from bot.sandbox.call import Call, Route
from bot.sandbox.errors import RefusedError
from bot.sandbox.params import Params
from bot.sandbox.routes import ROUTES
from bot.sandbox.rows import Author
from bot.sandbox.views.action import full_action_view
from bot.sandbox.views.board import board_view, list_view
from bot.sandbox.views.card import card_view, label_view
from bot.sandbox.views.member import OWN_FIELDS, profile_view
from bot.sandbox.views.parts import (
    attachment_view,
    checklist_view,
    item_view,
    token_view,
    webhook_view,
)
from tests.contract.busy import Busy, busy_board
from tests.contract.trello_facts import openapi

UNDOCUMENTED = {
    "GET /lists/{}/{}": "answers like the documented fields of cards and boards",
    "DELETE /lists/{}": "refused as recorded: an open list cannot be deleted",
    "GET /boards/{}/cards/{}": "documented as a filter; an id was recorded in 2020",
    "GET /boards/{}/members/{}": "older form of the filter, used by py-trello",
    "GET /boards/{}/pluginData": "recorded in 2020",
    "PUT /boards/{}/{}": "py-trello sets name, desc and closed in this way",
    "PUT /cards/{}/{}": "py-trello sets every field in this way; recorded in 2020",
    "GET /cards/{}/attachments/{}/download/{}": "where uploaded files lie; the guide tells of it",
    "GET /members/{}/boards/{}": "older form of the filter, used by py-trello",
    "GET /members/{}/cards": "documented without its parameters",
}
COMMON = frozenset({"fields", "filter", "limit", "before", "since", "key", "token"})
"""Taken by every route that lists things, whether or not the document repeats it there."""
NESTED = re.compile(r"^(actions?|cards?|attachments?|checklists?|members?|lists?|labels?|board)s?_")
UNDECLARED = {
    "GET /boards/{}": {"cards_modifiedSince", "reactions"},
    "GET /boards/{}/cards": {"actions", "attachments", "checkItemStates", "checklists", "reactions",
                             "customFieldItems", "members", "pluginData", "stickers"},
    "GET /cards/{}": {"reactions"},
    "GET /cards/{}/actions": {"member", "memberCreator", "reactions"},
    "GET /lists/{}/actions": {"member", "memberCreator", "page", "reactions"},
    "GET /lists/{}/cards": {"actions", "attachments", "checkItemStates", "checklists", "reactions",
                            "customFieldItems", "members", "pluginData", "stickers"},
    "GET /members/{}/actions": {"member", "memberCreator", "page", "reactions"},
    "GET /members/{}/cards": {"actions", "attachments", "checkItemStates", "checklists",
                              "reactions", "customFieldItems", "members", "pluginData",
                              "stickers"},
    "GET /boards/{}/cards/{}": {"actions", "attachments", "checkItemStates", "checklists",
                                "reactions", "customFieldItems", "members", "pluginData",
                                "stickers"},
    "GET /actions/{}": {"reactions"},
    "GET /boards/{}/lists/{}": {"cards"},
    "PUT /cards/{}": {"dueReminder"},
    "PUT /cards/{}/checklist/{}/checkItem/{}": {"due", "idMember", "name", "state"},
}  # fmt: skip
"""Parameters that the guide, older documents or other clients show and the document leaves out."""


def shape(path: str) -> str:
    return re.sub(r"[<{][^>}]+[>}]", "{}", path.rstrip("/"))


def documented() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for path, operations in openapi()["paths"].items():
        shared = operations.get("parameters", [])
        for method, operation in operations.items():
            if method in {"get", "put", "post", "delete"}:
                entry = {**operation, "parameters": [*shared, *operation.get("parameters", [])]}
                found[f"{method.upper()} {shape(path)}"] = entry
    return found


def named(route: Route) -> str:
    return f"{route[0]} {shape(route[1])}"


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_a_route_is_documented_or_a_stated_exception(route: Route) -> None:
    known = documented()
    assert named(route) in known or named(route) in UNDOCUMENTED


class Asked(dict[str, Any]):
    """Parameters that note which ones a handler reads."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__(values)
        self.names: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.names.add(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)


def parts_of(busy: Busy, rule: str) -> dict[str, str]:
    refs = {
        "action": busy.comment.id, "attachment": busy.attachment.id, "board": busy.board.id,
        "card": busy.card.id, "checklist": busy.checklist.id, "filter_": "all", "field": "name",
        "item": busy.checklist.id_items[0], "label": busy.label, "list_": busy.todo.id,
        "member": busy.mel.id, "name": "a", "reaction": busy.comment.reactions[0]["id"],
        "secret": busy.grant.token, "webhook": busy.webhook.id,
    }  # fmt: skip
    return {each: refs[each] for each in re.findall(r"<(\w+)>", rule)}


WANTS_ALL = {"actions": "all", "cards": "open", "members": "all", "lists": "open", "labels": "all"}


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_a_parameter_that_is_read_is_documented_or_a_stated_exception(route: Route) -> None:
    method, rule, handler = route
    operation = documented().get(named(route), {})
    busy = busy_board()
    values = Asked(WANTS_ALL if rule == "/boards/<board>" and method == "GET" else {})
    call = Call(
        store=busy.world.store,
        by=Author(busy.paul.id),
        params=Params(values),
        token=busy.world.store.tokens[busy.grant.token],
    )
    with suppress(RefusedError):
        handler(call, **parts_of(busy, rule))
    declared = set(declared_names(operation))
    extra = values.names - declared - COMMON - UNDECLARED.get(named(route), set())
    if not operation or method != "GET":
        extra -= {"value", "text", "name", "fields"}
    assert {each for each in extra if not NESTED.match(each)} == set()


def declared_names(operation: dict[str, Any]) -> Iterator[str]:
    for each in operation.get("parameters", []):
        yield each.get("name", "")
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from content.get("schema", {}).get("properties", {})


NOT_SHOWN = {
    "Board": {"idTags"},
    "Member": {"idBoardsPinned"},
}


def shown(busy: Busy) -> dict[str, dict[str, Any]]:
    store, me = busy.world.store, busy.mel.id
    label = store.label(busy.label)
    return {
        "Action": full_action_view(store, busy.comment),
        "Attachment": attachment_view(store, busy.attachment),
        "Board": board_view(store, busy.board, "all", me),
        "Card": card_view(store, busy.card, None, me),
        "CheckItem": item_view(store.check_items[busy.checklist.id_items[0]]),
        "Checklist": checklist_view(store, busy.checklist),
        "Label": label_view(label),
        "Member": profile_view(store, busy.mel.member, None, me),
        "Token": token_view(store, store.tokens[busy.grant.token]),
        "TrelloList": list_view(store, busy.todo),
        "Webhook": webhook_view(busy.webhook),
    }


@pytest.mark.parametrize(
    "name",
    ["Action", "Attachment", "Board", "Card", "CheckItem", "Checklist", "Label", "Member",
     "Token", "TrelloList", "Webhook"],
)  # fmt: skip
def test_an_answer_has_every_property_of_its_schema(name: str) -> None:
    properties = set(openapi()["components"]["schemas"][name]["properties"])
    assert properties - set(shown(busy_board())[name]) - NOT_SHOWN.get(name, set()) == set()


def test_only_members_themselves_are_shown_the_rest() -> None:
    busy = busy_board()
    other = profile_view(busy.world.store, busy.mel.member, None, busy.paul.id)
    assert not OWN_FIELDS.keys() & other.keys()
