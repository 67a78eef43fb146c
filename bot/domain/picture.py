"""The portfolio at a glance, as data: what waits, what is late or at risk, who does what.

One picture is what the weekly digest says and what the portfolio card shows.  It holds instants and
amounts, never ages, so that it only changes when the boards do.
"""

from datetime import timedelta
from enum import Enum

from msgspec import Struct

from bot.domain.answers import Answer
from bot.domain.fields import Field
from bot.domain.model import Card, Instant, Person


class Awaited(Enum):
    """What a card needs the owner for."""

    BLANKS = "blanks"
    """Something is missing in the brief."""
    CORE = "core"
    """May this task of the core business leave their hands?"""
    ANSWER = "answer"
    """The assistant waits for a word."""
    REVIEW = "review"
    """The work is there to look at."""
    NOBODY = "nobody"
    """Nobody has the card any more."""
    DATE = "date"
    """A later date is proposed."""
    SILENCE = "silence"
    """The assistant has not answered for some time."""


class Decision(Struct, frozen=True):
    """A card that waits for its owner."""

    card: Card
    awaited: Awaited
    since: Instant
    assistant: Person | None = None
    words: str = ""
    """The assistant's own, where they asked in words."""
    proposed: Instant | None = None
    """The date that waits for a ``/go``."""
    overdue: Instant | None = None
    """Its due, if that has passed."""
    answer: Answer | None = None
    """What the assistant ticked or wrote in one word."""
    blanks: tuple[Field, ...] = ()
    """What is missing in the brief, or cannot be read."""


class InHand(Struct, frozen=True):
    """A card that an assistant is at work on."""

    card: Card
    assistant: Person
    due: Instant | None
    remaining: timedelta
    stopped: bool = False
    """True when help was offered in vain."""


class AtRisk(Struct, frozen=True):
    """A card that cannot be done in time, with the arithmetic."""

    card: Card
    assistant: Person
    due: Instant
    own: timedelta
    """Its remaining workload."""
    in_front: timedelta
    """That of the cards in front of it."""
    need: timedelta
    """Both, with the margin."""
    given: timedelta
    """The assistant's time until due."""
    fits_first: bool = False
    """True when it fits in the order of the digest, though others were promised before it."""
    stopped: bool = False
    """True when help was offered in vain."""


class Stopped(Struct, frozen=True):
    """A card on which work has stopped: help was offered and nobody has acted since."""

    card: Card
    holder: Person
    since: Instant


class DeliveredCard(Struct, frozen=True):
    """A card that was delivered or done since the last digest."""

    card: Card
    assistant: Person | None
    at: Instant
    workload: timedelta | None


class Load(Struct, frozen=True):
    """What one assistant has in hand, in the order in which to do it."""

    assistant: Person
    cards: tuple[InHand, ...]
    week: timedelta
    """Their time in the next five working days."""
    pressing: timedelta = timedelta()
    """The work that is due by then on all boards, with the margin."""
    elsewhere: timedelta = timedelta()
    """What is left to do on boards of another portfolio."""
    two_firsts: tuple[Card, ...] = ()
    """Cards that all claim to come first."""

    @property
    def remaining(self) -> timedelta:
        """The work that is left."""
        return sum((each.remaining for each in self.cards), timedelta())


class Quiet(Struct, frozen=True):
    """On how many cards the bot keeps quiet."""

    held: int
    paused: int
    ignored: int


class Picture(Struct, frozen=True):
    """Everything about the boards that share one portfolio card."""

    decisions: tuple[Decision, ...]
    """Oldest first."""
    late: tuple[InHand, ...]
    at_risk: tuple[AtRisk, ...]
    stopped: tuple[Stopped, ...]
    soon: tuple[InHand, ...]
    """Due within the owner's next five working days."""
    delivered: tuple[DeliveredCard, ...]
    loads: tuple[Load, ...]
    unlabelled: tuple[Card, ...]
    """Open cards with a brief that bear the delegation label no more."""
    quiet: Quiet
    held_back: int
    """Cards on which a rule waits for the owner's ``/go`` on this portfolio card."""
    freed: timedelta
    """Workload of what was delivered."""
    preparing: int = 0
    """Delegated cards that are in nobody's hands yet and wait for no decision."""
    troubled: tuple[Card, ...] = ()
    """Cards on which Trello refuses again and again what the bot asks."""
    unseen: tuple[str, ...] = ()
    """Boards, as configured, that belong to it and could not be read."""
