"""What a check-in asks, and the ticks it takes off."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.calendar import WorkingDays
from bot.domain.changes import Planned, PostComment, Untick
from bot.domain.follow_up import Question
from bot.domain.model import Action, Card, Instant
from bot.domain.planner import verdicts
from bot.domain.tokens import reference
from tests.builders import BOT, MEL, NOW, PAUL, action, kind, logged, policy, replace, utc
from tests.unit.domain.handed import (
    DUE,
    IMPORTANT,
    after,
    comments,
    handed,
    log_of,
    passed,
    planned,
    said,
    seen,
    ticked,
)
from tests.unit.domain.watched import (
    CARD,
    DAY,
    EVE,
    HALF,
    ON_TRACK,
    SECOND,
    WAITING,
    asked_at,
    check_in,
    check_in_of,
    offsets,
    ref,
)


def unticked(on: Card, now: Instant, **parts: Any) -> list[str]:
    found = planned(check_in, on, now, **parts)
    return [each.name for each in found if isinstance(each, Untick)]


def test_a_ticked_answer_is_unticked_with_the_next_check_in() -> None:
    answered = ticked(logged(CARD, check_in_of("50%", HALF)), ON_TRACK, HALF + SECOND)
    assert not unticked(answered, EVE - SECOND)
    comment_first, untick = planned(check_in, answered, EVE)
    assert isinstance(comment_first, PostComment)
    assert untick == Untick("answer 0", ON_TRACK)
    [_, told] = check_in(answered, seen(answered, now=EVE))
    assert told.reason.code == "answer_used"


def test_an_answer_before_the_first_check_in_is_unticked_with_it() -> None:
    answered = ticked(CARD, ON_TRACK, after(1))
    assert not unticked(answered, HALF - SECOND)
    assert unticked(answered, HALF) == [ON_TRACK]


def test_steps_stay_ticked() -> None:
    assert not unticked(handed(labels=(IMPORTANT,), done=2), HALF)


def test_a_tick_older_than_the_newest_check_in_is_taken_off_also_after_a_crash() -> None:
    crashed = logged(ticked(CARD, ON_TRACK, HALF - SECOND), check_in_of("50%", HALF))
    assert unticked(crashed, HALF + SECOND) == [ON_TRACK]
    night = utc("2026-12-03 22:00")
    assert unticked(crashed, night) == [ON_TRACK]
    once = passed(check_in, crashed, night)
    assert not planned(check_in, once, night + SECOND)


def test_of_several_check_ins_the_newest_decides_which_ticks_are_old() -> None:
    between = ticked(logged(CARD, check_in_of("25%", after(1))), ON_TRACK, after(2))
    assert not unticked(between, HALF - SECOND)
    assert unticked(logged(between, check_in_of("50%", HALF)), HALF + SECOND) == [ON_TRACK]


def test_a_tick_newer_than_the_newest_check_in_stays() -> None:
    crashed = logged(ticked(CARD, ON_TRACK, HALF - SECOND), check_in_of("50%", HALF))
    off = ticked(crashed, ON_TRACK, HALF + SECOND, done=False)
    again = ticked(off, ON_TRACK, HALF + timedelta(minutes=1))
    assert not unticked(again, HALF + timedelta(hours=1))
    stepped = ticked(crashed, "lire", HALF + SECOND)
    assert unticked(stepped, HALF + timedelta(hours=1)) == [ON_TRACK]
    named = {"item": ON_TRACK, "item_done": True, "checklist": "Étapes"}
    alike = action("updateCheckItemStateOnCard", MEL.member_id, HALF + SECOND, **named)
    assert unticked(logged(crashed, alike), HALF + timedelta(hours=1)) == [ON_TRACK]
    at_once = ticked(logged(CARD, check_in_of("50%", HALF)), ON_TRACK, HALF)
    assert unticked(at_once, HALF + timedelta(hours=1)) == [ON_TRACK]


def test_a_tick_of_the_bots_own_keeps_no_answer_ticked() -> None:
    asked = logged(CARD, check_in_of("50%", HALF))
    by_bot = ticked(asked, ON_TRACK, HALF + SECOND, who=BOT)
    assert unticked(by_bot, HALF + timedelta(hours=1)) == [ON_TRACK]
    by_paul = ticked(asked, ON_TRACK, HALF + SECOND, who=PAUL.member_id)
    assert not unticked(by_paul, HALF + timedelta(hours=1))


def test_no_tick_is_taken_off_twice_in_one_pass() -> None:
    crashed = logged(ticked(CARD, ON_TRACK, HALF - SECOND), check_in_of("50%", HALF))
    for found in (
        check_in(crashed, seen(crashed, now=EVE)),
        verdicts(crashed, seen(crashed, now=EVE)),
    ):
        wanted = [type(each.change) for each in found if isinstance(each, Planned)]
        assert sorted(each.__name__ for each in wanted if each is not PostComment) == ["Untick"]
        assert wanted.count(PostComment) == 1


def test_a_card_without_the_answers_checklist_is_asked_about_all_the_same() -> None:
    bare = replace(CARD, checklists=())
    assert asked_at(bare, HALF) == [ref("50%")]
    assert not unticked(logged(bare, check_in_of("50%", HALF)), HALF + SECOND)


def test_an_answer_is_not_unticked_while_the_owner_has_the_ball() -> None:
    passing = logged(CARD, check_in_of("50%", HALF))
    waiting = ticked(passing, WAITING, HALF + SECOND)
    assert not planned(check_in, waiting, EVE)
    returned = logged(waiting, said(PAUL, HALF + timedelta(hours=1)))
    assert unticked(returned, EVE) == [WAITING]


def data_of(on: Card, now: Instant, **parts: Any) -> str:
    [asked] = comments(check_in, on, now, **parts)
    return asked.text


@pytest.mark.parametrize(
    ("done", "question"), [(0, Question.METHOD), (1, Question.PROGRESS), (2, Question.PROGRESS)]
)
def test_the_question_and_the_steps_are_told(done: int, question: Question) -> None:
    told = data_of(handed(labels=(IMPORTANT,), done=done), HALF)
    assert f"question={question} done={done} steps=2 asks_document=False" in told


def test_near_delivery_the_question_is_about_delivery() -> None:
    assert f"question={Question.DELIVERY}" in data_of(handed(done=2), EVE)
    only_on_the_way = offsets(at=(90,), before=())
    watched = handed(labels=(IMPORTANT,), done=2)
    told = data_of(watched, DUE - timedelta(minutes=30), policy=only_on_the_way)
    assert f"question={Question.PROGRESS}" in told


def test_delivery_is_near_from_the_first_of_several_check_ins_before_it() -> None:
    twice = offsets(at=(), before=(WorkingDays(2), WorkingDays(1)))
    told = data_of(handed(done=2), utc("2026-12-03 13:30"), policy=twice)
    assert f"question={Question.DELIVERY}" in told


def test_the_same_thing_is_not_asked_twice_in_a_row() -> None:
    asked = passed(check_in, CARD, HALF)
    assert f"question={Question.METHOD}" in log_of(asked)[-1].text
    assert f"question={Question.OBSTACLE}" in data_of(asked, EVE)


PAPER = policy(kinds={"paper": kind("paper", working_document=True)})
PAPERS = handed(labels=(IMPORTANT,), kind="paper")


def test_the_working_document_is_asked_for_once_where_the_kind_wants_one() -> None:
    assert "asks_document=True" in data_of(PAPERS, HALF, policy=PAPER)
    asked = passed(check_in, PAPERS, HALF, policy=PAPER)
    assert "asks_document=False" in data_of(asked, EVE, policy=PAPER)
    assert "asks_document=False" in data_of(CARD, HALF)


@pytest.mark.parametrize(
    ("brought", "asks"),
    [
        (action("addAttachmentToCard", MEL.member_id, after(1)), False),
        (action("addAttachmentToCard", PAUL.member_id, after(1)), False),
        (said(MEL, after(1), "voici https://docs.example/d"), False),
        (said(PAUL, after(1), "voici https://docs.example/d"), True),
        (said(MEL, after(1), "je commence"), True),
        (action("addAttachmentToCard", PAUL.member_id, NOW - DAY), True),
        (action("addAttachmentToCard", BOT, after(1)), True),
    ],
)
def test_a_document_that_is_there_is_not_asked_for(brought: Action, asks: bool) -> None:
    assert f"asks_document={asks}" in data_of(logged(PAPERS, brought), HALF, policy=PAPER)


def test_each_question_has_a_reference_that_names_due_and_offset() -> None:
    occurrence = "2026-12-07T14:00:00Z 50%"
    assert asked_at(CARD, HALF) == [reference(CARD.id, "check-in", occurrence)]
