"""What people see of a board: to compare one that was disturbed with one that was not."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from bot.sandbox import Store, World
from bot.sandbox.app import Seen
from bot.sandbox.checklists import checklists_of, items_of
from bot.sandbox.rows import Card

_NEIGHBOURS = re.compile(r"\n- \*\*Ordre\s:\*\*.*")
"""Between which cards a card comes: others may have been handed over while it waited for a pass."""

Face: TypeAlias = Mapping[str, object]


def faces(store: Store) -> dict[str, Face]:
    """Return all that people see of each card by its name, without ids and hours of its parts."""
    world = World(store=store)
    return {each.name: _face(world, each) for each in store.cards.values()}


def differences(wanted: Mapping[str, Face], found: Mapping[str, Face]) -> Iterator[str]:
    """Tell where two boards differ, one line for each part of a card."""
    if wanted.keys() != found.keys():
        yield f"cards: {sorted(found)} instead of {sorted(wanted)}"
    for name in wanted.keys() & found.keys():
        for part, value in wanted[name].items():
            if found[name][part] != value:
                yield f"{name}, {part}: {found[name][part]!r} instead of {value!r}"


def posted(requests: Iterable[Seen]) -> Counter[str]:
    """Return how many comments each card got, removed ones included."""
    posts = [each for each in requests if each.method == "POST" and each.status == 200]
    return Counter(each.path for each in posts if each.path.endswith("/actions/comments"))


def _face(world: World, card: Card) -> Face:
    store = world.store
    comments = world.comments(card)
    lists = checklists_of(store, card)
    return {
        "desc": card.desc,
        "due": card.due,
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
        "comments": [_NEIGHBOURS.sub("", each.data["text"]) for each in comments],
        "reactions": [len(each.reactions) for each in comments],
    }
