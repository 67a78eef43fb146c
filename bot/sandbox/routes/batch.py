"""Several reads in one request, and a plain search."""

from typing import Any

from bot.sandbox import errors, limits, nested
from bot.sandbox.call import Call, Route
from bot.sandbox.rows import Json
from bot.sandbox.views.board import board_view
from bot.sandbox.views.card import card_view


def batch(call: Call) -> list[Any]:
    """Answer ``GET /batch``: each read's answer under its status, in order."""
    urls = [each for each in call.params.text("urls").split(",") if each]
    if not urls or len(urls) > limits.BATCH or call.get is None:
        raise errors.invalid_value("urls")
    answers = []
    for each in urls:
        if not each.startswith("/") or each.startswith("/batch"):
            raise errors.invalid_value("urls")
        status, body = call.get(each)
        answers.append({str(status): body})
    return answers


def search(call: Call) -> Json:
    """Answer ``GET /search``: boards and cards whose name holds the query, without an index."""
    store, query = call.store, call.params.text("query").casefold()
    if not query:
        raise errors.invalid_value("query")
    boards = [each for each in store.boards.values() if store.role_of(call.viewer, each)]
    cards = [card for board in boards for card in store.cards_of(board)]
    found = [
        each for each in nested.filtered(store, cards, "open") if query in each.name.casefold()
    ]
    most = call.params.number("cards_limit", 10, least=1, most=limits.PAGE)
    return {
        "options": {"terms": [{"text": query}], "modifiers": [], "modelTypes": ["all"],
                    "partial": False},
        "boards": [board_view(store, each, None, call.viewer) for each in boards
                   if query in each.name.casefold()],
        "cards": [card_view(store, each, None, call.viewer) for each in found[:most]],
        "organizations": [],
        "members": [],
    }  # fmt: skip


ROUTES: tuple[Route, ...] = (
    ("GET", "/batch", batch),
    ("GET", "/search", search),
)
