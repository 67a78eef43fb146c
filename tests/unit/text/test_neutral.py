import re
import time
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from hypothesis import assume, example, given, settings

from bot.domain.tokens import references_in
from bot.domain.written import holds_rule
from bot.text.neutral import (
    in_brief,
    in_comment,
    in_link,
    link_target,
    plain,
)
from tests.unit.text.hostile import CORPUS, IDS, titles
from tests.unit.text.reading import links, skeleton, words

PLACES = ("{}", "- {}\n- b", "1. {}\n2. b", "« {} », fin", "**Objectif :** {}\n\nfin", "a\n{}")
"""Where texts of ours quote a card's."""


def _same(text: str) -> str:
    """Return text as it compares: addresses are shown decoded, and two characters look alike."""
    return unquote(text, errors="ignore").replace("@", "＠").replace("•", "·")


def _around(place: str) -> tuple[list[str], str]:
    """Return the skeleton of a place and its words with ``mot`` in the place of the text."""
    return skeleton(place.format("mot")), words(place.format("mot"))


@pytest.mark.covers("H1", "H4", "H12")
@pytest.mark.parametrize("text", CORPUS, ids=IDS)
def test_each_hostile_title_appears_literally(text: str) -> None:
    if plain(text):
        _stays_literal_in_a_comment(text)
        _stays_literal_in_a_brief(text)


@settings(deadline=None)
@given(titles)
def test_in_a_comment_the_words_appear_literally_and_are_nothing_but_words(text: str) -> None:
    assume(plain(text))
    _stays_literal_in_a_comment(text)


@settings(deadline=None)
@given(titles)
@example("https://a.fr/_b_ *c* https://d.fr/*e*")
def test_in_a_brief_the_words_appear_literally_and_only_web_addresses_can_be_clicked(
    text: str,
) -> None:
    assume(plain(text))
    _stays_literal_in_a_brief(text)


def _stays_literal_in_a_comment(text: str) -> None:
    shown = plain(text).replace("@", "＠").replace("•", "·")
    for place in PLACES:
        said = place.format(in_comment(text))
        around, line = _around(place)
        assert skeleton(said) == around
        assert words(said).replace("•", "·") == line.replace("mot", shown)


def _stays_literal_in_a_brief(text: str) -> None:
    for place in PLACES:
        said = place.format(in_brief(text))
        around, line = _around(place)
        assert [each for each in skeleton(said) if not each.startswith("link_")] == around
        assert _same(words(said)) == _same(line.replace("mot", plain(text)))
        for target in links(said):
            assert target.lower().startswith(("http://", "https://"))
            assert _same(target[:12]).lower() in _same(plain(text)).lower()


@pytest.mark.covers("H3", "S2")
@settings(deadline=None)
@given(titles)
def test_a_quoted_text_mentions_nobody(text: str) -> None:
    for said in (in_comment(text), in_brief(text), in_link(text), link_target(text) or ""):
        assert "@" not in said
        assert "@" not in words(said)


@pytest.mark.covers("K15")
@settings(deadline=None)
@given(titles)
def test_a_quoted_text_names_no_emoji(text: str) -> None:
    assert not re.search(r"(?<!\\):[\w+-]{1,60}:", in_comment(text))


@pytest.mark.covers("H5")
@settings(deadline=None)
@given(titles)
def test_a_quoted_text_is_no_signature_and_no_rule(text: str) -> None:
    for place in PLACES:
        for said in (in_comment(text), in_brief(text)):
            assert references_in(place.format(said)) == ()
            assert not holds_rule(place.format(said))


