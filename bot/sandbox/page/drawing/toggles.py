"""Labels and people that can be put on a card and taken off it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.page.drawing.faces import Face, Tag, face, tag
from bot.sandbox.page.drawing.marks import Marks
from bot.sandbox.page.scene import Scene
from bot.sandbox.rows import Card
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class TagToggle:
    """A label of the board."""

    id: str
    tag: Tag
    on: bool
    why: str
    """Why the bot has just put it on."""


@dataclass(frozen=True, slots=True)
class FaceToggle:
    """A member of the board."""

    id: str
    face: Face
    on: bool
    why: str


def tag_toggles(store: Store, scene: Scene, card: Card) -> Iterator[TagToggle]:
    """Yield the labels of a card's board."""
    marks = Marks(scene, card)
    for each in store.labels_of(store.boards[card.id_board]):
        on = each.id in card.id_labels
        yield TagToggle(each.id, tag(each), on, marks.why("label", each.name) if on else "")


def face_toggles(store: Store, scene: Scene, card: Card) -> Iterator[FaceToggle]:
    """Yield the people of a card's board, and who is on the card without being on the board."""
    marks = Marks(scene, card)
    here = [each.id_member for each in store.memberships_of(store.boards[card.id_board])]
    for each in dict.fromkeys([*here, *card.id_members]):
        shown, on = face(store, each), each in card.id_members
        yield FaceToggle(each, shown, on, marks.why("member", shown.username) if on else "")
