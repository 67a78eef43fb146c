"""Whoever is put on a card again begins anew from then."""

import pytest

from bot.domain.ball import Holder, evidence, possessions
from bot.domain.model import Action, Card
from bot.domain.rules.answers import answers
from bot.domain.rules.stall import stall
from bot.domain.tokens import reference
from tests.builders import BOT, MEL, NOW, PAUL, STRANGER, TOM, action, logged, replace, snapshot
from tests.unit.domain.handed import after, comments, course, handed, planned, said, skipped
from tests.unit.domain.stuck import SECOND

CARD = handed()
HAND_OVER = (CARD.log or ())[-1]


def joins(about: str | None, minutes: float, kind: str = "addMemberToCard") -> Action:
    return action(kind, PAUL.member_id, after(minutes=minutes), about=about)


def begins(on: Card) -> tuple[float, str]:
    """Return the minute after hand-over at which the first possession began, and its event."""
    first = possessions(on, snapshot(on))[0]
    assert (first.holder, first.why.code) == (Holder.ASSISTANT, "ball_handed_over")
    return (first.since - NOW).total_seconds() / 60, first.event


LEFT, BACK, AGAIN = (
    joins(MEL.member_id, 30, "removeMemberFromCard"),
    joins(MEL.member_id, 60),
    joins(MEL.member_id, 90),
)


def test_who_comes_back_begins_anew_and_the_last_time_counts() -> None:
    assert begins(logged(CARD, LEFT, BACK)) == (60, BACK.id)
    assert begins(logged(CARD, LEFT, BACK, AGAIN)) == (90, AGAIN.id)


@pytest.mark.parametrize(
    "other",
    [
        joins(TOM.member_id, 60),
        joins(None, 60),
        joins(MEL.member_id, 60, "removeMemberFromCard"),
        joins(MEL.member_id, -1),
        joins(MEL.member_id, 0),
        action("commentCard", STRANGER, after(minutes=60), about=MEL.member_id),
    ],
)
def test_nothing_else_begins_anew(other: Action) -> None:
    assert begins(logged(CARD, other)) == (0, HAND_OVER.id)


def test_what_was_done_before_they_came_back_is_no_evidence() -> None:
    early, late = said(MEL, after(minutes=20), "bloqué"), said(MEL, after(minutes=70), "Alors ?")
    subject = logged(CARD, early, LEFT, BACK, late)
    assert [each.action for each in evidence(subject, snapshot(subject))] == [late]
    assert [each.action for each in course(subject).evidence] == [late]
    assert course(logged(CARD, early)).evidence[0].action == early
    assert skipped(answers, logged(CARD, early, BACK), after(1)) == ["nobody_awaited"]


def test_their_stall_is_counted_from_when_they_came_back() -> None:
    back = action("addMemberToCard", BOT, after(7), about=MEL.member_id)
    subject = logged(CARD, back)
    assert not planned(stall, subject, after(9) - SECOND)
    (offer,) = comments(stall, subject, after(9))
    assert offer.ref == reference(CARD.id, "stall", back.id)


def test_an_assistant_who_was_put_on_the_card_first_begins_with_the_hand_over() -> None:
    told = tuple(
        replace(each, about=MEL.member_id) if each.type == "addMemberToCard" else each
        for each in CARD.log or ()
    )
    assert begins(replace(CARD, log=told)) == (0, HAND_OVER.id)
