"""What was delivered since an instant; a card is handed over on Monday 30 November, 08:00 UTC."""

from datetime import datetime, timedelta

import pytest

from bot.domain.deliveries import deliveries_since
from bot.domain.model import Card
from bot.domain.picture import DeliveredCard
from tests.builders import (
    BOT,
    DONE,
    MEL,
    PAUL,
    QUESTIONS,
    REVIEW,
    TODO,
    action,
    card,
    comment,
    edit,
    logged,
    replace,
    snapshot,
)
from tests.unit.domain.handed import after, handed, moved

CARD, HANDED = handed(), after()


def told(subject: Card, since: datetime = HANDED) -> list[DeliveredCard]:
    return list(deliveries_since(since, [subject], snapshot(subject)))


def arrival(subject: Card) -> datetime | None:
    """Return when the card is said to have been delivered."""
    return next((each.at for each in told(subject)), None)


def put(on: Card, *lists: str) -> Card:
    """Return the card moved to each of these lists, an hour apart."""
    for place, each in enumerate(lists, 1):
        on = moved(on, MEL, each, after(hours=place))
    return on


def completed(on: Card, hours: int) -> Card:
    """Return the card after its mark was set, or taken off."""
    mark = edit(MEL.member_id, "dueComplete", after(hours=hours))
    return logged(replace(on, due_complete=not on.due_complete), mark)


def archived(on: Card, hours: int) -> Card:
    """Return the card archived, or taken back out."""
    put_away = edit(PAUL.member_id, "closed", after(hours=hours))
    return logged(replace(on, closed=not on.closed), put_away)


def elsewhere(on: Card, hours: int) -> Card:
    """Return the card after it came from another board."""
    return logged(on, action("moveCardToBoard", MEL.member_id, after(hours=hours)))


@pytest.mark.parametrize(
    ("subject", "hours"),
    [
        (CARD, None),
        (put(CARD, REVIEW), 1),
        (put(CARD, DONE), 1),
        (completed(CARD, 1), 1),
        (archived(logged(CARD, comment(MEL.member_id, "fait", after(hours=1))), 2), 2),
        # Who archives what nobody has worked on gives it up.
        (archived(CARD, 1), None),
        (archived(logged(CARD, comment(PAUL.member_id, "tant pis", after(hours=1))), 2), None),
        # A move to another board names no list.
        (elsewhere(put(CARD, REVIEW), 3), 1),
        (elsewhere(replace(CARD, list_id=DONE), 3), 3),
        (elsewhere(CARD, 3), None),
        (moved(elsewhere(CARD, 1), MEL, REVIEW, after(hours=2)), 2),
        # One arrival, however often it moves on from there.
        (put(CARD, REVIEW, DONE), 1),
        (moved(completed(CARD, 1), MEL, QUESTIONS, after(hours=2)), 1),
        (archived(completed(put(CARD, REVIEW, DONE), 3), 4), 1),
        # Back for more work it is delivered no more; the second time counts anew.
        (put(CARD, REVIEW, TODO), None),
        (put(CARD, REVIEW, TODO, REVIEW), 3),
        (completed(completed(CARD, 1), 2), None),
        (completed(completed(completed(CARD, 1), 2), 3), 3),
        (moved(completed(completed(CARD, 1), 2), MEL, REVIEW, after(hours=3)), 3),
        (moved(archived(archived(CARD, 1), 2), MEL, REVIEW, after(hours=3)), 3),
        # What was never handed over, or arrived unseen, is nobody's delivery.
        (put(card(), REVIEW), None),
        (replace(CARD, list_id=REVIEW), None),
    ],
)
def test_a_delivery_is_when_the_card_arrived_where_it_is(subject: Card, hours: int | None) -> None:
    assert arrival(subject) == (None if hours is None else after(hours=hours))


def test_other_edits_are_no_arrival() -> None:
    renamed = logged(put(CARD, REVIEW), edit(MEL.member_id, "name", after(hours=5)))
    assert arrival(renamed) == after(hours=1)
    before = logged(CARD, edit(MEL.member_id, "name", after(minutes=5)))
    assert arrival(put(before, REVIEW)) == after(hours=1)


def test_a_move_by_the_bots_account_is_no_persons_delivery() -> None:
    by_bot = edit(BOT, "idList", after(hours=1), list_before=TODO, list_after=REVIEW)
    assert arrival(logged(replace(CARD, list_id=REVIEW), by_bot)) is None


def test_what_was_delivered_before_the_last_digest_is_no_news() -> None:
    delivered = put(CARD, REVIEW)
    assert told(delivered, after(minutes=61)) == []
    assert told(delivered, after(hours=1))


def test_a_delivery_comes_with_its_assistant_and_workload() -> None:
    subject = put(CARD, REVIEW)
    assert told(subject) == [DeliveredCard(subject, MEL, after(hours=1), timedelta(hours=3))]


def test_without_a_brief_no_workload_is_claimed_and_without_an_assistant_it_still_is() -> None:
    gone = replace(put(CARD, REVIEW), member_ids=())
    bare = replace(put(CARD, REVIEW), desc="")
    assert told(gone) == [DeliveredCard(gone, None, after(hours=1), timedelta(hours=3))]
    assert told(bare) == [DeliveredCard(bare, MEL, after(hours=1), None)]
