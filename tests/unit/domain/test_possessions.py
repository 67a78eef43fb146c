"""Since when one of the two has the ball, by what, and what each act meant."""

from datetime import timedelta

import pytest

from bot.domain.answers import Answer
from bot.domain.ball import (
    Holder,
    Party,
    answer_given,
    evidence,
    party_of,
    possessions,
)
from bot.domain.model import Action, Card, Identity, Person
from bot.domain.tokens import reference, signed
from tests.builders import (
    APP,
    BOT,
    ME,
    MEL,
    NOW,
    PAUL,
    QUESTIONS,
    REVIEW,
    SHARED,
    STRANGER,
    TODO,
    TOM,
    action,
    board,
    comment,
    edit,
    logged,
    move,
    person,
    replace,
    snapshot,
)
from tests.unit.domain.handed import after, handed

CARD = handed()
HAND_OVER = next(each for each in CARD.log or () if each.type == "commentCard")
OWNER, ASSISTANT = Holder.OWNER, Holder.ASSISTANT
ZOE = person("zoe")
Turn = tuple[Holder, float, str]


def said(who: Person, text: str, minutes: float) -> Action:
    return comment(who.member_id, text, after(minutes=minutes))


def moved(who: Person, before: str, to: str, minutes: float) -> Action:
    return move(who.member_id, before, to, after(minutes=minutes))


def turns(on: Card, *log: Action, me: Identity = ME) -> list[Turn]:
    """Return who had the ball, from which minute after hand-over on, and why."""
    full = logged(on, *log)
    found = possessions(full, snapshot(full, me=me))
    minute = timedelta(minutes=1)
    return [(each.holder, (each.since - NOW) / minute, each.why.code) for each in found]


FIRST: Turn = (ASSISTANT, 0, "ball_handed_over")


@pytest.mark.parametrize(
    ("log", "later"),
    [
        ([], []),
        ([(MEL, "Quand ?", 1)], [(OWNER, 1, "act_question")]),
        ([(MEL, "@paul fait", 1)], [(OWNER, 1, "act_mention")]),
        ([(MEL, "@paul c'est bon ?", 1)], [(OWNER, 1, "act_mention")]),
        ([(MEL, "Bloqué", 1)], [(OWNER, 1, "act_blocked")]),
        ([(MEL, "pas clair\n@paul ?", 1)], [(OWNER, 1, "act_unclear")]),
        ([(MEL, "j'attends", 1)], [(OWNER, 1, "act_waiting")]),
        ([(MEL, "Quand ?", 1), (MEL, "bloqué", 3)], [(OWNER, 1, "act_question")]),
        (
            [(MEL, "Quand ?", 1), (PAUL, "demain", 2), (PAUL, "ou mardi", 3)],
            [(OWNER, 1, "act_question"), (ASSISTANT, 2, "act_owner")],
        ),
        (
            [(MEL, "Quand ?", 1), (PAUL, "/why", 2), (PAUL, "demain", 3), (MEL, "Où ?", 4)],
            [(OWNER, 1, "act_question"), (ASSISTANT, 3, "act_owner"), (OWNER, 4, "act_question")],
        ),
        ([(PAUL, "bon courage", 1), (MEL, "ok", 2)], []),
    ],
)
def test_the_one_who_has_the_ball_does_not_get_it_anew(
    log: list[tuple[Person, str, float]], later: list[Turn]
) -> None:
    assert turns(CARD, *(said(*each) for each in log)) == [FIRST, *later]


@pytest.mark.parametrize(
    ("log", "list_id", "later"),
    [
        ([(MEL, TODO, REVIEW, 1)], REVIEW, [(OWNER, 1, "ball_review_list")]),
        ([(ZOE, TODO, QUESTIONS, 1)], QUESTIONS, [(OWNER, 1, "ball_question_list")]),
        (
            [(MEL, TODO, REVIEW, 1), (ZOE, REVIEW, TODO, 2)],
            TODO,
            [(OWNER, 1, "ball_review_list"), (ASSISTANT, 2, "ball_left_list")],
        ),
        (
            [(MEL, TODO, QUESTIONS, 1), (PAUL, QUESTIONS, REVIEW, 2)],
            REVIEW,
            [(OWNER, 1, "ball_question_list")],
        ),
        # It lay there when it was handed over, or the list had no meaning yet.
        ([], REVIEW, [(OWNER, 0, "ball_review_list")]),
        ([], QUESTIONS, []),
    ],
)
def test_lists_hold_the_ball_from_the_move_on(
    log: list[tuple[Person, str, str, float]], list_id: str, later: list[Turn]
) -> None:
    lies = replace(CARD, list_id=list_id)
    assert turns(lies, *(moved(*each) for each in log)) == [FIRST, *later]


