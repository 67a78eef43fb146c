"""What Trello answered about a board, as far as names need it."""

from collections.abc import Iterable
from typing import Protocol

from msgspec import Struct


class SeenList(Struct, frozen=True, gc=False):
    """A list, open or archived."""

    id: str
    name: str
    closed: bool = False


class SeenLabel(Struct, frozen=True, gc=False):
    """A label of a board; many have no name."""

    id: str
    name: str


class SeenMember(Struct, frozen=True, gc=False):
    """A person on a board."""

    id: str
    username: str
    full_name: str = ""


class SeenMembership(Struct, frozen=True, gc=False):
    """What a person may do on a board."""

    member_id: str
    type: str = "normal"
    """Trello's ``memberType``: admin, normal, observer, ghost."""
    deactivated: bool = False


class SeenCard(Struct, frozen=True, gc=False):
    """A visible card that might be a portfolio."""

    id: str
    name: str
    short_link: str


class Weighed(Protocol):
    """Enough of a card, as Trello answered or as kept, to tell whether its contents matter."""

    @property
    def id(self) -> str: ...
    @property
    def short_link(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def desc(self) -> str: ...
    @property
    def label_ids(self) -> Iterable[str]: ...


class SeenBoard(Struct, frozen=True, gc=False):
    """A board that the token's member sees."""

    id: str
    name: str
    short_link: str
    closed: bool = False
    lists: tuple[SeenList, ...] = ()
    labels: tuple[SeenLabel, ...] = ()
    members: tuple[SeenMember, ...] = ()
    memberships: tuple[SeenMembership, ...] = ()
    cards: tuple[SeenCard, ...] = ()
    """Visible cards."""
    takes_comments: bool = True
    """False where its administrators have switched comments off."""
    is_public: bool = False
    """Whether anybody on the internet can read it."""
    odd: tuple[str, ...] = ()
    """Ids of cards that could not be read: the bot leaves them alone and says so."""

    @property
    def active_members(self) -> tuple[SeenMember, ...]:
        """Members whose account or membership is not switched off."""
        away = {each.member_id for each in self.memberships if each.deactivated}
        return tuple(each for each in self.members if each.id not in away)

    def with_role(self, role: str) -> frozenset[str]:
        """Return the ids of members with this ``memberType``."""
        return frozenset(each.member_id for each in self.memberships if each.type == role)
