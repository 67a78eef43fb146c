"""What the bot has to say about a card in somebody's hands, as data.

Each is addressed to one person, its reader, and answers one occurrence; the text package turns it
into French or English.
"""

from datetime import timedelta
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from bot.domain.answers import Answer
from bot.domain.changes import Reason
from bot.domain.model import Instant, Person


class Question(Enum):
    """What a check-in asks, chosen by what the card shows."""

    METHOD = "method"
    """No step is ticked yet: is the method clear?"""
    OBSTACLE = "obstacle"
    """Fewer steps are done than the time used would give: what is in the way?"""
    PROGRESS = "progress"
    """All seems well: how is it going?"""
    DELIVERY = "delivery"
    """Delivery is near: does anything stand against it?"""


class CheckIn(Struct, frozen=True):
    """Ask the assistant how the task is going, before it is due."""

    reader: Person
    owner: Person
    due: Instant
    question: Question
    done: int
    """Ticked steps."""
    steps: int
    """All steps; 0 on a card without."""
    asks_document: bool = False
    """True to ask for the link to a working document, once a card."""


class Late(Struct, frozen=True):
    """Ask the assistant for a new date: due has passed."""

    reader: Person
    owner: Person
    due: Instant
    has_review: bool = True
    """Whether the board has a list for delivered work."""


class LateUnanswered(Struct, frozen=True):
    """Tell the owner that the assistant has not answered since due has passed."""

    reader: Person
    assistant: Person
    due: Instant
    asked: Instant
    """When the assistant was asked."""


class Stalled(Struct, frozen=True):
    """Offer help to the assistant: nothing has moved for some time."""

    reader: Person
    owner: Person
    since: Instant
    """Their newest act, or when they got the ball."""
    can_tick: bool = True
    """Whether the answers on the card can be ticked: one that is ticked already cannot."""


class Awaited(Enum):
    """Why a card waits for its owner."""

    ANSWER = "answer"
    """The assistant asked, or the card lies in a question list."""
    REVIEW = "review"
    """The card lies in a review list."""
    ASSISTANT = "assistant"
    """Nobody has it any more."""


class OwnerAwaited(Struct, frozen=True):
    """Ask the owner for what the card waits for."""

    reader: Person
    assistant: Person | None
    since: Instant
    awaited: Awaited


class Passed(Struct, frozen=True):
    """Tell the owner, in the assistant's own words, that the card waits for them."""

    reader: Person
    assistant: Person
    answer: Answer | None
    """``None``: a question in free words."""
    quoted: str
    """What the assistant typed; empty for a tick."""


class NothingDelivered(Struct, frozen=True):
    """Ask the assistant for the deliverable: the card says delivered and holds nothing."""

    reader: Person
    owner: Person
    completed: bool = False
    """True when they marked the card complete; False: it lies in a review list."""


class Delivered(Struct, frozen=True):
    """Tell the owner that the work is there to look at."""

    reader: Person
    assistant: Person
    links: int
    """Links and files that the assistant has added since hand-over."""
    completed: bool
    """True when the assistant marked the card complete; False: it lies in a review list."""
    has_done: bool = True
    """Whether the board has a list for finished work."""


class DescriptionChanged(Struct, frozen=True):
    """Lines that are new in the description, and lines that are gone."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


class DueChanged(Struct, frozen=True):
    """Another date; ``None``: no date."""

    before: Instant | None
    now: Instant | None


class AttachmentsChanged(Struct, frozen=True):
    """Names of attachments that are new, and of those that are gone."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


Difference: TypeAlias = DescriptionChanged | DueChanged | AttachmentsChanged


class Changed(Struct, frozen=True):
    """Tell the assistant what has changed since hand-over, and ask about their estimate."""

    reader: Person
    differences: tuple[Difference, ...]


class Proposal(Struct, frozen=True):
    """Propose a later date to the owner: the card has waited for them."""

    reader: Person
    assistant: Person
    pause: timedelta
    """The assistant's working time that went by meanwhile."""
    since: Instant
    until: Instant
    due: Instant
    proposed: Instant


class WhyLine(Struct, frozen=True):
    """One rule's verdict: what it saw, and when it would next speak."""

    rule: str
    reason: Reason
    until: Instant | None = None


class Why(Struct, frozen=True):
    """Answer ``/why``: who has the ball, since when, and what every rule thinks."""

    reader: Person
    holder: Person
    since: Instant
    evidence: Reason
    """Why that person has the ball."""
    lines: tuple[WhyLine, ...]


class Help(Struct, frozen=True):
    """Answer ``/help``: the commands there are."""

    reader: Person
    for_owner: bool


class Mistyped(Struct, frozen=True):
    """Answer a command that is none: an example of the one that was probably meant."""

    reader: Person
    typed: str
    meant: str
    """Name of the nearest command, in English, such as ``snooze``; ``help`` when none is near."""


FollowUp: TypeAlias = (
    CheckIn
    | Late
    | LateUnanswered
    | Stalled
    | OwnerAwaited
    | Passed
    | NothingDelivered
    | Delivered
    | Changed
    | Proposal
    | Why
    | Help
    | Mistyped
)
