"""What people see of a board, without ids and minutes: to compare two boards."""

import re
from collections import Counter
from typing import Any, TypeAlias

from bot.sandbox.rows import Action, Card
from tests.simulation.dashboards import in_hand
from tests.simulation.office import QuietOffice
from tests.simulation.scenarios import cards_of
from tests.simulation.tokens import token_of

Face: TypeAlias = dict[str, dict[str, Any]]
"""What people see of each card, part by part."""
_RULE = re.compile(r"(?m)^---$")


def board_face(office: QuietOffice) -> Face:
    """Return the face of every card, by id."""
    return {each.id: card_face(office, each) for each in cards_of(office)}


def card_face(office: QuietOffice, card: Card) -> dict[str, Any]:
    """Return what people see of a card; comments in any order, starts by their day."""
    comments = office.world.comments(card)
    folio = card.name == office.words.portfolio
    # What a brief says of one of several cards depends on which of them was ready first.
    choice = len(office.settings["people"]["assistants"]) > 1
    alone = len([each for each in cards_of(office) if each.name != office.words.portfolio]) == 1
    return {
        "name": card.name,
        "desc": card.desc if alone else _typed(card.desc),
        "dashboard": in_hand(card.desc) if folio else None,
        "due": card.due if alone else card.due is not None,
        "start": (card.start or "")[:10],
        "list": office.app.store.lists[card.id_list].name,
        "labels": sorted(office.world.labels(card)),
        "members": _people(office, card, known=alone or not choice),
        "checklists": office.checklists(card),
        "ticked": [each.name for each in office.world.items(card) if each.done],
        "attachments": [each.name for each in office.attachments(card)],
        "comments": Counter(_named(each) if alone or not choice else "one" for each in comments),
        "reactions": Counter(
            (_named(each), one["emoji"]["shortName"]) for each in comments for one in each.reactions
        ),
    }


def _people(office: QuietOffice, card: Card, *, known: bool) -> object:
    """Return who is on a card; only how many where several might have been chosen."""
    members = sorted(office.world.members(card))
    return members if known else len(members)


def _typed(desc: str) -> str:
    """Return what people typed above the bot's part, which tells of its own hour."""
    typed = _RULE.split(desc, maxsplit=1)[0]
    return typed + (" + signed" if "delegate-bot · ref" in desc else "")


def _named(comment: Action) -> str:
    """Return a comment's reference, which says what it is; a text tells of its own hour."""
    return f"ref {token_of(comment)}" if token_of(comment) else str(comment.data["text"])


def without_doubles(face: Face) -> Face:
    """Return a face as if everything that stands twice stood once."""
    return {card: parts | _once(parts) for card, parts in face.items()}


def _once(parts: dict[str, Any]) -> dict[str, Any]:
    """Return what may be doubled; of checklists of one name the items go together."""
    items: dict[str, set[str]] = {}
    for name, each in parts["checklists"]:
        items.setdefault(name, set()).update(each)
    return {
        "comments": Counter(set(parts["comments"])),
        "checklists": sorted((name, sorted(each)) for name, each in items.items()),
        "attachments": sorted(set(parts["attachments"])),
    }


def differences(is_: Face, should: Face) -> list[tuple[str, str]]:
    """Return in what two boards differ: kind of part, and a line about it."""
    found = []
    for card_id in is_.keys() | should.keys():
        one, other = is_.get(card_id), should.get(card_id)
        if one is None or other is None:
            found.append(("card", f"card {card_id} is {'missing' if one is None else 'new'}"))
            continue
        found += [
            (part, f"{one['name']}: {part}: {_told(one[part], other[part])}")
            for part in other
            if one[part] != other[part]
        ]
    return sorted(found)


def _told(is_: object, should: object) -> str:
    if isinstance(is_, Counter) and isinstance(should, Counter):
        return f"too many {dict(is_ - should)!r:.300}, missing {dict(should - is_)!r:.300}"
    return f"is {is_!r:.300}, should be {should!r:.300}"
