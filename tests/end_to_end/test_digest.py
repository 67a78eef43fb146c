"""The weekly digest on the portfolio card: once a week, whatever happens around it."""

from collections.abc import Callable

import pytest

from bot.sandbox.rows import Card
from tests.end_to_end.faults import CRASHES, FAULTS, Always, Crash, Meanwhile, answer
from tests.end_to_end.moments import LONG
from tests.end_to_end.office import COMPLETE, Office, Peace, outcomes

CALM = f"{LONG}\npour : 18 décembre"
"""Weeks in which nothing becomes due."""

MONDAY = "2026-11-30 09:00"


def _at_work(office: Office, notes: str = "") -> Card:
    """Return the portfolio card of a board with one card in Mel's hands."""
    portfolio = office.add_portfolio()
    if notes:
        office.paul.describe(portfolio, notes)
    office.delegate("Trouver un plombier", CALM)
    office.settled()
    return portfolio


def _delivered(office: Office, name: str) -> Card:
    """Return a card that Mel has just finished, on Wednesday."""
    card = office.delegate(name, COMPLETE[office.language])
    office.settled()
    office.at("2026-11-25 10:00")
    office.mel.comment(card, "https://example.com/resultat")
    office.move(card, 3, office.mel)
    office.settled()
    return card


def _lists_archived(office: Office) -> int:
    """Return how often the bot has asked which cards were archived."""
    path = f"/boards/{office.board.id}/actions"
    asked = (each for each in office.app.requests if each.path.endswith(path))
    return sum("reactions" not in each.params for each in asked)


# When


@pytest.mark.covers("B7", "D18")
def test_the_digest_is_posted_on_monday_at_nine_in_the_owners_zone_and_once(
    office: Office,
) -> None:
    portfolio = _at_work(office)
    office.at("2026-11-30 08:59")
    office.apply()
    assert office.world.texts(portfolio) == []
    office.at(MONDAY)
    assert ("post_comment", "applied") in outcomes(office.apply())
    (digest,) = office.world.texts(portfolio)
    assert digest.startswith("@paul, ")
    assert office.written_by(office.apply) == []
    office.fresh_bot(forget=True)
    assert office.written_by(office.apply) == []
    for local in ("2026-11-30 17:00", "2026-12-02 10:00", "2026-12-07 08:59"):
        office.at(local)
        office.fresh_bot(forget=True)
        office.apply()
        assert office.world.texts(portfolio) == [digest]
    office.at("2026-12-07 09:00")
    office.apply()
    assert len(office.world.texts(portfolio)) == 2


def test_before_the_first_hand_over_nothing_is_written(office: Office) -> None:
    portfolio = office.add_portfolio()
    office.delegate("Appeler le plombier")
    office.settled()
    office.at(MONDAY)
    office.apply()
    assert office.world.texts(portfolio) == []
    assert portfolio.desc == ""


def test_a_card_handed_over_after_the_hour_brings_no_digest_before_the_next_week(
    office: Office,
) -> None:
    portfolio = _at_work(office)
    office.at("2026-11-23 17:00")
    office.apply()
    assert office.world.texts(portfolio) == []
    office.at(MONDAY)
    office.apply()
    assert len(office.world.texts(portfolio)) == 1


@pytest.mark.covers("D20")
@pytest.mark.parametrize(
    ("local", "count"),
    [
        ("2026-11-30 09:40", 1),
        ("2026-11-30 13:00", 0),
        ("2026-12-01 15:00", 1),
        ("2026-12-05 10:00", 0),
        ("2026-12-07 08:59", 0),
        ("2026-12-22 10:00", 1),
    ],
)
def test_a_worker_that_was_down_at_the_hour_posts_one_late_digest_in_working_hours(
    office: Office, local: str, count: int
) -> None:
    portfolio = _at_work(office)
    office.at(local)
    office.apply()
    assert len(office.world.texts(portfolio)) == count
    office.fresh_bot(forget=True)
    office.apply()
    assert len(office.world.texts(portfolio)) == count


