"""More cards than the limit: nothing is written before the owner or the operator agrees."""

import pytest

from bot.ports import StopError
from bot.sandbox.rows import Card
from tests.end_to_end.office import Office


def _crowd(office: Office, count: int = 25) -> list[Card]:
    return [office.complete(f"Travail {number}") for number in range(count)]


def _served(office: Office, cards: list[Card]) -> int:
    return sum(office.world.members(each) == ["mel"] for each in cards)


@pytest.mark.covers("G5", "G6", "S27")
def test_twenty_five_cards_at_once_are_asked_about_on_the_portfolio_card(office: Office) -> None:
    portfolio, cards = office.add_portfolio(), _crowd(office)
    report = office.apply()
    assert report.exit_code == 4
    assert _served(office, cards) == 0
    assert office.writes == [f"POST /cards/{portfolio.id}/actions/comments"]
    (question,) = office.world.texts(portfolio)
    assert question.startswith("@paul, ")
    assert "25" in question
    assert "20" in question


def test_the_question_is_asked_once_a_day(office: Office) -> None:
    office.settings["limits"] = {"max_cards": 2}
    portfolio = office.add_portfolio()
    _crowd(office, 3)
    for _ in range(3):
        assert office.apply().exit_code == 4
        office.later()
    assert len(office.world.texts(portfolio)) == 1
    office.fresh_bot(forget=True)
    office.apply()
    assert len(office.world.texts(portfolio)) == 1
    office.later(60 * 24)
    office.apply()
    assert len(office.world.texts(portfolio)) == 2


def test_go_approves_the_cards_of_the_newest_question_and_no_others(office: Office) -> None:
    office.settings["limits"] = {"max_cards": 3}
    portfolio, cards = office.add_portfolio(), _crowd(office, 5)
    office.apply()
    late = _crowd(office, 4)
    go = office.paul.comment(portfolio, "/go")
    report = office.apply()
    assert _served(office, cards) == 5
    assert _served(office, late) == 0
    assert report.exit_code == 4
    assert [each["emoji"]["shortName"] for each in go.reactions] == ["thumbsup"]


@pytest.mark.covers("G5", "S27")
def test_without_a_portfolio_card_nothing_is_asked_and_nothing_written(office: Office) -> None:
    office.settings["limits"] = {"max_cards": 2}
    cards = _crowd(office, 3)
    report = office.apply()
    assert report.exit_code == 4
    assert office.writes == []
    assert _served(office, cards) == 0
    assert {each.card_id for each in report.plan.withheld} == {each.id for each in cards}


def test_force_approves_all(office: Office) -> None:
    office.settings["limits"] = {"max_cards": 2}
    office.add_portfolio()
    cards = _crowd(office, 3)
    assert office.apply(force=True).exit_code == 0
    assert _served(office, cards) == 3


def test_exactly_the_limit_is_no_question(office: Office) -> None:
    office.settings["limits"] = {"max_cards": 3}
    cards = _crowd(office, 3)
    assert office.apply().exit_code == 0
    assert _served(office, cards) == 3


def test_other_rules_go_on(office: Office) -> None:
    office.settings["limits"] = {"max_cards": 2}
    office.add_portfolio()
    _crowd(office, 3)
    core = office.delegate("Négocier", labels=[office.words.labels["core"]])
    office.apply()
    assert len(office.world.texts(core)) == 1


def test_writing_can_be_limited_to_one_board(office: Office) -> None:
    other = office.add_board("Autre")
    office.settings["boards"].append(other.short_link)
    here = office.complete()
    there = office.delegate("Là-bas", "méthode : a\ncharge : 1h", other)
    for name in ("autre", f"https://trello.com/b/{other.short_link}/autre", other.id):
        office.apply(board=name)
        assert (office.world.members(here), office.world.members(there)) == ([], ["mel"])
    with pytest.raises(StopError, match="Atelier"):
        office.apply(board="Inconnu")
