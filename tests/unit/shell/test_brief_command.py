"""``delegate-bot brief new``, ``check`` and ``show`` without account, network or board."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import paths
from bot.cli import app
from bot.settings.kind_keys import KindKeys, TextKeys
from tests.unit.shell.full_disk import full_disk

Run = Callable[..., Result]
NO_KINDS = "config/templates/briefs"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of an owner who has nothing yet."""
    monkeypatch.chdir(tmp_path)
    for name in (
        "BOT_CONFIG",
        "BOT_CONFIG_YAML",
        "TRELLO_API_KEY",
        "TRELLO_API_TOKEN",
        "TRELLO_API_URL",
    ):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, ["brief", *words])


def said(result: Result) -> str:
    """Return what a command printed, as if it were one line."""
    return re.sub(r"[\s│]+", " ", result.output)


def kinds_in(folder: Path) -> Path:
    folder = folder / NO_KINDS
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def configured(folder: Path, text: str) -> None:
    (folder / "config").mkdir(exist_ok=True)
    (folder / "config" / "bot.yaml").write_text(text, "utf-8")


@pytest.mark.parametrize("words", [("--help",), ("new", "-h"), ("check", "-h"), ("show", "-h")])
def test_every_command_about_kinds_explains_itself(words: tuple[str, ...]) -> None:
    shown = typed(*words)
    assert shown.exit_code == 0
    assert len(shown.output.split()) > 20


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("**Appel client.** Bonjour Mel", "Avant de livrer", "Étapes", "@mel, Paul vous")),
        ("en", ("**Appel client.** Hello Mel", "Before you deliver", "Steps", "@mel, Paul is")),
    ],
)
def test_what_new_writes_is_sound_and_can_be_looked_at_at_once(
    here: Path, language: str, words: tuple[str, ...]
) -> None:
    made = typed("new", "appel-client", "--language", language)
    assert made.exit_code == 0
    assert (here / NO_KINDS / "appel-client.md").is_file()
    assert typed("check").exit_code == 0
    shown = typed("show", "appel-client", "--language", language)
    assert shown.exit_code == 0
    for word in words:
        assert word in said(shown)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_new_writes_stands_in_one_language_and_explains_every_key(
    here: Path, language: str
) -> None:
    typed("new", "devis", "--language", language)
    text = (here / NO_KINDS / "devis.md").read_text("utf-8")
    assert f"\n{language}:\n" in text
    assert "$" not in text
    for key in {*KindKeys.model_fields, *TextKeys.model_fields} - {"fr", "en"}:
        assert re.search(rf"(?m)^ *#?{key}:", text), key


def test_the_notes_lines_of_a_new_file_work_once_their_mark_is_taken_off(here: Path) -> None:
    typed("new", "devis")
    file = here / NO_KINDS / "devis.md"
    file.write_text(re.sub(r"(?m)^( *)#(?=[a-z_]+: )", r"\1", file.read_text("utf-8")), "utf-8")
    (here / NO_KINDS / "devis").mkdir()
    (here / NO_KINDS / "devis" / "modele.docx").write_bytes(b"x")
    assert typed("check").exit_code == 0


def test_without_a_configuration_a_kind_is_begun_where_the_bot_will_look(here: Path) -> None:
    told = said(typed("new", "devis"))
    assert "no config/bot.yaml yet" in told
    assert "delegate-bot brief check" in told
    assert "delegate-bot brief show devis" in told
    configured(here, "boards: [AbCd1234]\n")
    assert "no config/bot.yaml" not in said(typed("new", "autre"))


def test_folder_and_language_are_those_of_the_configuration(here: Path) -> None:
    configured(here, "boards: [AbCd1234]\nlanguage: en\nbriefs: {folder: ../mine}\n")
    assert typed("new", "quote").exit_code == 0
    text = (here / "mine" / "quote.md").read_text("utf-8")
    assert "\nen:\n" in text


def test_neither_credentials_nor_the_rest_of_the_configuration_are_needed(here: Path) -> None:
    configured(here, "boards: []\nlangage: x\npeople: {owner: {notify: '${UNSET}'}}\n")
    for words in (("new", "devis"), ("check",), ("show", "devis")):
        assert typed(*words).exit_code == 0


