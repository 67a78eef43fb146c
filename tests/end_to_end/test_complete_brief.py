"""A label becomes a complete brief in the assistant's hands."""

from datetime import UTC, datetime

import pytest

from bot.domain.model import Language
from tests.end_to_end.kinds import add_quotes
from tests.end_to_end.office import Office, open_office, outcomes
from tests.unit.trello.doubles import RawServer, http

NOTES = (
    "Toiture  de M. Légère\r\n\tà faire : vite\u00a0!\n"
    "objectif : un devis pour le 2e étage\n\n"
    "pièces : https://example.com/plan.pdf\n"
)

ANSWERS: dict[Language, list[str]] = {
    "fr": [
        "En bonne voie",
        "Pas clair : j’ai une question",
        "J’attends quelque chose ou quelqu’un",
        "Bloqué : j’ai besoin d’aide",
    ],
    "en": [
        "On track",
        "Unclear: I have a question",
        "Waiting for something or someone",
        "Blocked: I need help",
    ],
}


@pytest.fixture
def quoted(office: Office) -> Office:
    add_quotes(office)
    return office


def test_the_description_holds_the_notes_byte_for_byte_and_then_the_brief(quoted: Office) -> None:
    card = quoted.delegate("Devis pour la toiture", NOTES)
    quoted.apply()
    assert card.desc.startswith(f"{NOTES}\n\n---\n\n")
    brief = card.desc.removeprefix(NOTES).replace("\u00a0", " ")
    for line in (
        "**Objectif :** un devis pour le 2e étage",
        "**Charge :** 2h",
        "1. Relever les mesures (30 min)",
        "2. Chiffrer (1h30)",
        "**Assistant :** mel",
        "**Brief :** devis",
    ):
        assert f"\n{line}\n" in brief
    assert card.desc.splitlines()[-1].startswith("— delegate-bot · ref ")


def test_due_and_start_lie_in_the_assistants_working_time(quoted: Office) -> None:
    card = quoted.delegate("Devis pour la toiture", NOTES)
    quoted.apply()
    # Monday 08:00 UTC is 11:00 in Antananarivo: 2h and a quarter end on the same day at 18:00.
    assert card.start == "2026-11-23T08:00:00.000Z"
    assert card.due == "2026-11-23T15:00:00.000Z"
    assert "lundi 23 novembre 2026, 18:00" in card.desc
    assert "à Antananarivo — 16:00 à Paris" in card.desc


def test_the_steps_and_then_the_four_answers_stand_in_their_order(quoted: Office) -> None:
    card = quoted.delegate("Devis pour la toiture", NOTES)
    quoted.apply()
    assert quoted.checklists(card) == [
        ("Étapes", ["Relever les mesures (30 min)", "Chiffrer (1h30)"]),
        ("Où en êtes-vous ?", ANSWERS["fr"]),
    ]


def test_links_and_the_files_of_the_kind_are_attached_once_each(quoted: Office) -> None:
    card = quoted.delegate("Devis pour la toiture", NOTES)
    quoted.apply()
    attached = quoted.attachments(card)
    assert {each.url for each in attached if not each.is_upload} == {
        "https://example.com/plan.pdf",
        "https://example.com/tarifs",
    }
    (upload,) = [each for each in attached if each.is_upload]
    assert upload.name == "modele.txt"
    assert quoted.world.store.uploads[upload.id] == b"Devis n\xc2\xb0 ...\r\n"


def test_the_assistant_is_a_member_and_told_last_by_a_comment_that_mentions_them(
    quoted: Office,
) -> None:
    card = quoted.delegate("Devis pour la toiture", NOTES)
    report = quoted.apply()
    assert quoted.world.members(card) == ["mel"]
    (comment,) = quoted.world.texts(card)
    assert comment.splitlines()[0].startswith("@mel, ")
    assert comment.count("@") == 1
    assert [change for change, _ in outcomes(report)][-2:] == ["add_member", "post_comment"]
    assert report.exit_code == 0


def test_one_change_at_a_time_in_the_order_of_filling(quoted: Office) -> None:
    quoted.delegate("Devis pour la toiture", NOTES)
    made = outcomes(quoted.apply())
    assert made == [
        ("set_description", "applied"),
        *[("add_checklist", "applied"), *[("add_check_item", "applied")] * 2],
        *[("add_checklist", "applied"), *[("add_check_item", "applied")] * 4],
        *[("add_attachment", "applied")] * 3,
        ("add_member", "applied"),
        ("post_comment", "applied"),
    ]