def test_a_holiday_moves_the_digest_to_the_next_working_day(office: Office) -> None:
    office.settings["people"]["owner"]["holidays"] = "FR"
    office.at("2027-03-22 10:00")
    portfolio = office.add_portfolio()
    office.delegate("Trouver un plombier", f"{LONG}\npour : 20 avril")
    office.settled()
    office.at("2027-03-29 10:00")
    office.apply()
    assert office.world.texts(portfolio) == []
    office.at("2027-03-30 09:00")
    office.apply()
    assert len(office.world.texts(portfolio)) == 1
    office.at("2027-04-05 09:00")
    office.apply()
    assert len(office.world.texts(portfolio)) == 2


def test_day_and_hour_are_the_owners_to_choose(office: Office) -> None:
    office.settings["digest"] = {"day": "vendredi", "time": "16:30"}
    portfolio = _at_work(office)
    office.at("2026-11-27 16:29")
    office.apply()
    assert office.world.texts(portfolio) == []
    office.at("2026-11-27 16:30")
    office.apply()
    assert len(office.world.texts(portfolio)) == 1


def test_the_hold_label_on_the_portfolio_card_silences_the_digest(office: Office) -> None:
    portfolio = _at_work(office)
    office.paul.label(portfolio, office.words.labels["hold"])
    office.at(MONDAY)
    before = portfolio.desc
    office.apply()
    assert office.world.texts(portfolio) == []
    assert portfolio.desc == before
    office.paul.unlabel(portfolio, office.words.labels["hold"])
    office.apply()
    assert len(office.world.texts(portfolio)) == 1


def test_on_the_owners_own_account_the_digest_comes_once_too(office: Office) -> None:
    office.use(office.world.grant(office.paul))
    portfolio = _at_work(office)
    office.at(MONDAY)
    office.apply()
    assert len(office.world.texts(portfolio)) == 1
    office.fresh_bot(forget=True)
    office.apply()
    assert len(office.world.texts(portfolio)) == 1


# Where


def _archive(office: Office, portfolio: Card) -> None:
    office.paul.archive(portfolio)


def _delete(office: Office, portfolio: Card) -> None:
    office.paul.delete(portfolio)


def _double(office: Office, _: Card) -> None:
    office.add_portfolio()


@pytest.mark.parametrize("gone", [_archive, _delete, _double])
def test_without_one_portfolio_card_a_board_gets_no_digest_and_no_fault(
    office: Office, gone: Callable[[Office, Card], None]
) -> None:
    portfolio = _at_work(office)
    desc = portfolio.desc
    gone(office, portfolio)
    office.at(MONDAY)
    report = office.apply()
    assert report.exit_code == 0
    assert {each.planned.rule for each in report.effects} == {"stall"}
    assert portfolio.desc == desc
    assert office.world.texts(portfolio) == []


def test_a_portfolio_card_that_goes_in_mid_pass_stops_nothing(office: Office) -> None:
    portfolio = _at_work(office)
    office.at(MONDAY)
    office.app.faults = Meanwhile("POST", "/idLabels", lambda: office.paul.delete(portfolio))
    assert office.apply().exit_code == 0
    assert office.settled().exit_code == 0


def _shared(office: Office) -> tuple[Card, str]:
    """Return the portfolio card of two boards, and the path of the second, which has moved."""
    other = office.add_board("Boutique")
    portfolio = office.add_portfolio()
    office.settings["boards"] = [
        {"board": each.short_link, "portfolio": portfolio.short_link}
        for each in (office.board, other)
    ]
    office.delegate("Ici", CALM)
    office.delegate("Là-bas", CALM, other)
    office.settled()
    office.add_card("Note", board=other)
    return portfolio, f"/boards/{other.short_link}"


@pytest.mark.covers("A13")
def test_two_boards_share_one_portfolio_card_by_its_short_link(office: Office) -> None:
    portfolio, _ = _shared(office)
    office.at(MONDAY)
    office.apply()
    (digest,) = office.world.texts(portfolio)
    assert "Ici" in portfolio.desc
    assert "Là-bas" in portfolio.desc
    assert "Mel" in digest
    assert "2" in digest


