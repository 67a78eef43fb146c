"""/go: it is acknowledged where it answers a question of the bot, and nowhere else."""

from datetime import timedelta

import pytest

from bot.domain.changes import Planned, PostComment, React, Reason, SetDates, Skip, Verdict
from bot.domain.fold import card_after
from bot.domain.model import Action, Card, Instant
from bot.domain.planner import verdicts as all_verdicts
from bot.domain.rules.answers import answers
from bot.domain.rules.commands import commands
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    CORE,
    DELEGATE,
    HOLD,
    ME,
    MEL,
    NOW,
    PAUL,
    PORTFOLIO,
    card,
    comment,
    edit,
    logged,
    portfolio,
    reacted,
    replace,
    utc,
)
from tests.unit.domain.handed import (
    after,
    due_set,
    handed,
    passed,
    said,
    seen,
    verdicts_of,
    without,
)

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


NEXT = utc("2026-12-08 14:00")
"""The date proposed."""
ACCEPTED = logged(PROPOSED, ACCEPTS)
MINUTE = timedelta(minutes=1)


def thumbs(on: Card, now: Instant) -> list[Planned]:
    """Return the thumbs that a whole pass gives."""
    found = all_verdicts(on, seen(on, now=now))
    planned = [each for each in found if isinstance(each, Planned)]
    return [each for each in planned if each.rule == "commands"]


def dated(on: Card, at: Instant, who: str = BOT) -> Card:
    """Return the card with a date that somebody sets."""
    return logged(replace(on, due=NEXT), edit(who, "due", at))


def test_go_that_accepts_a_date_gets_a_thumb_in_the_pass_that_sets_it_and_once() -> None:
    assert thumbs(ACCEPTED, LATER) == [thumb(ACCEPTS)]
    carried_out = passed(answers, ACCEPTED, LATER)
    assert verdicts(carried_out) == [thumb(ACCEPTS)]
    assert thumbs(carried_out, LATER + MINUTE) == [thumb(ACCEPTS)]
    assert verdicts(passed(commands, carried_out, LATER)) == [skip("acknowledged")]


@pytest.mark.parametrize(
    "before",
    [
        (),
        (Skip("answers", CARD.id, Reason("nobody_awaited")),),
        (Planned("answers", CARD.id, PostComment("@paul", "ref", ()), Reason("owner_pause")),),
        # The card alone tells: a date that is only wanted is not set yet.
        (Planned("answers", CARD.id, SetDates(NEXT), Reason("go")),),
    ],
)
def test_go_gets_no_thumb_while_nothing_sets_the_date(before: tuple[Verdict, ...]) -> None:
    told = replace(seen(ACCEPTED, now=LATER), said=before)
    assert list(commands(ACCEPTED, told)) == [skip("no_command")]
    sets = card_after(ACCEPTED, SetDates(NEXT), ME, LATER)
    assert list(commands(sets, replace(seen(sets, now=LATER), said=before))) == [thumb(ACCEPTS)]
    starts = card_after(ACCEPTED, SetDates(start=NEXT), ME, LATER)
    assert list(commands(starts, replace(seen(starts, now=LATER), said=before))) == [
        skip("no_command")
    ]


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        (dated(ACCEPTED, LATER), [thumb(ACCEPTS)]),
        (dated(ACCEPTED, LATER + 60 * MINUTE), [thumb(ACCEPTS)]),
        (
            dated(dated(ACCEPTED, LATER + MINUTE), LATER + 2 * MINUTE, PAUL.member_id),
            [thumb(ACCEPTS)],
        ),
        # A date that a person set before the bot could; whatever the bot sets then is another one.
        (dated(ACCEPTED, LATER + MINUTE, PAUL.member_id), []),
        (dated(ACCEPTED, LATER + MINUTE, MEL.member_id), []),
        (dated(dated(ACCEPTED, LATER + MINUTE, PAUL.member_id), LATER + 2 * MINUTE), []),
        (logged(dated(PROPOSED, LATER - MINUTE), ACCEPTS), []),
    ],
)
def test_go_gets_a_thumb_once_the_bot_has_set_the_date_and_nobody_else_before(
    subject: Card, found: list[Verdict]
) -> None:
    assert verdicts(subject) == (found or [skip("no_command")])
    assert thumbs(subject, LATER + 90 * MINUTE) == found


@pytest.mark.parametrize(("now", "sets"), [(NEXT - MINUTE, True), (NEXT, False)])
def test_go_to_a_date_that_has_passed_by_now_gets_no_thumb(now: Instant, sets: bool) -> None:
    assert thumbs(ACCEPTED, now) == ([thumb(ACCEPTS)] if sets else [])


@pytest.mark.parametrize(
    "subject",
    [
        logged(PROPOSED, said(MEL, LATER, "/go")),
        logged(due_set(PROPOSED, LATER, LATER - MINUTE), ACCEPTS),
        logged(replace(PROPOSED, due=None), ACCEPTS),
        logged(without(PROPOSED, (PROPOSED.log or ())[-1].id), ACCEPTS),
    ],
)
def test_go_that_accepts_no_date_gets_none(subject: Card) -> None:
    assert verdicts(subject) == [skip("no_command")]
    assert thumbs(subject, LATER) == []


ASKED_AGAIN, BACK_AGAIN = utc("2026-12-03 08:00"), utc("2026-12-04 08:00")
AGAIN = said(PAUL, BACK_AGAIN + 5 * MINUTE, "/go")


def twice(first: Card) -> Card:
    """Return the card with a second proposal and its ``/go``."""
    asked, back = said(MEL, ASKED_AGAIN, "Et là ?"), said(PAUL, BACK_AGAIN, "oui")
    return logged(passed(answers, logged(first, asked, back), BACK_AGAIN), AGAIN)


def test_of_two_proposals_only_the_newest_can_be_accepted_and_its_go_gets_the_thumb() -> None:
    second = twice(passed(answers, logged(PROPOSED, reacted(ACCEPTS, BOT)), LATER))
    assert verdicts(second) == [skip("no_command")]
    assert thumbs(second, BACK_AGAIN + 6 * MINUTE) == [thumb(AGAIN)]
    both = passed(answers, second, BACK_AGAIN + 6 * MINUTE)
    assert verdicts(both) == [thumb(AGAIN)]


def test_a_go_that_was_never_carried_out_gets_no_thumb_for_the_next_one() -> None:
    overruled = twice(dated(ACCEPTED, LATER + MINUTE, PAUL.member_id))
    assert thumbs(overruled, BACK_AGAIN + 6 * MINUTE) == [thumb(AGAIN)]
    carried_out = passed(answers, overruled, BACK_AGAIN + 6 * MINUTE)
    assert verdicts(carried_out) == [thumb(AGAIN)]
