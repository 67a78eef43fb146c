"""Whatever titles say and however many cards there are: digests stay harmless and short."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.messages import Dashboard, UnwritableError
from bot.domain.model import Language
from bot.domain.tokens import reference_at_end, references_in
from bot.domain.written import length_of
from bot.text.catalogue import Phrases
from bot.text.visible import plain
from bot.text.writer import LONGEST_DASHBOARD, LONGEST_DIGEST, Writer
from tests.unit.text import pictures
from tests.unit.text.hostile import CORPUS, IDS, titles
from tests.unit.text.pictures import EMPTY, a_card, both, crowded, dashboard, digest, one_of_each
from tests.unit.text.reading import links, skeleton, words
from tests.unit.text.samples import LANGUAGES, REF, writer

LIVE_MENTION = re.compile(r"@[\w.-]+")
FOUND = {"image", "html_inline", "html_block", "heading_open", "fence", "code_block", "hr"}


@pytest.mark.covers("H4", "K15", "S2", "S3")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", CORPUS, ids=IDS)
def test_whatever_titles_say_the_owner_alone_is_mentioned_and_links_lead_to_cards_alone(
    said: str, language: Language
) -> None:
    told, shown = both(one_of_each(language, said), language)
    assert len(told) <= LONGEST_DIGEST
    assert length_of(shown) <= LONGEST_DASHBOARD
    assert told.startswith("@paul, ")
    assert LIVE_MENTION.findall(told) == ["@paul"]
    assert not LIVE_MENTION.findall(shown)
    for text in (told, shown):
        assert reference_at_end(text) == REF
        assert references_in(text) == (REF,)
        assert all(re.fullmatch(r"https://trello\.com/c/Carte\d{3}", to) for to in links(text))
        assert not FOUND & set(skeleton(text))


@cache
def _usual(language: Language) -> tuple[str, str]:
    return both(one_of_each(language, "mot"), language)


@settings(deadline=None, max_examples=50)
@given(titles, st.sampled_from(LANGUAGES))
def test_a_title_changes_the_words_and_nothing_else(said: str, language: Language) -> None:
    short = plain(said)[:12].strip()
    shown = both(one_of_each(language, short), language)
    for text, known in zip(shown, _usual(language), strict=True):
        if text.count("trello.com") == known.count("trello.com"):  # how many fit: by their length
            assert skeleton(text) == skeleton(known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_words_appear_literally(language: Language) -> None:
    title = "[URGENT] *Devis* <b> {{ 7*7 }} @board"
    picture = replace(EMPTY, decisions=one_of_each(language, title).decisions[2:3])
    for text in both(picture, language):
        assert words(text).count(title.replace("@", "＠")) == 2


@pytest.mark.parametrize("title", ["", " ", "\u200b", "\u202e"])
def test_a_card_without_a_title_that_can_be_seen_is_shown_by_its_short_link(title: str) -> None:
    for text in both(replace(EMPTY, unlabelled=(a_card(title, 7),)), "fr"):
        assert "[Carte007](https://trello.com/c/Carte007)" in text


@pytest.mark.covers("H7", "J1", "J8")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", ["Facture", "[" * 500, "😀" * 500, "x" * 16_384])
def test_a_thousand_cards_stay_readable_and_under_the_limits(said: str, language: Language) -> None:
    told, shown = both(crowded(language, said), language)
    assert length_of(told) <= LONGEST_DIGEST
    assert length_of(shown) <= LONGEST_DASHBOARD


@pytest.mark.parametrize("username", ["paul", "p" * 100])
def test_long_names_leave_room_for_the_digest(username: str) -> None:
    flood = "[" * 500
    picture = crowded("fr", flood)
    aide = replace(pictures.mel("fr"), full_name=flood)
    loads = tuple(replace(each, assistant=aide) for each in picture.loads)
    asked = tuple(replace(each, assistant=aide) for each in picture.decisions)
    reader = replace(pictures.owner("fr"), username=username)
    message = pictures.digest_of(replace(picture, loads=loads, decisions=asked), "fr")
    assert length_of(writer().message(replace(message, reader=reader), REF)) <= LONGEST_DIGEST


@pytest.mark.covers("J8")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("of", ["digest", "dashboard"])
def test_what_is_shown_and_what_is_left_out_make_up_all_of_a_section(
    of: str, language: Language
) -> None:
    picture = crowded(language)
    text = (digest if of == "digest" else dashboard)(picture, language)
    _, late, *_ = re.findall(r"^- .+(?:\n- .+)+$", text, re.MULTILINE)
    *shown, left_out = late.split("\n")
    assert len(shown) + int(re.sub(r"\D", "", left_out)) == len(picture.late)


def test_no_line_says_that_there_is_one_more() -> None:
    for count in range(1, 12):
        work = tuple(a_card("Devis", number) for number in range(count))
        for text in both(replace(EMPTY, unlabelled=work), "fr"):
            assert "et 1 de plus" not in text


def test_a_digest_that_leaves_something_out_says_where_it_stands() -> None:
    assert "La suite est dans la description" in digest(crowded("fr"))
    assert "La suite" not in digest(pictures.usual_week("fr"))


@pytest.mark.parametrize("said", ["x" * LONGEST_DASHBOARD, "😀" * (LONGEST_DASHBOARD // 2)])
def test_a_template_that_says_more_than_trello_would_count_is_refused(said: str) -> None:
    pen = Writer({"fr/dashboard.md": said}, {}, Phrases({}))
    with pytest.raises(UnwritableError, match=str(LONGEST_DASHBOARD)):
        pen.dashboard(Dashboard(pictures.owner("fr"), EMPTY, pictures.NOW, 16_384), REF)
