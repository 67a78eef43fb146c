"""People by hand: what somebody at the real service's page would do, without HTTP.

Everything goes through the same transitions as the API, so the log looks the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.sandbox import (
    attachments,
    boards,
    card_sets,
    cards,
    checklists,
    comments,
    copying,
)
from bot.sandbox.attachments import Upload
from bot.sandbox.clock import stamp
from bot.sandbox.emoji import emoji
from bot.sandbox.rows import (
    Action,
    Attachment,
    Author,
    Board,
    BoardList,
    Card,
    CheckItem,
    Checklist,
    Label,
    Member,
)
from bot.sandbox.store import Store


@dataclass(frozen=True)
class Person:
    """A member at work. Lists, labels and check items may be given by name or as they are."""

    store: Store
    member: Member

    @property
    def id(self) -> str:
        """The member's id."""
        return self.member.id

    @property
    def by(self) -> Author:
        """Who the log names."""
        return Author(self.member.id)

    # Boards

    def add_board(self, name: str, lists: Iterable[str] = (), labels: Iterable[str] = ()) -> Board:
        """Make a board with lists from left to right and labels in the usual colours."""
        with self.store.lock:
            board = boards.create(self.store, self.by, name)
            boards.furnish(self.store, self.by, board, list(lists))
            for place, each in enumerate(labels):
                color = boards.ALL_COLORS[place % len(boards.ALL_COLORS)]
                boards.add_label(self.store, self.by, board, each, color)
            return board

    def add_list(self, board: Board, name: str) -> BoardList:
        """Add a list at the right end."""
        with self.store.lock:
            return boards.add_list(self.store, self.by, board, name, "bottom")

    def add_label(self, board: Board, name: str, color: str | None = None) -> Label:
        """Add a label to a board."""
        with self.store.lock:
            return boards.add_label(self.store, self.by, board, name, color)

    def archive_list(self, list_: BoardList, *, closed: bool = True) -> None:
        """Archive a list, or bring it back."""
        with self.store.lock:
            boards.change_list(self.store, self.by, list_, "closed", closed)

    # Cards

    def add_card(  # noqa: PLR0913 - the parts of a card, all by name
        self,
        list_: BoardList,
        name: str,
        *,
        desc: str = "",
        labels: Iterable[str | Label] = (),
        members: Iterable["Person"] = (),
        due: datetime | None = None,
    ) -> Card:
        """Add a card at the bottom of a list."""
        with self.store.lock:
            board = self.store.boards[list_.id_board]
            draft = cards.Draft(
                name=name,
                desc=desc,
                due=stamp(due) if due else None,
                id_labels=tuple(label_of(self.store, board, each).id for each in labels),
                id_members=tuple(each.id for each in members),
            )
            return cards.create(self.store, self.by, list_, draft)

    def copy_card(self, card: Card, list_: BoardList | None = None, name: str = "") -> Card:
        """Copy a card with all it has, by default into its own list."""
        with self.store.lock:
            target = list_ or self.store.lists[card.id_list]
            draft = cards.Draft(name=name)
            return copying.copy_card(self.store, self.by, card, (target, draft))

    def rename(self, card: Card, name: str) -> None:
        """Change a card's name."""
        self._change(card, "name", name)

    def describe(self, card: Card, desc: str) -> None:
        """Change a card's description."""
        self._change(card, "desc", desc)

    def set_due(self, card: Card, due: datetime | None) -> None:
        """Change or clear a card's due date."""
        self._change(card, "due", stamp(due) if due else None)

    def set_start(self, card: Card, start: datetime | None) -> None:
        """Change or clear a card's start date."""
        self._change(card, "start", stamp(start) if start else None)

    def complete(self, card: Card, *, done: bool = True) -> None:
        """Mark a card's due date complete, or take it back."""
        self._change(card, "dueComplete", done)

    def archive(self, card: Card, *, closed: bool = True) -> None:
        """Archive a card, or bring it back."""
        self._change(card, "closed", closed)

    def _change(self, card: Card, field: cards.Field, value: object) -> None:
        with self.store.lock:
            cards.change(self.store, self.by, card, field, value)

    def move(self, card: Card, list_: BoardList, pos: object = None) -> None:
        """Move a card to a list, on this or another board."""
        with self.store.lock:
            if list_.id_board == card.id_board:
                cards.move(self.store, self.by, card, list_, pos)
            else:
                cards.move_to_board(self.store, self.by, card, list_)

    def delete(self, card: Card) -> None:
        """Delete a card for good."""
        with self.store.lock:
            cards.delete(self.store, self.by, card)

    # Labels and members on cards

    def label(self, card: Card, label: str | Label) -> None:
        """Put a label on a card."""
        with self.store.lock:
            found = label_of(self.store, self.store.boards[card.id_board], label)
            card_sets.add_label(self.store, self.by, card, found.id)

    def unlabel(self, card: Card, label: str | Label) -> None:
        """Take a label off a card."""
        with self.store.lock:
            found = label_of(self.store, self.store.boards[card.id_board], label)
            card_sets.remove_label(self.store, self.by, card, found.id)

    def join(self, card: Card) -> None:
        """Put oneself on a card."""
        self.assign(card, self)

    def assign(self, card: Card, who: "Person") -> None:
        """Put somebody on a card."""
        with self.store.lock:
            card_sets.add_member(self.store, self.by, card, who.id)

    def unassign(self, card: Card, who: "Person") -> None:
        """Take somebody off a card."""
        with self.store.lock:
            card_sets.remove_member(self.store, self.by, card, who.id)

    # Comments

    def comment(self, card: Card, text: str) -> Action:
        """Post a comment."""
        with self.store.lock:
            return comments.add(self.store, self.by, card, text)

    def edit_comment(self, comment: Action, text: str) -> Action:
        """Replace the text of one's own comment."""
        with self.store.lock:
            return comments.edit(self.store, self.by, comment, text)

    def delete_comment(self, comment: Action) -> None:
        """Delete one's own comment, or as an admin anybody's."""
        with self.store.lock:
            comments.delete(self.store, self.by, comment)

    def react(self, comment: Action, short_name: str = "thumbsup") -> None:
        """Put an emoji on a comment."""
        with self.store.lock:
            comments.react(self.store, self.by, comment, emoji(short_name=short_name))

    # Checklists and attachments

    def add_checklist(self, card: Card, name: str, items: Iterable[str] = ()) -> Checklist:
        """Add a checklist with items, all or none."""
        names = checklists.checked_items([*items])
        with self.store.lock:
            checklist = checklists.add(self.store, self.by, card, name)
            for each in names:
                draft = CheckItem("", checklist.id, each, 0.0)
                checklists.add_item(self.store, self.by, checklist, draft)
            return checklist

    def tick(self, card: Card, item: str | CheckItem, *, done: bool = True) -> None:
        """Tick the item of that name on a card, or untick it."""
        with self.store.lock:
            checklists.tick(self.store, self.by, item_on(self.store, card, item), done=done)

    def untick(self, card: Card, item: str | CheckItem) -> None:
        """Untick the item of that name on a card."""
        self.tick(card, item, done=False)

    def remove_checklist(self, checklist: Checklist) -> None:
        """Delete a checklist."""
        with self.store.lock:
            checklists.remove(self.store, self.by, checklist)

    def attach(self, card: Card, url: str, name: str = "") -> Attachment:
        """Attach a link."""
        with self.store.lock:
            return attachments.attach_link(self.store, self.by, card, url, name)

    def upload(self, card: Card, file_name: str, content: bytes) -> Attachment:
        """Attach a file."""
        with self.store.lock:
            return attachments.attach_file(self.store, self.by, card, Upload(file_name, content))

    def detach(self, attachment: Attachment) -> None:
        """Delete an attachment."""
        with self.store.lock:
            attachments.remove(self.store, self.by, attachment)

    def through(self, id_app: str) -> "Person":
        """Return the same person, working through an application."""
        return PersonThrough(self.store, self.member, id_app)


@dataclass(frozen=True)
class PersonThrough(Person):
    """A member whose acts bear an application's id as ``appCreator``."""

    id_app: str = ""

    @property
    def by(self) -> Author:
        """Who the log names."""
        return replace(super().by, id_app=self.id_app)


def label_of(store: Store, board: Board, label: str | Label) -> Label:
    """Return a board's label by its name; ``LookupError`` if there is none."""
    if isinstance(label, Label):
        return label
    for each in store.labels_of(board):
        if each.name == label:
            return each
    message = f"no label {label!r} on {board.name!r}"
    raise LookupError(message)


def item_on(store: Store, card: Card, item: str | CheckItem) -> CheckItem:
    """Return a card's check item by its name; ``LookupError`` if there is none."""
    if isinstance(item, CheckItem):
        return item
    for checklist in checklists.checklists_of(store, card):
        for each in checklists.items_of(store, checklist):
            if each.name == item:
                return each
    message = f"no check item {item!r} on {card.name!r}"
    raise LookupError(message)
