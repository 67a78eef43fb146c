"""What people see of a board: to compare one that was disturbed with one that was not.

A date that the bot derives depends on the work in front of a card, so on which cards were handed
over before it.  Where a pass was disturbed others may have been: then a card may count what an
undisturbed pass would have counted for another one, but nothing that had been handed over when its
brief was written may be missing.  All other parts, dates that people set among them, are compared
to the letter.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from bot.sandbox import Store, World
from bot.sandbox.app import Seen
from bot.sandbox.checklists import checklists_of, items_of
from bot.sandbox.rows import Card

_NEIGHBOURS = re.compile(r"\n- \*\*Ordre\s:\*\*.*")
"""Between which cards a card comes: others may have been handed over while it waited for a pass."""

_DERIVED = re.compile(r"(?m)^\*\*Pour\s:\*\*.*\n(?:\n\*.*\*\n)?\nCalcul\s:.*$")
"""A date in a brief, with how it was reckoned: workload, work in front, margin."""
_TOLD = re.compile(r"\n- \*\*Pour\s:\*\*.*")
"""The date in the comment that hands a card over."""
_LISTED = re.compile(r"(?m)^\d+\. (\[.*\]\(https://trello\.com/c/(\w+)\)\s: )[^,\n]*(.*)$")
"""A dashboard's line of what somebody has in hand, in the order of dates."""
_AT_RISK = re.compile(r"(?m)^- \[.*\]\(https://trello\.com/c/(\w+)\)\s: .*\sà prévoir .*\n")
"""A dashboard's line of a date that may not hold: of a derived one it depends on the order too."""

Face: TypeAlias = Mapping[str, object]


class Derived(Struct, frozen=True):
    """A date that the bot has derived, wherever it shows it."""

    told: tuple[str, ...]
    """The date and how it was reckoned, in the brief; what the hand-over tells; due."""
    described: str
    """When the brief was written, and with it the date was decided."""
    handed: str
    """When the assistant was told; empty: not yet."""


def faces(store: Store) -> dict[str, Face]:
    """Return all that people see of each card by its name, without ids and hours of its parts."""
    world = World(store=store)
    found = {each.short_link: _derived(world, each) for each in store.cards.values()}
    derived = frozenset(link for link, each in found.items() if each is not None)
    return {
        each.name: _face(world, each, derived) | {"derived": found[each.short_link]}
        for each in store.cards.values()
    }


def differences(wanted: Mapping[str, Face], found: Mapping[str, Face]) -> Iterator[str]:
    """Tell where two boards differ, one line for each part of a card."""
    if wanted.keys() != found.keys():
        yield f"cards: {sorted(found)} instead of {sorted(wanted)}"
    for name in wanted.keys() & found.keys():
        for part, value in wanted[name].items():
            if part != "derived" and found[name][part] != value:
                yield f"{name}, {part}: {found[name][part]!r} instead of {value!r}"
    yield from _wrongly_derived(_dates(wanted), _dates(found))


def _wrongly_derived(wanted: Mapping[str, Derived], found: Mapping[str, Derived]) -> Iterator[str]:
    """Tell which dates no undisturbed run would have derived with so many cards in front."""
    if wanted.keys() != found.keys():
        yield f"derived dates: on {sorted(found)} instead of {sorted(wanted)}"
    in_turn = sorted(wanted.values(), key=lambda each: each.described)
    in_front = {each.told: number for number, each in enumerate(in_turn)}
    for name, date in found.items():
        least = sum("" < other.handed < date.described for other in found.values())
        if date.told not in in_front:
            yield f"{name}, date: {date.told!r} is none of {sorted(in_front)!r}"
        elif in_front[date.told] < least:
            yield f"{name}, date: {date.told!r} leaves out one of {least} cards in front"


def _dates(board: Mapping[str, Face]) -> dict[str, Derived]:
    parts = ((name, face["derived"]) for name, face in board.items())
    return {name: each for name, each in parts if isinstance(each, Derived)}


def posted(requests: Iterable[Seen]) -> Counter[str]:
    """Return how many comments each card got, removed ones included."""
    posts = [each for each in requests if each.method == "POST" and each.status == 200]
    return Counter(each.path for each in posts if each.path.endswith("/actions/comments"))


def _derived(world: World, card: Card) -> Derived | None:
    brief = _DERIVED.search(card.desc)
    if brief is None:
        return None
    told = [(each, _TOLD.search(each.data["text"])) for each in world.comments(card)]
    dates = [(each.date, found[0]) for each, found in told if found]
    log = world.store.log(card.id)
    return Derived(
        told=(brief[0], *(date for _, date in dates), str(card.due)),
        described=max(each.date for each in log if "desc" in each.data.get("old", {})),
        handed=min((at for at, _ in dates), default=""),
    )


def _face(world: World, card: Card, derived: frozenset[str]) -> dict[str, Any]:
    store = world.store
    comments = world.comments(card)
    lists = checklists_of(store, card)
    texts = [_NEIGHBOURS.sub("", each.data["text"]) for each in comments]
    its_own = card.short_link in derived
    return {
        "desc": _without_dates(card.desc, derived),
        "due": None if its_own else card.due,
        # To the minute: it is when the brief was written, and a restart takes seconds.
        "start": card.start and card.start[:16],
        "list": store.lists[card.id_list].name,
        "labels": world.labels(card),
        "members": world.members(card),
        "checklists": [
            (each.name, [(item.name, item.done) for item in items_of(store, each)])
            for each in lists
        ],
        # An uploaded file has an address of its own each time.
        "attachments": [store.attachments[each].name for each in card.id_attachments],
        "comments": [_TOLD.sub("", each) if its_own else each for each in texts],
        "reactions": [len(each.reactions) for each in comments],
    }


def _without_dates(desc: str, derived: frozenset[str]) -> str:
    """Return a description without derived dates; what a dashboard lists by them comes sorted."""
    desc = _AT_RISK.sub(lambda line: "" if line[1] in derived else line[0], desc)
    listed = sorted(
        each[1] + each[3] if each[2] in derived else each[0].partition(" ")[2]
        for each in _LISTED.finditer(desc)
    )
    lines = iter(listed)
    return _LISTED.sub(lambda _: next(lines), _DERIVED.sub("", desc))
