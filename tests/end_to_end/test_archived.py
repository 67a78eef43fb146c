"""Cards archived since the last digest: found in the board's log, read one by one, no more."""

from datetime import timedelta

import pytest

from bot.archived import MOST_ARCHIVED
from bot.sandbox.rows import Card
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.moments import LONG
from tests.end_to_end.office import Office, Peace

MONDAY = "2026-11-30 09:00"


def _at_work(office: Office) -> Card:
    portfolio = office.add_portfolio()
    office.delegate("Plomberie", f"{LONG}\npour : 18 décembre")
    office.settled()
    return portfolio


def _archived(office: Office, name: str) -> Card:
    card = office.add_card(name)
    office.paul.archive(card)
    return card


def _reads(office: Office, card: Card) -> int:
    return sum(each.path == f"/cards/{card.id}" for each in office.app.requests)


def test_the_latest_come_first_each_once_and_none_from_before(office: Office) -> None:
    _archived(office, "Avant")
    since = office.later(5)
    first, second = (_archived(office, name) for name in ("Un", "Deux"))
    office.later(5)
    office.paul.archive(first, closed=False)
    office.paul.archive(first)
    found = office.bot.gateway.archived_since(office.board.id, since)
    assert found == (first.id, second.id)


@pytest.mark.covers("A15")
def test_more_than_one_page_is_read_to_its_end(office: Office) -> None:
    since = office.now
    early, busy = _archived(office, "Tôt"), _archived(office, "Sans cesse")
    for number in range(1_100):
        office.paul.archive(busy, closed=bool(number % 2))
    found = office.bot.gateway.archived_since(office.board.id, since)
    assert found == (busy.id, early.id)


def test_nothing_but_archiving_counts(office: Office) -> None:
    card = _archived(office, "Revenue")
    since = office.later(5)
    office.paul.rename(card, "Renommée")
    office.paul.archive(card, closed=False)
    assert office.bot.gateway.archived_since(office.board.id, since) == ()


def test_a_card_that_is_back_is_read_as_any_other(office: Office) -> None:
    _at_work(office)
    card = office.world.card_named(office.board, "Plomberie")
    office.paul.archive(card)
    office.paul.archive(card, closed=False)
    office.at(MONDAY)
    office.fresh_bot()
    before = _reads(office, card)
    assert not office.plan().reading.snapshot.cards[card.id].closed
    assert _reads(office, card) == before + 1


def test_a_card_that_came_back_out_of_sight_stays_there(office: Office) -> None:
    _at_work(office)
    office.at("2026-11-25 10:00")
    card = _archived(office, "Revenue")
    office.paul.archive(card, closed=False)
    office.move(card, 4)
    office.paul.archive_list(office.world.list_named(office.board, office.words.lists[4]))
    office.at(MONDAY)
    assert card.id not in office.plan().reading.snapshot.cards


def test_at_most_two_hundred_are_read_the_latest_of_them(office: Office) -> None:
    _at_work(office)
    office.at("2026-11-25 10:00")
    cards = [_archived(office, f"Carte {number}") for number in range(MOST_ARCHIVED + 3)]
    office.at(MONDAY)
    known = office.plan().reading.snapshot.cards
    assert [each.id in known for each in cards] == [False] * 3 + [True] * MOST_ARCHIVED


def test_while_the_digest_cannot_be_posted_they_are_not_read_again_in_each_pass(
    office: Office,
) -> None:
    portfolio = _at_work(office)
    office.at("2026-11-25 10:00")
    card = _archived(office, "Rangée")
    office.at(MONDAY)
    office.app.faults = Always("POST", f"/cards/{portfolio.id}", answer(400, "invalid value"))
    for _ in range(3):
        office.apply()
        office.later(1)
    assert _reads(office, card) == 1
    office.app.faults = Peace()
    office.world.clock.advance(timedelta(hours=1))
    office.apply()
    assert _reads(office, card) == 2
    assert len(office.world.texts(portfolio)) == 1


def test_one_that_cannot_be_read_does_not_keep_the_digest_waiting(office: Office) -> None:
    portfolio = _at_work(office)
    office.at("2026-11-25 10:00")
    card = _archived(office, "Illisible")
    office.at(MONDAY)
    office.app.faults = Always("GET", f"/cards/{card.id}", answer(503))
    office.apply()
    assert len(office.world.texts(portfolio)) == 1


def test_a_board_whose_log_is_refused_does_not_keep_the_digest_waiting(office: Office) -> None:
    portfolio = _at_work(office)
    office.at(MONDAY)
    office.app.faults = Always("GET", f"/boards/{office.board.id}/actions", answer(404, "x"))
    office.apply()
    assert len(office.world.texts(portfolio)) == 1
