"""``setup`` as a conversation with somebody who is no programmer."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import wiring
from bot.domain.model import Language
from bot.sandbox import Store
from bot.settings import load, read_environment
from tests.end_to_end.first_hours import Desk, mode, said
from tests.end_to_end.office import Office, open_office

AGREED = ("", "", "", "", "")
"""Lists, people, the owner's time zone, the assistant's, and all that would be done."""

ACCEPTED = "Ce jeton est celui de Delegate Bot"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose sandbox keeps the real hour."""
    with open_office(tmp_path / "office", store=Store(wiring.clock)) as office:
        yield Desk(office)


def bare(office: Office) -> None:
    """Leave the board with the lists and people of any board, and no label of the bot's."""
    for each in office.world.store.labels_of(office.board):
        del office.world.store.labels[each.id]


def assert_described(desk: Desk, language: Language) -> None:
    """Read the written configuration as every command does."""
    settings, office = load(desk.config, {}), desk.office
    assert settings.language == language
    assert [each.board for each in settings.boards] == [office.board.short_link]
    assert settings.boards[0].lists.done == (office.words.lists[3],)
    assert settings.boards[0].lists.ignored == (office.words.lists[4],)
    assert settings.people.owner.username == "paul"
    helpers = [(each.username, each.timezone) for each in settings.people.assistants or ()]
    assert helpers == [("mel", "Indian/Antananarivo")]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "fr",
            (
                "Bienvenue",
                "Ce que vous collez ici ne s’affiche pas",
                "celui de Delegate Bot (@delegatebot)",
                "Atelier · trello.com/b/",
                "Terminé → terminé",
                "Paul Durand (@paul) délègue",
                "Peuvent recevoir des cartes : Mel Rakoto (@mel)",
                "Voici ce qui sera fait",
                "Atelier · delegate — étiquette : confie la carte",
                "Atelier · Portefeuille — carte",
                "Tout est en ordre",
                "rien n’est écrit",
                "delegate-bot worker",
            ),
        ),
        (
            "en",
            (
                "Welcome",
                "What you paste here does not show",
                "that of Delegate Bot (@delegatebot)",
                "Atelier · trello.com/b/",
                "Done → finished",
                "Paul Durand (@paul) delegates",
                "May be given cards: Mel Rakoto (@mel)",
                "This is what will be done",
                "Atelier · delegate — label: hands the card over",
                "Atelier · Portfolio — card",
                "All is in order",
                "nothing is written",
                "delegate-bot worker",
            ),
        ),
    ],
    ids=["French", "English"],
)
def test_a_whole_conversation_leaves_an_installation_that_check_is_content_with(
    tmp_path: Path, language: Language, sentences: tuple[str, ...]
) -> None:
    with open_office(tmp_path / "office", language) as office:
        bare(office)
        desk = Desk(office)
        grant = office.grant
        heard = desk.told("", grant.key, grant.token, "", "", "", "Indian/Antananarivo", "")
        assert heard.exit_code == 0, heard.output
        places = [said(heard).find(each) for each in sentences]
        assert -1 not in places
        assert places == sorted(places)
        assert_described(desk, language)
        made = {each.name for each in office.world.store.labels_of(office.board)}
        assert made == set(office.words.labels.values())
        assert office.world.card_named(office.board, office.words.portfolio).desc == ""
        kept = read_environment(desk.env_file, {})
        assert (kept["TRELLO_API_KEY"], kept["TRELLO_API_TOKEN"]) == (grant.key, grant.token)
        assert mode(desk.env_file) == 0o600
        checked = desk.run("check")
        assert checked.exit_code == 0
        assert "ready to work" in checked.output
        assert grant.token not in heard.output + checked.output
        assert grant.key not in heard.output + checked.output


def test_a_second_time_nothing_is_asked_and_nothing_changes(desk: Desk) -> None:
    office = desk.office
    office.complete()
    first = desk.told("", office.grant.key, office.grant.token, *AGREED)
    assert first.exit_code == 0, first.output
    before, writes = desk.files, office.writes
    again = desk.told()
    assert again.exit_code == 0, again.output
    assert "Trouver un plombier" in said(again)
    assert "ready to work" in again.output
    assert (desk.files, office.writes) == (before, writes)


