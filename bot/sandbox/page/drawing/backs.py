"""The back of a card as the page shows it."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.sandbox.attachments import attachments_of
from bot.sandbox.checklists import checklists_of, items_of
from bot.sandbox.page.drawing.activity import Entry, entries
from bot.sandbox.page.drawing.faces import Due, Face, Tag, due, face, tag
from bot.sandbox.page.drawing.markdown import rendered, web_link
from bot.sandbox.page.scene import Scene
from bot.sandbox.rows import Attachment, Card, Checklist
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist."""

    text: Markup
    done: bool


@dataclass(frozen=True, slots=True)
class ChecklistShown:
    """A checklist with its progress in percent."""

    name: str
    items: tuple[Item, ...]
    ticked: int
    percent: int


@dataclass(frozen=True, slots=True)
class AttachmentShown:
    """An attachment; ``url`` is empty where a page may not link."""

    name: str
    url: str
    host: str


@dataclass(frozen=True, slots=True)
class Back:
    """One card in full."""

    anchor: str
    name: str
    link: str
    board: str
    board_link: str
    list_name: str
    archived: bool
    tags: tuple[Tag, ...]
    faces: tuple[Face, ...]
    due: Due | None
    start: str | None
    desc: Markup | None
    checklists: tuple[ChecklistShown, ...]
    attachments: tuple[AttachmentShown, ...]
    entries: tuple[Entry, ...]


def back(store: Store, scene: Scene, card: Card) -> Back:
    """Return what the page shows of a card."""
    board = store.boards[card.id_board]
    names = usernames(store)
    return Back(
        anchor=f"c-{card.short_link}",
        name=card.name,
        link=scene.card_link(card.short_link),
        board=board.name,
        board_link=scene.board_link(board.short_link),
        list_name=store.lists[card.id_list].name,
        archived=card.closed,
        tags=tuple(tag(store.labels[each]) for each in card.id_labels),
        faces=tuple(face(store, each) for each in card.id_members),
        due=due(scene, card),
        start=scene.in_both_zones(card.start) if card.start else None,
        desc=rendered(card.desc, names) if card.desc else None,
        checklists=tuple(_checklist(store, each) for each in checklists_of(store, card)),
        attachments=tuple(_attachment(each) for each in attachments_of(store, card)),
        entries=tuple(entries(store, scene, card, names)),
    )


def usernames(store: Store) -> frozenset[str]:
    """Return all usernames, for setting mentions off."""
    return frozenset(each.username for each in store.members.values())


def _checklist(store: Store, checklist: Checklist) -> ChecklistShown:
    items = tuple(Item(rendered(each.name), each.done) for each in items_of(store, checklist))
    ticked = sum(each.done for each in items)
    percent = round(100 * ticked / len(items)) if items else 0
    return ChecklistShown(checklist.name, items, ticked, percent)


def _attachment(attachment: Attachment) -> AttachmentShown:
    if attachment.is_upload or not web_link(attachment.url):
        return AttachmentShown(attachment.name, "", "")
    return AttachmentShown(attachment.name, attachment.url, attachment.url.split("/")[2])
