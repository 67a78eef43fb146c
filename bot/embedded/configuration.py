"""A configuration file for a sandbox's boards, as an owner writes one."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.sandbox import Store
from bot.sandbox.rows import Board
from bot.sandbox.samples import SampleText, Somebody

_HOURS = "mon-fri 08:00-12:00 13:00-17:00"
FIRST_CAPACITY, SECOND_CAPACITY = "4h", "3h"


def configuration(store: Store, boards: Sequence[Board], text: SampleText, state: Path) -> str:
    """Return a configuration for boards that name things as a sample does.

    What has a default is left out.  The sample's people are named where they are.
    """
    known = all(store.member_named(each.username) for each in (text.owner, text.first, text.second))
    return "\n".join(
        [
            f"language: {text.language}",
            f"timezone: {text.owner.zone}",
            "boards:",
            *(line for each in boards for line in _board(store, each, text)),
            "labels:",
            *(f"  {key}: {_quoted(text.labels[key])}" for key in ("hold", "core", "stalled")),
            *(_people(text) if known else _owner_of(store, boards)),
            f"state: {_quoted(str(state))}",
            "writes: {settle: 1s}",
            "",
        ]
    )


def _board(store: Store, board: Board, text: SampleText) -> Iterator[str]:
    yield f"  - board: {board.short_link}"
    ideas = text.lists["ideas"]
    if any(each.name == ideas for each in store.lists_of(board)):
        yield f"    lists: {{ignored: [{_quoted(ideas)}]}}"


def _people(text: SampleText) -> Iterator[str]:
    owner = text.owner
    yield "people:"
    yield f"  owner: {{username: {owner.username}, holidays: {owner.holidays}}}"
    yield "  assistants:"
    yield from _assistant(text.first, FIRST_CAPACITY)
    yield from _assistant(text.second, SECOND_CAPACITY)


def _assistant(who: Somebody, capacity: str) -> Iterator[str]:
    yield f"    - username: {who.username}"
    yield f"      timezone: {who.zone}"
    yield f"      hours: {_HOURS}"
    yield f"      holidays: {who.holidays}"
    yield f"      capacity: {capacity}"


def _owner_of(store: Store, boards: Sequence[Board]) -> Iterator[str]:
    """Yield the owner of an imported board: its first admin, however many there are."""
    places = [each for board in boards for each in store.memberships_of(board)]
    for each in places:
        if each.role == "admin":
            name = store.members[each.id_member].username
            yield f"people: {{owner: {{username: {_quoted(name)}}}}}"
            return


def _quoted(text: str) -> str:
    """Return a YAML string; JSON's are."""
    return json.dumps(text, ensure_ascii=False)
