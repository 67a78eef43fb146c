"""Small things that fronts and backs share: people, labels, due dates."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias
from zlib import crc32

from bot.sandbox.clock import instant
from bot.sandbox.page.scene import Scene
from bot.sandbox.rows import Card, Label, Member
from bot.sandbox.store import Store

Urgency: TypeAlias = Literal["done", "late", "soon", "calm"]
HUES = 12


@dataclass(frozen=True, slots=True)
class Face:
    """A member's initials in a colour of their own."""

    name: str
    username: str
    initials: str
    hue: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A label: its name and the class that colours it."""

    name: str
    color: str


@dataclass(frozen=True, slots=True)
class Due:
    """A due date as the page shows it."""

    short: str
    full: str
    typed: str
    """As a form's field holds it."""
    urgency: Urgency


def face(store: Store, id_member: str) -> Face:
    """Return a member's face, also of somebody who is unknown here."""
    member = store.members.get(id_member) or Member(id_member, "?", "?", "?")
    hue = crc32(member.username.encode()) % HUES
    return Face(member.full_name, member.username, member.initials, hue)


def tag(label: Label) -> Tag:
    """Return a label's tag."""
    return Tag(label.name, (label.color or "none").replace("_", "-"))


def due(scene: Scene, card: Card) -> Due | None:
    """Return a card's due date, if it has one."""
    if card.due is None:
        return None
    at = card.due
    urgency = _urgency(scene, card, at)
    return Due(scene.day(at), scene.in_both_zones(at), scene.typed(at), urgency)


def _urgency(scene: Scene, card: Card, at: str) -> Urgency:
    if card.due_complete:
        return "done"
    left = instant(at) - scene.now
    if left < timedelta(0):
        return "late"
    return "soon" if left < timedelta(days=1) else "calm"
