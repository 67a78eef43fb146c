"""The portfolio card's description: always current, and people's own text stays theirs."""

from collections.abc import Callable

import pytest

from bot.sandbox.rows import Card
from tests.end_to_end.faults import Meanwhile
from tests.end_to_end.moments import LONG
from tests.end_to_end.office import Office, outcomes

CALM = f"{LONG}\npour : 18 décembre"
NOTES = "# Mes notes\n\n- rappeler *Léa*"


def _at_work(office: Office, notes: str = NOTES) -> Card:
    portfolio = office.add_portfolio()
    office.paul.describe(portfolio, notes)
    office.delegate("Trouver un plombier", CALM)
    office.settled()
    return portfolio


def _written(office: Office, portfolio: Card) -> int:
    return office.writes.count(f"PUT /cards/{portfolio.id}")


def _moved_on(office: Office) -> None:
    """Let the picture change."""
    office.move(office.world.card_named(office.board, "Trouver un plombier"), 2, office.mel)


def test_the_dashboard_stands_below_the_owners_notes_with_links(office: Office) -> None:
    portfolio = _at_work(office)
    card = office.world.card_named(office.board, "Trouver un plombier")
    assert portfolio.desc.startswith(f"{NOTES}\n\n---\n")
    dashboard = portfolio.desc.removeprefix(NOTES)
    assert card.short_link in dashboard
    assert "@" not in dashboard
    assert office.world.texts(portfolio) == []


def test_the_dashboard_is_written_when_it_differs_and_at_no_other_time(office: Office) -> None:
    portfolio = _at_work(office)
    for local in ("2026-11-23 12:00", "2026-11-23 17:59", "2026-11-24 10:00", "2026-11-24 17:00"):
        office.at(local)
        office.fresh_bot(forget=True)
        office.apply()
    assert _written(office, portfolio) == 1


def test_a_card_at_risk_does_not_move_the_dashboard_with_every_quarter_of_an_hour(
    office: Office,
) -> None:
    portfolio = office.add_portfolio()
    office.delegate("Trop long", f"{LONG.replace('12h', '20h')}\npour : 25 novembre")
    office.settled()
    assert "25 nov" in portfolio.desc
    for _ in range(24):
        office.later(20)
        office.apply()
    assert _written(office, portfolio) == 1


def test_the_dashboard_is_written_at_most_every_fifteen_minutes(office: Office) -> None:
    portfolio = _at_work(office, "")
    office.later(60)
    office.delegate("Deuxième", CALM)
    office.apply()
    assert _written(office, portfolio) == 2
    office.delegate("Troisième", CALM)
    for _ in range(14):
        office.later(1)
        office.apply()
    assert _written(office, portfolio) == 2
    office.later(2)
    office.apply()
    assert _written(office, portfolio) == 3
    assert "Troisième" in portfolio.desc


def _above(desc: str) -> str:
    return f"Tout en haut\n{desc}"


def _below(desc: str) -> str:
    return f"{desc}\n\nTout en bas"


def _into(desc: str) -> str:
    head, rule, rest = desc.partition("\n---\n")
    first, gap, others = rest.lstrip("\n").partition("\n\n")
    return f"{head}{rule}\n{first}{gap}Au milieu, par Paul.\n\n{others}"


@pytest.mark.parametrize(
    ("typed", "words"),
    [(_above, "Tout en haut"), (_below, "Tout en bas"), (_into, "Au milieu, par Paul.")],
)
def test_what_a_person_types_around_or_into_the_dashboard_stays_above_it(
    office: Office, typed: Callable[[str], str], words: str
) -> None:
    portfolio = _at_work(office)
    office.later(20)
    office.paul.describe(portfolio, typed(portfolio.desc))
    office.later(20)
    _moved_on(office)
    office.settled()
    head, _, dashboard = portfolio.desc.rpartition("\n---\n")
    assert words in head
    assert NOTES in head
    assert portfolio.desc.count(words) == 1
    assert "delegate-bot · ref" in dashboard
    assert portfolio.desc.count("delegate-bot · ref") == 1
    office.later(30)
    assert office.written_by(office.apply) == []


