"""What a pass did, and what it left alone, as the sandbox's page takes it: in both languages."""

from collections.abc import Iterator
from typing import assert_never

from msgspec.structs import replace

from bot.cycle import Report
from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    AddLabel,
    AddMember,
    Change,
    DeleteComment,
    DeletePart,
    EditComment,
    PostComment,
    React,
    RemoveLabel,
    SetDates,
    SetDescription,
    SetPortfolio,
    Skip,
    Untick,
)
from bot.domain.model import Instant
from bot.embedded.work import next_look
from bot.executor import Effect
from bot.sandbox.page.passes import LeftAlone, Mark, Part, Pass, Written
from bot.sandbox.page.words import LANGUAGES
from bot.show import Telling, what
from bot.text.neutral import plain
from bot.wiring import Bot


def retold(bot: Bot, report: Report, now: Instant) -> Pass:
    """Return what a pass at ``now`` came to."""
    telling = Telling(bot.phrases, bot.settings.language, report.reading.snapshot)
    return Pass(
        at=now,
        written=tuple(_written(each, telling) for each in report.effects if _stands(each)),
        left_alone=tuple(_left_alone(each, telling) for each in report.plan.skips),
        next_look=next_look(report, now),
        problem=plain("; ".join(_problems(report))),
    )


def _stands(effect: Effect) -> bool:
    return effect.outcome == "applied"


def _written(effect: Effect, telling: Telling) -> Written:
    planned, tellings = effect.planned, _in_each(telling)
    return Written(
        card=planned.card_id,
        doing={each.language: what(planned, each) for each in tellings},
        reason={each.language: each.reason(planned.reason) for each in tellings},
        marks=marks_of(planned.change),
    )


def _left_alone(skip: Skip, telling: Telling) -> LeftAlone:
    tellings = _in_each(telling)
    return LeftAlone(
        card=skip.card_id,
        rule={each.language: each.say(f"why_rule_{skip.rule}") for each in tellings},
        reason={each.language: each.reason(skip.reason) for each in tellings},
        until=skip.until,
    )


def _in_each(telling: Telling) -> tuple[Telling, ...]:
    return tuple(replace(telling, language=each) for each in LANGUAGES)


def _problems(report: Report) -> Iterator[str]:
    yield from (f"{each.board}: {each.problem}" for each in report.reading.failures)
    yield from (str(each.problem) for each in report.reading.refusals)
    yield from (each.problem for each in report.effects if each.problem)


def marks_of(change: Change) -> tuple[Mark, ...]:
    """Return where on its card a change can be seen."""
    match change:
        case SetDescription(due=due, start=start):
            return (("desc", ""), *_dates(due, start))
        case SetDates(due=due, start=start):
            return _dates(due, start)
        case SetPortfolio():
            return (("desc", ""),)
        case AddChecklist(name=name):
            return (("checklist", name),)
        case AddCheckItem(name=name) | Untick(name=name):
            return (("item", name),)
        case AddAttachment(name=name):
            return (("attachment", name),)
        case AddMember(username=username):
            return (("member", username),)
        case AddLabel(name=name):
            return (("label", name),)
        case PostComment(text=text) | EditComment(text=text):
            return (("comment", text),)
        case React(action_id=action_id):
            return (("reaction", action_id),)
        case RemoveLabel() | DeleteComment() | DeletePart():
            return ()
        case _:
            assert_never(change)


def _dates(due: Instant | None, start: Instant | None) -> tuple[Mark, ...]:
    named: tuple[tuple[Part, Instant | None], ...] = (("due", due), ("start", start))
    return tuple((part, "") for part, at in named if at is not None)