def test_a_shared_portfolio_card_need_not_be_the_one_of_the_board_it_lies_on(
    office: Office,
) -> None:
    other = office.add_board("Boutique")
    own = office.add_portfolio()
    shared = office.add_card("Vue d’ensemble")
    office.settings["boards"] = [
        office.board.short_link,
        {"board": other.short_link, "portfolio": shared.short_link},
    ]
    office.delegate("Ici", CALM)
    office.delegate("Là-bas", CALM, other)
    office.settled()
    office.at(MONDAY)
    office.apply()
    assert ("Ici" in own.desc, "Là-bas" in own.desc) == (True, False)
    assert ("Ici" in shared.desc, "Là-bas" in shared.desc) == (False, True)
    assert [len(office.world.texts(each)) for each in (own, shared)] == [1, 1]


def test_a_board_that_fails_in_one_pass_is_waited_for_and_not_taken_for_empty(
    office: Office,
) -> None:
    portfolio, path = _shared(office)
    before = portfolio.desc
    office.at(MONDAY)
    office.app.faults = Always("GET", path, answer(503))
    assert office.apply().exit_code == 3
    assert (office.world.texts(portfolio), portfolio.desc) == ([], before)
    office.app.faults = Peace()
    office.apply()
    (digest,) = office.world.texts(portfolio)
    assert "manque ici" not in digest


def test_a_board_that_stays_away_for_an_hour_is_named_in_the_digest(office: Office) -> None:
    portfolio, path = _shared(office)
    office.at("2026-11-30 10:00")
    office.app.faults = Always("GET", path, answer(503))
    office.apply()
    (digest,) = office.world.texts(portfolio)
    assert f"Le tableau {path.removeprefix('/boards/')} manque ici" in digest


def test_a_board_that_the_bot_may_no_more_see_is_named_and_the_digest_comes(
    office: Office,
) -> None:
    portfolio, path = _shared(office)
    office.at(MONDAY)
    office.app.faults = Always("GET", path, answer(404, "board not found"))
    assert office.apply().exit_code == 2
    (digest,) = office.world.texts(portfolio)
    assert "manque ici" in digest
    assert "manque ici" in portfolio.desc


# What was archived meanwhile


def test_a_card_that_was_delivered_and_archived_is_told_in_the_next_digest_and_no_other(
    office: Office,
) -> None:
    portfolio = _at_work(office)
    card = _delivered(office, "Ranger la réserve")
    office.paul.archive(card)
    office.at(MONDAY)
    office.apply()
    assert "Ranger la réserve" in office.world.texts(portfolio)[-1]
    office.at("2026-12-07 09:00")
    office.apply()
    assert len(office.world.texts(portfolio)) == 2
    assert "Ranger la réserve" not in office.world.texts(portfolio)[-1]


def test_the_digest_comes_also_when_every_card_has_been_delivered_and_archived(
    office: Office,
) -> None:
    portfolio = office.add_portfolio()
    card = _delivered(office, "Ranger la réserve")
    office.paul.archive(card)
    office.at(MONDAY)
    office.apply()
    (digest,) = office.world.texts(portfolio)
    assert "Ranger la réserve" in digest


def test_what_is_delivered_while_the_digest_is_being_posted_is_told_in_the_next(
    office: Office,
) -> None:
    portfolio = _at_work(office)
    card = office.delegate("Ranger la réserve", CALM)
    office.settled()
    office.at(MONDAY)

    def deliver() -> None:
        office.later(0.03)
        office.move(card, 3, office.mel)
        office.later(0.03)

    office.app.faults = Meanwhile("POST", f"/cards/{portfolio.id}/actions/comments", deliver)
    office.apply()
    office.app.faults = Peace()
    office.later(20)
    office.apply()
    assert "Ranger la réserve" in portfolio.desc
    office.at("2026-12-07 09:00")
    office.apply()
    first, second = office.world.texts(portfolio)
    assert "**Livré" not in first
    assert "Ranger la réserve" in second.partition("**Livré")[2]


