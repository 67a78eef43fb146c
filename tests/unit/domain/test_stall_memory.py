"""What is remembered of a comment that a person deleted."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.changes import AddLabel, Change, PostComment
from bot.domain.model import Instant
from bot.domain.rules.stall import stall
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    MEL,
    NOW,
    PAUL,
    QUESTIONS,
    STALLED,
    STRANGER,
    TODO,
    comment,
    logged,
    replace,
)
from tests.unit.domain.handed import (
    after,
    an_event,
    bot_said,
    comments,
    labelled,
    log_of,
    moved,
    passed,
    planned,
    said,
    skipped,
    without,
)
from tests.unit.domain.stuck import (
    CARD,
    FULL,
    HAND_OVER,
    OFFER,
    ON,
    SECOND,
    STUCK,
    TOLD,
    kinds,
    mel,
)


def test_an_offer_that_a_person_deleted_is_remembered_by_the_label_set_after_it() -> None:
    gone = without(TOLD, OFFER.id)
    assert skipped(stall, gone, STUCK + timedelta(days=5)) == ["stall_told"]
    unflagged = labelled(gone, STALLED, STUCK + SECOND, who=PAUL.member_id, off=True)
    assert skipped(stall, unflagged, STUCK + timedelta(days=5)) == ["stall_told"]


def test_an_offer_that_a_person_deleted_is_remembered_by_this_installation() -> None:
    memory = frozenset({reference(CARD.id, "stall", HAND_OVER.id)})
    assert skipped(stall, CARD, STUCK + timedelta(days=5), remembered=memory) == ["stall_told"]


def test_without_either_it_comes_back() -> None:
    assert kinds(CARD, STUCK + timedelta(days=1), remembered=frozenset({"aaaaaaaaaa"})) == FULL


@pytest.mark.parametrize("who", [PAUL.member_id, STRANGER])
def test_a_label_that_a_person_set_remembers_nothing(who: str) -> None:
    theirs = labelled(CARD, STALLED, STUCK, who=who)
    assert kinds(theirs, STUCK + timedelta(days=1)) == (PostComment,)


def test_the_flag_of_an_earlier_episode_remembers_nothing_of_this_one() -> None:
    moving = mel(without(TOLD, OFFER.id), STUCK + timedelta(hours=1))
    assert PostComment in kinds(moving, after(9))


def test_an_offer_about_an_act_that_a_person_deleted_counts_whatever_its_reference() -> None:
    act = said(MEL, after(hours=1))
    told = passed(stall, logged(CARD, act), after(2, hours=2))
    gone = without(told, act.id)
    assert skipped(stall, gone, after(9)) == ["stall_told"]
    unflagged = replace(gone, log=log_of(gone)[:-1], label_ids=CARD.label_ids)
    assert planned(stall, unflagged, after(9)) == [ON]


@pytest.mark.parametrize(
    ("at", "wanted"), [(STUCK, (AddLabel,)), (STUCK - SECOND, FULL), (NOW + SECOND, FULL)]
)
def test_a_word_about_a_deleted_act_is_an_offer_when_it_came_once_the_time_was_over(
    at: Instant, wanted: tuple[type[Change], ...]
) -> None:
    word = comment(BOT, signed("@mel écrit", "aaaaaaaaaa"), at)
    assert kinds(logged(CARD, word), STUCK + timedelta(days=1)) == wanted


@pytest.mark.parametrize("text", ["@paul et @mel", "@melanie écrit"])
def test_an_unknown_word_to_somebody_else_is_no_offer(text: str) -> None:
    word = comment(BOT, signed(text, "aaaaaaaaaa"), STUCK + SECOND)
    assert PostComment in kinds(logged(CARD, word), after(3))


def test_a_word_about_a_deleted_act_that_came_too_soon_for_an_offer_is_none() -> None:
    # Mel mistyped a command, the bot answered, she deleted what she had typed.
    answer = comment(BOT, signed("@mel écrit", "aaaaaaaaaa"), after(hours=1))
    answered = logged(CARD, answer)
    assert skipped(stall, answered, STUCK - SECOND) == ["moving"]
    assert kinds(answered, STUCK) == FULL


@pytest.mark.parametrize("other", ["reply", "changes", "delivery", "pass"])
def test_another_text_of_the_bots_is_no_offer(other: Any) -> None:
    told = logged(CARD, bot_said(CARD, other, after(hours=1), about=an_event(CARD)))
    assert kinds(told) == FULL


def test_an_offer_before_the_ball_came_back_is_of_an_earlier_episode() -> None:
    asked = moved(TOLD, MEL, QUESTIONS, after(3))
    back = moved(asked, PAUL, TODO, after(4))
    assert PostComment in kinds(back, after(8))
    assert not comments(stall, back, after(8) - SECOND)


def test_an_offer_that_only_pretends_to_be_the_bots_is_none() -> None:
    forged = replace(OFFER, member_id=PAUL.member_id)
    assert kinds(logged(CARD, forged), after(4)) == FULL
