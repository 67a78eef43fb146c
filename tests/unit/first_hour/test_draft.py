"""The configuration that setup writes says what was chosen, whatever people call their things."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import paths
from bot.domain.model import Language
from bot.first_hour.draft import OWNER_NOTIFY, Assistant, ChosenBoard, Draft, as_yaml
from bot.first_hour.proposals import LABELS
from bot.resolve import SeenBoard, SeenList
from bot.settings import Settings, loads
from bot.text import library

PHRASES = library.phrases(paths.templates_folder() / "messages", "setup")
ODD = (
    'say "x"',
    "it's: #1",
    "a\\b",
    "- [x]",
    "{a: b}",
    "yes",
    "12",
    "💡 Idées",
    "ligne\nfin",
    "@b",
)


def draft(*lists: SeenList, language: Language = "fr", **more: tuple[str, ...]) -> Draft:
    """Return a draft about one board with these lists."""
    seen = SeenBoard(id="b" * 24, name="Ate\nlier # 1", short_link="AbCd1234", lists=lists)
    return Draft(
        language=language,
        timezone="Europe/Paris",
        boards=(ChosenBoard(seen, more),),  # type: ignore[arg-type]
        labels=dict(LABELS[language]),
        owner="paul",
        assistants=(Assistant("mel", "Mel\n# Rakoto", "Indian/Antananarivo"),),
    )


def read(written: Draft) -> Settings:
    text = as_yaml(written, lambda name: PHRASES.say(name, written.language))
    assert all(len(line) <= 100 for line in text.splitlines() if line.lstrip().startswith("#"))
    return loads(text, Path("bot.yaml"), {OWNER_NOTIFY: "ntfy://x"})


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ODD)
def test_any_name_of_a_list_is_read_back(name: str, language: Language) -> None:
    written = draft(SeenList("l" * 24, name), done=("l" * 24,), language=language)
    settings = read(written)
    assert settings.boards[0].lists.done == (" ".join(name.split()),)
    assert settings.language == language
    assert settings.labels.core == LABELS[language]["core"]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_no_name_breaks_the_file(name: str) -> None:
    settings = read(draft(SeenList("l" * 24, f"x{name}"), done=("l" * 24,)))
    assert settings.boards[0].lists.done == (" ".join(f"x{name}".split()),)


def test_of_two_lists_of_one_name_the_chosen_one_is_meant() -> None:
    first, second = SeenList("1" * 24, "Fait"), SeenList("2" * 24, "fait")
    assert read(draft(first, second, done=("2" * 24,))).boards[0].lists.done == ("2" * 24,)


@pytest.mark.parametrize("name", ["${HOME}", "Fini ${HOME} !"])
def test_a_list_whose_name_looks_like_one_of_the_environment_is_meant_by_its_id(name: str) -> None:
    assert read(draft(SeenList("1" * 24, name), done=("1" * 24,))).boards[0].lists.done == (
        "1" * 24,
    )


def test_what_a_list_would_mean_by_its_name_but_was_not_to_mean_is_switched_off() -> None:
    lists = read(draft(SeenList("l" * 24, "Terminé"))).boards[0].lists
    assert lists.done == ()
    assert lists.review is None


def test_without_assistants_whoever_is_invited_becomes_one() -> None:
    written = draft()
    alone = Draft(written.language, written.timezone, written.boards, written.labels, "paul")
    assert read(alone).people.assistants is None
