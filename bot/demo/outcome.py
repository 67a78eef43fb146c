"""What a pass did to a card, in the few facts that a reader wants."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Literal, TypeAlias, assert_never

import msgspec
from msgspec import Struct

from bot.cycle import Report
from bot.domain.changes import (
    AddLabel,
    Change,
    EditComment,
    Planned,
    PostComment,
    React,
    RemoveLabel,
    SetDates,
    SetDescription,
    SetPortfolio,
    Untick,
)
from bot.domain.model import Card, Instant, Snapshot
from bot.domain.people import assistant_named
from bot.domain.written import written_brief
from bot.executor import Effect

HandOver: TypeAlias = Literal["handed", "copied", "told"]

Word: TypeAlias = Literal[
    "asked",
    "asked_core",
    "asked_approval",
    "passed",
    "proposed",
    "delivered",
    "asked_deliverable",
    "checked_in",
    "asked_date",
    "told_late",
    "offered_help",
    "reminded",
    "told_changes",
    "replied",
    "digest",
]
"""What a comment of the bot is for."""

Sign: TypeAlias = Literal["flagged", "unflagged", "thumb", "unticked", "dated"]
"""What the bot does without a word."""

Event: TypeAlias = HandOver | Word | Sign


class Facts(Struct, frozen=True):
    """The brief of a card in one line's worth."""

    kind: str
    workload: timedelta
    steps: int
    due: Instant
    zone: str
    """The assistant's."""


class Deed(Struct, frozen=True):
    """One thing that the bot did on a card."""

    event: Event
    to: str = ""
    """Username of the person whom a comment mentions."""
    comment: str = ""
    about: str = ""
    """What a sign is about: a label, an answer, the command as typed."""
    facts: Facts | None = None
    until: Instant | None = None
    """When a pause that was asked for ends."""


class Outcome(Struct, frozen=True):
    """What became of one card."""

    card: Card
    """As it was before, but for its description."""
    deeds: tuple[Deed, ...]


def outcomes(report: Report) -> Iterator[Outcome]:
    """Yield what became of each card that the pass wrote something on that people notice."""
    snapshot = report.reading.snapshot
    pauses = {
        each.card_id: each.until for each in report.plan.skips if each.reason.code == "snoozed"
    }
    applied = [each for each in report.effects if each.outcome == "applied"]
    for card_id, effects in groupby(applied, key=lambda each: each.planned.card_id):
        found = _outcome(snapshot.cards[card_id], list(effects), snapshot)
        if card_id in pauses:
            found = _with_pause(found, pauses[card_id])
        if found.deeds:
            yield found


def deeds(report: Report) -> list[Deed]:
    """Return everything that the pass did that people notice."""
    return [deed for outcome in outcomes(report) for deed in outcome.deeds]


def _outcome(card: Card, effects: Sequence[Effect], snapshot: Snapshot) -> Outcome:
    planned = [each.planned for each in effects]
    changes = [each.change for each in planned]
    described = next((each for each in changes if isinstance(each, SetDescription)), None)
    if described:
        card = msgspec.structs.replace(
            card.having(desc=described.text), due=described.due or card.due
        )
    found = (_deed(each, changes, card, snapshot) for each in planned)
    return Outcome(card, tuple(each for each in found if each is not None))


def _with_pause(outcome: Outcome, until: Instant | None) -> Outcome:
    replace = msgspec.structs.replace
    told = (replace(each, until=until) if each.event == "thumb" else each for each in outcome.deeds)
    return replace(outcome, deeds=tuple(told))


def _deed(
    planned: Planned, changes: Sequence[Change], card: Card, snapshot: Snapshot
) -> Deed | None:
    """Return what a change is to those who see the board; a step of the filling is nothing."""
    change = planned.change
    match change:
        case PostComment(text=text, mentions=(to, *_)) if planned.reason.code == "hand_over":
            return Deed(_hand_over(changes), to, text, facts=_facts(card, changes, to, snapshot))
        case PostComment(text=text, mentions=(to, *_)):
            return Deed(_word(planned, to, card, snapshot), to, text)
        case EditComment(text=text):
            return Deed("asked", snapshot.board_of(card).owner.username, text)
        case AddLabel(name=name):
            return Deed("flagged", about=name)
        case RemoveLabel(name=name):
            return Deed("unflagged", about=name)
        case Untick(name=name):
            return Deed("unticked", about=name)
        case React(action_id=action_id):
            return Deed("thumb", about=_typed(card, action_id))
        case SetDates() if planned.rule == "answers":
            return Deed("dated")
        case _:
            return None


def _hand_over(changes: Sequence[Change]) -> HandOver:
    if any(isinstance(each, SetDescription) for each in changes):
        return "handed"
    return "copied" if any(isinstance(each, SetDates) for each in changes) else "told"


def _word(planned: Planned, to: str, card: Card, snapshot: Snapshot) -> Word:
    code = planned.reason.code
    match planned.rule:
        case "triage":
            return "asked_core"
        case "brief" | "repair":
            return "asked_approval" if code == "over_limit_asked" else "asked"
        case "answers":
            return "proposed" if code == "owner_pause" else "passed"
        case "delivery":
            return "asked_deliverable" if code == "nothing_delivered" else "delivered"
        case "late":
            return "told_late" if code == "late_unanswered" else "asked_date"
        case "check_in":
            return "checked_in"
        case "stall":
            to_owner = to == snapshot.board_of(card).owner.username
            return "reminded" if to_owner else "offered_help"
        case "changes":
            return "told_changes"
        case "commands":
            return "replied"
        case "digest":
            return "digest"
        case _:
            assert_never(planned.rule)


def _typed(card: Card, action_id: str) -> str:
    comment = next((each.text for each in card.log or () if each.id == action_id), "")
    return comment.partition("\n")[0]


def _facts(card: Card, changes: Sequence[Change], to: str, snapshot: Snapshot) -> Facts | None:
    dated = next((each.due for each in changes if isinstance(each, SetDates)), None)
    due, brief = dated or card.due, written_brief(card)
    assistant = assistant_named(to, snapshot.board_of(card))
    if brief is None or assistant is None or due is None:
        return None
    workload = brief.workload(timedelta(hours=24))
    if workload is None:
        return None
    return Facts(brief.kind, workload, len(brief.steps), due, assistant.calendar.zone)


def redraws(report: Report) -> bool:
    """Tell whether the pass brought the picture on the portfolio card up to date."""
    applied = (each.planned for each in report.effects if each.outcome == "applied")
    return any(isinstance(each.change, SetPortfolio) for each in applied)


def left_alone(report: Report) -> Iterator[tuple[Card, str]]:
    """Yield delegated cards that are not to be touched, each with the reason's name."""
    for skip in report.plan.skips:
        if skip.rule == "brief" and skip.reason.code in {"held", "template_card"}:
            yield report.reading.snapshot.cards[skip.card_id], skip.reason.code