@pytest.mark.covers("G11")
def test_key_and_token_pasted_into_each_others_place_are_told_apart(desk: Desk) -> None:
    grant = desk.office.grant
    told = said(desk.told("", grant.token, grant.key))
    assert "C’est le jeton, pas la clé" in told
    assert ACCEPTED in told


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("0" * 32, "TOKEN", "KEY"), "Trello ne connaît pas cette clé"),
        (("KEY", "ATTA" + "0" * 60, "TOKEN"), "Trello connaît la clé, mais refuse le jeton"),
        (("KEY", "OTHER KEY", "TOKEN"), "C’est une clé, pas un jeton"),
        (("KEY", "two words", "TOKEN"), "Ce jeton est inutilisable"),
        (("KEY", "READER", "TOKEN"), "en lecture seule"),
    ],
    ids=["wrong key", "wrong token", "a key twice", "no token at all", "read-only"],
)
def test_what_is_wrong_is_named_and_that_alone_is_asked_again(
    desk: Desk, typed: tuple[str, ...], words: str
) -> None:
    office = desk.office
    reader = office.world.grant(office.robot, scopes=["read"])
    values = {"KEY": office.grant.key, "TOKEN": office.grant.token, "READER": reader.token}
    values["OTHER KEY"] = "ab" * 16
    heard = desk.told("", *(values.get(each, each) for each in typed))
    assert said(heard).count(words) == 1
    assert said(heard).index(words) < said(heard).index(ACCEPTED)
    for secret in values.values():
        assert secret not in heard.output


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"TRELLO_API_KEY": "0" * 32}, "Trello does not know this key; check TRELLO_API_KEY"),
        ({"TRELLO_API_TOKEN": "ATTA" + "0" * 60}, "Trello refuses the token"),
        ({"TRELLO_API_TOKEN": "READER"}, "the token may only read"),
        ({"TRELLO_API_KEY": "TOKEN", "TRELLO_API_TOKEN": "KEY"}, "key and token are swapped"),
    ],
    ids=["wrong key", "wrong token", "read-only", "swapped"],
)
@pytest.mark.parametrize("configured", [False, True], ids=["new", "configured"])
def test_a_mistake_in_the_environment_is_named_and_ends_it(
    desk: Desk, env: dict[str, str], words: str, *, configured: bool
) -> None:
    office = desk.office
    reader = office.world.grant(office.robot, scopes=["read"])
    values = {"KEY": office.grant.key, "TOKEN": office.grant.token, "READER": reader.token}
    env = desk.credentials() | {name: values.get(each, each) for name, each in env.items()}
    if configured:
        desk.config.parent.mkdir()
        desk.config.write_text(f"boards: [{office.board.short_link}]\n")
    before = desk.files
    heard = desk.told("fr", env=env)
    assert heard.exit_code == 2
    assert words in said(heard)
    assert (desk.files, office.writes) == (before, [])


def test_how_far_and_how_long_a_token_reaches_is_told(desk: Desk) -> None:
    office = desk.office
    for lasts, scopes, words, others in [
        (timedelta(days=10), ["read", "write"], "ensuite le robot ne pourra plus rien", "jamais"),
        (timedelta(days=30), ["read", "write"], "vous le rappellera", "ne pourra plus rien"),
        (None, ["read", "write", "account"], "Il n’expire jamais", "vous le rappellera"),
    ]:
        grant = office.world.grant(office.robot, scopes=scopes, lasts=lasts)
        told = said(desk.told("", env=desk.credentials(grant)))
        assert words in told
        assert others not in told
        assert ("Il ouvre aussi le compte lui-même" in told) == ("account" in scopes)


def test_boards_are_chosen_by_number_and_others_are_mentioned(desk: Desk) -> None:
    office = desk.office
    second, _ = office.add_board("Chantiers"), office.add_board("Vacances")
    wrong = ("tous", "0", "9")
    heard = desk.told("", *wrong, "2, 1", "", "", "", "", "", "", env=desk.credentials())
    assert heard.exit_code == 0, heard.output
    assert said(heard).count("de 1 à 3") == len(wrong)
    assert "Ce jeton ouvre aussi 1 autre(s)" in said(heard)
    served = {each.board for each in load(desk.config, {}).boards}
    assert len(served) == 2
    assert second.short_link in served


