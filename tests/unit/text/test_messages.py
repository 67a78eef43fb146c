import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from bot.domain.messages import (
    Ask,
    AskCore,
    AskLimit,
    BrokenTemplate,
    HandOver,
    Message,
    NobodyForKind,
    NotOnBoard,
    UnwritableError,
    reader_of,
)
from bot.domain.model import Language
from bot.domain.tokens import reference_at_end
from bot.text.catalogue import Phrases
from bot.text.visible import plain
from bot.text.writer import LONGEST_COMMENT, Writer
from tests.unit.text.hostile import CORPUS, IDS, titles
from tests.unit.text.reading import links, skeleton, words
from tests.unit.text.samples import (
    DUE,
    LANGUAGES,
    REF,
    assistant,
    messages,
    obstacles,
    owner,
    writer,
)

LIVE_MENTION = re.compile(r"@[\w.-]+")
FOUND = {"link_open", "image", "html_inline", "html_block", "heading_open", "fence", "code_block"}


def written(message: Message) -> str:
    return writer().message(message, REF)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_reads_as_agreed(language: Language, snapshot: SnapshotAssertion) -> None:
    assert "\n\n=====\n\n".join(map(written, messages(language))) == snapshot


@pytest.mark.covers("H1", "H3", "H4", "S2", "S3")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", CORPUS, ids=IDS)
def test_every_message_is_short_signed_and_mentions_one_person_only(
    said: str, language: Language
) -> None:
    for message in messages(language, said):
        text = written(message)
        reader = reader_of(message)
        assert len(text) <= LONGEST_COMMENT
        assert reference_at_end(text) == REF
        assert LIVE_MENTION.findall(text) == [f"@{reader.username}"]
        assert text.startswith(f"@{reader.username}, ")
        assert not links(text)
        assert not FOUND & set(skeleton(text))


@cache
def _usual(language: Language) -> tuple[str, ...]:
    return tuple(map(written, messages(language, "mot")))


@pytest.mark.covers("S3")
@settings(deadline=None)
@given(titles, st.sampled_from(LANGUAGES))
def test_a_card_changes_the_words_of_a_message_and_nothing_else(
    said: str, language: Language
) -> None:
    if not plain(said):
        return
    short = plain(said)[:12].strip()
    for message, usual in zip(messages(language, short), _usual(language), strict=True):
        if isinstance(message, Ask) and len(message.obstacles) > 1:
            continue  # how many are listed depends on their length
        text = written(message)
        assert skeleton(text) == skeleton(usual)
        if not isinstance(message, AskLimit | Ask):
            assert text.count("{") == 0 or "{" in short


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_appear_literally_in_a_hand_over(language: Language) -> None:
    title = "[URGENT] *Devis* {{ 7*7 }} @board"
    message = HandOver(assistant(language), owner(language), None, None, title, title)
    assert words(written(message)).count(title.replace("@", "＠")) == 2


def worst_messages(language: Language) -> Iterator[Message]:
    flood = "[" * 2_000
    name = "x" * 100
    boss = replace(owner(language, flood), username=name)
    aide = replace(assistant(language, flood), username=name)
    for each in (
        *obstacles(flood),
        NotOnBoard(flood),
        NobodyForKind(flood),
        BrokenTemplate(flood, flood),
    ):
        yield Ask(boss, (each,))
        yield Ask(boss, (each,) * 12)
    yield AskCore(boss, flood)
    for questions in ((), ("Pourquoi ? " * 99,), ("Et ?" * 20, "Ou ?")):
        yield HandOver(aide, boss, DUE, timedelta(hours=99, minutes=59), flood, flood, questions)
        yield HandOver(aide, boss, DUE, None, flood, None, questions)
    yield AskLimit(boss, 10**9, 10**9, ((flood, flood),) * 300)
    yield AskLimit(boss, 31, 30, (("AbCdEf01", flood),) * 30)


@pytest.mark.covers("H7", "J1")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worst_card_still_gets_its_message(language: Language) -> None:
    for message in worst_messages(language):
        assert len(written(message)) <= LONGEST_COMMENT


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_tells_how_many_points_it_leaves_out(language: Language) -> None:
    text = written(Ask(owner(language), obstacles()))
    shown = text.count("\n- ") - 1
    assert 3 <= shown < len(obstacles())
    assert re.search(rf"\b{len(obstacles()) - shown} (de plus|more)", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_usual_blanks_all_fit_into_one_question(language: Language) -> None:
    text = written(Ask(owner(language), obstacles()[:4]))
    assert text.count("\n- ") == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_type_is_plain_and_read_back(language: Language) -> None:
    text = written(Ask(owner(language), obstacles()[:4]))
    for example in re.findall(r"`([^`]*)`", text):
        assert not set(example) & set("\u00a0\u202f’“”…")


@pytest.mark.parametrize("language", LANGUAGES)
def test_neighbours_are_shortened_before_the_kinds_question_is_left_out(
    language: Language,
) -> None:
    titles_of_60 = "a" * 60
    question = "Combien de factures comptez-vous, et lesquelles vous font hésiter ? " * 2
    usual = HandOver(
        assistant(language), owner(language), DUE, None, titles_of_60, titles_of_60, (question,)
    )
    text = written(usual)
    assert "hésiter" in text
    assert titles_of_60 not in text
    assert "hésiter" not in written(replace(usual, questions=(question * 4,)))


def test_the_owners_own_question_is_markdown_that_mentions_nobody() -> None:
    question = "**Combien** de factures ?\nDemandez à @lou"
    message = HandOver(assistant("fr"), owner("fr"), None, None, None, None, (question,))
    assert "**Combien** de factures ? Demandez à ＠lou" in written(message)


@pytest.mark.parametrize("username", ["", "a b", "a\n@board", "é", "x" * 101, "a*b"])
def test_nobody_is_mentioned_by_what_is_no_user_name(username: str) -> None:
    with pytest.raises(UnwritableError):
        written(AskCore(replace(owner("fr"), username=username), "Cœur"))


@pytest.mark.covers("G9")
def test_a_template_of_ours_that_says_too_much_is_refused() -> None:
    pen = Writer({"fr/ask_core.md": "{{ mention }}" + "x" * 600}, {}, Phrases({}))
    with pytest.raises(UnwritableError, match="600"):
        pen.message(AskCore(owner("fr"), "Cœur"), REF)
