"""Who delegates and who does the work."""

from collections.abc import Iterable

from bot.first_hour.asking import Talk, picked, picked_one
from bot.first_hour.proposals import Roster
from bot.first_hour.wishes import Wishes
from bot.ports import StopError
from bot.resolve import SeenMember


def people(
    talk: Talk, wishes: Wishes, who: Roster, me: SeenMember
) -> tuple[SeenMember, tuple[SeenMember, ...]]:
    """Return who delegates and who does the work, once that has been shown and agreed to."""
    talk.title("people")
    owner = who.owner
    if wishes.owner is not None:
        owner = _member(talk, wishes.owner, who.candidates)
    elif owner is None:
        owner = _asked_owner(talk, who)
    helpers = who.assistants_of(owner)
    if wishes.assistants:
        helpers = _wished_assistants(talk, wishes, who, owner)
    _show_people(talk, me, owner, helpers)
    if not talk.agreed("ask_right"):
        owner = _asked_owner(talk, who)
        helpers = _asked_assistants(talk, who, owner)
        _show_people(talk, me, owner, helpers)
    return owner, helpers


def _wished_assistants(
    talk: Talk, wishes: Wishes, who: Roster, owner: SeenMember
) -> tuple[SeenMember, ...]:
    """Return the assistants that options name, each once however often they are named."""
    names = (each.partition("=")[0] for each in wishes.assistants)
    found = {each.id: each for each in (_member(talk, name, who.members) for name in names)}
    if owner.id in found:
        raise StopError(talk.phrase("owner_assists", name=owner.username))
    return tuple(found.values())


def _asked_owner(talk: Talk, who: Roster) -> SeenMember:
    for number, each in enumerate(who.candidates, 1):
        talk.item(str(number), _named(each))
    return talk.answer("ask_owner", lambda typed: picked_one(typed, who.candidates), "--owner")


def _asked_assistants(talk: Talk, who: Roster, owner: SeenMember) -> tuple[SeenMember, ...]:
    others = tuple(each for each in who.members if each.id != owner.id)
    for number, each in enumerate(others, 1):
        talk.item(str(number), _named(each))
    likely = who.assistants_of(owner)
    numbers = " ".join(str(n) for n, each in enumerate(others, 1) if each in likely)
    return talk.answer(
        "ask_assistants",
        lambda typed: picked(typed, others, none=True),
        "--assistant",
        numbers or "-",
    )


def _show_people(
    talk: Talk, me: SeenMember, owner: SeenMember, helpers: tuple[SeenMember, ...]
) -> None:
    shared = owner.id == me.id
    talk.say("people_bot", name=_named(me))
    talk.say("people_owner", name=_named(owner))
    if helpers:
        talk.say("people_assistants", names=", ".join(map(_named, helpers)))
    else:
        talk.say("people_nobody", "yellow")
    if shared:
        talk.say("shared_account", "yellow")
    elif me.id in {each.id for each in helpers}:
        talk.say("assistants_account", "yellow")


def _named(member: SeenMember) -> str:
    return f"{member.full_name} (@{member.username})"


def _member(talk: Talk, wanted: str, members: Iterable[SeenMember]) -> SeenMember:
    """Return the member that an option names."""
    name = wanted.strip().removeprefix("@").lower()
    for each in members:
        if each.username == name:
            return each
    raise StopError(talk.phrase("unknown_member", name=wanted))
