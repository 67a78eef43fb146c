"""Actions as the service shows them, with what makes them readable to people."""

from collections.abc import Set

from bot.sandbox import limits, log
from bot.sandbox.rows import Action, Json
from bot.sandbox.store import Store
from bot.sandbox.views.entities import display
from bot.sandbox.views.fields import chosen
from bot.sandbox.views.member import member_view

NAMES = ("idMemberCreator", "data", "appCreator", "type", "date", "limits")
PEOPLE = frozenset({"member", "memberCreator"})
"""Who did something, and whom it was done to: shown unless a request says that it needs neither."""


def action_view(
    store: Store,
    action: Action,
    wanted: str | None = None,
    *,
    reactions: bool = False,
    people: Set[str] = PEOPLE,
) -> Json:
    """Return an action with the wanted fields and people."""
    full: Json = {
        "idMemberCreator": action.id_member_creator,
        "data": action.data,
        "appCreator": {"id": action.id_app} if action.id_app else None,
        "type": action.type,
        "date": action.date,
        "limits": limits.action_limits() if action.type in log.COMMENTS else None,
    }
    view: Json = {"id": action.id}
    for each in chosen(wanted, NAMES, NAMES):
        view[each] = full[each]
    if "memberCreator" in people:
        view["memberCreator"] = member_view(store, action.id_member_creator)
    if action.id_member and "member" in people:
        view["member"] = member_view(store, action.id_member)
    if reactions:
        view["reactions"] = [reaction_view(store, each) for each in action.reactions]
    return view


def full_action_view(store: Store, action: Action) -> Json:
    """Return an action as posting a comment answers it: with display and entities."""
    view = action_view(store, action)
    shown, entities = display(store, action)
    return view | {"display": shown, "entities": entities}


def reaction_view(store: Store, reaction: Json) -> Json:
    """Return a reaction with its member."""
    return {**reaction, "member": member_view(store, reaction["idMember"])}
