"""The state of the emulated service: tables, look-ups, and time that never repeats.

No HTTP here and no clock of its own; the transitions are in the modules beside it. Whoever reads
or changes the store holds its lock.
"""

from datetime import datetime
from threading import RLock
from typing import Protocol, TypeVar

from bot.sandbox import errors, rows
from bot.sandbox.clock import MILLISECOND, Clock, Stamp, stamp
from bot.sandbox.ids import Ids

Row = TypeVar("Row")


class Courier(Protocol):
    """Delivers webhooks."""

    def status_at(self, url: str) -> int:
        """Return what an address answers to HEAD, as registering a webhook asks it."""
        ...

    def announce(self, action: rows.Action) -> None:
        """Post an action to every webhook on a model that it concerns."""
        ...


class Store:
    """Everything the emulated service knows."""

    courier: Courier | None = None
    """Without one webhooks are kept and shown, and nobody is called."""
    client = ""
    """What the client that is being served calls itself, for webhooks to repeat."""

    def __init__(self, clock: Clock, seed: int = 0) -> None:
        self.clock = clock
        self.ids = Ids(seed)
        self.lock = RLock()
        self.members: dict[str, rows.Member] = {}
        self.applications: dict[str, rows.Application] = {}
        self.tokens: dict[str, rows.Token] = {}
        self.memberships: dict[str, rows.Membership] = {}
        self.boards: dict[str, rows.Board] = {}
        self.lists: dict[str, rows.BoardList] = {}
        self.labels: dict[str, rows.Label] = {}
        self.cards: dict[str, rows.Card] = {}
        self.checklists: dict[str, rows.Checklist] = {}
        self.check_items: dict[str, rows.CheckItem] = {}
        self.attachments: dict[str, rows.Attachment] = {}
        self.actions: dict[str, rows.Action] = {}
        self.webhooks: dict[str, rows.Webhook] = {}
        self.uploads: dict[str, bytes] = {}
        """Bytes of uploaded files, by attachment id."""
        self.last: datetime | None = None
        """The newest instant given out by :meth:`moment`."""
        self._by_short_link: dict[str, str] = {}
        self._logs: dict[str, list[rows.Action]] = {}

    # Time and ids

    def moment(self) -> datetime:
        """Return an instant that no earlier call returned: now, or a millisecond later."""
        now = self.clock()
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        if self.last is not None and now <= self.last:
            now = self.last + MILLISECOND
        self.last = now
        return now

    def stamp(self) -> Stamp:
        """Return :meth:`moment` as text."""
        return stamp(self.moment())

    def new_id(self) -> str:
        """Return a fresh id for something created now."""
        return self.ids.new(self.clock())

    def new_short_link(self) -> str:
        """Return a short link that nothing else bears."""
        link = self.ids.short_link()
        while link in self._by_short_link:
            link = self.ids.short_link()
        return link

    # Putting in and taking out

    def put_board(self, board: rows.Board) -> rows.Board:
        """Keep a new board."""
        self.boards[board.id] = board
        self._by_short_link[board.short_link] = board.id
        return board

    def put_card(self, card: rows.Card) -> rows.Card:
        """Keep a new card."""
        self.cards[card.id] = card
        self._by_short_link[card.short_link] = card.id
        return card

    def drop_card(self, card: rows.Card) -> None:
        """Forget a card and its log; the board's log stays."""
        del self.cards[card.id]
        del self._by_short_link[card.short_link]
        self._logs.pop(card.id, None)

    def put_action(self, action: rows.Action) -> rows.Action:
        """Keep a new action and file it under its board and card."""
        self.actions[action.id] = action
        for owner in (action.id_board, action.id_card):
            if owner is not None:
                self._logs.setdefault(owner, []).append(action)
        if self.courier is not None:
            self.courier.announce(action)
        return action

    def drop_action(self, action: rows.Action) -> None:
        """Forget an action; a card that was deleted has no log any more."""
        del self.actions[action.id]
        for owner in (action.id_board, action.id_card):
            if owner is not None and owner in self._logs:
                self._logs[owner].remove(action)

    def log(self, owner: str) -> list[rows.Action]:
        """Return the actions of a board or card in the order they were kept."""
        return self._logs.get(owner, [])

    # Look-ups that answer like the service

    def board(self, ref: str) -> rows.Board:
        """Return a board by id or short link; refuses with 404."""
        return _found(self.boards.get(self._by_short_link.get(ref, ref)))

    def card(self, ref: str) -> rows.Card:
        """Return a card by id or short link; refuses with 404."""
        return _found(self.cards.get(self._by_short_link.get(ref, ref)))

    def list_(self, ref: str) -> rows.BoardList:
        """Return a list by id; refuses with 404 and a text of its own."""
        found = self.lists.get(ref)
        if found is None:
            raise errors.list_not_found()
        return found

    def label(self, ref: str) -> rows.Label:
        """Return a label by id; refuses with 404."""
        return _found(self.labels.get(ref))

    def checklist(self, ref: str) -> rows.Checklist:
        """Return a checklist by id; refuses with 404."""
        return _found(self.checklists.get(ref))

    def action(self, ref: str) -> rows.Action:
        """Return an action by id, hidden ones too; refuses with 404."""
        return _found(self.actions.get(ref))

    def member(self, ref: str) -> rows.Member:
        """Return a member by id or username; refuses with 404 and a text of its own."""
        found = self.members.get(ref) or self.member_named(ref)
        if found is None:
            raise errors.list_not_found()
        return found

    def member_named(self, username: str) -> rows.Member | None:
        """Return the member with that username, if any."""
        name = username.lower()
        return next((each for each in self.members.values() if each.username == name), None)

    # What belongs to what

    def lists_of(self, board: rows.Board) -> list[rows.BoardList]:
        """Return a board's lists from left to right, archived ones too."""
        mine = [each for each in self.lists.values() if each.id_board == board.id]
        return sorted(mine, key=lambda each: (each.pos, each.id))

    def labels_of(self, board: rows.Board) -> list[rows.Label]:
        """Return a board's labels."""
        return [each for each in self.labels.values() if each.id_board == board.id]

    def cards_of(self, board: rows.Board) -> list[rows.Card]:
        """Return all of a board's cards by list and position; ties by id."""
        place = {each.id: each.pos for each in self.lists_of(board)}
        mine = [each for each in self.cards.values() if each.id_board == board.id]
        return sorted(mine, key=lambda each: (place[each.id_list], each.id_list, each.pos, each.id))

    def open_cards(self, board: rows.Board) -> int:
        """Count a board's open cards, those in archived lists too."""
        mine = (each for each in self.cards.values() if each.id_board == board.id)
        return sum(not each.closed for each in mine)

    def cards_in(self, list_: rows.BoardList) -> list[rows.Card]:
        """Return all of a list's cards by position; ties by id."""
        mine = [each for each in self.cards.values() if each.id_list == list_.id]
        return sorted(mine, key=lambda each: (each.pos, each.id))

    def memberships_of(self, board: rows.Board) -> list[rows.Membership]:
        """Return a board's memberships in the order people joined."""
        return [each for each in self.memberships.values() if each.id_board == board.id]

    def role_of(self, id_member: str, board: rows.Board) -> rows.Role | None:
        """Return a member's role on a board; ``None``: not a member of it."""
        for each in self.memberships.values():
            if each.id_member == id_member and each.id_board == board.id:
                return each.role
        return None


def _found(row: Row | None) -> Row:
    if row is None:
        raise errors.not_found()
    return row
