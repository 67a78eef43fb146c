from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.changes import Planned, React, Reason, Skip
from bot.domain.model import Action, Card
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
    SHARED,
    card,
    comment,
    logged,
    portfolio,
    reacted,
    situation,
)

CARD = card(labels=(CORE,))
QUESTION = comment(BOT, signed("?", reference(CARD.id, "triage")), NOW)
LIMIT = comment(BOT, signed("`abcd1234`", reference(PORTFOLIO, "limit", "2026-11-30")), NOW)
GO = comment(PAUL.member_id, "/go", NOW + timedelta(minutes=1))


def verdict(subject: Card) -> Planned | Skip:
    (found,) = commands(subject, situation(subject))
    return found


@pytest.mark.parametrize("subject", [logged(CARD, QUESTION, GO), logged(portfolio(), LIMIT, GO)])
def test_go_is_acknowledged_with_a_thumb_once(subject: Card) -> None:
    wanted = Planned("commands", subject.id, React(GO.id, "thumbsup"), Reason("go"))
    question, _ = subject.log or ()
    assert verdict(subject) == wanted
    done = replace(subject, log=(question, reacted(GO, BOT)))
    assert verdict(done) == Skip("commands", subject.id, Reason("acknowledged"))


@pytest.mark.parametrize("other", [reacted(GO, MEL.member_id), reacted(GO, BOT, "heart")])
def test_a_reaction_of_somebody_else_or_another_one_acknowledges_nothing(other: Action) -> None:
    assert isinstance(verdict(logged(CARD, QUESTION, other)), Planned)


def test_the_thumb_must_be_on_that_very_comment() -> None:
    thumbed = reacted(comment(PAUL.member_id, "merci", NOW), BOT)
    assert isinstance(verdict(logged(CARD, QUESTION, thumbed, GO)), Planned)


ANSWERED = logged(CARD, QUESTION, GO)


@pytest.mark.parametrize(
    "subject",
    [
        CARD,
        logged(CARD, GO),
        logged(CARD, QUESTION),
        logged(CARD, QUESTION, replace(GO, member_id=MEL.member_id)),
        replace(ANSWERED, label_ids=frozenset({CORE})),
        replace(ANSWERED, label_ids=frozenset({DELEGATE, CORE, HOLD})),
        replace(ANSWERED, closed=True),
        replace(ANSWERED, is_template=True),
        portfolio(),
        logged(portfolio(), LIMIT),
        logged(portfolio(), GO),
        portfolio(log=None),
    ],
)
def test_otherwise_there_is_no_command(subject: Card) -> None:
    assert verdict(subject) == Skip("commands", subject.id, Reason("no_command"))


def test_on_a_shared_account_the_persons_own_go_counts() -> None:
    app = SHARED.app_id
    question = replace(QUESTION, member_id=PAUL.member_id, app_id=app)
    subject = logged(CARD, question, GO)
    (found,) = commands(subject, situation(subject, me=SHARED))
    assert isinstance(found, Planned)
