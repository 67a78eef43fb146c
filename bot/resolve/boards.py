"""Resolves every configured board; what is wrong with one never stops the others."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import cache

from bot.domain.calendar import Calendar
from bot.domain.instants import offset_name
from bot.domain.model import Board, Identity
from bot.resolve.findings import Findings, Resolved
from bot.resolve.names import label_names, label_roles, list_roles, portfolio
from bot.resolve.people import Registry, assistants, member_named, owner
from bot.resolve.seen import SeenBoard
from bot.settings import Problem, Settings, calendar_for
from bot.settings.model import BoardSettings, PersonSettings

HOLIDAY_NOTICE = timedelta(days=60)
"""How long before a year begins its missing holidays are mentioned."""


def resolve(
    settings: Settings,
    seen: Sequence[SeenBoard],
    token_member: str,
    today: date,
    skill: Callable[[str], str] = str,
) -> Resolved:
    """Return boards and identity with every name resolved, and what did not resolve.

    ``seen`` are the boards that Trello answered, in any order; ``skill`` gives the name of the
    kind that a configured skill means.
    """
    bots, warnings = _bots(settings, seen)
    holidays: list[Problem] = []
    registry = Registry(
        settings,
        token_member,
        bots | {token_member},
        _calendars(settings, today, holidays),
        skill,
    )
    boards: dict[str, Board] = {}
    all_findings: list[Findings] = []
    for number, configured in enumerate(settings.boards):
        path = f"boards[{number}]"
        found = _seen(configured, seen)
        findings = Findings(settings, path, configured.board if found is None else found.id)
        all_findings.append(findings)
        board = _board(configured, found, (registry, seen, frozenset(boards)), findings)
        if board is not None:
            boards[board.id] = board
    people = {p.member_id for each in boards.values() for p in (each.owner, *each.assistants)}
    warned = (warning for findings in all_findings for warning in findings.warnings)
    return Resolved(
        Identity(token_member, registry.bots, shared=token_member in people),
        boards,
        tuple(refusal for findings in all_findings for refusal in findings.refusals),
        tuple(dict.fromkeys((*warnings, *holidays, *warned))),
        tuple(missing for findings in all_findings for missing in findings.missing),
    )


def _seen(configured: BoardSettings, seen: Iterable[SeenBoard]) -> SeenBoard | None:
    return next((each for each in seen if configured.board in {each.id, each.short_link}), None)


def _bots(settings: Settings, seen: Iterable[SeenBoard]) -> tuple[frozenset[str], list[Problem]]:
    """Return the former accounts' ids; one that has left every board can be given by id."""
    members = [member for board in seen for member in board.members]
    ids: set[str] = set()
    warnings: list[Problem] = []
    for number, name in enumerate(settings.bots):
        found = member_named(name, members)
        if found is not None:
            ids.add(found.id)
        elif _is_id(name):
            ids.add(name)
        else:
            message = "no member of the configured boards is called so"
            hint = "if the account has left, write its id (24 hexadecimal digits)"
            warnings.append(settings.problem(f"bots[{number}]", message, hint))
    return frozenset(ids), warnings


def _is_id(name: str) -> bool:
    return len(name) == 24 and set(name) <= set("0123456789abcdef")


def _calendars(
    settings: Settings, today: date, warnings: list[Problem]
) -> Callable[[PersonSettings], Calendar]:
    """Return a memory of calendars; years without holidays are mentioned once, when near."""

    @cache
    def calendar(person: PersonSettings) -> Calendar:
        found, missing = calendar_for(person, settings, today)
        years = () if missing is None else missing.years
        near = [str(year) for year in years if date(year, 1, 1) - today <= HOLIDAY_NOTICE]
        if near:
            message = f"public holidays are not known for {', '.join(near)}; weekends are kept"
            warnings.append(settings.problem(_place(person, settings), message))
        return found

    return calendar


def _place(person: PersonSettings, settings: Settings) -> str:
    for number, assistant in enumerate(settings.people.assistants or ()):
        if assistant == person:
            return f"people.assistants[{number}].holidays"
    return "people.owner.holidays"


def _board(
    configured: BoardSettings,
    found: SeenBoard | None,
    world: tuple[Registry, Sequence[SeenBoard], frozenset[str]],
    findings: Findings,
) -> Board | None:
    registry, seen, served = world
    if found is None:
        message = "the bot's account sees no such board"
        findings.refuse(findings.path, message, "invite the bot's member to the board")
        return None
    if found.id in served or found.closed:
        message = "this board stands here twice" if found.id in served else "the board is closed"
        findings.refuse(findings.path, message)
        return None
    if not found.takes_comments:
        message = "comments are switched off on this board: nobody could be told of a brief"
        findings.refuse(findings.path, message, "let members comment, in the board's settings")
        return None
    _warn_about_readers(found, findings)
    _warn_about_membership(found, registry.me, findings)
    lists = list_roles(configured, found, findings)
    labels = label_roles(found, findings)
    card = portfolio(configured, found, seen, findings)
    head = owner(found, registry, findings)
    if head is None:
        return None
    helpers = assistants(found, head, registry, findings)
    if findings.refusals:
        return None
    return Board(
        id=found.id,
        name=found.name,
        short_link=found.short_link,
        lists=lists,
        labels=labels,
        label_names=label_names(found.labels),
        list_ids=frozenset(each.id for each in found.lists if not each.closed),
        member_ids=frozenset(each.id for each in found.active_members),
        owner=head,
        assistants=helpers,
        portfolio=card,
        offsets=_offsets(findings.settings),
    )


def _offsets(settings: Settings) -> tuple[str, ...]:
    configured = settings.check_ins
    return (*(f"{share}%" for share in configured.at), *map(offset_name, configured.before))


def _warn_about_readers(board: SeenBoard, findings: Findings) -> None:
    if board.is_public:
        message = f"ANYBODY ON THE INTERNET can read the board {board.name}, the briefs included"
        hint = "in Trello's menu of the board change its visibility, unless that is meant"
        findings.warn(findings.path, message, hint)


def _warn_about_membership(board: SeenBoard, me: str, findings: Findings) -> None:
    if me not in {member.id for member in board.active_members}:
        message = f"the bot's account is no member of the board {board.name}"
        findings.warn(findings.path, message, "invite it to the board")
    elif me in board.with_role("observer"):
        message = f"the bot's account may only read the board {board.name}"
        findings.warn(findings.path, message, "make it a normal member of the board")
