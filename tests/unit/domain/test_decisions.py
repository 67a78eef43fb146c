"""What waits for the decision of the owner, with the question."""

from datetime import datetime, timedelta

import pytest

from bot.domain.answers import Answer
from bot.domain.changes import Reason, Skip
from bot.domain.fields import Field
from bot.domain.model import Card
from bot.domain.picture import Awaited, Decision
from bot.domain.portfolio import picture_of
from bot.domain.situation import Situation
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    CORE,
    HOLD,
    LONG_AGO,
    MEL,
    NOTES,
    PAUL,
    QUESTIONS,
    REVIEW,
    action,
    after_pass,
    board,
    card,
    comment,
    later,
    logged,
    policy,
    portfolio,
    replace,
    situation,
    utc,
)
from tests.unit.domain.handed import DUE, after, handed, moved, said, ticked
from tests.unit.domain.pictured import (
    BLOCKED,
    CORE_TASK,
    DELIVERED,
    FAR,
    INCOMPLETE,
    NOW,
    ORPHAN,
    PROPOSED,
    QUESTION,
    asked,
    awaited,
    drawn,
    picture,
    proposed,
    recent,
)

ASKED_BEFORE = signed("?", reference(recent("d'abord incomplète").id, "ask"))


@pytest.mark.parametrize(
    ("subject", "kind", "since"),
    [
        (INCOMPLETE, Awaited.BLANKS, after(0.5)),
        (CORE_TASK, Awaited.CORE, after(1)),
        (QUESTION, Awaited.ANSWER, after(1.5)),
        (moved(handed(due=FAR), MEL, QUESTIONS, after(2)), Awaited.ANSWER, after(2)),
        (DELIVERED, Awaited.REVIEW, after(2)),
        (ORPHAN, Awaited.NOBODY, after()),
        (PROPOSED, Awaited.DATE, after(3, minutes=1)),
    ],
)
def test_what_waits_for_the_owner_is_told_with_its_reason_and_since_when(
    subject: Card, kind: Awaited, since: datetime
) -> None:
    assert awaited(picture(subject)) == [(kind, since)]


def test_decisions_come_oldest_first() -> None:
    found = picture(PROPOSED, DELIVERED, QUESTION, CORE_TASK, INCOMPLETE)
    assert [each.awaited for each in found.decisions] == [
        Awaited.BLANKS,
        Awaited.CORE,
        Awaited.ANSWER,
        Awaited.REVIEW,
        Awaited.DATE,
    ]


def test_an_assistants_own_words_are_quoted() -> None:
    (found,) = picture(QUESTION).decisions
    assert (found.words, found.assistant) == ("@paul lequel ?", MEL)
    (tick,) = picture(ticked(handed(due=FAR), BLOCKED, after(1))).decisions
    assert (tick.awaited, tick.words) == (Awaited.ANSWER, "")


def test_a_proposed_date_is_shown() -> None:
    (found,) = picture(PROPOSED).decisions
    assert found.proposed is not None
    assert found.proposed > FAR


@pytest.mark.parametrize(
    "subject",
    [
        recent("au travail"),
        replace(INCOMPLETE, label_ids=frozenset()),
        replace(INCOMPLETE, label_ids=INCOMPLETE.label_ids | {HOLD}),
        replace(INCOMPLETE, log=None),
        replace(INCOMPLETE, closed=True),
        replace(QUESTION, closed=True),
        replace(DELIVERED, due_complete=True),
        logged(CORE_TASK, said(PAUL, after(2), "/go")),
        logged(PROPOSED, said(PAUL, after(4), "/go")),
        logged(recent("d'abord incomplète"), comment(BOT, ASKED_BEFORE, after(0.5))),
    ],
)
def test_what_is_settled_held_or_gone_waits_for_nobody(subject: Card) -> None:
    assert picture(subject).decisions == ()


def test_a_proposal_whose_date_has_passed_waits_no_more() -> None:
    assert Awaited.DATE not in dict(awaited(picture(PROPOSED, now=utc("2027-03-01 09:00"))))


def test_a_request_that_nobody_has_asked_about_yet_is_no_decision() -> None:
    found = picture(card("neuve", ""), card("cœur neuf", labels=(CORE,)))
    assert {each.since for each in found.decisions} == {NOW}
    before = situation(portfolio(), card("neuve", ""), card("cœur neuf", labels=(CORE,)))
    assert picture_of(portfolio(), before, LONG_AGO).decisions == ()


def silent(*cards: Card) -> Situation:
    """Return the boards three days after Mel was asked about a card that is late."""
    return later(after_pass(situation(portfolio(), *cards, now=utc("2026-12-08 08:00"))), days=3)


def test_an_assistant_who_does_not_answer_is_told_once_the_rules_give_up() -> None:
    subject = handed(due=DUE)
    found = drawn(silent(subject))
    assert [(each.awaited, each.assistant, each.since) for each in found.decisions] == [
        (Awaited.SILENCE, MEL, after())
    ]