def test_an_account_on_no_board_is_waited_for_until_it_is_invited(desk: Desk) -> None:
    office = desk.office
    lone = office.world.add_person("nouveau", "Nouveau Robot")
    grant = office.world.grant(lone)
    heard = desk.told("", env=desk.credentials(grant))
    assert heard.exit_code == 2
    assert "invitez @nouveau" in said(heard)
    office.world.invite(office.board, lone)
    heard = desk.told("", "", *AGREED, env=desk.credentials(grant))
    assert "invitez" not in said(heard)


def test_lists_and_people_are_corrected_by_number(desk: Desk) -> None:
    office = desk.office
    lea = office.world.add_person("lea", "Léa Petit")
    office.world.invite(office.board, lea)
    answers = (
        *("", "non", "1", "x", "3", "4", "-"),
        *("non", "9", "2", "1 3"),
        *("Mars", "Europe/Pari", "france", "antananarivo", "Europe/Paris", "oui"),
    )
    heard = desk.told(*answers, env=desk.credentials())
    assert heard.exit_code == 0, heard.output
    settings = load(desk.config, {})
    lists = settings.boards[0].lists
    assert (lists.question, lists.review, lists.done) == (
        ("À faire",),
        ("À valider",),
        ("Terminé",),
    )
    assert lists.ignored is None
    assert settings.people.owner.username == "mel"
    helpers = [(each.username, each.timezone) for each in settings.people.assistants or ()]
    assert helpers == [("paul", "Indian/Antananarivo"), ("lea", "Europe/Paris")]
    assert "Si c’est Europe/Paris, tapez ce nom" in said(heard)


def test_no_zone_is_taken_that_nobody_named(desk: Desk) -> None:
    odd = ("GMT+2", "Etc/GMT+2", "Factory", "PST", "Canada", "Europe/Pari")
    heard = desk.told("", "", "", *odd, "Maurice", "", "", env=desk.credentials())
    assert heard.exit_code == 0, heard.output
    told = said(heard)
    assert told.count("ne dit rien de l’heure d’été") == 2
    assert told.count("Je ne connais pas") == 3
    assert "« Canada » a plusieurs fuseaux : America/Atikokan" in told
    assert load(desk.config, {}).timezone == "Indian/Mauritius"


def test_on_an_old_board_every_card_with_the_label_is_named_before_anything_happens(
    desk: Desk,
) -> None:
    office = desk.office
    old = [office.complete(f"Vieille carte {number}") for number in range(23)]
    done = office.complete("Finie depuis longtemps")
    office.move(done, 3)
    faces = [office.face(each) for each in old]
    heard = desk.told("", *AGREED, env=desk.credentials())
    assert heard.exit_code == 0, heard.output
    told = said(heard)
    assert "Cartes qui portent déjà l’étiquette : 24" in told
    for each in old:
        assert told.count(f"· {each.name} → confiée à mel") == 1
    assert "· Finie depuis longtemps — la carte est terminée" in told
    assert "Au-delà de 20 cartes" in told
    assert [office.face(each) for each in old] == faces
    assert not any("/actions/comments" in each for each in office.writes)


def test_on_a_narrow_terminal_lines_end_between_words_as_french_people_end_them(
    desk: Desk,
) -> None:
    desk.office.complete("Une carte dont le titre est assez long pour ne pas tenir sur une ligne")
    heard = desk.told("", *AGREED, env=desk.credentials() | {"COLUMNS": "60"})
    assert heard.exit_code == 0
    lines = [each for each in heard.output.splitlines() if each.startswith("  ")]
    assert len(lines) > 20
    assert max(map(len, lines)) <= 60
    assert not [each for each in lines if each.strip()[0] in ":;!?»"]


def test_no_at_the_end_leaves_everything_as_it_was(desk: Desk) -> None:
    heard = desk.told("", "", "", "", "", "non", env=desk.credentials())
    assert heard.exit_code == 3
    assert "Rien n’a été écrit" in said(heard)
    assert desk.is_untouched()


def test_who_leaves_amid_the_conversation_leaves_nothing_behind(desk: Desk) -> None:
    bare(desk.office)
    grant = desk.office.grant
    answers = ("", grant.key, grant.token, "", "", "", "")
    for number in range(len(answers) + 1):
        heard = desk.told(*answers[:number])
        assert heard.exit_code == 2, heard.output
        assert desk.is_untouched()
