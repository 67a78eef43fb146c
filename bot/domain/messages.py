"""What the bot has to say, as data: the text package turns it into French or English.

Every ``str`` from a card or a person stays what it was typed as; making it harmless is the
text package's work.
"""

from datetime import timedelta
from typing import Protocol, TypeAlias

from msgspec import Struct

from bot.domain.fields import Field
from bot.domain.follow_up import FollowUp
from bot.domain.model import Instant, Language, Person
from bot.domain.picture import Picture
from bot.domain.policy import Kind


class Missing(Struct, frozen=True):
    """A required field is blank."""

    field: Field


class Unreadable(Struct, frozen=True):
    """A field says something the bot cannot read."""

    field: Field
    quoted: str
    allowed: tuple[str, ...] = ()


class DueConflict(Struct, frozen=True):
    """A line says one date, the card's due date another."""

    line: Instant
    card: Instant


class NotOnBoard(Struct, frozen=True):
    """The assistant is not a member of the board."""

    username: str


class NobodyForKind(Struct, frozen=True):
    """No assistant has this kind among their skills."""

    kind: str


class TooLong(Struct, frozen=True):
    """Notes and brief together would pass Trello's limit."""

    limit: int
    """The limit alone: the length would change with each hour, and the question with it."""


class BrokenTemplate(Struct, frozen=True):
    """The kind's template cannot be used."""

    kind: str
    problem: str


Obstacle: TypeAlias = (
    Missing | Unreadable | DueConflict | NotOnBoard | NobodyForKind | TooLong | BrokenTemplate
)


class Ask(Struct, frozen=True):
    """Ask the owner for what keeps a card from being handed over."""

    owner: Person
    obstacles: tuple[Obstacle, ...]


class AskCore(Struct, frozen=True):
    """Ask the owner whether a task of the core business should leave their hands."""

    owner: Person
    label: str


class HandOver(Struct, frozen=True):
    """Tell the assistant that a card is theirs."""

    assistant: Person
    owner: Person
    due: Instant | None
    workload: timedelta | None
    before: str | None
    """Title of the card that comes just before this one in their order of work."""
    after: str | None
    """Title of the card that comes just after."""
    questions: tuple[str, ...] = ()


class AskLimit(Struct, frozen=True):
    """Ask the owner whether more cards than the limit may be touched at once."""

    owner: Person
    total: int
    limit: int
    listed: tuple[tuple[str, str], ...]
    """Short link and title of each card that the answer will cover."""


class Digest(Struct, frozen=True):
    """Sum up the portfolio for its owner, once a week."""

    reader: Person
    picture: Picture
    since: Instant
    """From when on deliveries are news."""
    now: Instant
    whole: bool = True
    """Whether the card's description tells what has no room here."""
    unreached: tuple[Person, ...] = ()
    """Whom notices outside Trello do not reach."""


class Dashboard(Struct, frozen=True):
    """Show the portfolio on its card, to whoever looks."""

    reader: Person
    picture: Picture
    now: Instant
    """Only its year is shown, or rather left out."""
    room: int
    """UTF-16 units that it may have at most."""


class Crossed(Struct, frozen=True):
    """Give back what an owner typed while the bot wrote, where the description has no room."""

    reader: Person
    lines: tuple[str, ...]


Message: TypeAlias = Ask | AskCore | HandOver | AskLimit | FollowUp | Digest | Crossed


def reader_of(message: Message) -> Person:
    """Return the one person whom a message addresses and mentions."""
    match message:
        case Ask(owner=owner) | AskCore(owner=owner) | AskLimit(owner=owner):
            return owner
        case HandOver(assistant=assistant):
            return assistant
        case _:
            return message.reader


class Derivation(Struct, frozen=True):
    """How a deadline came about."""

    finish: Instant
    """When the work would be met, before rounding to the end of that day."""
    due: Instant
    workload: timedelta
    in_front: timedelta
    cards_in_front: int
    capacity: timedelta | None
    need: timedelta
    """Workload and work in front, with the margin."""


class BriefStep(Struct, frozen=True):
    """One step as the brief shows it."""

    text: str
    time: timedelta | None
    own_words: bool
    """True when a person typed it on the card; False when it comes from the kind's file."""


class BriefAttachment(Struct, frozen=True):
    """One attachment as the brief lists it."""

    name: str
    url: str | None


class Brief(Struct, frozen=True):
    """Everything a brief says."""

    kind: Kind
    language: Language
    title: str
    objective: str
    objective_own_words: bool
    steps: tuple[BriefStep, ...]
    workload: timedelta
    due: Instant
    derivation: Derivation | None
    """``None`` when a person set the date."""
    priority: int | None
    assistant: Person
    owner: Person
    attachments: tuple[BriefAttachment, ...]
    ref: str


class UnwritableError(Exception):
    """A text cannot be made; the message says why in one line."""


class NoRoomError(UnwritableError):
    """A text is too long even in its shortest form."""


class Texts(Protocol):
    """Turns data into words; handed to the planner."""

    def message(self, message: Message, ref: str) -> str:
        """Return a comment, signed. Raises :class:`UnwritableError`."""
        ...

    def brief(self, brief: Brief) -> str:
        """Return the brief, signed. Raises :class:`UnwritableError`."""
        ...

    def dashboard(self, dashboard: Dashboard, ref: str) -> str:
        """Return the picture for the portfolio card, signed. Raises :class:`UnwritableError`."""
        ...
