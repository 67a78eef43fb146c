"""The only routes and fields that the bot may use; everything else is refused here.

Whole lists of labels or members, names, list membership and closing are never written.  The
destructive calls delete the bot's own doubles (a comment, checklist, check item or attachment) and
take its own flag off a card: whoever calls checks authorship.  A new kind of change adds its route
here.
"""

import re
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from bot.ports import StopError

_ID: Final = r"[0-9A-Za-z_]{2,64}"


class ForbiddenRouteError(StopError):
    """A request that the bot must never make: a fault of the program, nothing was sent."""


class Route(Struct, frozen=True):
    """A method and path with the fields that its body may have."""

    method: str
    path: re.Pattern[str]
    fields: frozenset[str]


def _route(method: str, template: str, *fields: str) -> Route:
    pattern = re.escape(template).replace("ID", _ID)
    return Route(method, re.compile(pattern), frozenset(fields))


_READ: Final = re.compile(
    rf"/(?:boards|cards|actions|checklists|lists|labels|members)/{_ID}(?:/[A-Za-z]+)?"
    r"|/tokens/\{token\}(?:/webhooks)?"
)

_WRITES: Final = (
    _route("PUT", "/cards/ID", "desc", "due", "start"),
    _route("POST", "/cards/ID/idMembers", "value"),
    # The bot's own flag, one label at a time.
    _route("POST", "/cards/ID/idLabels", "value"),
    _route("DELETE", "/cards/ID/idLabels/ID"),
    _route("POST", "/cards/ID/checklists", "name", "pos", "idChecklistSource"),
    _route("POST", "/checklists/ID/checkItems", "name", "pos", "checked"),
    _route("PUT", "/cards/ID/checkItem/ID", "state"),
    _route("POST", "/cards/ID/attachments", "url", "name", "file", "mimeType"),
    _route("POST", "/cards/ID/actions/comments", "text"),
    _route("PUT", "/actions/ID", "text"),
    _route("POST", "/actions/ID/reactions", "shortName", "skinVariation", "native", "unified"),
    # The bot's own doubles.
    _route("DELETE", "/actions/ID"),
    _route("DELETE", "/cards/ID/checklists/ID"),
    _route("DELETE", "/cards/ID/checkItem/ID"),
    _route("DELETE", "/cards/ID/attachments/ID"),
    # What `setup` makes after asking.
    _route("POST", "/boards/ID/labels", "name", "color"),
    _route("POST", "/cards", "idList", "name", "desc", "pos"),
    _route("POST", "/webhooks", "idModel", "callbackURL", "description"),
    _route("PUT", "/webhooks/ID", "callbackURL", "active"),
)

_BOARD: Final = re.compile(rf"/boards/({_ID})(?:/.*)?")


def check_route(method: str, path: str, fields: Iterable[str]) -> None:
    """Raise `ForbiddenRouteError` unless the bot uses this route with these body fields."""
    if method == "GET":
        allowed = _READ.fullmatch(path) is not None and not set(fields)
    else:
        allowed = any(_fits(route, method, path, set(fields)) for route in _WRITES)
    if not allowed:
        raise ForbiddenRouteError("The bot never makes this request", route=f"{method} {path}")


def check_board(path: str, id_board: object, boards: frozenset[str] | None) -> None:
    """Raise `ForbiddenRouteError` for a board outside ``boards``; ``None`` allows every board."""
    found = _BOARD.fullmatch(path)
    named = {found[1]} if found else set()
    if id_board is not None:
        named.add(str(id_board))
    if boards is not None and not named <= boards:
        raise ForbiddenRouteError("This board is not in the configuration", route=path)


def _fits(route: Route, method: str, path: str, fields: set[str]) -> bool:
    return (
        route.method == method and route.path.fullmatch(path) is not None and fields <= route.fields
    )
