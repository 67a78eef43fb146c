"""What no board tells: where people live, and where else than on Trello the owner is told."""

from collections.abc import Mapping

from bot.domain.words import fold
from bot.first_hour.asking import Talk, Unreadable
from bot.first_hour.draft import OWNER_NOTIFY
from bot.first_hour.wishes import Wishes
from bot.ports import StopError
from bot.resolve import SeenMember
from bot.settings.problems import Wrong
from bot.settings.written import notify
from bot.settings.zones import guessed_zone, is_offset, zones_meant

_MOST_NAMED = 6
"""Zones of a country that are spelt out."""
_WITHOUT = frozenset({"sans", "without"})


def zone_of(talk: Talk, member: SeenMember, wishes: Wishes, usual: str) -> str:
    """Return where an assistant lives, as an option says or as the person answers."""
    given = {
        name.strip().removeprefix("@").lower(): where.strip()
        for name, _, where in (each.partition("=") for each in wishes.assistants)
    }
    wanted = given.get(member.username)
    # Who is named without a zone lives where the owner does.
    known = usual if wanted == "" else wanted
    return own_zone(talk, "ask_zone_of", "--assistant", usual, known, name=member.full_name)


def own_zone(
    talk: Talk, phrase: str, option: str, usual: str, known: str | None, /, **values: str
) -> str:
    """Return the zone that is ``known``, else the one that is answered to a question."""
    if known is not None:
        try:
            return _read_zone(known)
        except Unreadable as problem:
            raise StopError(talk.phrase(problem.phrase, **problem.values)) from None
    return talk.answer(phrase, _read_zone, option, usual, **values)


def _read_zone(typed: str) -> str:
    """Return the zone that is typed, or that of the city or the country; nothing is guessed."""
    if is_offset(typed):
        raise Unreadable("offset_zone", typed=typed)
    meant = zones_meant(typed)
    if len(meant) == 1:
        return meant[0]
    if meant:
        more = ", …" if len(meant) > _MOST_NAMED else ""
        raise Unreadable("several_zones", typed=typed, zones=", ".join(meant[:_MOST_NAMED]) + more)
    guess = guessed_zone(typed)
    if guess is None:
        raise Unreadable("unknown_zone", typed=typed)
    raise Unreadable("similar_zone", typed=typed, guess=guess)


def notices(talk: Talk, wishes: Wishes, environ: Mapping[str, str]) -> dict[str, str]:
    """Insist on another way to the owner: Trello tells nobody of their own account's comments."""
    if environ.get(OWNER_NOTIFY) or wishes.without_notices:
        return {}
    talk.title("notices")
    talk.say("notices_why")
    talk.say("notices_how", "bright_black")
    if talk.yes:
        raise StopError(talk.phrase("unanswered", option=f"{OWNER_NOTIFY}, --without-notices"))
    while True:
        typed = talk.secret("ask_notices", f"{OWNER_NOTIFY}, --without-notices")
        if fold(typed) in _WITHOUT:
            if talk.agreed("ask_without_notices", proposed=False, option="--without-notices"):
                return {}
            continue
        try:
            notify(typed)
        except Wrong:
            talk.say("no_notice_address", "yellow")
        else:
            return {OWNER_NOTIFY: typed}
