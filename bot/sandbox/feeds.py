"""Which actions a feed shows: types, window of time, page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.sandbox import errors, limits, log
from bot.sandbox.clock import MILLISECOND, Stamp, instant, stamp
from bot.sandbox.params import Params, read_date
from bot.sandbox.rows import Action, Json
from bot.sandbox.store import Store
from bot.sandbox.views.action import PEOPLE, action_view
from bot.sandbox.words import is_object_id

CARD_DEFAULT = "commentCard,updateCard:idList"
"""What ``GET /cards/{id}/actions`` shows without a filter; boards show all."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What to show of a log."""

    types: str
    limit: int = limits.DEFAULT_PAGE
    page: int = 0
    since: Stamp | None = None
    before: Stamp | None = None
    fields: str | None = None
    reactions: bool = False
    people: frozenset[str] = PEOPLE


def feed(store: Store, params: Params, default: str) -> Feed:
    """Read a feed's parameters as ``/actions`` routes take them."""
    limit = params.number("limit", limits.DEFAULT_PAGE, least=0, most=limits.PAGE)
    page = params.number("page", 0, least=0, most=limits.PAGE)
    if page * limit >= limits.PAGE and page:
        raise errors.invalid_value("page")
    return Feed(
        types=params.text("filter") or default,
        limit=limit,
        page=page,
        since=border(store, params, "since"),
        before=border(store, params, "before"),
        fields=params.optional("fields"),
        reactions=params.flag("reactions"),
        people=_people(params),
    )


def nested_feed(store: Store, params: Params, default: str) -> Feed:
    """Read a feed's parameters as they stand beside a board or card."""
    types = params.text("actions")
    return Feed(
        types=default if types.lower() == "true" else types,
        limit=params.number("actions_limit", limits.DEFAULT_PAGE, least=0, most=limits.PAGE),
        since=border(store, params, "actions_since"),
        before=border(store, params, "actions_before"),
        fields=params.optional("action_fields"),
        reactions=params.flag("action_reactions") or params.flag("reactions"),
        people=_people(params, "action_"),
    )


def _people(params: Params, nested: str = "") -> frozenset[str]:
    return frozenset(each for each in PEOPLE if params.flag(nested + each, default=True))


def border(store: Store, params: Params, name: str) -> Stamp | None:
    """Return the instant that a date or an object id stands for.

    A known action's id stands for its date, any other id for the second of its creation.
    ``since`` a date takes that very millisecond in, ``since`` an action leaves it out (inferred).
    """
    value = params.raw(name)
    if value in (None, "", "null"):
        return None
    text = str(value)
    if is_object_id(text):
        known = store.actions.get(text)
        if known is None:
            return created(text)
        return stamp(instant(known.date) + MILLISECOND) if "since" in name else known.date
    found = read_date(text)
    if found is None:
        raise errors.invalid_value(name)
    return found


def created(object_id: str) -> Stamp:
    """Return the second in which something with that id was made."""
    return stamp(datetime.fromtimestamp(int(object_id[:8], 16), UTC))


def matching(actions: Iterable[Action], wanted: Feed) -> list[Action]:
    """Return the actions that a feed shows, newest first."""
    accepts = accepted_types(wanted.types)
    found = [
        each
        for each in actions
        if (wanted.since is None or each.date >= wanted.since)
        and (wanted.before is None or each.date < wanted.before)
        and _accepted(each, accepts)
    ]
    found.sort(key=lambda each: each.date, reverse=True)
    start = wanted.page * wanted.limit
    return found[start : start + wanted.limit]


def accepted_types(types: str) -> frozenset[str] | None:
    """Return the types named in a comma list; ``None`` for all."""
    names = frozenset(each.strip() for each in types.split(",") if each.strip())
    return None if "all" in names else names


def _accepted(action: Action, types: frozenset[str] | None) -> bool:
    if action.type in log.HIDDEN:
        return False
    if types is None or action.type in types:
        return True
    return any(f"{action.type}:{each}" in types for each in action.data.get("old", ()))


def shown(store: Store, actions: Iterable[Action], wanted: Feed) -> list[Json]:
    """Return what a feed answers."""
    return [
        action_view(store, each, wanted.fields, reactions=wanted.reactions, people=wanted.people)
        for each in matching(actions, wanted)
    ]
