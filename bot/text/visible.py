"""Text as a reader sees it: without what is invisible, and cut between letters.

Control characters, direction marks, TAG characters, zero-width characters, lone surrogates, private
and unassigned characters go; of the marks stacked on one letter four stay.
"""

import re
import unicodedata
from collections.abc import Iterator

from bot.domain.recall import recalled_by_value

ELLIPSIS = "…"
_MOST_MARKS = 4
"""On one letter: Vietnamese and Hebrew need two or three."""

_MARKS = {"Mn", "Mc", "Me"}
_GONE = {"Cf", "Cs", "Co", "Cn"}
# Unicode's default ignorable letters and marks, and the blank Braille cell.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_STRAY_JOINER = re.compile(
    "(?<![\u2190-\u2bff\U0001f000-\U0001faff\ufe0f])\u200d"
    "|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
_STYLES = {"\ufe0e", "\ufe0f"}
"""An emoji in black and white or in colour."""
# A no-break space alone is French typography and stays.
_SPACES = re.compile(r"\s{2,}|[^\S\u00a0\u202f]")


# What French and English are mostly written with: all of it is visible, none of it a mark.
_ORDINARY = re.compile("[ -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u202f\u20ac]*")


@recalled_by_value(most=1 << 13)
def plain(text: str) -> str:
    """Return text on one line without control, bidirectional and invisible characters."""
    seen = text
    if not _ORDINARY.fullmatch(text):
        seen = _STRAY_JOINER.sub("", "".join(_visible(text)))
    return _SPACES.sub(" ", seen).strip()


def shortened(text: str, longest: int) -> str:
    """Return at most ``longest`` characters, cut between what a reader sees as letters."""
    if len(text) <= longest:
        return text
    cut = longest - 1
    while cut > 0 and _continues(text, cut):
        cut -= 1
    return text[: cut or longest - 1].rstrip() + ELLIPSIS


def _visible(text: str) -> Iterator[str]:
    room = 0  # for marks on the letter before; none at the beginning and after a space
    for char in text:
        category = unicodedata.category(char)
        if category == "Cc" or char.isspace():
            room = 0
            yield " " if category == "Cc" else char
        elif category in _MARKS:
            room -= 1
            if room >= 0 and (char in _STYLES or not _ignorable(char)):
                yield char
        elif char == "\u200d":
            yield char
        elif category not in _GONE and not _ignorable(char):
            room = _MOST_MARKS
            yield char


def _ignorable(char: str) -> bool:
    # U+180B to U+180F, U+FE00 to U+FE0F and U+E0100 to U+E01EF choose variants of a letter.
    return char in _INVISIBLE or "\u180b" <= char <= "\u180f" or _chooses_variant(char)


def _chooses_variant(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _continues(text: str, place: int) -> bool:
    """Tell whether the character at ``place`` belongs to the letter before (UAX 29, in short)."""
    char, before = text[place], text[place - 1]
    if unicodedata.category(char) in _MARKS or "\u200d" in (char, before):
        return True
    if _colours_skin(char) or "\u1160" <= char <= "\u11ff":  # vowels and finals of Hangul
        return True
    return _is_flag_half(char) and _flag_halves_before(text, place) % 2 == 1


def _colours_skin(char: str) -> bool:
    return "\U0001f3fb" <= char <= "\U0001f3ff"


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves_before(text: str, place: int) -> int:
    start = place
    while start > 0 and _is_flag_half(text[start - 1]):
        start -= 1
    return place - start