def test_what_waits_for_a_decision_is_told_there_with_its_due_and_nowhere_else() -> None:
    subject = handed(due=DUE)
    found = drawn(silent(subject))
    assert [each.overdue for each in found.decisions] == [DUE]
    assert (found.late, found.at_risk, found.stopped, found.soon) == ((), (), (), ())
    assert [each.card.id for each in found.loads[0].cards] == [subject.id]


def test_silence_counts_from_the_last_word() -> None:
    subject = logged(handed(due=DUE), said(MEL, after(2)))
    assert [each.since for each in drawn(silent(subject)).decisions] == [after(2)]


def test_a_decision_bears_its_card() -> None:
    (found,) = picture(DELIVERED).decisions
    assert found == Decision(found.card, Awaited.REVIEW, after(2), MEL)
    assert found.card.id == DELIVERED.id


def test_a_card_whose_question_was_deleted_waits_all_the_same_with_its_blanks() -> None:
    blank = card("à préciser", "", created=LONG_AGO)
    ref = reference(blank.id, "ask")
    (found,) = picture(blank, remembered=frozenset({ref})).decisions
    assert (found.awaited, found.since) == (Awaited.BLANKS, LONG_AGO)
    assert found.blanks == (Field.METHOD, Field.WORKLOAD)


@pytest.mark.parametrize(
    ("desc", "kinds", "blanks"),
    [
        ("", {}, (Field.METHOD, Field.WORKLOAD)),
        ("charge : bientôt", {}, (Field.METHOD, Field.WORKLOAD)),
        (f"{NOTES}\nbrief : cassé", {"cassé": "line 3"}, ()),
    ],
)
def test_a_question_bears_the_fields_that_it_is_about(
    desc: str, kinds: dict[str, str], blanks: tuple[Field, ...]
) -> None:
    blank = asked(card("à préciser", desc), "ask", 0.5)
    (found,) = picture(blank, policy=policy(broken_kinds=kinds)).decisions
    assert (found.awaited, found.blanks) == (Awaited.BLANKS, blanks)


@pytest.mark.parametrize("code", ["unanswered", "late_told", "late_unanswered"])
def test_each_way_in_which_the_rules_give_up_asking_is_a_silence(code: str) -> None:
    subject = handed(due=FAR)
    heard = {subject.id: (Skip("check_in", subject.id, Reason(code)),)}
    within = replace(situation(portfolio(), subject, now=NOW), heard=heard)
    assert awaited(picture_of(portfolio(), within, LONG_AGO)) == [(Awaited.SILENCE, after())]


def test_what_nobody_was_seen_to_do_bears_no_words() -> None:
    filled = replace(handed(due=FAR), list_id=REVIEW, log=())
    within = situation(portfolio(), filled, now=NOW)
    (found,) = picture_of(portfolio(), within, LONG_AGO).decisions
    assert (found.awaited, found.words, found.answer) == (Awaited.REVIEW, "", None)


def test_where_nobody_ever_works_the_blanks_are_left_out() -> None:
    days = frozenset(NOW.date() + timedelta(days=each) for each in range(-10, 4_000))
    idle = replace(MEL, calendar=replace(MEL.calendar, off=days))
    office = board(assistants=(idle,))
    blank = card("à préciser", "charge : 3h", created=LONG_AGO)
    asked = logged(blank, comment(BOT, signed("?", reference(blank.id, "ask")), LONG_AGO))
    found = picture(asked, boards=(office,))
    assert [each.blanks for each in found.decisions] == [()]


def test_the_words_before_a_move_and_the_ticked_answer_are_the_question() -> None:
    asked = logged(handed(due=FAR), said(MEL, after(1), "Il me manque le plan"))
    (found,) = picture(moved(asked, MEL, QUESTIONS, after(2))).decisions
    assert found.words == "Il me manque le plan"
    (tick,) = picture(ticked(handed(due=FAR), BLOCKED, after(1))).decisions
    assert tick.answer is Answer.BLOCKED


def test_only_what_the_assistant_has_said_since_they_got_the_ball_is_the_question() -> None:
    answered = logged(
        handed(due=FAR), said(MEL, after(1), "Lequel ?"), said(PAUL, after(2), "ceci")
    )
    (silent,) = picture(moved(answered, MEL, QUESTIONS, after(3))).decisions
    assert silent.words == ""
    both = logged(answered, said(MEL, after(3), "Il manque le plan"))
    (spoken,) = picture(moved(both, MEL, QUESTIONS, after(3))).decisions
    assert spoken.words == "Il manque le plan"


def test_a_card_that_somebody_left_bears_nobodys_words() -> None:
    left = logged(ORPHAN, action("removeMemberFromCard", PAUL.member_id, after(1)))
    (found,) = picture(left).decisions
    assert (found.awaited, found.words) == (Awaited.NOBODY, "")


def test_a_proposed_date_is_told_with_the_one_that_has_passed() -> None:
    (found,) = picture(proposed(handed(due=NOW))).decisions
    assert (found.awaited, found.overdue) == (Awaited.DATE, NOW)
