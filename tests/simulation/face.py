"""What people see of a board, without ids and minutes: to compare two boards."""

from collections import Counter

from bot.sandbox.rows import Card
from tests.simulation.office import QuietOffice
from tests.simulation.scenarios import cards_of


def board_face(office: QuietOffice) -> dict[str, dict[str, object]]:
    """Return the face of every card, by id."""
    return {each.id: card_face(office, each) for each in cards_of(office)}


def card_face(office: QuietOffice, card: Card) -> dict[str, object]:
    """Return what people see of a card; comments in any order, starts by their day."""
    comments = office.world.comments(card)
    return {
        "name": card.name,
        "desc": card.desc,
        "due": card.due,
        "start": (card.start or "")[:10],
        "list": office.app.store.lists[card.id_list].name,
        "labels": sorted(office.world.labels(card)),
        "members": sorted(office.world.members(card)),
        "checklists": office.checklists(card),
        "ticked": [each.name for each in office.world.items(card) if each.done],
        "attachments": [each.name for each in office.attachments(card)],
        "comments": Counter(each.data["text"] for each in comments),
        "reactions": Counter(
            (each.data["text"], one["emoji"]["shortName"])
            for each in comments
            for one in each.reactions
        ),
    }


def differences(
    is_: dict[str, dict[str, object]], should: dict[str, dict[str, object]]
) -> list[tuple[str, str]]:
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
