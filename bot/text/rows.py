"""One line of the digest or the dashboard for each card, as wide as a page allows."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple, TypeVar

from msgspec import Struct

from bot.domain.model import Card, Instant, Person
from bot.domain.picture import (
    AtRisk,
    Awaited,
    Decision,
    DeliveredCard,
    InHand,
    Load,
    Picture,
    Stopped,
)
from bot.text import times
from bot.text.briefs import typed
from bot.text.comments import Values, named
from bot.text.engine import Markdown
from bot.text.neutral import in_link
from bot.text.visible import plain, shortened

_Told = TypeVar("_Told")

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_READ = 1_000
"""Characters of a card's text that are looked at: it may have 16,384, and nearly all are cut."""


class Size(NamedTuple):
    """How much is shown: cards of a section and of an order of work, characters of a title."""

    decisions: int
    rows: int
    order: int
    title: int
    words: int


class Page(Struct, frozen=True):
    """Who reads, how much of it, and how dates are written."""

    reader: Person
    size: Size
    year: str
    """The one that goes without saying; empty: none does."""
    hours: bool = False

    def link(self, card: Card) -> Markdown:
        """Return a card's title, which leads to the card: a bare address would be unfolded."""
        title = shortened(plain(card.name[:_READ]), self.size.title)
        return Markdown(f"[{in_link(title) or card.short_link}]({card.url})")

    def day(self, at: Instant) -> Markdown:
        """Return ``ven. 4 déc.``, or ``ven. 4 déc. 2026``."""
        return Markdown(self._day_and_hour(at)[0])

    def due(self, at: Instant) -> Markdown:
        """Return the day of a due date, and its hour where hours are told."""
        day, hour = self._day_and_hour(at)
        return Markdown(f"{day}, {hour}" if self.hours else day)

    def _day_and_hour(self, at: Instant) -> tuple[str, str]:
        said = times.short_date(at, self.reader.calendar.zone, self.reader.language)
        day, _, hour = said.rpartition(", ")
        return (day.removesuffix(f" {self.year}") if self.year else day), hour


def section(
    told: Sequence[_Told], most: int, page: Page, row: Callable[[_Told, Page], Values]
) -> dict[str, object]:
    """Show the first ones; no "and 1 more", which would take the place of that one."""
    shown = len(told) if len(told) <= most + 1 else most
    rows = [row(each, page) for each in told[:shown]]
    return {"rows": rows, "more": len(told) - shown, "total": len(told)}


def title(card: Card, page: Page) -> Values:
    """Return a card by its title alone."""
    return {"card": page.link(card)}


def decision(each: Decision, page: Page) -> Values:
    """Return what a card needs its owner for, in a few words."""
    return {
        "card": page.link(each.card),
        "awaited": each.awaited.value,
        "since": page.day(each.since),
        "assistant": _name(each.assistant),
        "words": _words(each, page) if each.awaited is Awaited.ANSWER else "",
        "answer": each.answer.value if each.answer else None,
        "blanks": [field.value for field in each.blanks],
        "proposed": page.due(each.proposed) if each.proposed else None,
        "overdue": page.due(each.overdue) if each.overdue else None,
    }


def in_hand(each: InHand, page: Page) -> Values:
    """Return who has a card, until when, and how much is left to do."""
    return {
        "card": page.link(each.card),
        "assistant": _name(each.assistant),
        "due": page.due(each.due) if each.due else None,
        "left": time(each.remaining),
        "stopped": each.stopped,
    }


def at_risk(each: AtRisk, page: Page) -> Values:
    """Return why a card cannot be done in time, with the arithmetic."""
    return {
        "card": page.link(each.card),
        "assistant": _name(each.assistant),
        "due": page.due(each.due),
        "own": time(each.own),
        "in_front": time(each.in_front),
        "need": time(each.need),
        "given": time(each.given),
        "fits_first": each.fits_first,
        "stopped": each.stopped,
    }


def stopped(each: Stopped, page: Page) -> Values:
    """Return who has been offered help, and since when nothing has been noted."""
    since = page.day(each.since)
    return {"card": page.link(each.card), "assistant": _name(each.holder), "since": since}


def delivered(each: DeliveredCard, page: Page) -> Values:
    """Return who delivered a card, when, and what it took off the owner's hands."""
    return {
        "card": page.link(each.card),
        "assistant": _name(each.assistant),
        "day": page.day(each.at),
        "work": time(each.workload) if each.workload else None,
    }


def load(each: Load, page: Page) -> Values:
    """Return an assistant's cards in their order, with the hours and what does not fit."""
    return {
        "assistant": _name(each.assistant),
        "order": section(each.cards, page.size.order, page, in_hand),
        "left": time(each.remaining),
        "given": time(each.week),
        "elsewhere": time(each.elsewhere),
        "pressing": time(each.pressing) if each.pressing > each.week else None,
        "firsts": section(each.two_firsts, page.size.order, page, title),
    }


def instants(picture: Picture) -> Iterator[Instant]:
    """Yield every instant that a page may show."""
    yield from (each.since for each in picture.decisions)
    yield from (each.proposed for each in picture.decisions if each.proposed)
    yield from (each.overdue for each in picture.decisions if each.overdue)
    in_hand = (*picture.late, *picture.soon, *(one for each in picture.loads for one in each.cards))
    yield from (each.due for each in in_hand if each.due)
    yield from (each.due for each in picture.at_risk)
    yield from (each.since for each in picture.stopped)
    yield from (each.at for each in picture.delivered)


def time(amount: timedelta) -> Markdown | None:
    """Return working time as people write it; ``None``: there is none."""
    return Markdown(times.duration(amount)) if amount > timedelta() else None


def _name(person: Person | None) -> str | None:
    return named(person) if person else None


def _words(each: Decision, page: Page) -> str:
    """Return the assistant's words without the call to the reader in front."""
    said = plain(typed(each.words[:_READ]))
    call = re.compile(rf"@{re.escape(page.reader.username)}(?![\w-])[\s,:]*", re.IGNORECASE)
    called = call.match(said)
    said = said[called.end() :] if called else said
    asked = [each for each in _SENTENCE_END.split(said) if "?" in each]
    if len(said) > page.size.words and asked:
        # Of a long comment the question is what the reader must decide about.
        said = asked[-1]
    return shortened(said, page.size.words)
