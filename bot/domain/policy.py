"""What the owner has settled: the kinds of task, and how the bot is to follow them up.

Frozen like all that a pass decides on; times of day are the owner's, spans are working time.
"""

from collections.abc import Mapping
from datetime import time, timedelta

from msgspec import Struct

from bot.domain.calendar import Duration, WorkingDays
from bot.domain.model import Language
from bot.domain.words import fold


class Step(Struct, frozen=True):
    """One step of a kind's method."""

    do: str
    time: timedelta | None = None


class KindText(Struct, frozen=True):
    """What a kind of task says in one language; Markdown by the owner's own hand."""

    title: str
    objective: str | None = None
    why: str | None = None
    result: str | None = None
    method: tuple[Step, ...] = ()
    resources: tuple[str, ...] = ()
    sample: str | None = None
    tools: tuple[str, ...] = ()
    deliver: str | None = None
    decide: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    """Asked in the hand-over comment besides the usual ones."""


class Kind(Struct, frozen=True):
    """A kind of task: one file of ``templates/briefs``."""

    name: str
    keywords: tuple[str, ...]
    texts: Mapping[Language, KindText]
    workload: timedelta | None = None
    """Working time; taken from the steps' times when the file states none."""
    attachments_required: bool = False
    files: tuple[str, ...] = ()
    """Names of files in the kind's folder, uploaded to each card."""
    links: tuple[str, ...] = ()
    """URLs attached to each card."""
    title_is_objective: bool = False
    """The generic kind takes the card's title as its objective."""
    working_document: bool = False
    stall_after: Duration | None = None

    def text(self, language: Language) -> KindText:
        """Return the text in ``language``, or in the one language the file has."""
        return self.texts.get(language) or next(iter(self.texts.values()))


class CheckInPolicy(Struct, frozen=True):
    """When the bot asks how a task is going."""

    at: tuple[int, ...] = (50,)
    """Percent of the working time between hand-over and due: important or long cards only."""
    before: tuple[Duration, ...] = (WorkingDays(1),)
    """Before due: every card."""
    long_from: timedelta = timedelta(hours=4)
    """A card of this workload or more is long."""
    quiet_if_active: Duration = WorkingDays(1)
    """No mid-course check-in when the assistant has acted within this time."""
    max_unanswered: int = 2
    """After so many in a row the assistant is not asked again."""


class Policy(Struct, frozen=True):
    """The settings that rules need."""

    kinds: Mapping[str, Kind]
    default_kind: str = "generic"
    broken_kinds: Mapping[str, str] = {}
    """Kinds whose file cannot be used, with the reason in one line."""
    max_cards: int = 20
    stall_after: Duration = WorkingDays(2)
    """Without an act of the one who has the ball for this long, work has stopped."""
    check_ins: CheckInPolicy = CheckInPolicy()
    digest_day: int = 0
    """Weekday of the digest, 0 for Monday."""
    digest_time: time = time(9)
    """Its hour in the owner's zone."""

    def names_of(self, kind: str) -> frozenset[str]:
        """Return by what a kind is called, folded: its file's name and its titles."""
        known = self.kinds.get(kind)
        titles = [text.title for text in known.texts.values()] if known else []
        return frozenset(fold(each) for each in (kind, *titles))

    def kind_named(self, typed: str) -> str | None:
        """Return the kind that a person means; of two that read alike the first by name."""
        names = sorted({*self.kinds, *self.broken_kinds})
        return next((name for name in names if fold(typed) in self.names_of(name)), None)
