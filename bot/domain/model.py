"""What the bot knows about boards, cards and people when it decides.

Every struct is frozen: a pass decides on one picture of the world.  What there are many of is
hidden from the garbage collector: trees of frozen values hold no cycles, and to walk through those
of a hundred thousand cards took half of a first pass.  What stands on cards is an array for
msgspec: at rest it is packed, and names of fields would be most of the bytes.
Instants are aware datetimes in UTC; local time exists only where a person reads it.
Ids are Trello's 24-hex ids.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final, Literal, Protocol, TypeAlias, TypedDict, Unpack, get_args

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.calendar import Calendar

Instant: TypeAlias = datetime
"""An aware datetime in UTC."""

Language: TypeAlias = Literal["fr", "en"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


class Person(Struct, frozen=True):
    """An owner or an assistant, as configured and found on the board."""

    member_id: str
    username: str
    full_name: str
    language: Language
    calendar: Calendar
    capacity: timedelta | None = None
    """Working time a day for this owner; ``None``: the day's working time."""
    skills: frozenset[str] | None = None
    """Names of brief kinds; ``None``: any kind."""
    channel: str | None = None
    """By what name notices outside Trello find them; ``None``: there are none for them."""


class Identity(Struct, frozen=True):
    """Whose hands the bot writes with (design decision 11)."""

    member_id: str
    accounts: frozenset[str]
    """Member ids whose comments may be the bot's: the token's own and configured former ones."""
    shared: bool
    """True when the token's member is also the owner or an assistant."""
    app_id: str | None = None
    """``appCreator.id`` of the bot's own writes, once learned."""


PLANNED = "planned"
"""The application of what the bot is about to do on a shared account that has not told its own."""


class ListRoles(Struct, frozen=True):
    """Ids of the lists that mean something."""

    question: frozenset[str] = frozenset()
    review: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()


class LabelRoles(Struct, frozen=True):
    """Ids of the labels that mean something; ``None``: the board has no such label."""

    delegate: str | None = None
    stalled: str | None = None
    hold: str | None = None
    important: str | None = None
    core: str | None = None


class Board(Struct, frozen=True):
    """A configured board with every name resolved to an id."""

    id: str
    name: str
    short_link: str
    lists: ListRoles
    labels: LabelRoles
    label_names: Mapping[str, str]
    """Label id to name, for kinds chosen by label."""
    list_ids: frozenset[str]
    """Open lists; a card elsewhere is out of sight."""
    member_ids: frozenset[str]
    """Members who are on the board now."""
    owner: Person
    assistants: tuple[Person, ...]
    """In the order of the configuration."""
    portfolio: str | None = None
    """Id of the card that carries digest, dashboard and questions about the plan limit."""
    offsets: tuple[str, ...] = ("50%", "1d")
    """Names of the configured check-ins, as their references bear them."""


class CheckItem(Struct, frozen=True, gc=False, array_like=True):
    """One line of a checklist."""

    id: str
    name: str
    done: bool = False


class Checklist(Struct, frozen=True, gc=False, array_like=True):
    """A checklist with its items in their order."""

    id: str
    name: str
    items: tuple[CheckItem, ...] = ()


class Attachment(Struct, frozen=True, gc=False, array_like=True):
    """A link or an uploaded file on a card."""

    id: str
    name: str
    url: str
    is_upload: bool = False


class Reaction(Struct, frozen=True, gc=False, array_like=True):
    """An emoji that somebody put on a comment."""

    member_id: str
    emoji: str
    """Trello's short name, such as ``thumbsup``."""


