"""What the page says around people's own words, in French and English."""

from typing import Final, Literal, TypeAlias, get_args

from bot.sandbox.page.words.english import ENGLISH
from bot.sandbox.page.words.french import FRENCH

Language: TypeAlias = Literal["fr", "en"]

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

WORDS: dict[Language, dict[str, str]] = {"fr": FRENCH, "en": ENGLISH}
