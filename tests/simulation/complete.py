"""Whether a card is whole at the moment in which its assistant is told."""

import re
from collections.abc import Iterator
from datetime import timedelta

from bot.sandbox.checklists import checklists_of, items_of
from bot.sandbox.clock import instant, stamp
from bot.sandbox.rows import Action, Card
from tests.simulation.faults import SETTLE
from tests.simulation.office import QuietOffice
from tests.simulation.tokens import token, token_of
from tests.simulation.verdict import Problem

_STEP = re.compile(r"(?m)^\d+\. ")
_LINK = re.compile(r"(?m)^- (https?://\S+)$")
_ASSISTANT = re.compile(r"\*\*Assistant[\s\xa0]*:\*\*[\s\xa0]*(\S+)")
_ANSWERS = 4


def told_too_early(office: QuietOffice) -> Iterator[Problem]:
    """Judge the hand-over that was posted just now: brief, date, steps, answers, links, member."""
    newest = next(reversed(office.app.store.actions.values()))
    if newest.type != "commentCard" or newest.id_card not in office.app.store.cards:
        return
    card = office.app.store.cards[newest.id_card]
    told = next((m for m in card.id_members if _hands_over(newest, card, m)), None)
    if _hands_over_to_nobody(office, newest, card):
        yield Problem("order", f"{card.name}: told before being on the card")
    if told is not None and not _touched(office, card):
        for lack in _lacks(office, card, told):
            yield Problem("order", f"{card.name}: handed over without {lack}")


def _hands_over(comment: Action, card: Card, member_id: str) -> bool:
    return token_of(comment) == token(card.id, "hand-over", member_id)


def _hands_over_to_nobody(office: QuietOffice, comment: Action, card: Card) -> bool:
    """Tell whether somebody is told who was not on the card when the bot looked.

    Whom a person took off while the comment may have been under way, no reading could spare.
    """
    app, log = office.grant.id_app, office.app.store.log(card.id)
    sent = stamp(instant(comment.date) - timedelta(seconds=SETTLE))
    just_left = {
        each.data["idMember"]
        for each in log
        if each.type == "removeMemberFromCard" and each.id_app != app and each.date >= sent
    }
    others = office.app.store.members.keys() - set(card.id_members) - just_left
    return any(_hands_over(comment, card, each) for each in others)


def _touched(office: QuietOffice, card: Card) -> bool:
    """Tell whether a person changed the card since its brief was written, or it is a copy.

    What a brief's writing has crossed counts too: it may have been under way for so long.
    """
    app, log = office.grant.id_app, office.app.store.log(card.id)
    briefs = [
        each.date for each in log if each.id_app == app and "desc" in each.data.get("old", {})
    ]
    if not briefs or any(each.type == "copyCard" for each in log):
        return True
    sent = stamp(instant(briefs[0]) - timedelta(seconds=SETTLE))
    return any(each.id_app != app and each.date >= sent and _changes_parts(each) for each in log)


def _changes_parts(action: Action) -> bool:
    """Tell whether an act changes what the assistant is given; labels and comments do not."""
    parts = "Member", "Checklist", "CheckItem", "Attachment"
    text = {"desc", "due", "name"} & action.data.get("old", {}).keys()
    return bool(text) or any(part in action.type for part in parts)


def _lacks(office: QuietOffice, card: Card, member_id: str) -> Iterator[str]:
    store = office.app.store
    brief = card.desc.rpartition("\n---\n")[2]
    if token(card.id, "brief") not in brief:
        yield "a signed brief"
    if card.due is None:
        yield "a date"
    lists = [[item.name for item in items_of(store, each)] for each in checklists_of(store, card)]
    steps = len(_STEP.findall(brief))
    if steps and len(lists) > 1 and len(lists[0]) < steps:
        yield f"all of its {steps} steps"
    if not any(len(each) == _ANSWERS for each in lists):
        yield "the four answers"
    links = {each.url for each in office.attachments(card)}
    for link in _LINK.findall(brief):
        if link not in links:
            yield f"the link {link}"
    named = _ASSISTANT.search(brief)
    username = store.members[member_id].username
    if named is not None and named[1] != username:
        yield f"its assistant: the brief says {named[1]}, told was {username}"