def test_a_deleted_card_is_passed_over(office: Office) -> None:
    portfolio = _at_work(office)
    card = _delivered(office, "Ranger la réserve")
    office.paul.archive(card)
    office.paul.delete(card)
    office.at(MONDAY)
    assert office.apply().exit_code == 0
    (digest,) = office.world.texts(portfolio)
    assert "Ranger la réserve" not in digest


def test_archived_cards_are_asked_for_when_a_digest_is_due_and_at_no_other_time(
    office: Office,
) -> None:
    _at_work(office)
    office.at("2026-11-30 08:00")
    office.apply()
    assert _lists_archived(office) == 0
    office.at(MONDAY)
    office.apply()
    assert _lists_archived(office) == 1
    office.apply()
    assert _lists_archived(office) == 1


def test_a_digest_that_could_not_learn_what_was_archived_comes_with_the_next_pass(
    office: Office,
) -> None:
    portfolio = _at_work(office)
    office.settled()
    office.at(MONDAY)
    office.app.faults = Always("GET", f"/boards/{office.board.id}/actions", answer(503))
    for _ in range(2):
        # In the second nothing else is to be done.
        office.later(1)
        office.apply()
    assert office.world.texts(portfolio) == []
    office.app.faults = Peace()
    office.later(1)
    office.apply()
    assert len(office.world.texts(portfolio)) == 1


def test_rules_are_silent_about_archived_cards(office: Office) -> None:
    _at_work(office)
    card = _delivered(office, "Ranger la réserve")
    office.mel.comment(card, "/why")
    office.paul.archive(card)
    office.at(MONDAY)
    assert not [each for each in office.written_by(office.apply) if card.id in each]


def test_the_digest_waits_while_trello_does_not_say_what_was_archived(office: Office) -> None:
    portfolio = _at_work(office)
    office.at(MONDAY)
    office.app.faults = Always("GET", f"/boards/{office.board.id}/actions", answer(503))
    report = office.apply()
    assert office.world.texts(portfolio) == []
    assert report.exit_code == 3
    office.app.faults = Peace()
    office.apply()
    assert len(office.world.texts(portfolio)) == 1


# Whatever breaks


@pytest.mark.covers("B7")
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("crash", CRASHES)
def test_a_crash_between_comment_and_description_and_another_apply_give_the_same_card(
    office: Office, crash: str, number: int
) -> None:
    portfolio = _at_work(office, "À moi.")
    office.delegate("Ranger la réserve", CALM)
    office.settled()
    card = _finished_on_monday(office)
    with pytest.raises(Crash):
        office.apply(**CRASHES[crash](office, number))
    office.app.faults = Peace()
    office.fresh_bot(forget=True)
    office.apply()
    office.later(16)
    office.apply()
    assert len(office.world.texts(portfolio)) == 1
    assert portfolio.desc.startswith("À moi.\n\n---\n")
    assert portfolio.desc.count("delegate-bot · ref") == 1
    assert card.name in portfolio.desc


def _finished_on_monday(office: Office) -> Card:
    card = office.world.card_named(office.board, "Ranger la réserve")
    office.at("2026-11-30 08:50")
    office.move(card, 2, office.paul)
    office.at(MONDAY)
    return card


@pytest.mark.parametrize(
    "fault", ["5xx, applied", "answer lost, not applied", "answer lost, applied"]
)
@pytest.mark.parametrize("number", [1, 2])
def test_a_fault_at_either_write_leaves_one_digest_and_one_dashboard(
    office: Office, fault: str, number: int
) -> None:
    portfolio = _at_work(office)
    office.delegate("Ranger la réserve", CALM)
    office.settled()
    _finished_on_monday(office)
    office.apply(**FAULTS[fault](office, number))
    office.app.faults = Peace()
    office.apply()
    assert len(office.world.texts(portfolio)) == 1
    assert portfolio.desc.count("delegate-bot · ref") == 1
