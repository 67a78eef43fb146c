"""answers: one comment to the owner each time that what the assistant says needs them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.answers import Answer
from bot.domain.changes import Planned, PostComment
from bot.domain.follow_up import Passed
from bot.domain.model import Action, Card, Person
from bot.domain.rules.answers import answers
from bot.domain.tokens import reference, signed
from tests.builders import (
    APP,
    BOT,
    DONE,
    HOLD,
    MEL,
    PAUL,
    QUESTIONS,
    REVIEW,
    SHARED,
    TODO,
    TOM,
    action,
    comment,
    edit,
    logged,
    move,
    replace,
    utc,
)
from tests.unit.domain.handed import (
    BarePen,
    after,
    comments,
    handed,
    moved,
    passed,
    planned,
    said,
    skipped,
    ticked,
    verdicts_of,
)

CARD = handed()
SOON = after(minutes=10)


def told_about(subject: Card, now: datetime = SOON, **parts: Any) -> list[PostComment]:
    return comments(answers, subject, now, **parts)


def says(text: str, minutes: float = 1, who: Person = MEL) -> Action:
    return said(who, after(minutes=minutes), text)


@pytest.mark.parametrize(
    ("text", "answer", "why"),
    [
        ("pas clair", Answer.UNCLEAR, "act_unclear"),
        ("Unclear.", Answer.UNCLEAR, "act_unclear"),
        ("J’attends…\nla facture", Answer.WAITING, "act_waiting"),
        ("waiting", Answer.WAITING, "act_waiting"),
        ("BLOQUÉE !", Answer.BLOCKED, "act_blocked"),
        ("blocked\n@paul voilà", Answer.BLOCKED, "act_blocked"),
        ("On fait comment ?", None, "act_question"),
        ("/pause 1j\nOn fait comment ?", None, "act_question"),
        ("ok ?", Answer.ON_TRACK, "act_question"),
        ("@paul-2 ou @paul_2 ?", None, "act_question"),
    ],
)
def test_the_owner_is_told_in_the_assistants_own_words(
    text: str, answer: Answer | None, why: str
) -> None:
    call = says(text)
    (found,) = verdicts_of(answers, logged(CARD, call), SOON)
    assert isinstance(found, Planned)
    assert found.reason.code == why
    ref = reference(CARD.id, "pass", call.id)
    message = Passed(PAUL, MEL, answer, text)
    assert found.change == PostComment(BarePen().message(message, ref), ref, ("paul",))


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        ("Pas clair : j’ai une question", Answer.UNCLEAR),
        ("J’attends quelque chose ou quelqu’un", Answer.WAITING),
        ("Bloqué : j’ai besoin d’aide", Answer.BLOCKED),
    ],
)
def test_a_tick_says_the_same_without_words(item: str, answer: Answer) -> None:
    subject = ticked(CARD, item, after(minutes=1))
    (found,) = told_about(subject)
    assert found.text == BarePen().message(Passed(PAUL, MEL, answer, ""), found.ref)
    assert found.ref == reference(CARD.id, "pass", (subject.log or ())[-1].id)


def test_the_owner_is_told_at_any_hour() -> None:
    sunday_night = utc("2026-12-06 02:13")
    call = said(MEL, utc("2026-12-06 02:12"), "bloqué")
    assert len(told_about(logged(CARD, call), sunday_night)) == 1


def test_although_somebody_asked_for_silence_and_another_request_came_today() -> None:
    quiet = says("/mute", 1, PAUL), says("/silence", 1)
    late = comment(BOT, signed("@paul retard", reference(CARD.id, "stall")), after(minutes=2))
    assert len(told_about(logged(CARD, *quiet, late, says("bloqué", 3)))) == 1


@pytest.mark.parametrize(
    ("acts", "code"),
    [
        ([], "nobody_awaited"),
        ([says("ok")], "nobody_awaited"),
        ([says("C’est fait.")], "nobody_awaited"),
        ([says("> bloqué ?")], "nobody_awaited"),
        ([says("/pause 1j ?")], "nobody_awaited"),
        ([says("bloqué", who=TOM)], "nobody_awaited"),
        ([says("bloqué"), says("voilà", 2, PAUL)], "nobody_awaited"),
        ([says("@paul c’est fait")], "owner_knows"),
        ([says("@Paul c’est bon ?")], "owner_knows"),
        ([move(PAUL.member_id, TODO, QUESTIONS, after(minutes=1))], "owner_knows"),
        ([move(MEL.member_id, TODO, QUESTIONS, after(minutes=1)), says("ok", 2)], "owner_knows"),
        ([says("@paul voilà"), says("merci", 2)], "owner_knows"),
        ([says("@paul voilà"), says("blocked", 2, TOM)], "owner_knows"),
    ],
)
def test_the_owner_is_not_told_what_needs_no_answer_or_what_they_know(
    acts: list[Action], code: str
) -> None:
    assert skipped(answers, logged(CARD, *acts), SOON) == [code]


def test_an_untick_and_a_tick_of_a_step_say_nothing() -> None:
    undone = ticked(CARD, "Bloqué : j’ai besoin d’aide", after(minutes=1), done=False)
    for subject in (undone, ticked(CARD, "lire", after(minutes=1))):
        assert skipped(answers, subject, SOON) == ["nobody_awaited"]


def test_an_owner_who_is_a_member_hears_questions_from_trello_but_not_one_word_answers() -> None:
    member = replace(CARD, member_ids=(MEL.member_id, PAUL.member_id))
    assert skipped(answers, logged(member, says("On fait comment ?")), SOON) == ["owner_knows"]
    assert len(told_about(logged(member, says("bloqué")))) == 1
    tick = ticked(member, "Bloqué : j’ai besoin d’aide", after(minutes=1))
    assert len(told_about(tick)) == 1


def test_one_comment_each_time_the_owner_has_the_ball() -> None:
    once = passed(answers, logged(CARD, says("bloqué")), SOON)
    assert skipped(answers, once, SOON) == ["pass_told"]
    more = logged(once, says("Alors ?", 20), says("j’attends", 21))
    assert skipped(answers, more, after(minutes=30)) == ["pass_told"]
    answered = logged(more, says("voilà", 40, PAUL))
    assert skipped(answers, answered, after(minutes=45)) == ["nobody_awaited"]
    again = logged(answered, says("Et ensuite ?", 50))
    assert len(told_about(again, after(minutes=55))) == 1


def test_of_two_words_at_once_one_is_passed_on_and_never_the_other() -> None:
    both = logged(CARD, says("On fait comment ?", 1), says("bloqué", 2))
    (found,) = told_about(both)
    assert "On fait comment ?" in found.text
    assert skipped(answers, passed(answers, both, SOON), SOON) == ["pass_told"]


def test_what_the_owner_knew_before_does_not_hide_what_they_do_not_know() -> None:
    asked = logged(CARD, says("@paul c’est bon ?"), says("bloqué", 2))
    (found,) = told_about(asked)
    assert "quoted=bloqué" in found.text


def test_a_comment_that_a_person_deleted_is_not_posted_again_while_remembered() -> None:
    call = says("bloqué")
    known = frozenset({reference(CARD.id, "pass", call.id)})
    assert skipped(answers, logged(CARD, call), SOON, remembered=known) == ["pass_told"]


def test_in_a_question_list_a_question_is_passed_on_and_in_a_review_list_it_is_not() -> None:
    waiting = moved(CARD, MEL, QUESTIONS, after(minutes=1))
    assert len(told_about(logged(waiting, says("On fait comment ?", 2)))) == 1
    delivered = moved(CARD, MEL, REVIEW, after(minutes=1))
    assert skipped(answers, logged(delivered, says("C’est bon ?", 2)), SOON) == ["owner_knows"]
    assert len(told_about(logged(delivered, says("bloqué", 2)))) == 1


def test_a_word_and_the_move_that_goes_with_it_are_one_call() -> None:
    first = moved(logged(CARD, says("bloqué")), MEL, QUESTIONS, after(minutes=2))
    assert len(told_about(first)) == 1
    at_once = after(minutes=1)
    same_moment = moved(CARD, MEL, QUESTIONS, at_once)
    assert len(told_about(logged(same_moment, said(MEL, at_once, "bloqué")))) == 1


def test_what_was_said_before_the_ball_passed_is_not_passed_on() -> None:
    early = logged(CARD, says("bloqué"), says("voilà", 2, PAUL))
    assert skipped(answers, moved(early, PAUL, QUESTIONS, after(minutes=3)), SOON) == [
        "owner_knows"
    ]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"list_id": DONE}, "done"),
        ({"due_complete": True}, "done"),
        ({"closed": True}, "archived"),
        ({"label_ids": CARD.label_ids | {HOLD}}, "held"),
        ({"label_ids": frozenset()}, "not_delegated"),
        ({"member_ids": ()}, "nobody_awaited"),
        ({"log": None}, "log_unread"),
    ],
)
def test_these_cards_are_left_alone(parts: dict[str, Any], code: str) -> None:
    assert skipped(answers, replace(logged(CARD, says("bloqué")), **parts), SOON) == [code]


def test_a_card_that_was_never_handed_over_is_left_alone() -> None:
    bare = replace(CARD, desc="", log=(says("bloqué"),))
    assert skipped(answers, bare, SOON) == ["not_handed_over"]


def test_a_new_assistant_speaks_for_themself() -> None:
    told = signed("à vous", reference(CARD.id, "hand-over", TOM.member_id))
    with_tom = replace(CARD, member_ids=(TOM.member_id,))
    reassigned = logged(with_tom, says("bloqué"), comment(BOT, told, after(minutes=2)))
    assert skipped(answers, reassigned, SOON) == ["nobody_awaited"]
    (found,) = told_about(logged(reassigned, says("blocked", 3, TOM)))
    assert found.text == BarePen().message(Passed(PAUL, TOM, Answer.BLOCKED, "blocked"), found.ref)


def test_on_a_shared_account_the_word_to_the_owner_does_not_give_the_ball_back() -> None:
    hand_over = signed("à vous", reference(CARD.id, "hand-over", MEL.member_id))
    begun = comment(PAUL.member_id, hand_over, after(), app_id=APP)
    subject = logged(replace(CARD, log=(begun,)), says("bloqué"))
    (found,) = told_about(subject, me=SHARED)
    posted = comment(PAUL.member_id, found.text, after(minutes=2), app_id=APP)
    assert skipped(answers, logged(subject, posted), SOON, me=SHARED) == ["pass_told"]
    by_hand = replace(says("voilà", 3, PAUL), app_id=APP)
    assert skipped(answers, logged(subject, posted, by_hand), SOON, me=SHARED) == ["nobody_awaited"]


def test_the_bots_own_word_changes_nothing_about_the_ball() -> None:
    once = passed(answers, logged(CARD, says("bloqué")), SOON)
    touched = logged(once, edit(BOT, "desc", SOON + timedelta(minutes=1)))
    assert planned(answers, touched, SOON + timedelta(days=3)) == []


def test_acts_that_are_no_words_call_nobody() -> None:
    attached = action("addAttachmentToCard", MEL.member_id, after(minutes=2), attachment="a ?")
    waiting = moved(CARD, MEL, QUESTIONS, after(minutes=1))
    assert skipped(answers, logged(waiting, attached), SOON) == ["owner_knows"]
