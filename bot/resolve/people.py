"""Owner and assistants of one board."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from bot.domain.calendar import Calendar
from bot.domain.model import Person
from bot.domain.words import fold
from bot.resolve.findings import Findings
from bot.resolve.seen import SeenBoard, SeenMember
from bot.settings import AssistantSettings, OwnerSettings, Settings, did_you_mean
from bot.settings.model import PersonSettings

ABSENT = "absent:"
"""Begins the id of an assistant who is not on the board; no card has such a member."""


class Registry(Struct, frozen=True):
    """What all boards share about people."""

    settings: Settings
    me: str
    """The token's member id."""
    bots: frozenset[str]
    """Ids of accounts that are never people: the token's own and the configured former ones."""
    calendar: Callable[[PersonSettings], Calendar]
    skill: Callable[[str], str]
    """The name of the kind that a configured skill means."""


def member_named(wanted: str, members: Iterable[SeenMember]) -> SeenMember | None:
    """Return the member with this user name or id."""
    keys = {wanted.lower()}
    return next((each for each in members if keys & {each.id, each.username.lower()}), None)


def owner(board: SeenBoard, registry: Registry, findings: Findings) -> Person | None:
    """Return the configured owner, else the only admin, else the token's member."""
    configured = registry.settings.people.owner
    if configured.username is None:
        found = _owner_by_default(board, registry, findings)
    else:
        found = member_named(configured.username, board.active_members)
        if found is None:
            message = f"{configured.username} is no member of the board {board.name}"
            findings.refuse("people.owner.username", message, _similar(configured.username, board))
    return None if found is None else _person(found, configured, registry)


def _owner_by_default(
    board: SeenBoard, registry: Registry, findings: Findings
) -> SeenMember | None:
    admins = board.with_role("admin") - registry.bots
    found = [each for each in board.active_members if each.id in admins]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(sorted(each.username for each in found))
        message = f"the board {board.name} has several admins ({names}); who delegates?"
        findings.refuse("people.owner", message, "set people.owner.username")
        return None
    mine = member_named(registry.me, board.active_members)
    if mine is None:
        message = f"the board {board.name} has no admin and the bot's account is not on it"
        findings.refuse("people.owner", message, "set people.owner.username")
    return mine


def assistants(
    board: SeenBoard, owner: Person, registry: Registry, findings: Findings
) -> tuple[Person, ...]:
    """Return the configured assistants, else every other member who is no bot nor observer."""
    configured = registry.settings.people.assistants
    if configured is None:
        others = registry.bots | board.with_role("observer") | {owner.member_id}
        anybody = AssistantSettings(username="anybody")
        return tuple(
            _person(each, anybody, registry)
            for each in board.active_members
            if each.id not in others
        )
    return tuple(
        _configured_assistant(
            each, f"people.assistants[{number}]", board, (registry, findings, owner.member_id)
        )
        for number, each in enumerate(configured)
    )


def _configured_assistant(
    configured: AssistantSettings,
    path: str,
    board: SeenBoard,
    world: tuple[Registry, Findings, str],
) -> Person:
    registry, findings, owner_id = world
    found = member_named(configured.username, board.active_members)
    if found is None:
        message = f"{configured.username} is no member of the board {board.name}"
        hint = _similar(configured.username, board) or "invite them to the board"
        findings.warn(f"{path}.username", message, hint)
        found = SeenMember(ABSENT + configured.username, configured.username)
    elif found.id in registry.bots and found.id != registry.me:
        findings.refuse(f"{path}.username", "this account is one of bots")
    elif found.id == owner_id:
        message = f"{found.username} is the only admin of {board.name}, so the owner by default"
        findings.refuse(f"{path}.username", message, "set people.owner.username")
    return _person(found, configured, registry)


def _similar(wanted: str, board: SeenBoard) -> str | None:
    """Guess from user names, and from the full name that somebody wrote instead."""
    for member in board.active_members:
        words = fold(member.full_name).split()
        if fold(wanted) in {"".join(words), ".".join(words), *words[:1]}:
            return f"did you mean {member.username}?"
    return did_you_mean(wanted, [each.username for each in board.active_members])


def _person(
    member: SeenMember, configured: OwnerSettings | AssistantSettings, registry: Registry
) -> Person:
    skills = configured.skills if isinstance(configured, AssistantSettings) else None
    return Person(
        member_id=member.id,
        username=member.username,
        full_name=member.full_name or member.username,
        language=configured.language or registry.settings.language,
        calendar=registry.calendar(configured),
        capacity=configured.capacity if isinstance(configured, AssistantSettings) else None,
        skills=None if skills is None else frozenset(map(registry.skill, skills)),
        channel=configured.channel if configured.notify else None,
    )