def test_in_a_list_that_became_one_of_review_the_owner_has_it_since_the_last_turn() -> None:
    lies = replace(CARD, list_id=REVIEW)
    asked, answered = said(MEL, "Bon ?", 1), said(PAUL, "oui", 2)
    assert turns(lies, asked, answered)[1:] == [
        (OWNER, 1, "act_question"),
        (ASSISTANT, 2, "act_owner"),
        (OWNER, 2, "ball_review_list"),
    ]
    assert turns(lies, asked)[1:] == [(OWNER, 1, "act_question")]


def test_each_turn_names_the_act_that_brought_it() -> None:
    asked, answered = said(MEL, "Quand ?", 1), said(PAUL, "demain", 2)
    full = logged(CARD, asked, answered)
    found = possessions(full, snapshot(full))
    assert [each.event for each in found] == [HAND_OVER.id, asked.id, answered.id]


@pytest.mark.parametrize(
    ("act", "by", "meaning", "gives"),
    [
        (said(PAUL, "oui", 1), Party.OWNER, "act_owner", ASSISTANT),
        (said(PAUL, "/why", 1), Party.OWNER, "act_counts", None),
        (said(MEL, "/why", 1), Party.ASSISTANT, "act_counts", None),
        (said(MEL, "c'est fait", 1), Party.ASSISTANT, "act_counts", None),
        (said(MEL, "ok", 1), Party.ASSISTANT, "act_counts", None),
        (said(MEL, "bloqué", 1), Party.ASSISTANT, "act_blocked", OWNER),
        (said(MEL, "Quand ?", 1), Party.ASSISTANT, "act_question", OWNER),
        (said(ZOE, "@paul ?", 1), Party.OTHER, "act_other", None),
        (moved(ZOE, TODO, QUESTIONS, 1), Party.OTHER, "ball_question_list", OWNER),
        (moved(PAUL, TODO, REVIEW, 1), Party.OWNER, "ball_review_list", OWNER),
        (moved(MEL, REVIEW, TODO, 1), Party.ASSISTANT, "ball_left_list", ASSISTANT),
        (moved(MEL, TODO, "other", 1), Party.ASSISTANT, "act_counts", None),
        (moved(PAUL, TODO, "other", 1), Party.OWNER, "act_owner", ASSISTANT),
        (edit(PAUL.member_id, "due", after(minutes=1)), Party.OWNER, "act_owner", ASSISTANT),
        (edit(MEL.member_id, "due", after(minutes=1)), Party.ASSISTANT, "act_counts", None),
    ],
)
def test_evidence_tells_whose_act_it_was_and_what_it_meant(
    act: Action, by: Party, meaning: str, gives: Holder | None
) -> None:
    full = logged(CARD, act)
    (found,) = evidence(full, snapshot(full))
    assert (found.action, found.by, found.meaning.code, found.gives) == (act, by, meaning, gives)


@pytest.mark.parametrize(
    "entry",
    [
        said(MEL, "Quand ?", 0),
        said(MEL, "Quand ?", -1),
        comment(BOT, "Quand ?", after(minutes=1)),
        edit(PAUL.member_id, "pos", after(minutes=1)),
        edit(PAUL.member_id, "idLabels", after(minutes=1)),
    ],
)
def test_what_came_before_hand_over_and_what_is_no_act_is_no_evidence(entry: Action) -> None:
    full = logged(CARD, entry)
    assert list(evidence(full, snapshot(full))) == []


