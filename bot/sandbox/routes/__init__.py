"""The routes of the service that the sandbox answers, one module per kind of thing."""

from werkzeug.routing import Map, Rule

from bot.sandbox.call import Route
from bot.sandbox.routes import (
    actions,
    batch,
    boards,
    card_parts,
    cards,
    checklists,
    lists,
    members,
    webhooks,
)

ROUTES: tuple[Route, ...] = (
    *actions.ROUTES,
    *batch.ROUTES,
    *boards.ROUTES,
    *card_parts.ROUTES,
    *cards.ROUTES,
    *checklists.ROUTES,
    *lists.ROUTES,
    *members.ROUTES,
    *webhooks.ROUTES,
)
SINGULAR = {
    "action": "actions",
    "board": "boards",
    "card": "cards",
    "checklist": "checklists",
    "customfields": "customFields",
    "label": "labels",
    "list": "lists",
    "member": "members",
    "token": "tokens",
    "webhook": "webhooks",
}
"""The service takes the singular too; clients in use rely on it."""

URLS = Map(
    [Rule(rule, methods=[method], endpoint=handler) for method, rule, handler in ROUTES],
    strict_slashes=False,
    merge_slashes=False,
).bind("api.trello.com")


def plain_path(path: str) -> str:
    """Return a path below ``/1`` without a slash at its end and with its first part plural."""
    first, _, rest = path.strip("/").partition("/")
    first = SINGULAR.get(first, first)
    return f"/{first}/{rest}" if rest else f"/{first}"
