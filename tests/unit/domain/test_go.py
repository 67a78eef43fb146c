"""/go: it is acknowledged where it answers a question of the bot, and nowhere else."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.changes import Planned, React, Reason, Skip, Verdict
from bot.domain.model import Action, Card
from bot.domain.rules.answers import answers
from bot.domain.rules.commands import commands
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    CORE,
    DELEGATE,
    HOLD,
    MEL,
    NOW,
    PAUL,
    PORTFOLIO,
    card,
    comment,
    logged,
    portfolio,
    reacted,
    utc,
)
from tests.unit.domain.handed import after, due_set, handed, passed, said, verdicts_of, without

CARD = handed()


def verdicts(on: Card) -> list[Verdict]:
    return verdicts_of(commands, on, after(minutes=6))


def thumb(on: Action, card_id: str = CARD.id) -> Planned:
    return Planned("commands", card_id, React(on.id, "thumbsup"), Reason("command"))


def skip(code: str, card_id: str = CARD.id) -> Skip:
    return Skip("commands", card_id, Reason(code))


CORE_CARD = card(labels=(CORE,))
QUESTION = comment(BOT, signed("?", reference(CORE_CARD.id, "triage")), NOW)
LIMIT = comment(BOT, signed("`abcd1234`", reference(PORTFOLIO, "limit", "2026-11-30")), NOW)
GO = comment(PAUL.member_id, "/go", NOW + timedelta(minutes=1))


@pytest.mark.parametrize(
    "subject", [logged(CORE_CARD, QUESTION, GO), logged(portfolio(), LIMIT, GO)]
)
def test_go_that_answers_a_question_gets_a_thumb_once(subject: Card) -> None:
    assert verdicts(subject) == [thumb(GO, subject.id)]
    question, _ = subject.log or ()
    done = replace(subject, log=(question, reacted(GO, BOT)))
    assert verdicts(done) == [skip("acknowledged", subject.id)]
    for other in (reacted(GO, MEL.member_id), reacted(GO, BOT, "heart")):
        assert verdicts(replace(subject, log=(question, other))) == [thumb(GO, subject.id)]
    elsewhere = reacted(comment(PAUL.member_id, "merci", NOW), BOT)
    assert verdicts(replace(subject, log=(question, elsewhere, GO))) == [thumb(GO, subject.id)]


ANSWERED = logged(CORE_CARD, QUESTION, GO)


@pytest.mark.parametrize(
    "subject",
    [
        CORE_CARD,
        logged(CORE_CARD, GO),
        logged(CORE_CARD, QUESTION),
        logged(CORE_CARD, QUESTION, replace(GO, member_id=MEL.member_id)),
        logged(CORE_CARD, QUESTION, replace(GO, text="> /go")),
        logged(CORE_CARD, GO, replace(QUESTION, at=GO.at + timedelta(minutes=1))),
        replace(ANSWERED, label_ids=frozenset({CORE})),
        replace(ANSWERED, label_ids=frozenset({DELEGATE, CORE, HOLD})),
        replace(ANSWERED, closed=True),
        replace(ANSWERED, is_template=True),
        portfolio(),
        logged(portfolio(), LIMIT),
        logged(portfolio(), GO),
        logged(portfolio(), LIMIT, replace(GO, text="/why")),
        portfolio(log=None),
        logged(CARD, said(PAUL, NOW, "/go"), said(MEL, NOW, "/go")),
    ],
)
def test_go_where_nothing_was_asked_is_no_command(subject: Card) -> None:
    assert verdicts(subject) == [skip("no_command", subject.id)]


def test_of_two_gos_the_first_is_the_answer() -> None:
    again = comment(PAUL.member_id, "/go", GO.at + timedelta(minutes=1))
    assert verdicts(logged(ANSWERED, again)) == [thumb(GO, CORE_CARD.id)]


ASKED, BACK = utc("2026-12-01 08:00"), utc("2026-12-02 08:00")
LATER = BACK + timedelta(hours=1)
PROPOSED = passed(
    answers, logged(CARD, said(MEL, ASKED, "Lequel ?"), said(PAUL, BACK, "le premier")), BACK
)
ACCEPTS = said(PAUL, LATER, "/go")


def test_go_that_accepts_a_date_gets_a_thumb_before_and_after_the_date_is_set() -> None:
    accepted = logged(PROPOSED, ACCEPTS)
    assert verdicts(accepted) == [thumb(ACCEPTS)]
    carried_out = passed(answers, accepted, LATER)
    assert verdicts(carried_out) == [thumb(ACCEPTS)]
    assert verdicts(passed(commands, carried_out, LATER)) == [skip("acknowledged")]


@pytest.mark.parametrize(
    "subject",
    [
        logged(PROPOSED, said(MEL, LATER, "/go")),
        logged(due_set(PROPOSED, LATER, LATER - timedelta(minutes=1)), ACCEPTS),
        logged(replace(PROPOSED, due=None), ACCEPTS),
        logged(without(PROPOSED, (PROPOSED.log or ())[-1].id), ACCEPTS),
    ],
)
def test_go_that_accepts_no_date_gets_none(subject: Card) -> None:
    assert verdicts(subject) == [skip("no_command")]


def test_the_go_of_each_of_two_proposals_gets_its_thumb() -> None:
    first = passed(answers, logged(PROPOSED, reacted(ACCEPTS, BOT)), LATER)
    asked = said(MEL, utc("2026-12-03 08:00"), "Et là ?")
    back = utc("2026-12-04 08:00")
    second = passed(answers, logged(first, asked, said(PAUL, back, "oui")), back)
    again = said(PAUL, back + timedelta(minutes=5), "/go")
    assert verdicts(logged(second, again)) == [skip("acknowledged"), thumb(again)]
