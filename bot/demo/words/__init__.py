"""What the demonstration says, and what its people write, in both languages."""

from collections.abc import Mapping

from bot.demo.words.english import ENGLISH
from bot.demo.words.french import FRENCH
from bot.sandbox.samples import Language

WORDS: Mapping[Language, Mapping[str, str]] = {"fr": FRENCH, "en": ENGLISH}
"""The same names and the same values in braces in both; a test holds them to it."""


def said(language: Language, name: str, /, **values: str) -> str:
    """Return one of the sentences; it may need fewer values than are given."""
    return WORDS[language][name].format_map(values)
