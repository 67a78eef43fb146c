"""Comparing words as people mean them: without case, accents or the kind of white space."""

import re
import unicodedata
from functools import lru_cache

from bot.domain.recall import recalled_by_value

_SAME = {
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    **dict.fromkeys("‘’‚‛ʹʼʻ′´`＇", "'"),
    **dict.fromkeys("“”„‟«»″＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
}
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_FIRST_ACCENT_CLASS = 200
"""Unicode combining classes from here on are accents; below are vowel and voicing marks."""
_UNSEEN = {"Cf", "Cc", "Cs"}
"""Unicode categories of format and control characters and of halves of a pair."""

_SHORT = 120
"""Characters of a text that is worth remembering."""

_MENTIONS = re.compile(r"(?:@[\w.-]+\s+)+")


def fold(text: str) -> str:
    """Return ``text`` as it is compared: lower case, no accents, plain quotes, single spaces."""
    return _remembered(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().replace("`", "'").split())
    seen = unicodedata.normalize("NFD", text.casefold())
    # A text has few letters to replace: to look each of the others up takes most of the time.
    for letter in set(seen):
        if not _is_compared(letter):
            seen = seen.replace(letter, "")
        elif letter in _SAME:
            seen = seen.replace(letter, _SAME[letter])
    return unicodedata.normalize("NFC", " ".join(seen.split()))


_remembered = recalled_by_value(most=1 << 13)(_folded)
"""Names and keywords are compared again and again, long texts are not."""


def whole_word_in(word: str, text: str) -> bool:
    """Say whether ``word`` stands in ``text`` as whole words, in the singular or the plural.

    "article" stands in "d'articles" and in "Article:", not in "particle".
    """
    keyword = fold(word)
    return bool(keyword) and _whole(keyword).search(fold(text)) is not None


def bare_first_line(text: str) -> str:
    """Return the folded words of a comment's first line that has any, without punctuation.

    "J'attends !" gives "jattends".  Mentions in front are left out.  A line quoted from somebody
    else is nobody's answer and gives "".
    """
    for line in text.splitlines():
        folded = fold(line)
        if folded.startswith(">"):
            return ""
        said = _MENTIONS.sub("", f"{folded} ", count=1) if folded.startswith("@") else folded
        if words := _without_punctuation(said):
            return words
    return ""


@recalled_by_value(most=1 << 10)
def _is_compared(letter: str) -> bool:
    if unicodedata.combining(letter) >= _FIRST_ACCENT_CLASS:
        return False
    if unicodedata.category(letter) in _UNSEEN:
        return letter.isspace()
    return ord(letter) not in _VARIATION_SELECTORS


def _without_punctuation(folded: str) -> str:
    joined = "".join(
        letter if letter.isalnum() else " " if letter in "-/ " else "" for letter in folded
    )
    return " ".join(joined.split())


@lru_cache(maxsize=512)
def _whole(keyword: str) -> re.Pattern[str]:
    words = [f"{re.escape(part)}[sx]?" for part in re.split("[ -]", keyword) if part]
    return re.compile(rf"(?<![^\W_]){'[ -]'.join(words)}(?![^\W_])")
