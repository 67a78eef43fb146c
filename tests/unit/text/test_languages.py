"""French and English say the same things with the same values."""

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import Environment, meta

import bot
from bot.domain.changes import Reason
from bot.domain.model import LANGUAGES, Language
from bot.settings.kind_keys import KeywordKeys, KindKeys, NameKeys
from bot.text import library
from tests.unit.text.samples import TEMPLATES

MESSAGES = TEMPLATES / "messages"
SOURCES = library.message_sources(MESSAGES)
LAYOUTS = library.layouts(TEMPLATES / "briefs")
PHRASES = {
    language: {
        **library.phrases(MESSAGES)._by_language[language],
        **{
            f"setup: {name}": said
            for name, said in library.phrases(MESSAGES, "setup")._by_language[language].items()
        },
    }
    for language in LANGUAGES
}
FRENCH = [
    *(text for name, text in SOURCES.items() if name.startswith("fr/")),
    LAYOUTS["_base.fr.md"],
]
STARTING = {language: TEMPLATES / "new" / f"brief.{language}.md" for language in LANGUAGES}


def variables(source: str) -> set[str]:
    parsed = Environment(autoescape=True).parse(source)
    of_items = set(re.findall(r"\b(?:one|piece|step)\.\w+", source))
    return meta.find_undeclared_variables(parsed) | of_items


def placeholders(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def blocks(source: str) -> list[str]:
    return re.findall(r"{% (block \w+|for .*?|if .*?|elif .*?) %}", source)


def tables_by_language() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield every table of the program that has an entry for each language."""
    for found in pkgutil.walk_packages(bot.__path__, "bot."):
        if not found.name.startswith(("bot.sandbox", "bot.demo", "bot.__main__")):
            module = importlib.import_module(found.name)
            own = re.findall(
                r"^(\w+)(?:: .*)? = ", Path(str(module.__file__)).read_text("utf-8"), re.MULTILINE
            )
            for name, value in ((each, vars(module)[each]) for each in own):
                yield from _tables(f"{found.name}.{name}", value)


def _tables(name: str, value: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    if isinstance(value, Mapping) and {"fr", "en"} <= {*value}:
        yield name, value
        for key, inner in value.items():
            yield from _tables(f"{name}[{key}]", inner)


def test_every_table_by_language_has_every_language() -> None:
    tables = dict(tables_by_language())
    lacking = [name for name, table in tables.items() if {*table} != {*LANGUAGES}]
    assert not lacking, "these lack a language: " + ", ".join(lacking)
    assert "bot.text.times._LOCALES" in tables


def test_every_language_has_its_keys_in_a_kinds_file() -> None:
    for section in (KindKeys, NameKeys, KeywordKeys):
        assert {*LANGUAGES} <= {*section.model_fields}, section.__name__


def test_every_language_has_its_files() -> None:
    files = ("new/brief.{}.md", "briefs/_base.{}.md", "messages/{}/phrases.yaml")
    wanted = {TEMPLATES / each.format(language) for each in files for language in LANGUAGES}
    assert {each for each in wanted if not each.is_file()} == set()


def test_both_languages_have_the_same_messages() -> None:
    names: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for name in SOURCES:
        language, _, file = name.partition("/")
        names[language].add(file)
    assert names["fr"] == names["en"] != set()


@pytest.mark.parametrize("name", sorted(name for name in SOURCES if name.startswith("fr/")))
def test_a_message_uses_the_same_values_in_both_languages(name: str) -> None:
    french, english = SOURCES[name], SOURCES[name.replace("fr/", "en/")]
    assert variables(french) == variables(english)
    assert blocks(french) == blocks(english)


def test_the_base_brief_has_the_same_parts_and_values_in_both_languages() -> None:
    french, english = LAYOUTS["_base.fr.md"], LAYOUTS["_base.en.md"]
    assert variables(french) == variables(english)
    assert blocks(french) == blocks(english)


def test_both_languages_have_the_same_phrases_with_the_same_values() -> None:
    french, english = PHRASES["fr"], PHRASES["en"]
    assert list(french) == list(english)
    assert {name: placeholders(said) for name, said in french.items()} == {
        name: placeholders(said) for name, said in english.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_one_line_of_text(language: Language) -> None:
    for said in PHRASES[language].values():
        assert isinstance(said, str)
        assert said
        assert "\n" not in said


def test_a_reason_is_said_with_its_values() -> None:
    said = library.phrases(MESSAGES).reason(Reason("handed_over", {"assistant": "lou"}), "en")
    assert said == "the card has already been handed over to lou"


@pytest.mark.parametrize("text", dict.fromkeys([*FRENCH, *PHRASES["fr"].values()]))
def test_french_has_its_typography(text: str) -> None:
    shown = re.sub(r"`[^`]*`|{[{%#].*?[%}#]}|\*\*", "", text)
    assert not re.search(r"[ \w»)][;:!?»%](?!\w)(?<![\u00a0\u202f].)(?!//)", shown), shown
    assert "« " not in shown
    assert "'" not in shown


def test_a_starting_file_says_the_same_in_both_languages() -> None:
    french, english = (STARTING[each].read_text("utf-8").splitlines() for each in ("fr", "en"))
    keys = [
        [found[0] for line in lines if (found := re.match(r" *#?(?:- \{)?[a-z_]+(?=:)", line))]
        for lines in (french, english)
    ]
    assert [each.replace("fr", "en") for each in keys[0]] == keys[1]


def test_a_starting_file_has_french_typography() -> None:
    said = STARTING["fr"].read_text("utf-8")
    assert re.findall(r".* [:;!?»].*|.*« .*|.*'.*", said) == []


@pytest.mark.parametrize(
    "text", dict.fromkeys([*FRENCH, *PHRASES["fr"].values(), STARTING["fr"].read_text("utf-8")])
)
def test_french_says_vous(text: str) -> None:
    assert not re.search(r"\b(tu|te|toi|ton|ta|tes)\b", text, re.IGNORECASE)
