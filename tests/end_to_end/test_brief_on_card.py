"""``brief show NAME --card CARD`` tells what would become of a card, and writes nothing."""

import re

import pytest

from tests.end_to_end.kinds import add_kind, add_quotes
from tests.end_to_end.office import Office
from tests.end_to_end.shell import typed


def shown(office: Office, *words: str, code: int = 0) -> str:
    """Return what is printed about a card, as if it were one line."""
    before = list(office.writes)
    result = typed(office, "brief", "show", *words)
    assert result.exit_code == code, result.output
    assert office.writes == before
    return bare(result.output)


def bare(text: str) -> str:
    return re.sub(r"[\s│]+", " ", text)


def test_what_is_shown_is_what_the_bot_then_writes(office: Office) -> None:
    add_quotes(office)
    card = office.add_card("Salle de bains", "Mes notes.\npour : 4 décembre")
    told = shown(office, "devis", "--card", card.short_link)
    office.paul.label(card, "delegate")
    office.paul.label(card, office.paul.add_label(office.board, "devis"))
    office.settled()
    assert bare(card.desc) in told
    for name, items in office.checklists(card):
        assert f"« {name} »" in told
        assert all(item in told for item in items)
    assert all(each.name in told for each in office.attachments(card))
    [comment] = office.world.texts(card)
    assert bare(comment) in told


def test_a_card_is_shown_as_the_kind_that_is_asked_for_whatever_it_says_itself(
    office: Office,
) -> None:
    add_quotes(office)
    card = office.complete("Article : poêles")
    told = shown(office, "devis", "--card", card.name)
    assert "**Devis.**" in told
    assert "appeler trois plombiers" in told


def test_what_is_still_missing_is_said(office: Office) -> None:
    add_kind(office, "visite", "---\nattachments: required\nfr: {objective: Visiter.}\n---\n")
    card = office.add_card("Chantier")
    told = shown(office, "visite", "--card", card.short_link)
    assert "Nothing can be written yet" in told
    for words in ("la méthode", "la charge", "les pièces"):
        assert words in told
    assert "remplit la description" not in told


def test_a_card_touched_just_now_or_already_asked_about_is_shown_all_the_same(
    office: Office,
) -> None:
    card = office.delegate("Chantier")
    office.later()
    office.settled()
    assert len(office.world.texts(card)) == 1
    assert "la méthode" in shown(office, "generic", "--card", card.short_link)
    office.paul.comment(card, "méthode : visiter\ncharge : 1h")
    assert "visiter" in shown(office, "generic", "--card", card.short_link)


@pytest.mark.parametrize(
    ("label", "why"),
    [("en attente", "l’étiquette qui demande le silence"), ("cœur de métier", "cœur de métier")],
)
def test_a_label_that_holds_the_card_up_is_named_and_supposed_away(
    office: Office, label: str, why: str
) -> None:
    card = office.delegate("Plombier", "méthode : appeler\ncharge : 1h", labels=[label])
    told = shown(office, "generic", "--card", card.short_link)
    assert "what this is without" in told
    assert why in told
    assert "commente → @mel" in told


def test_a_card_that_has_been_handed_over_is_not_shown_as_anything_else(office: Office) -> None:
    card = office.complete()
    office.settled()
    told = shown(office, "article", "--card", card.short_link)
    assert "confiée à mel" in told
    assert "remplit la description" not in told


def test_a_card_of_another_board_and_a_faulty_template_end_with_two(office: Office) -> None:
    add_kind(office, "panne", "---\nfr: {why: a}\n---\n{% extends base %}{% block extra %}{{ x }}")
    card = office.complete()
    assert "No visible card" in shown(office, "article", "--card", "Rien de tel", code=2)
    told = shown(office, "panne", "--card", card.short_link, code=2)
    assert "line 4" in told


def test_it_needs_the_credentials_that_an_example_does_without(office: Office) -> None:
    no_key = {"TRELLO_API_KEY": "", "TRELLO_API_TOKEN": ""}
    assert typed(office, "brief", "show", "article", **no_key).exit_code == 0
    refused = typed(office, "brief", "show", "article", "--card", "x", **no_key)
    assert refused.exit_code == 2
    assert "TRELLO_API_KEY" in refused.output
    assert office.app.requests == []


def test_english_offices_read_english(english_office: Office) -> None:
    office = english_office
    card = office.complete("Find a plumber")
    told = shown(office, "generic", "--card", card.name)
    assert "fills the description" in told
    assert "Hello Mel" in told
