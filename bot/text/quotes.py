"""Quotation marks as each language sets them."""

from collections.abc import Mapping

from bot.domain.model import Language

_QUOTES: Mapping[Language, str] = {"fr": "«\u00a0{}\u00a0»", "en": "“{}”"}


def quoted(text: str, language: Language) -> str:
    """Return ``text`` in the quotation marks of ``language``."""
    return _QUOTES[language].format(text)
