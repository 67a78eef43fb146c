"""The back of a card as the page shows it."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.sandbox.attachments import attachments_of
from bot.sandbox.checklists import checklists_of, items_of
from bot.sandbox.page.drawing.activity import Entry, entries
from bot.sandbox.page.drawing.described import Described, described
from bot.sandbox.page.drawing.faces import Due, due
from bot.sandbox.page.drawing.markdown import rendered, web_link
from bot.sandbox.page.drawing.marks import Marks
from bot.sandbox.page.drawing.toggles import FaceToggle, TagToggle, face_toggles, tag_toggles
from bot.sandbox.page.drawing.told import Reason, reasons
from bot.sandbox.page.scene import Scene
from bot.sandbox.rows import Attachment, Card, Checklist
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist."""

    id: str
    name: str
    text: Markup
    done: bool
    why: str
    """Why the bot has just added or unticked it."""


@dataclass(frozen=True, slots=True)
class ChecklistShown:
    """A checklist with its progress in percent."""

    id: str
    name: str
    items: tuple[Item, ...]
    ticked: int
    percent: int
    why: str


@dataclass(frozen=True, slots=True)
class AttachmentShown:
    """An attachment; ``url`` is empty where a page may not link."""

    name: str
    url: str
    host: str
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """A list to move the card to."""

    id: str
    name: str
    here: bool


@dataclass(frozen=True, slots=True)
class Back:
    """One card in full."""

    ref: str
    """Its short link."""
    anchor: str
    name: str
    link: str
    board: str
    board_link: str
    list_name: str
    places: tuple[Place, ...]
    """The board's open lists."""
    archived: bool
    tags: tuple[TagToggle, ...]
    """All labels of the board."""
    faces: tuple[FaceToggle, ...]
    """Everybody on the board."""
    due: Due | None
    done: bool
    due_why: str
    start: str | None
    start_why: str
    desc: Described
    checklists: tuple[ChecklistShown, ...]
    attachments: tuple[AttachmentShown, ...]
    entries: tuple[Entry, ...]
    deeds: tuple[tuple[str, str, int], ...]
    """What the bot has just done here, why, and how often in a row."""
    reasons: tuple[Reason, ...]
    """Why it did nothing more."""


def back(store: Store, scene: Scene, card: Card) -> Back:
    """Return what the page shows of a card."""
    board, marks, names = store.boards[card.id_board], Marks(scene, card), usernames(store)
    return Back(
        ref=card.short_link,
        anchor=f"c-{card.short_link}",
        name=card.name,
        link=scene.card_link(card.short_link),
        board=board.name,
        board_link=scene.board_link(board.short_link),
        list_name=store.lists[card.id_list].name,
        places=tuple(
            Place(each.id, each.name, each.id == card.id_list)
            for each in store.lists_of(board)
            if not each.closed
        ),
        archived=card.closed,
        tags=tuple(tag_toggles(store, scene, card)),
        faces=tuple(face_toggles(store, scene, card)),
        due=due(scene, card),
        done=card.due_complete,
        due_why=marks.why("due"),
        start=scene.in_both_zones(card.start) if card.start else None,
        start_why=marks.why("start"),
        desc=described(store, scene, card, names),
        checklists=tuple(_checklist(store, marks, each) for each in checklists_of(store, card)),
        attachments=tuple(_attachment(marks, each) for each in attachments_of(store, card)),
        entries=tuple(entries(store, scene, card, names)),
        deeds=marks.deeds,
        reasons=tuple(reasons(scene, card.id)),
    )


def usernames(store: Store) -> frozenset[str]:
    """Return all usernames, for setting mentions off."""
    return frozenset(each.username for each in store.members.values())


def _checklist(store: Store, marks: Marks, checklist: Checklist) -> ChecklistShown:
    items = tuple(
        Item(each.id, each.name, rendered(each.name), each.done, marks.why("item", each.name))
        for each in items_of(store, checklist)
    )
    ticked = sum(each.done for each in items)
    percent = round(100 * ticked / len(items)) if items else 0
    why = marks.why("checklist", checklist.name)
    return ChecklistShown(checklist.id, checklist.name, items, ticked, percent, why)


def _attachment(marks: Marks, attachment: Attachment) -> AttachmentShown:
    why = marks.why("attachment", attachment.name)
    if attachment.is_upload or not web_link(attachment.url):
        return AttachmentShown(attachment.name, "", "", why)
    return AttachmentShown(attachment.name, attachment.url, attachment.url.split("/")[2], why)