class Action(Struct, frozen=True, gc=False, array_like=True):
    """One entry of a card's log, as far as rules need it (facts.md, 6.4)."""

    id: str
    type: str
    """Trello's action type, such as ``commentCard``."""
    member_id: str
    at: Instant
    app_id: str | None = None
    text: str = ""
    """A comment's text as it now reads."""
    field: str | None = None
    """For ``updateCard``: the one key that changed, in Trello's name."""
    old: str | None = None
    """For ``updateCard``: the old value when it is text."""
    list_before: str | None = None
    """For ``updateCard``: the list that the card left."""
    list_after: str | None = None
    """And the one it came to."""
    item: str | None = None
    """For a tick: the check item's name."""
    item_done: bool = False
    checklist: str | None = None
    """For a tick or a checklist added or removed: the checklist's name."""
    attachment: str | None = None
    """For an attachment added or deleted: its name."""
    part_id: str | None = None
    """For a tick, or a checklist or attachment added or removed: the id of that part."""
    about: str | None = None
    """For a member added or removed: their id."""
    labels_on: frozenset[str] = frozenset()
    """For ``updateCard`` of ``idLabels``: ids of labels put on."""
    labels_off: frozenset[str] = frozenset()
    """And of labels taken off."""
    reactions: tuple[Reaction, ...] = ()


class Contents(Struct, frozen=True, gc=False, array_like=True):
    """What stands on a card: nearly all that it takes up."""

    desc: str = ""
    checklists: tuple[Checklist, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    log: tuple[Action, ...] | None = None
    """Oldest first; ``None``: not read, so nothing may be concluded from what is missing."""

    @property
    def has_log(self) -> bool:
        """Whether the log has been read to its end."""
        return self.log is not None

    def read(self) -> "Contents":
        """Return itself: it lies open."""
        return self


OUTLINE: Final = Contents()
"""Those of a card that matters to no rule: whatever stands on it is not kept."""


class Parts(TypedDict, total=False):
    """Contents that are to be others."""

    desc: str
    checklists: tuple[Checklist, ...]
    attachments: tuple[Attachment, ...]
    log: tuple[Action, ...] | None


class Stored(Protocol):
    """Where a card's contents are; equal to them, and to whatever holds the same."""

    @property
    def has_log(self) -> bool:
        """Whether the log has been read to its end."""
        ...

    def read(self) -> Contents:
        """Return the contents."""
        ...


class Card(Struct, frozen=True, gc=False):
    """A card as it stands, with its own log once that has been read to the end."""

    id: str
    board_id: str
    list_id: str
    name: str
    short_link: str
    last_activity: Instant
    created: Instant
    pos: float = 0.0
    closed: bool = False
    is_template: bool = False
    role: str | None = None
    """Trello's ``cardRole``: separator, board, mirror, link; ``None`` is ordinary work."""
    due: Instant | None = None
    due_complete: bool = False
    start: Instant | None = None
    label_ids: frozenset[str] = frozenset()
    member_ids: tuple[str, ...] = ()
    contents: Stored = OUTLINE

    @property
    def desc(self) -> str:
        """The description."""
        return self.contents.read().desc

    @property
    def checklists(self) -> tuple[Checklist, ...]:
        """The checklists in their order."""
        return self.contents.read().checklists

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The attachments."""
        return self.contents.read().attachments

    @property
    def log(self) -> tuple[Action, ...] | None:
        """The card's entries, oldest first; ``None``: not read."""
        return self.contents.read().log

    @property
    def url(self) -> str:
        """The card's address for people."""
        return f"https://trello.com/c/{self.short_link}"

    def having(self, **parts: Unpack[Parts]) -> "Card":
        """Return the card with other contents."""
        return replace(self, contents=replace(self.contents.read(), **parts))


class Unseen(Struct, frozen=True):
    """A configured board that could not be read."""

    board: str
    """As the configuration names it."""
    lasting: bool
    """True when only the operator can mend it; otherwise the next pass may see it."""


class Snapshot(Struct, frozen=True, dict=True):
    """One picture of all configured boards."""

    me: Identity
    boards: Mapping[str, Board]
    cards: Mapping[str, Card]
    remembered: frozenset[str] = frozenset()
    """References of comments that this installation knows it has posted."""
    troubled: frozenset[str] = frozenset()
    """Ids of cards on which reading or writing has failed again and again."""
    unseen: Mapping[str, tuple[Unseen, ...]] = {}
    """By id of a portfolio card: the boards that share it and are missing here."""

    @cached_property
    def portfolio_ids(self) -> frozenset[str]:
        """The portfolio cards of all boards: one may lie on a board that has another."""
        return frozenset(each.portfolio for each in self.boards.values() if each.portfolio)

    def board_of(self, card: Card) -> Board:
        """Return the board that ``card`` lies on."""
        return self.boards[card.board_id]
