"""What a pass did to a card, in the few facts that a reader wants."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

from bot.cycle import Report
from bot.domain.changes import PostComment, React, SetDates, SetDescription
from bot.domain.model import Card, Instant, Snapshot
from bot.domain.people import assistant_named
from bot.domain.written import written_brief
from bot.executor import Effect

Event: TypeAlias = Literal["handed", "copied", "told", "asked"]


class Facts(Struct, frozen=True):
    """The brief of a card in one line's worth."""

    kind: str
    workload: timedelta
    steps: int
    due: Instant
    zone: str
    """The assistant's."""


class Outcome(Struct, frozen=True):
    """What became of one card."""

    card: Card
    """As it was before, but for its description."""
    event: Event
    to: str
    """Username of the person told or asked."""
    comment: str
    facts: Facts | None = None
    go_seen: bool = False


def outcomes(report: Report) -> Iterator[Outcome]:
    """Yield what became of each card that the pass wrote a comment on."""
    snapshot = report.reading.snapshot
    applied = [each for each in report.effects if each.outcome == "applied"]
    for card_id, effects in groupby(applied, key=lambda each: each.planned.card_id):
        found = _outcome(snapshot.cards[card_id], list(effects), snapshot)
        if found is not None:
            yield found


def _outcome(card: Card, effects: Sequence[Effect], snapshot: Snapshot) -> Outcome | None:
    changes = [each.planned.change for each in effects]
    described = next((each for each in changes if isinstance(each, SetDescription)), None)
    dated = next((each.due for each in changes if isinstance(each, SetDates)), None)
    comment = next((each for each in changes if isinstance(each, PostComment)), None)
    if comment is None:
        return None
    why = next(each.planned.reason.code for each in effects if each.planned.change == comment)
    due = dated or (described.due if described else None) or card.due
    if described:
        card = msgspec.structs.replace(card, desc=described.text)
    event: Event = "handed" if described else "copied" if dated else "told"
    to = comment.mentions[0]
    return Outcome(
        card,
        event if why == "hand_over" else "asked",
        to,
        comment.text,
        _facts(card, due, to, snapshot),
        go_seen=any(isinstance(each, React) for each in changes),
    )


def _facts(card: Card, due: Instant | None, to: str, snapshot: Snapshot) -> Facts | None:
    brief = written_brief(card)
    assistant = assistant_named(to, snapshot.board_of(card))
    if brief is None or assistant is None or due is None:
        return None
    workload = brief.workload(timedelta(hours=24))
    if workload is None:
        return None
    return Facts(brief.kind, workload, len(brief.steps), due, assistant.calendar.zone)


def left_alone(report: Report) -> Iterator[tuple[Card, str]]:
    """Yield delegated cards that are not to be touched, each with the reason's name."""
    for skip in report.plan.skips:
        if skip.rule == "brief" and skip.reason.code in {"held", "template_card"}:
            yield report.reading.snapshot.cards[skip.card_id], skip.reason.code
