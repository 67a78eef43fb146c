"""A command that nobody answered in time is not spoken of any more; what it says still holds."""

from datetime import timedelta

import pytest

from bot.domain.changes import PostComment, React
from bot.domain.model import Person
from bot.domain.planner import verdicts
from bot.domain.rules.commands import REMEMBERED, commands
from bot.domain.rules.stall import stall
from bot.domain.tokens import reference, signed
from tests.builders import BOT, CORE, MEL, PAUL, card, comment, logged, utc
from tests.unit.domain.handed import after, handed, planned, said, seen, skipped

CARD = handed(due=utc("2027-01-29 14:00"))
TYPED = after(1)
SECOND = timedelta(seconds=1)


def test_fourteen_days_are_remembered() -> None:
    assert timedelta(days=14) == REMEMBERED


@pytest.mark.parametrize("who", [PAUL, MEL])
@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("/mute", [React]),
        ("/snooze 40d", [React]),
        ("/resume", [React]),
        ("/why", [PostComment, React]),
        ("/help", [PostComment, React]),
        ("/snoze 3d", [PostComment]),
    ],
)
def test_after_fourteen_days_a_command_gets_neither_reply_nor_thumb(
    text: str, answers: list[type], who: Person
) -> None:
    subject = logged(CARD, said(who, TYPED, text))
    in_time = planned(commands, subject, TYPED + REMEMBERED - SECOND)
    assert [type(each) for each in in_time] == answers
    for late in (timedelta(), timedelta(days=300)):
        assert skipped(commands, subject, TYPED + REMEMBERED + late) == ["no_command"]


def test_an_old_command_hides_no_newer_one() -> None:
    newer = said(PAUL, TYPED + REMEMBERED, "/why")
    subject = logged(CARD, said(PAUL, TYPED, "/why"), newer)
    found = planned(commands, subject, TYPED + REMEMBERED)
    assert [type(each) for each in found] == [PostComment, React]
    assert found[-1] == React(newer.id, "thumbsup")


@pytest.mark.parametrize(("text", "code"), [("/mute", "muted"), ("/snooze 40d", "snoozed")])
def test_an_old_silence_that_nobody_answered_still_counts(text: str, code: str) -> None:
    subject = logged(CARD, said(PAUL, TYPED, text))
    late = TYPED + REMEMBERED + timedelta(days=1)
    assert skipped(stall, subject, late) == [code]
    told = [each.reason.code for each in verdicts(subject, seen(subject, now=late))]
    assert code in told


def test_an_old_go_that_nobody_acknowledged_gets_no_thumb() -> None:
    core = card(labels=(CORE,))
    question = comment(BOT, signed("?", reference(core.id, "triage")), after())
    asked = logged(core, question, said(PAUL, TYPED, "/go"))
    assert len(planned(commands, asked, TYPED + REMEMBERED - SECOND)) == 1
    assert skipped(commands, asked, TYPED + REMEMBERED) == ["no_command"]