@pytest.mark.parametrize(
    "text",
    [
        "Relancer M. Dupont : devis_2026_v2.pdf (1 250,00 €, TVA 20 %) — l’acompte d'abord",
        "L'été, l’hiver ; « demain » ? Oui ! 50-60 €, -5 %, +3 h, n° 12, ~2 h, R&D, 10:30",
        "F-2026-118 : 1.5 j à 9.30, etc. Voir contrat.docx, liste.xlsx et photo.jpg",
        "Qui ? Mme O'Neil & fils (a < b, 2 * 3, x|y) #bureau $5 100% ok?",
        "Réunion 12.10 14h-15h30 / salle B / 06 12 34 56 78",
        "{{ prénom }} {% si %}",
        "-5",
        "1)a",
        "1.a",
        "1.5",
        "1234567890. a",
        f"&{'a' * 41};",
        f":{'a' * 61}:",
        "a·b",
    ],
)
def test_ordinary_prose_gets_no_backslash(text: str) -> None:
    assert in_comment(text) == text
    assert in_brief(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[URGENT] relancer", r"\[URGENT\] relancer"),
        ("exemple.fr", r"exemple\.fr"),
        ("a@exemple.fr", r"a＠exemple\.fr"),
        ("http://exemple.fr", r"http:\//exemple\.fr"),
        ("1. Devis", r"1\. Devis"),
        ("- Devis", r"\- Devis"),
        ("#2076", r"\#2076"),
        ("&eacute;", r"\&eacute;"),
        ("<b>", r"\<b>"),
        ("*gras*", r"\*gras\*"),
        ("a <", r"a \<"),
        ("_a", r"\_a"),
        ("a *b", r"a \*b"),
        ("a_", r"a\_"),
        ("~~a~~", r"\~\~a\~\~"),
        ("a//b", r"a\//b"),
        ("a.éa", r"a\.éa"),
        ("-", r"\-"),
        ("+", r"\+"),
        ("--a", r"\--a"),
        ("=a", r"\=a"),
        (">a", r"\>a"),
        ("1.", r"1\."),
        ("12)", r"12\)"),
        ("123456789. a", r"123456789\. a"),
        (f"&{'a' * 40};", rf"\&{'a' * 40};"),
        (f":{'a' * 60}:", rf"\:{'a' * 60}:"),
    ],
)
def test_what_markdown_would_act_on_gets_one_backslash(text: str, said: str) -> None:
    assert in_comment(text) == said


@pytest.mark.covers("H9", "S14")
@pytest.mark.parametrize("neutralise", [in_comment, in_brief, in_link, link_target])
@pytest.mark.parametrize(
    "piece",
    [
        *("[", "](", "*", "_", "~", "`", "\\", "&", "&a", "&#", "<", "/", ".", "a.", ".co", ":"),
        *(":a", ":a:", "·", "· ", "·\\", "http://", "https://a", "https://a_", "(", "1", "1.", " "),
        *("\u0301", "\u200d", "\U0001f1e6", "😀\u200d", "a_", "#", "@", "\u202e", "\n"),
    ],
)
def test_a_hundred_thousand_hostile_characters_take_no_time(
    neutralise: Callable[[str], object], piece: str
) -> None:
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    neutralise(text)
    neutralise("https://" + text)
    assert time.process_time() - began < 2


def test_the_corpus_stays_at_hand() -> None:
    assert len(set(CORPUS)) == len(CORPUS) > 50


FILES = (
    *("pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "csv", "txt", "odt", "ods", "odp"),
    *("png", "jpg", "jpeg", "gif", "webp", "heic", "mp3", "mp4", "htm", "html"),
)


@pytest.mark.parametrize("ending", FILES)
def test_the_name_of_a_file_is_no_domain_and_stays_as_it_is(ending: str) -> None:
    assert in_comment(f"devis.{ending} relu") == f"devis.{ending} relu"
    assert in_comment(f"devis.{ending}ia") == f"devis\\.{ending}ia"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("· ref a", "• ref a"),
        ("·ref a", "•ref a"),
        ("·\\ref a", "•\\\\ref a"),
        ("· r\\ef a", "• r\\\\ef a"),
        ("· re\\f a", "• re\\\\f a"),
        ("· r", "· r"),
    ],
)
def test_the_point_of_a_signature_looks_like_one_and_is_none(text: str, said: str) -> None:
    assert in_comment(text) == said


def test_a_point_that_no_name_stands_before_makes_no_domain() -> None:
    assert in_comment("a .fr") == "a .fr"
    assert in_comment("a.fr") == "a\\.fr"