def test_an_english_board_gets_english_texts(english_office: Office) -> None:
    office = english_office
    add_quotes(office)
    card = office.delegate("A quote for the roof", "Two chimneys\n")
    office.apply()
    assert card.desc.startswith("Two chimneys\n\n\n---\n\n")
    assert "\n**Objective:** A signed quote.\n" in card.desc
    assert office.checklists(card) == [
        ("Steps", ["Take the measures (30 min)", "Work out the price (1h30)"]),
        ("How is it going?", ANSWERS["en"]),
    ]
    (comment,) = office.world.texts(card)
    assert comment.splitlines()[0].startswith("@mel, ")


def test_what_a_person_filled_in_stays_as_it_is(quoted: Office) -> None:
    due = datetime(2026, 12, 4, 16, tzinfo=UTC)
    card = quoted.delegate("Devis", NOTES, due=due, members=[quoted.mel])
    quoted.paul.add_checklist(card, "Mes étapes", ["Mesurer", "Chiffrer"])
    quoted.paul.add_checklist(card, "Où en êtes-vous ?", ["Ça va"])
    quoted.paul.attach(card, "https://example.com/plan.pdf", "Plan")
    quoted.apply()
    assert card.due == "2026-12-04T16:00:00.000Z"
    assert quoted.world.members(card) == ["mel"]
    assert quoted.checklists(card) == [
        ("Mes étapes", ["Mesurer", "Chiffrer"]),
        ("Où en êtes-vous ?", ["Ça va"]),
    ]
    urls = [each.url for each in quoted.attachments(card)]
    assert urls.count("https://example.com/plan.pdf") == 1
    assert "\n1. Mesurer\n2. Chiffrer\n" in card.desc


def test_cards_without_the_label_are_not_even_read(office: Office) -> None:
    card = office.add_card("Acheter du café", "charge : 2h")
    before = office.face(card)
    office.apply()
    assert office.face(card) == before
    assert [each.path for each in office.app.requests] == [
        "/members/me",
        f"/boards/{office.board.short_link}",
    ]


@pytest.mark.covers("H8")
def test_links_are_listed_and_attached_and_never_followed(office: Office) -> None:
    with RawServer(http("200 OK")) as elsewhere:
        card = office.delegate(
            "Devis",
            f"méthode : a\ncharge : 1h\npièces : {elsewhere.url}, file:///etc/passwd, "
            "javascript:alert(1), http://169.254.169.254/",
        )
        office.paul.attach(card, f"{elsewhere.url}/plan", "Plan")
        office.settled()
        assert elsewhere.connections == 0
    assert {each.url for each in office.attachments(card)} == {
        *(elsewhere.url, f"{elsewhere.url}/plan", "http://169.254.169.254/"),
    }
    assert f"({elsewhere.url}/plan)" in card.desc


def test_a_small_configuration_of_one_board_is_enough(office: Office) -> None:
    office.settings = {"boards": [office.board.short_link], "state": str(office.state)}
    card = office.complete()
    office.apply()
    assert office.world.members(card) == ["mel"]


@pytest.mark.covers("H1", "H3", "H6")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_hostile_text_appears_literally_and_mentions_nobody(
    tmp_path_factory: pytest.TempPathFactory, language: Language
) -> None:
    with open_office(tmp_path_factory.mktemp("hostile"), language) as office:
        name = "{{ 7*7 }} @board **gras** [x](https://evil.example) \u202egnp.exe \x07 {% raw %}"
        notes = "méthode : {{ config }} @card\ncharge : 1h\nbrief : generic"
        card = office.delegate(name, notes)
        other = office.delegate("{{ 7*7 }} @everyone", notes)
        office.settled()
        for one in (card, other):
            assert one.desc.startswith(f"{notes}\n\n---\n\n")
            written = one.desc.removeprefix(notes) + "".join(office.world.texts(one))
            assert "49" not in written.replace("2026", "")
            assert "＠" in written
            assert {word for word in written.split() if word.startswith("@")} <= {"@mel,"}
            assert "\u202e" not in written
            assert "\x07" not in written
