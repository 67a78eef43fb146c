"""A world to test and show in: a store, its clock, and people to act in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from bot.sandbox import boards, log
from bot.sandbox.checklists import checklists_of, items_of
from bot.sandbox.clock import VirtualClock, stamp
from bot.sandbox.people import Person
from bot.sandbox.rows import (
    Action,
    Application,
    Author,
    Board,
    BoardList,
    Card,
    CheckItem,
    Label,
    Member,
    Role,
    Token,
)
from bot.sandbox.store import Store

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""A Monday morning in November."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a client needs to work as a member through an application."""

    key: str
    token: str
    id_app: str
    secret: str
    """What the application's webhooks are signed with."""


class World:
    """A store with people in it, on a virtual clock unless a store of one's own is handed in."""

    def __init__(
        self, start: datetime = START, seed: int = 0, *, store: Store | None = None
    ) -> None:
        self.store = store or Store(VirtualClock(start), seed)

    @property
    def clock(self) -> VirtualClock:
        """The store's clock; ``TypeError`` if it cannot be moved."""
        if not isinstance(self.store.clock, VirtualClock):
            message = "this world runs on a clock that cannot be moved"
            raise TypeError(message)
        return self.store.clock

    def advance(self, by: timedelta) -> datetime:
        """Move the virtual clock forward and return the new instant."""
        return self.clock.advance(by)

    # People

    def add_person(self, username: str, full_name: str = "") -> Person:
        """Add a member; the full name defaults to the username."""
        with self.store.lock:
            name = full_name or username.capitalize()
            initials = "".join(each[0] for each in name.split()[:2]).upper()
            member = Member(self.store.new_id(), username.lower(), name, initials)
            self.store.members[member.id] = member
            return Person(self.store, member)

    def person(self, username: str) -> Person:
        """Return a member by username, added if new."""
        found = self.store.member_named(username)
        return Person(self.store, found) if found else self.add_person(username)

    def invite(self, board: Board, who: Person, role: Role = "normal") -> None:
        """Put somebody on a board."""
        with self.store.lock:
            by = Author(board.id_member_creator)
            boards.add_member(self.store, by, board, who.member, role)

    def grant(
        self,
        who: Person,
        app: str = "delegate-bot",
        scopes: Iterable[str] = ("read", "write"),
        lasts: timedelta | None = None,
    ) -> Grant:
        """Give an application a token for a member; the same names give the same secrets."""
        with self.store.lock:
            application = self._application(app)
            secret = "ATTA" + sha256(f"{app}|{who.id}|{sorted(scopes)}".encode()).hexdigest()
            now, known = self.store.clock(), self.store.tokens.get(secret)
            self.store.tokens[secret] = Token(
                id=known.id if known else self.store.new_id(),
                secret=secret,
                id_member=who.id,
                key=application.key,
                scopes=list(scopes),
                created=stamp(now),
                expires=stamp(now + lasts) if lasts else None,
                identifier=app,
            )
            return Grant(application.key, secret, application.id, application.secret)

    def _application(self, name: str) -> Application:
        key = sha256(name.encode()).hexdigest()[:32]
        if key not in self.store.applications:
            self.store.applications[key] = Application(self.store.new_id(), key, name)
        found = self.store.applications[key]
        found.secret = found.secret or sha256(f"{name}|secret".encode()).hexdigest()
        return found

    # Looking

    def list_named(self, board: Board, name: str) -> BoardList:
        """Return a board's list by name; ``LookupError`` if there is none."""
        for each in self.store.lists_of(board):
            if each.name == name:
                return each
        message = f"no list {name!r} on {board.name!r}"
        raise LookupError(message)

    def card_named(self, board: Board, name: str) -> Card:
        """Return a board's card by name; ``LookupError`` if there is none."""
        for each in self.store.cards_of(board):
            if each.name == name:
                return each
        message = f"no card {name!r} on {board.name!r}"
        raise LookupError(message)

    def comments(self, card: Card) -> list[Action]:
        """Return a card's comments, oldest first."""
        return [each for each in self.store.log(card.id) if each.type in log.COMMENTS]

    def texts(self, card: Card) -> list[str]:
        """Return the texts of a card's comments, oldest first."""
        return [each.data["text"] for each in self.comments(card)]

    def labels(self, card: Card) -> list[str]:
        """Return the names of a card's labels."""
        found: list[Label] = [self.store.labels[each] for each in card.id_labels]
        return [each.name for each in found]

    def members(self, card: Card) -> list[str]:
        """Return the usernames of a card's members."""
        return [self.store.members[each].username for each in card.id_members]

    def items(self, card: Card) -> list[CheckItem]:
        """Return all check items of a card in the order people see."""
        found = checklists_of(self.store, card)
        return [item for each in found for item in items_of(self.store, each)]