def test_a_dashboard_that_a_person_deletes_comes_back_below_what_they_left(office: Office) -> None:
    portfolio = _at_work(office)
    office.later(20)
    office.paul.describe(portfolio, "Rien que moi")
    office.settled()
    assert portfolio.desc.startswith("Rien que moi\n\n---\n")
    assert "delegate-bot · ref" in portfolio.desc


def test_what_is_typed_while_the_digest_is_posted_is_read_before_the_dashboard_is_written(
    office: Office,
) -> None:
    portfolio = _at_work(office, "")
    office.at("2026-11-30 08:50")
    _moved_on(office)
    office.at("2026-11-30 09:00")
    office.app.faults = Meanwhile(
        "POST",
        f"/cards/{portfolio.id}/actions/comments",
        lambda: office.paul.describe(portfolio, f"Tapé à neuf heures\n\n{portfolio.desc}"),
    )
    report = office.apply()
    mine = [each.planned.card_id == portfolio.id for each in report.effects]
    assert [each for each, here in zip(outcomes(report), mine, strict=True) if here] == [
        ("post_comment", "applied"),
        ("set_portfolio", "applied"),
    ]
    assert portfolio.desc.startswith("Tapé à neuf heures\n\n---\n")


def test_what_is_typed_as_the_dashboard_is_written_comes_back(office: Office) -> None:
    portfolio = _at_work(office)
    office.later(20)
    _moved_on(office)
    office.app.faults = Meanwhile(
        "PUT",
        f"/cards/{portfolio.id}",
        lambda: office.paul.describe(portfolio, f"Au même moment\n\n{portfolio.desc}"),
    )
    office.apply()
    office.later(20)
    office.settled()
    assert "Au même moment" in portfolio.desc
    assert portfolio.desc.count(NOTES) == 1
    assert portfolio.desc.count("delegate-bot · ref") == 1


def test_the_dashboard_stays_current_when_the_last_card_is_archived(office: Office) -> None:
    portfolio = _at_work(office)
    office.later(20)
    office.paul.archive(office.world.card_named(office.board, "Trouver un plombier"))
    office.apply()
    assert "Trouver un plombier" not in portfolio.desc
    assert portfolio.desc.startswith(NOTES)


def test_plan_shows_the_very_dashboard_that_apply_writes(office: Office) -> None:
    portfolio = office.add_portfolio()
    office.delegate("Trouver un plombier", CALM)
    (planned,) = (
        each for each in office.json(office.plan())["changes"] if each["rule"] == "digest"
    )
    assert planned["change"] == "set_portfolio"
    assert planned["card"] == portfolio.id
    assert planned["notifies"] == []
    office.apply()
    assert portfolio.desc == planned["text"]


@pytest.mark.parametrize("local", ["2026-11-23 09:10", "2026-11-30 09:00"])
def test_plan_shows_on_any_day_what_apply_writes_on_the_portfolio_card(
    office: Office, local: str
) -> None:
    portfolio = _at_work(office)
    office.at(local)
    office.later(10)
    _moved_on(office)
    office.later(10)
    planned = {
        each["change"]: each["text"]
        for each in office.json(office.plan())["changes"]
        if each["card"] == portfolio.id
    }
    office.apply()
    assert planned["set_portfolio"] == portfolio.desc
    assert [planned[each] for each in planned if each != "set_portfolio"] == office.world.texts(
        portfolio
    )


def test_reading_a_portfolio_card_costs_no_more_for_all_the_dashboards_that_it_has_had(
    office: Office,
) -> None:
    portfolio = _at_work(office)
    office.paul.comment(portfolio, "À relire en janvier")
    card = office.world.card_named(office.board, "Trouver un plombier")
    for number in range(60):
        office.later(16)
        office.paul.rename(card, f"Plombier {number}")
        office.apply()
    office.fresh_bot(forget=True)
    log = office.plan().reading.snapshot.cards[portfolio.id].log
    assert log is not None
    assert len([each for each in log if each.field == "desc"]) < 60
    assert [each.text for each in log if each.type == "commentCard"] == ["À relire en janvier"]
    assert portfolio.desc.startswith(f"{NOTES}\n\n---\n")
    assert portfolio.desc.count("delegate-bot · ref") == 1
