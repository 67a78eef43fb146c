"""The steps that describe a new configuration, one after the other."""

from collections.abc import Callable, Mapping

from bot import wiring
from bot.access import Access
from bot.first_hour.asking import Talk
from bot.first_hour.boards import doors, list_roles, wished_roles
from bot.first_hour.draft import OWNER_NOTIFY, Assistant, ChosenBoard, Draft
from bot.first_hour.people import people
from bot.first_hour.proposals import label_names, roster
from bot.first_hour.surroundings import notices, own_zone, zone_of
from bot.first_hour.wishes import Wishes
from bot.resolve import SeenBoard
from bot.settings.zones import is_offered

_USUAL_ZONE = {"fr": "Europe/Paris", "en": "Europe/London"}


def chosen(
    talk: Talk,
    wishes: Wishes,
    access: Access,
    read: Callable[[str], SeenBoard],
    environ: Mapping[str, str],
) -> tuple[Draft, dict[str, str]]:
    """Return the configuration that a person describes, and what it needs in the environment."""
    seen = tuple(read(each.id) for each in doors(talk, wishes, access))
    wanted = wished_roles(talk, wishes, seen)
    boards = tuple(ChosenBoard(each, list_roles(talk, wanted, each)) for each in seen)
    owner, helpers = people(talk, wishes, roster(seen, access.member.id), access.member)
    talk.title("zones")
    usual = wiring.local_zone() or ""
    usual = usual if is_offered(usual) else _USUAL_ZONE[talk.language]
    here = own_zone(talk, "ask_zone", "--timezone", usual, wishes.timezone)
    assistants = tuple(
        Assistant(each.username, each.full_name, zone_of(talk, each, wishes, here))
        for each in helpers
    )
    secrets = notices(talk, wishes, environ) if owner.id == access.member.id else {}
    labels = (label for board in seen for label in board.labels)
    told_elsewhere = OWNER_NOTIFY in secrets or bool(environ.get(OWNER_NOTIFY))
    draft = Draft(
        language=talk.language,
        timezone=here,
        boards=boards,
        labels=label_names(labels, talk.language),
        owner=owner.username,
        assistants=assistants,
        notices=told_elsewhere,
    )
    return draft, secrets
