"""``delegate-bot digest`` shows the next digest, and ``explain`` why it comes when it does."""

import pytest

from bot.domain.tokens import reference
from bot.sandbox.rows import Card
from tests.end_to_end.moments import LONG
from tests.end_to_end.office import COMPLETE, Office, open_office
from tests.end_to_end.shell import typed


def _at_work(office: Office) -> Card:
    portfolio = office.add_portfolio()
    due = "pour : 18 décembre" if office.language == "fr" else "due: 18 December"
    notes = LONG if office.language == "fr" else COMPLETE["en"]
    office.delegate("Plomberie", f"{notes}\n{due}")
    office.settled()
    return portfolio


def _shown(office: Office, *words: str) -> str:
    """Return what a command prints, as if it were one line."""
    result = typed(office, *words)
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.replace("│", " ").split())


def _bare(text: str) -> str:
    return " ".join(text.split())


def test_what_it_shows_on_monday_is_what_is_posted(office: Office) -> None:
    portfolio = _at_work(office)
    office.at("2026-11-30 09:00")
    shown = _shown(office, "digest", "--now", "2026-11-30T09:00")
    assert "c’est l’heure du bilan" in shown
    assert office.world.texts(portfolio) == []
    office.apply()
    assert _bare(office.world.texts(portfolio)[0]) in shown


@pytest.mark.parametrize(
    ("now", "when", "week"),
    [
        ("2026-11-26T11:00", "rien avant le lundi 30 novembre 2026, 09:00", "2026-W49"),
        ("2026-11-30T13:00", "rien avant le lundi 30 novembre 2026, 14:00", "2026-W49"),
        ("2026-12-05T10:00", "rien avant le lundi 7 décembre 2026, 09:00", "2026-W49"),
    ],
)
def test_it_says_when_the_digest_comes_and_posts_nothing(
    office: Office, now: str, when: str, week: str
) -> None:
    portfolio = _at_work(office)
    before = list(office.writes)
    shown = _shown(office, "digest", "--now", now)
    assert when in shown
    assert "@paul, " in shown
    assert "Plomberie" in shown
    assert reference(portfolio.id, "digest", week) in shown
    assert office.writes == before


def test_once_posted_it_shows_that_of_next_week(office: Office) -> None:
    portfolio = _at_work(office)
    office.at("2026-11-30 09:00")
    office.settled()
    shown = _shown(office, "digest", "--now", "2026-12-02T10:00")
    assert "rien avant le lundi 7 décembre 2026, 09:00" in shown
    assert reference(portfolio.id, "digest", "2026-W50") in shown


def test_it_speaks_the_owners_language(english_office: Office) -> None:
    _at_work(english_office)
    shown = _shown(english_office, "digest", "--now", "2026-11-26T11:00")
    assert "nothing before Monday 30 November 2026, 09:00" in shown
    assert "@paul, " in shown
    assert "Plomberie" in shown


def test_it_tells_of_cards_archived_since_the_last_digest(office: Office) -> None:
    _at_work(office)
    card = office.complete("Ranger la réserve")
    office.settled()
    office.later(60)
    office.mel.comment(card, "Voici : https://example.com/reserve")
    office.move(card, 3, office.mel)
    office.settled()
    office.paul.archive(card)
    assert "Ranger la réserve" in _shown(office, "digest", "--now", "2026-11-26T11:00")


def test_before_the_first_hand_over_it_says_so(office: Office) -> None:
    office.add_portfolio()
    shown = _shown(office, "digest")
    assert "aucune carte n’a encore été confiée" in shown
    assert "@paul" not in shown


def test_a_board_without_a_portfolio_card_is_named_with_the_way_out(office: Office) -> None:
    assert "Atelier has no portfolio card: `delegate-bot setup`" in _shown(office, "digest")


def test_a_board_with_several_portfolio_cards_is_named_too(office: Office) -> None:
    for _ in range(2):
        office.add_portfolio()
    assert "Atelier has several portfolio cards" in _shown(office, "digest")


def test_a_portfolio_card_of_a_refused_board_is_named_too(office: Office) -> None:
    other = office.add_board("Boutique")
    portfolio = office.add_card(office.words.portfolio, board=other)
    office.paul.label(portfolio, office.paul.add_label(other, "delegate"))
    office.settings["boards"] = [
        {"board": office.board.short_link, "portfolio": portfolio.short_link},
        {"board": other.short_link},
    ]
    result = typed(office, "digest")
    assert result.exit_code == 2
    assert "Atelier lies on a board that is not served" in " ".join(result.stdout.split())


def test_a_refused_hour_is_a_matter_of_the_command_line(office: Office) -> None:
    assert typed(office, "digest", "--now", "lundi").exit_code == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("bilan de la semaine", "rien avant le lundi 30 novembre 2026, 09:00")),
        ("en", ("digest", "nothing before Monday 30 November 2026, 09:00")),
    ],
)
def test_explain_tells_about_the_portfolio_card(
    tmp_path_factory: pytest.TempPathFactory, language: str, words: tuple[str, ...]
) -> None:
    folder = tmp_path_factory.mktemp(language)
    with open_office(folder, "fr" if language == "fr" else "en") as office:
        portfolio = _at_work(office)
        shown = _shown(office, "explain", portfolio.short_link, "--now", "2026-11-26T11:00")
        for each in words:
            assert each in shown


def test_explain_shows_digest_and_dashboard_when_they_are_due(office: Office) -> None:
    portfolio = _at_work(office)
    shown = _shown(office, "explain", portfolio.short_link, "--now", "2026-11-30T09:00")
    assert "→ commente — c’est l’heure du bilan" in shown
    assert "→ met à jour le portefeuille" in shown
    assert shown.count("delegate-bot · ref") == 2