def test_a_configuration_in_the_environment_counts_too(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_CONFIG_YAML", "{language: en, briefs: {folder: mine}}")
    assert "yet" not in said(typed("new", "quote"))
    assert "\nen:\n" in (here / "mine" / "quote.md").read_text("utf-8")


def test_what_the_configuration_says_about_kinds_must_be_right(here: Path) -> None:
    configured(here, "boards: [AbCd1234]\nbriefs: {foldr: a}\n")
    for words in (("new", "devis"), ("check",), ("show", "article")):
        wrong = typed(*words)
        assert wrong.exit_code == 2
        assert "did you mean folder?" in said(wrong)
    configured(here, "briefs: {folder: nowhere, default: generik}\n")
    told = said(typed("check"))
    assert "did you mean generic?" in told
    assert "there is no such folder" in told


def test_a_configuration_that_is_named_must_be_there(here: Path) -> None:
    wrong = typed("new", "devis", "--config", "confg/bot.yaml")
    assert wrong.exit_code == 2
    assert "there is no such file" in said(wrong)
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../etc/passwd", "for example etc-passwd"),
        ("/etc/passwd", "for example etc-passwd"),
        ("..\\secret", "for example secret"),
        ("appel client", "for example appel-client"),
        ("a.b", "for example a-b"),
        ("\u0430rticle", "\u0430 is another: cyrillic small letter a"),
        ("\uff41rticle", "fullwidth latin small letter a"),
        ("\ufb01che", "latin small ligature fi"),
        ("devis\u00b2", "superscript two"),
        ("x" * 61, "at most sixty"),
        ("-h", "begins with no hyphen; for example h"),
        ("a\x00b", "for example a-b"),
        ("a\u202eb", "for example a-b"),
        ("", "letters of the Latin alphabet"),
        ("ReadMe", "never read as a kind"),
    ],
)
def test_a_name_that_could_mislead_is_refused_with_what_to_do(
    here: Path, name: str, why: str
) -> None:
    refused = typed("new", "--", name)
    assert refused.exit_code == 2
    assert why in said(refused)
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("name", ["article", "Article", "ARTICLE.md", "articl\u00e9"])
def test_a_name_like_a_built_in_kinds_replaces_it_and_says_so(here: Path, name: str) -> None:
    made = typed("new", name)
    assert "it replaces the built-in kind article" in said(made)
    [file] = (here / NO_KINDS).iterdir()
    assert file.name == "article.md"
    assert file.read_text("utf-8") == (paths.built_in_briefs() / "article.md").read_text("utf-8")
    assert "kinds can be used, 1 of them from config/templates/briefs" in said(typed("check"))


@pytest.mark.parametrize("name", ["SEO-article", "Factures"])
def test_a_name_that_cards_use_for_another_kind_is_refused(here: Path, name: str) -> None:
    refused = typed("new", name)
    assert refused.exit_code == 2
    assert "Cards already call" in said(refused)
    assert list(here.iterdir()) == []


def test_a_name_much_like_another_is_pointed_out() -> None:
    assert "there is also article" in said(typed("new", "article2"))
    assert "there is also" not in said(typed("new", "devis"))


def test_a_keyword_that_another_kind_takes_is_pointed_out() -> None:
    told = (
        "facture and invoice share the keyword “invoice”: a card with it in its title gets facture"
    )
    assert told in said(typed("new", "invoice"))
    checked = typed("check")
    assert told in said(checked)
    assert checked.exit_code == 0


@pytest.mark.parametrize("there", ["devis.md", "Devis.md", "d\u00e9vis.md", "devis.MD"])
def test_new_never_overwrites(here: Path, there: str) -> None:
    file = kinds_in(here) / there
    file.write_text("mine", "utf-8")
    refused = typed("new", "devis")
    assert refused.exit_code == 2
    assert f"{there} is there already" in said(refused)
    assert [each.read_text("utf-8") for each in kinds_in(here).iterdir()] == ["mine"]


@pytest.mark.covers("H17")
@pytest.mark.parametrize("there", [True, False], ids=["a file", "nothing"])
def test_new_never_writes_through_a_link(here: Path, there: bool) -> None:
    target = here / "secret"
    if there:
        target.write_text("secret", "utf-8")
    (kinds_in(here) / "devis.md").symlink_to(target)
    refused = typed("new", "devis")
    assert refused.exit_code == 2
    assert "it is a link" in said(refused)
    assert target.exists() is there


def test_a_folder_that_cannot_be_written_is_named(here: Path) -> None:
    (here / "config").mkdir()
    (here / "config" / "templates").write_text("a file", "utf-8")
    refused = typed("new", "devis")
    assert refused.exit_code == 2
    assert "config/templates/briefs/devis.md cannot be written: Not a directory" in said(refused)


