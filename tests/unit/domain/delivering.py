"""A card that Mel delivers, twenty minutes after hand-over unless told otherwise."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from bot.domain.changes import PostComment
from bot.domain.model import Action, Card, Person
from bot.domain.rules.delivery import delivery
from tests.builders import MEL, REVIEW, action, edit, logged, person
from tests.unit.domain.handed import after, comments, handed, moved, said

CARD = handed()
ZOE = person("zoe")
NOW = after(minutes=30)
IN = 20
"""Minutes after hand-over at which the card is delivered in most tests."""


def says(text: str, minutes: float = 10, who: Person = MEL) -> Action:
    """Return a comment, by default one of Mel's before she delivers."""
    return said(who, after(minutes=minutes), text)


def attaches(minutes: float = 10, who: Person = MEL) -> Action:
    """Return an attachment, by default one of Mel's before she delivers."""
    return action("addAttachmentToCard", who.member_id, after(minutes=minutes), attachment="a.pdf")


def entered(on: Card, who: Person = MEL, minutes: float = IN) -> Card:
    """Return the card once somebody has moved it into the review list."""
    return moved(on, who, REVIEW, after(minutes=minutes))


def completed(on: Card, who: Person = MEL, minutes: float = IN) -> Card:
    """Return the card once somebody has marked it complete."""
    done = edit(who.member_id, "dueComplete", after(minutes=minutes))
    return logged(replace(on, due_complete=True), done)


def reopened(on: Card, who: Person, minutes: float) -> Card:
    """Return the card once somebody has taken that mark off."""
    undone = edit(who.member_id, "dueComplete", after(minutes=minutes))
    return logged(replace(on, due_complete=False), undone)


def the_comment(on: Card, now: datetime = NOW, **parts: Any) -> PostComment:
    """Return the one comment that the rule wants to post."""
    (found,) = comments(delivery, on, now, **parts)
    return found


def asks_assistant(on: Card, now: datetime = NOW) -> bool:
    """Tell whether that comment asks Mel for the deliverable."""
    return the_comment(on, now).mentions == ("mel",)


def tells_owner(on: Card, now: datetime = NOW) -> bool:
    """Tell whether that comment tells Paul of the work."""
    return the_comment(on, now).mentions == ("paul",)
