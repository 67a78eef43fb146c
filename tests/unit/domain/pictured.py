"""Boards of one portfolio and their picture, seen on Monday 7 December 2026, 09:00 in Paris."""

from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from bot.domain.answers import ANSWER_ITEMS, Answer
from bot.domain.model import Card
from bot.domain.picture import Awaited, Picture
from bot.domain.planner import plan
from bot.domain.portfolio import picture_of
from bot.domain.situation import Situation
from tests.builders import (
    CORE,
    LONG_AGO,
    MEL,
    PAUL,
    PORTFOLIO,
    REVIEW,
    card,
    logged,
    portfolio,
    situation,
    utc,
)
from tests.unit.domain.handed import after, bot_said, handed, log_of, moved, said

NOW = utc("2026-12-07 08:00")
FAR = utc("2027-01-29 14:00")
"""A due that troubles nobody for now."""
BLOCKED = ANSWER_ITEMS["fr"][Answer.BLOCKED]


def drawn(within: Situation, since: datetime = LONG_AGO, *, folio: str = PORTFOLIO) -> Picture:
    """Return the picture once all rules have had their say."""
    heard = plan(within).before[folio]
    return picture_of(heard.snapshot.cards[folio], heard, since)


def picture(*cards: Card, now: datetime = NOW, **parts: Any) -> Picture:
    return drawn(situation(portfolio(), *cards, now=now, **parts))


def awaited(found: Picture) -> list[tuple[Awaited, datetime]]:
    return [(each.awaited, each.since) for each in found.decisions]


def recent(key: str, **parts: Any) -> Card:
    """Return a card on which Mel has just been at work."""
    return logged(handed(key=key, **({"due": FAR} | parts)), said(MEL, NOW - timedelta(hours=1)))


def asked(on: Card, kind: Any, day: float) -> Card:
    return logged(on, bot_said(on, kind, after(day), to=PAUL))


def proposed(on: Card) -> Card:
    """Return the card after Paul took three days to answer, with the date proposed for it."""
    waited = logged(on, said(MEL, after(hours=1), "@paul lequel ?"))
    back = logged(waited, said(PAUL, after(3), "Le premier."))
    offer = bot_said(back, "proposal", after(3, minutes=1), to=PAUL, about=log_of(back)[-1].id)
    return logged(back, offer, said(MEL, NOW - timedelta(hours=1)))


INCOMPLETE = asked(card("blancs", ""), "ask", 0.5)
CORE_TASK = asked(card("cœur", labels=(CORE,)), "triage", 1)
QUESTION = logged(handed(key="question", due=FAR), said(MEL, after(1.5), "@paul lequel ?"))
DELIVERED = moved(handed(key="relire", due=FAR), MEL, REVIEW, after(2))
ORPHAN = replace(handed(key="personne", due=FAR), member_ids=())
PROPOSED = proposed(handed(key="date", due=FAR))
