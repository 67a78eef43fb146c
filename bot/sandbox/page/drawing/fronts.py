"""A board as the page shows it: lists of card fronts."""

from dataclasses import dataclass

from bot.sandbox.page.drawing.faces import Due, Face, Tag, due, face, tag
from bot.sandbox.page.drawing.marks import Marks
from bot.sandbox.page.scene import Scene
from bot.sandbox.rows import Board, BoardList, Card
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Front:
    """One card on the board."""

    ref: str
    """Its short link."""
    name: str
    link: str
    tags: tuple[Tag, ...]
    faces: tuple[Face, ...]
    due: Due | None
    described: bool
    comments: int
    attachments: int
    ticked: int
    items: int
    why: str
    """Why the bot has just written here; empty: it has not."""


@dataclass(frozen=True, slots=True)
class Column:
    """One open list."""

    id: str
    name: str
    fronts: tuple[Front, ...]


@dataclass(frozen=True, slots=True)
class BoardShown:
    """One board."""

    name: str
    desc: str
    link: str
    columns: tuple[Column, ...]
    faces: tuple[Face, ...]
    cards: int
    closed: bool


def board_shown(store: Store, scene: Scene, board: Board) -> BoardShown:
    """Return what the page shows of a board: open lists with their open cards."""
    columns = tuple(
        _column(store, scene, each) for each in store.lists_of(board) if not each.closed
    )
    return BoardShown(
        name=board.name,
        desc=board.desc,
        link=scene.board_link(board.short_link),
        columns=columns,
        faces=tuple(face(store, each.id_member) for each in store.memberships_of(board)),
        cards=sum(len(each.fronts) for each in columns),
        closed=board.closed,
    )


def _column(store: Store, scene: Scene, list_: BoardList) -> Column:
    cards = [each for each in store.cards_in(list_) if not each.closed]
    return Column(list_.id, list_.name, tuple(_front(store, scene, each) for each in cards))


def _front(store: Store, scene: Scene, card: Card) -> Front:
    items = [
        store.check_items[item]
        for checklist in card.id_checklists
        for item in store.checklists[checklist].id_items
    ]
    return Front(
        ref=card.short_link,
        name=card.name,
        link=scene.card_link(card.short_link),
        tags=tuple(tag(store.labels[each]) for each in card.id_labels),
        faces=tuple(face(store, each) for each in card.id_members),
        due=due(scene, card),
        described=bool(card.desc),
        comments=card.comments,
        attachments=len(card.id_attachments),
        ticked=sum(each.done for each in items),
        items=len(items),
        why=Marks(scene, card).headline,
    )
