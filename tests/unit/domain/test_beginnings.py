"""Since when somebody has the ball at the beginning: the hand-over, or when nobody has the card."""

from datetime import timedelta

import pytest

from bot.domain.ball import Holder, handed_over, possessions
from bot.domain.model import Action, Card, Person
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    LONG_AGO,
    MEL,
    NOW,
    PAUL,
    TOM,
    action,
    card,
    comment,
    edit,
    logged,
    replace,
    snapshot,
)
from tests.unit.domain.handed import after, handed, without

CARD = handed()
HAND_OVER = next(each for each in CARD.log or () if each.type == "commentCard")
OWNER, ASSISTANT = Holder.OWNER, Holder.ASSISTANT
Turn = tuple[Holder, float, str]


def said(who: Person, text: str, minutes: float) -> Action:
    return comment(who.member_id, text, after(minutes=minutes))


def turns(on: Card, *log: Action) -> list[Turn]:
    """Return who had the ball, from which minute after hand-over on, and why."""
    full = logged(on, *log)
    found = possessions(full, snapshot(full))
    minute = timedelta(minutes=1)
    return [(each.holder, (each.since - NOW) / minute, each.why.code) for each in found]


def told(who: Person, minutes: float, by: str = BOT) -> Action:
    """Return a hand-over comment."""
    text = signed("à vous", reference(CARD.id, "hand-over", who.member_id))
    return comment(by, text, after(minutes=minutes))


def left(minutes: float) -> Action:
    return action("removeMemberFromCard", PAUL.member_id, after(minutes=minutes))


def test_without_an_assistant_the_owner_has_it_since_somebody_left() -> None:
    alone = replace(CARD, member_ids=())
    gone = action("removeMemberFromCard", PAUL.member_id, after(minutes=5))
    earlier = action("removeMemberFromCard", PAUL.member_id, after(minutes=4))
    (found,) = possessions(logged(alone, earlier, gone), snapshot(alone))
    assert (found.holder, found.since, found.event) == (OWNER, gone.at, gone.id)
    (never,) = possessions(replace(alone, log=None), snapshot(alone))
    assert (never.holder, never.since, never.event) == (OWNER, LONG_AGO, "once")
    assert never.why.code == "ball_nobody"


@pytest.mark.parametrize(
    ("log", "since"),
    [
        ([], 0),
        ([left(-5)], 0),
        ([left(5)], 5),
        ([left(5), left(4)], 5),
        ([told(TOM, 7)], 7),
        ([left(5), told(TOM, 7)], 7),
        ([told(TOM, 7), left(8)], 8),
        ([comment(BOT, signed("?", reference(CARD.id, "ask")), after(minutes=9))], 0),
        ([told(TOM, 9, by=PAUL.member_id), said(PAUL, "à vous", 9)], 0),
        ([action("addMemberToCard", PAUL.member_id, after(minutes=9))], 0),
    ],
)
def test_nobody_has_it_since_the_last_one_left_or_was_told(log: list[Action], since: float) -> None:
    alone = logged(replace(CARD, member_ids=()), *log)
    (found,) = possessions(alone, snapshot(alone))
    assert (found.holder, found.since) == (OWNER, after(minutes=since))
    assert found.event in {each.id for each in alone.log or () if each.at == found.since}


def test_a_hand_over_of_which_only_the_description_tells_began_with_its_first_write() -> None:
    by_hand = action("addMemberToCard", PAUL.member_id, after(minutes=5))
    written = [each for each in CARD.log or () if each.field == "desc"]
    edited = edit(PAUL.member_id, "desc", after(minutes=-9)), *written, by_hand
    again = edit(BOT, "desc", after(minutes=7)), edit(PAUL.member_id, "desc", after(minutes=8))
    subject = replace(CARD, log=(*edited, *again))
    assert turns(subject, said(MEL, "Quand ?", 9)) == [
        (ASSISTANT, -1, "ball_handed_over"),
        (OWNER, 9, "act_question"),
    ]


def test_a_hand_over_whose_comment_is_gone_began_when_the_bot_put_the_assistant_on() -> None:
    bare = without(CARD, HAND_OVER.id)
    two_seconds_before: Turn = (ASSISTANT, -2 / 60, "ball_handed_over")
    assert turns(bare, said(MEL, "Quand ?", 1)) == [
        two_seconds_before,
        (OWNER, 1, "act_question"),
    ]
    by_hand = action("addMemberToCard", PAUL.member_id, after(minutes=5))
    assert turns(bare, by_hand) == [two_seconds_before]
    (found,) = possessions(bare, snapshot(bare))
    assert found.event == "once"
    again = action("addMemberToCard", BOT, after(minutes=5))
    assert turns(bare, again) == [(ASSISTANT, 5, "ball_handed_over")]


def test_where_nothing_tells_of_the_hand_over_it_began_with_the_card() -> None:
    found = card(member_ids=(MEL.member_id,))
    for each in (found, replace(found, log=None)):
        (turn,) = possessions(each, snapshot(each))
        assert (turn.holder, turn.since, turn.event) == (ASSISTANT, LONG_AGO, "once")


def test_each_assistant_has_a_hand_over_of_their_own() -> None:
    assert handed_over(CARD, MEL, snapshot(CARD)) == HAND_OVER
    assert handed_over(CARD, TOM, snapshot(CARD)) is None
    by_tom = logged(replace(CARD, member_ids=(TOM.member_id,)), said(MEL, "Quand ?", 1))
    given_on = logged(by_tom, told(TOM, 3))
    assert turns(given_on) == [(ASSISTANT, 3, "ball_handed_over")]
    # What the former one says from now on is said by neither owner nor assistant.
    assert turns(given_on, said(MEL, "Quand ?", 4)) == [(ASSISTANT, 3, "ball_handed_over")]
