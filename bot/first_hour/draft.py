"""A new configuration: what was chosen, and the file that says so, with a comment on each key."""

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct

from bot.domain.model import Language
from bot.domain.words import fold
from bot.first_hour.proposals import LIST_ROLES, LabelRole, ListRole, open_lists
from bot.resolve import RECOGNISED_LISTS, SeenBoard
from bot.settings.document import REFERENCE
from bot.text.neutral import plain

OWNER_NOTIFY = "OWNER_NOTIFY"
"""The name in the environment that holds where the owner's notices go."""

_WIDTH = 96

Say: TypeAlias = Callable[[str], str]
"""A sentence of the catalogue, in the owner's language."""


class ChosenBoard(Struct, frozen=True):
    """A board, and the ids of its lists that mean something."""

    seen: SeenBoard
    lists: Mapping[ListRole, tuple[str, ...]]


class Assistant(Struct, frozen=True):
    """Somebody who does delegated work."""

    username: str
    name: str
    timezone: str


class Draft(Struct, frozen=True):
    """Everything that a new configuration says."""

    language: Language
    timezone: str
    boards: tuple[ChosenBoard, ...]
    labels: Mapping[LabelRole, str | None]
    owner: str
    assistants: tuple[Assistant, ...] = ()
    notices: bool = False
    """Whether the owner is also told elsewhere than on Trello."""


def as_yaml(draft: Draft, say: Say) -> str:
    """Return the configuration file; every name in it is quoted, whatever it holds."""
    parts = (
        _comment(say("yaml_head")),
        *_keyed("language", draft.language, say("yaml_language")),
        *_keyed("timezone", draft.timezone, say("yaml_timezone")),
        "",
        _comment(say("yaml_boards")),
        "boards:",
        *(line for board in draft.boards for line in _board(board, say)),
        "",
        _comment(say("yaml_labels")),
        "labels:",
        *_labels(draft, say),
        "",
        *_people(draft, say),
        _comment(say("yaml_more")),
    )
    return "\n".join(parts) + "\n"


def _board(board: ChosenBoard, say: Say) -> Iterator[str]:
    yield f"  # {plain(board.seen.name)}"
    yield f"  - board: https://trello.com/b/{board.seen.short_link}"
    yield "    lists:"
    for role in LIST_ROLES:
        names = tuple(_reference(each, board.seen) for each in board.lists.get(role, ()))
        yield _comment(say(f"yaml_list_{role}"), 6)
        # Without the key a list would be known by its name: what was taken off must stay off.
        is_off = not names and role in RECOGNISED_LISTS and _is_recognised(role, board.seen)
        yield f"      {role}: [{', '.join(names)}]" if names or is_off else f"      # {role}: []"
    yield _comment(say("yaml_portfolio"), 4)
    yield f"    # portfolio: {say('portfolio_name')}"


def _reference(list_id: str, board: SeenBoard) -> str:
    """Return a list's name, or its id where the name would mean another list, or no list."""
    name = next(each.name for each in board.lists if each.id == list_id)
    alike = [each for each in board.lists if fold(each.name) == fold(name) and not each.closed]
    names_it = len(alike) == 1 and not REFERENCE.search(name)
    return _quoted(name if names_it else list_id)


def _is_recognised(role: ListRole, board: SeenBoard) -> bool:
    known = {fold(each) for each in RECOGNISED_LISTS[role]}
    return any(fold(each.name) in known for each in open_lists(board))


def _labels(draft: Draft, say: Say) -> Iterator[str]:
    for role, name in draft.labels.items():
        yield _comment(say(f"label_{role}"), 2)
        yield f"  {role}: {_quoted(name)}" if name else f"  # {role}: delegate"


def _people(draft: Draft, say: Say) -> Iterator[str]:
    yield "people:"
    yield _comment(say("yaml_owner"), 2)
    yield "  owner:"
    yield f"    username: {_quoted(draft.owner)}"
    yield _comment(say("yaml_hours"), 4)
    yield f"    # hours: {say('yaml_usual_hours')}"
    yield f"    # holidays: {say('yaml_usual_holidays')}"
    yield _comment(say("yaml_notify"), 4)
    yield f"    {'' if draft.notices else '# '}notify: ${{{OWNER_NOTIFY}}}"
    yield _comment(say("yaml_assistants" if draft.assistants else "yaml_nobody"), 2)
    yield "  assistants:" if draft.assistants else "  # assistants: []"
    for each in draft.assistants:
        yield from _assistant(each)
    if draft.assistants:
        yield _comment(say("yaml_assistant_more"), 6)


def _assistant(assistant: Assistant) -> Iterator[str]:
    yield f"    # {plain(assistant.name)}"
    yield f"    - username: {_quoted(assistant.username)}"
    yield f"      timezone: {assistant.timezone}"


def _keyed(key: str, value: str, comment: str) -> Iterable[str]:
    return "", _comment(comment), f"{key}: {value}"


def _comment(text: str, indent: int = 0) -> str:
    before = " " * indent + "# "
    return textwrap.fill(text, _WIDTH, initial_indent=before, subsequent_indent=before)


def _quoted(name: str) -> str:
    """Quote a name for YAML, on one line as it is read back; what nobody sees is spelt out."""
    return f'"{"".join(map(_escaped, " ".join(name.split())))}"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"
