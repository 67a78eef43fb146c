"""What the page says around people's own words, in French and English."""

from typing import Literal, TypeAlias

from bot.sandbox.page.words.english import ENGLISH
from bot.sandbox.page.words.french import FRENCH

Language: TypeAlias = Literal["fr", "en"]

WORDS: dict[Language, dict[str, str]] = {"fr": FRENCH, "en": ENGLISH}