def test_on_a_full_disk_new_leaves_no_half_of_a_file_in_the_way(here: Path) -> None:
    with full_disk():
        refused = typed("new", "devis")
    assert refused.exit_code == 2
    assert "devis.md cannot be written" in said(refused)
    assert not [*kinds_in(here).iterdir()]
    assert typed("new", "devis").exit_code == 0


BROKEN = {
    "panne.md": "---\nnames: {fr: Panne}\nkeyword: {fr: [panne]}\nfr:\n  methd: [a]\n---\n",
    "tache.md": "---\nfr:\n  why: a\n---\n{% extends base %}\n{% block extr %}x{% endblock %}\n"
    "{% block extra %}{{ assistnt }}{% endblock %}\n",
    "vide.md": "",
}


def test_check_tells_all_problems_of_all_files_at_once_with_file_and_line(here: Path) -> None:
    for name, text in BROKEN.items():
        (kinds_in(here) / name).write_text(text, "utf-8")
    (kinds_in(here) / "lien.md").symlink_to("/etc/hostname")
    checked = typed("check")
    assert checked.exit_code == 2
    told = said(checked)
    for words in (
        "panne.md, line 3: keyword",
        "did you mean keywords?",
        "panne.md, line 5: fr.methd",
        "did you mean method?",
        "tache.md: line 6: the layout has no part extr",
        "did you mean extra?",
        "tache.md (fr): line 7: 'assistnt' is undefined; did you mean assistant?",
        "vide.md, line 1 the first line must be ---",
        "lien.md this is a link",
    ):
        assert words in told


def test_kinds_that_share_much_are_told_in_one_line(here: Path) -> None:
    built_in = (paths.built_in_briefs() / "voyage.md").read_text("utf-8")
    (kinds_in(here) / "zebra.md").write_text(built_in, "utf-8")
    told = said(typed("check"))
    assert told.count("voyage and zebra are both called") == 1
    assert told.count("voyage and zebra share the keyword") == 1
    assert " more: a card with it in its title gets voyage" in told


def test_show_asks_for_what_a_kind_leaves_open_and_then_shows_the_rest() -> None:
    shown = typed("show", "generic", "--language", "en")
    told = said(shown)
    assert "would first be asked about" in told
    assert "the method: `method:`" in told
    assert "Once that is answered" in told
    assert "1. find three suppliers" in told
    assert "**Workload:** 3h" in told


@pytest.mark.parametrize(
    "kind", sorted(each.stem for each in paths.built_in_briefs().glob("[a-z]*"))
)
def test_every_built_in_kind_can_be_shown(kind: str) -> None:
    shown = typed("show", kind)
    assert shown.exit_code == 0
    assert "commente → @mel" in said(shown)


def test_show_refuses_a_language_for_a_card_instead_of_overlooking_it() -> None:
    refused = typed("show", "article", "--card", "AbCd1234", "--language", "en")
    assert refused.exit_code == 2
    assert "Leave out --language or --card" in said(refused)


def test_show_says_what_is_wrong_with_a_kind(here: Path) -> None:
    for name, text in BROKEN.items():
        (kinds_in(here) / name).write_text(text, "utf-8")
    broken, faulty = typed("show", "panne"), typed("show", "tache")
    assert broken.exit_code == faulty.exit_code == 2
    assert "panne cannot be used: panne.md, line 3" in said(broken)
    assert "'assistnt' is undefined" in said(faulty)


def test_show_knows_titles_and_guesses_what_was_meant() -> None:
    assert typed("show", "SEO article").exit_code == 0
    assert typed("show", "article.md").exit_code == 0
    wrong = typed("show", "artcle")
    assert wrong.exit_code == 2
    assert "did you mean article?" in said(wrong)
    assert "to start it: delegate-bot brief new devis" in said(typed("show", "devis"))


def test_show_shows_the_kind_of_a_file_whose_name_is_another_kinds_title(here: Path) -> None:
    text = "---\nnames: {fr: La mienne}\nfr: {why: a}\n---\n"
    (kinds_in(here) / "factures.md").write_text(text, "utf-8")
    assert "**La mienne.**" in said(typed("show", "factures"))
    assert "factures” : a card that says so gets facture" in said(typed("check")).replace(
        "”:", "” :"
    )
