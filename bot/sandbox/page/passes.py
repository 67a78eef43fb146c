"""What the page knows of a bot: that it makes passes, and in plain data what they did and why.

Whoever serves the page may hand in a ``Worker``; the sandbox itself knows none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from bot.sandbox.page.words import Language

Said: TypeAlias = Mapping[Language, str]
"""A sentence in each language of the page."""

Part: TypeAlias = Literal[
    "desc", "due", "start", "checklist", "item", "attachment", "member", "label", "comment",
    "reaction",
]  # fmt: skip
Mark: TypeAlias = tuple[Part, str]
"""Something on a card: what kind of thing, and its name, text or id where there are several."""


@dataclass(frozen=True, slots=True)
class Written:
    """One thing that the bot did to a card."""

    card: str
    """Id."""
    doing: Said
    reason: Said
    marks: tuple[Mark, ...] = ()
    """Where it can be seen."""


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """Why one of the bot's rules did nothing to a card."""

    card: str
    """Id."""
    rule: Said
    reason: Said
    until: datetime | None = None
    """Before which the rule says nothing, where time alone decides."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass."""

    at: datetime
    written: tuple[Written, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()
    next_look: datetime | None = None
    """When it may have something to say although nobody does anything."""
    problem: str = ""
    """What kept it from its work."""


class Worker(Protocol):
    """A bot that serves the sandbox's boards."""

    def look(self) -> Pass:
        """Make one pass at the sandbox's hour."""
        ...


@dataclass(frozen=True, slots=True)
class Round:
    """The passes between two looks at the page."""

    passes: tuple[Pass, ...]

    def written(self, card: str) -> Iterator[Written]:
        """Yield what was done to a card, oldest first."""
        for each in self.passes:
            yield from (written for written in each.written if written.card == card)

    def left_alone(self, card: str) -> Iterator[LeftAlone]:
        """Yield why the last pass did nothing more to a card."""
        yield from (each for each in self.passes[-1].left_alone if each.card == card)
