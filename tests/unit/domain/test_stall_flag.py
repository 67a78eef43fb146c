"""Comment first, then label, once an episode."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.changes import PostComment
from bot.domain.model import Card, LabelRoles
from bot.domain.rules.stall import stall
from bot.domain.tokens import reference
from tests.builders import (
    BOT,
    DELEGATE,
    DONE,
    HOLD,
    IDEAS,
    MEL,
    PAUL,
    QUESTIONS,
    STALLED,
    STRANGER,
    logged,
    replace,
    utc,
)
from tests.unit.domain.handed import (
    after,
    desk,
    done_by_bot,
    labelled,
    log_of,
    moved,
    passed,
    planned,
    said,
    skipped,
    verdicts_of,
)
from tests.unit.domain.stuck import (
    CARD,
    NO_ACTS,
    OFF,
    OFFER,
    ON,
    SECOND,
    STUCK,
    TOLD,
    answered_by_owner,
    kinds,
    mel,
)


@pytest.mark.covers("I11")
@pytest.mark.parametrize("days", [0, 1, 2, 7, 60])
def test_one_offer_an_episode_is_enough(days: int) -> None:
    assert skipped(stall, TOLD, STUCK + timedelta(days=days, seconds=1)) == ["stall_told"]
    assert not planned(stall, TOLD, STUCK + timedelta(days=days, seconds=1))


@pytest.mark.covers("B4")
def test_a_label_that_a_crash_left_out_follows_the_comment() -> None:
    crashed = replace(CARD, log=(*log_of(CARD), OFFER))
    assert planned(stall, crashed, STUCK + SECOND) == [ON]
    # At any hour: it notifies nobody.
    assert planned(stall, crashed, utc("2026-12-06 02:00")) == [ON]


@pytest.mark.covers("I5")
@pytest.mark.parametrize("who", [BOT, PAUL.member_id, MEL.member_id, STRANGER])
def test_a_label_that_was_taken_off_after_the_comment_stays_off(who: str) -> None:
    off = labelled(TOLD, STALLED, STUCK + timedelta(hours=1), who=who, off=True)
    assert skipped(stall, off, STUCK + timedelta(hours=2)) == ["stall_told"]


def test_a_change_of_the_label_before_the_comment_does_not_keep_it_off() -> None:
    before = labelled(CARD, STALLED, STUCK - SECOND, who=PAUL.member_id)
    off = labelled(before, STALLED, STUCK - SECOND, who=PAUL.member_id, off=True)
    assert planned(stall, logged(off, OFFER), STUCK + SECOND) == [ON]
    at_once = labelled(labelled(CARD, STALLED, STUCK), STALLED, STUCK, off=True)
    assert planned(stall, logged(at_once, OFFER), STUCK + SECOND) == [ON]


def test_another_label_taken_off_says_nothing_about_this_one() -> None:
    crashed = replace(CARD, log=(*log_of(CARD), OFFER))
    other = labelled(crashed, "x", STUCK + SECOND, who=PAUL.member_id)
    assert planned(stall, other, STUCK + timedelta(hours=1)) == [ON]


def test_a_label_that_a_person_set_is_left_alone_and_the_comment_comes_all_the_same() -> None:
    for who in (PAUL.member_id, MEL.member_id, STRANGER):
        theirs = labelled(CARD, STALLED, after(1), who=who)
        assert kinds(theirs) == (PostComment,)
        told = passed(stall, theirs, STUCK)
        assert skipped(stall, told, STUCK + SECOND) == ["stall_told"]
        moving = mel(told, STUCK + timedelta(hours=1))
        assert skipped(stall, moving, STUCK + timedelta(hours=1)) == ["moving"]


def test_a_persons_own_label_after_the_bots_is_theirs() -> None:
    off = labelled(TOLD, STALLED, STUCK + SECOND, who=PAUL.member_id, off=True)
    theirs = labelled(off, STALLED, STUCK + timedelta(minutes=1), who=PAUL.member_id)
    moving = mel(theirs, STUCK + timedelta(hours=1))
    assert not planned(stall, moving, STUCK + timedelta(hours=1))


def test_a_label_with_no_trace_of_who_set_it_is_a_persons() -> None:
    unknown = replace(CARD, label_ids=CARD.label_ids | {STALLED})
    assert kinds(unknown) == (PostComment,)
    assert not planned(stall, unknown, after(1))


def test_the_label_is_taken_off_at_any_hour_when_the_one_who_was_stuck_acts() -> None:
    night = utc("2026-12-02 20:00")
    moving = mel(TOLD, night)
    assert planned(stall, moving, night + SECOND) == [OFF]
    assert [each.reason.code for each in verdicts_of(stall, moving, night + SECOND)] == [
        "moving_again",
        "moving",
    ]
    off = done_by_bot(moving, [OFF], night + SECOND)
    assert skipped(stall, off, night + timedelta(minutes=1)) == ["moving"]


@pytest.mark.parametrize("change", [answered_by_owner, *NO_ACTS])
def test_the_label_stays_on_when_others_act(change: Callable[[Card], Card]) -> None:
    news = [replace(each, at=STUCK + SECOND) for each in log_of(change(CARD))[len(log_of(CARD)) :]]
    assert skipped(stall, logged(TOLD, *news), STUCK + timedelta(hours=1)) == ["stall_told"]


def test_the_label_is_taken_off_when_the_ball_passes_to_the_owner() -> None:
    question = said(MEL, STUCK + timedelta(hours=1), "Lequel ?")
    for asked in (logged(TOLD, question), moved(TOLD, PAUL, QUESTIONS, question.at)):
        assert planned(stall, asked, STUCK + timedelta(hours=1)) == [OFF]


@pytest.mark.parametrize(
    "over",
    [
        replace(TOLD, due_complete=True),
        replace(TOLD, list_id=DONE),
        replace(TOLD, label_ids=frozenset({STALLED})),
    ],
)
def test_the_bots_own_flag_goes_when_the_card_is_done_or_no_more_delegated(over: Card) -> None:
    assert planned(stall, over, STUCK + timedelta(days=3)) == [OFF]


@pytest.mark.parametrize(
    "over",
    [
        replace(TOLD, closed=True),
        replace(TOLD, closed=True, label_ids=frozenset({STALLED})),
        replace(TOLD, label_ids=TOLD.label_ids | {HOLD}),
        replace(TOLD, label_ids=frozenset({STALLED, HOLD})),
        replace(TOLD, label_ids=TOLD.label_ids | {HOLD}, due_complete=True),
        replace(TOLD, due_complete=True, closed=True),
        replace(TOLD, list_id=IDEAS),
        replace(labelled(CARD, STALLED, after(1), who=PAUL.member_id), due_complete=True),
        replace(TOLD, due_complete=True, label_ids=frozenset({DELEGATE})),
        replace(TOLD, due_complete=True, log=None),
    ],
)
def test_otherwise_the_labels_of_such_a_card_are_left_alone(over: Card) -> None:
    assert not planned(stall, over, STUCK + timedelta(days=3))


def test_each_episode_has_its_own_offer() -> None:
    act = said(MEL, STUCK + timedelta(hours=1))
    moving = done_by_bot(logged(TOLD, act), [OFF], STUCK + timedelta(hours=2))
    again = utc("2026-12-04 10:00")
    # Two working days after 09:00 on Wednesday, which is Mel's lunch.
    assert skipped(stall, moving, again - SECOND) == ["moving"]
    [offer, flag] = planned(stall, moving, again)
    assert isinstance(offer, PostComment)
    assert offer.ref == reference(CARD.id, "stall", act.id)
    assert flag == ON


def test_an_episode_that_ended_and_began_while_the_bot_was_away_ends_with_one_flag() -> None:
    # Mel acted, and stopped again, before any pass took the first flag off.
    act = said(MEL, STUCK + timedelta(hours=1))
    late = after(9)
    left = passed(stall, logged(TOLD, act), late)
    assert STALLED in left.label_ids
    assert len([each for each in log_of(left) if "Stalled" in each.text]) == 2
    assert skipped(stall, left, late + SECOND) == ["stall_told"]


BARE = (desk(labels=LabelRoles(delegate=DELEGATE, hold=HOLD)),)


def test_on_a_board_without_the_label_the_comment_alone_is_posted() -> None:
    assert kinds(CARD, boards=BARE) == (PostComment,)
    told = done_by_bot(CARD, planned(stall, CARD, STUCK, boards=BARE), STUCK)
    assert skipped(stall, told, after(9), boards=BARE) == ["stall_told"]
    assert skipped(stall, replace(told, due_complete=True), after(9), boards=BARE) == ["done"]
    again = mel(told, after(9))
    assert not planned(stall, again, after(9), boards=BARE)