def test_in_a_review_list_an_owners_act_counts_and_gives_nothing() -> None:
    entered, left = moved(MEL, TODO, REVIEW, 1), moved(ZOE, REVIEW, TODO, 3)
    looked, went_on = said(PAUL, "je lis", 2), said(PAUL, "à vous", 4)
    full = logged(CARD, entered, looked, left, went_on)
    found = [(each.meaning.code, each.gives) for each in evidence(full, snapshot(full))]
    assert found == [
        ("ball_review_list", OWNER),
        ("act_counts", None),
        ("ball_left_list", ASSISTANT),
        ("act_owner", ASSISTANT),
    ]


def test_without_an_assistant_there_is_evidence_from_the_beginning() -> None:
    alone = logged(replace(CARD, member_ids=()), said(MEL, "Quand ?", 1), said(PAUL, "oui", 2))
    assert [each.by for each in evidence(alone, snapshot(alone))] == [Party.OTHER, Party.OWNER]


@pytest.mark.parametrize(
    ("who", "assistant", "party"),
    [
        (PAUL.member_id, MEL, Party.OWNER),
        (PAUL.member_id, PAUL, Party.OWNER),
        (MEL.member_id, MEL, Party.ASSISTANT),
        (MEL.member_id, TOM, Party.OTHER),
        (MEL.member_id, None, Party.OTHER),
        (STRANGER, MEL, Party.OTHER),
    ],
)
def test_whose_act_it_is(who: str, assistant: Person | None, party: Party) -> None:
    assert party_of(comment(who, "ok", NOW), board(), assistant) is party


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        ({"item": "Blocked: I need help", "item_done": True}, Answer.BLOCKED),
        ({"item": "En bonne voie", "item_done": True}, Answer.ON_TRACK),
        ({"item": "Blocked: I need help", "item_done": False}, None),
        ({"item": "Blocked: I need help", "item_done": True, "checklist": "Steps"}, None),
        ({"item": "Blocked: I need help", "item_done": True, "checklist": None}, None),
        ({"item": "lire", "item_done": True}, None),
        ({}, None),
    ],
)
def test_a_tick_in_the_answers_checklist_answers(
    parts: dict[str, object], answer: Answer | None
) -> None:
    known = {"checklist": "How is it going?", **parts}
    tick = action("updateCheckItemStateOnCard", MEL.member_id, NOW, **known)
    assert answer_given(tick) is answer


def test_on_a_shared_account_the_owners_words_pass_the_ball_and_the_bots_do_not() -> None:
    hand_over = replace(HAND_OVER, member_id=PAUL.member_id, app_id=APP)
    subject = replace(CARD, log=(hand_over,))
    asked = said(MEL, "Quand ?", 1)
    told = signed("Mel demande", reference(CARD.id, "pass", asked.id))
    by_bot = replace(said(PAUL, told, 2), app_id=APP)
    date_by_bot = edit(PAUL.member_id, "due", after(minutes=3), app_id=APP)
    by_paul = replace(said(PAUL, "demain", 4), app_id="a telephone")
    assert turns(subject, asked, by_bot, date_by_bot, me=SHARED) == [
        FIRST,
        (OWNER, 1, "act_question"),
    ]
    assert turns(subject, asked, by_bot, by_paul, me=SHARED)[-1] == (ASSISTANT, 4, "act_owner")


def test_on_a_shared_account_a_word_about_what_was_deleted_moves_no_ball() -> None:
    hand_over = replace(HAND_OVER, member_id=PAUL.member_id, app_id=APP)
    subject = replace(CARD, log=(hand_over,))
    about_gone = signed("Mel demande", reference(CARD.id, "pass", "a deleted comment"))
    orphan = replace(said(PAUL, about_gone, 2), app_id=APP)
    assert turns(subject, said(MEL, "Quand ?", 1), orphan, me=SHARED) == [
        FIRST,
        (OWNER, 1, "act_question"),
    ]
    full = logged(subject, orphan)
    assert list(evidence(full, snapshot(full, me=SHARED))) == []
    pasted = replace(orphan, app_id="a telephone")
    assert turns(subject, said(MEL, "Quand ?", 1), pasted, me=SHARED)[-1] == (
        ASSISTANT,
        2,
        "act_owner",
    )
