"""Make text from cards harmless: it appears literally, mentions nobody, breaks nothing.

Text that a person typed stays as it is on the card; this is for the bot's own texts that quote it.
"""

import re
import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"
_MOST_MARKS = 4
_JOINERS = {"\u200d", "\ufe0e", "\ufe0f"}

_SPACE = re.compile(r"\s+")
_URL = re.compile(r"https?://[^\s<>\"'`|\\^{}\[\]]+", re.IGNORECASE)
_MARKUP = re.compile(r"[\\`*_\[\]<>~|&]")
_ORDERED = re.compile(r"^(\d{1,9})([.)])")
_SCHEME = re.compile(r":(?=//)|(?<=\bwww)\.|(?<=\w)\.(?=[^\W\d_]{2})")
_EMOJI_NAME = re.compile(r":(?=[\w+-]+:)")


def plain(text: str) -> str:
    """Return text on one line without control, bidirectional and invisible characters."""
    kept = "".join(_visible(text))
    return _SPACE.sub(" ", kept).strip()


def shortened(text: str, longest: int) -> str:
    """Return at most ``longest`` characters, cut between what a reader sees as letters."""
    if len(text) <= longest:
        return text
    cut = longest - 1
    while cut > 0 and _continues(text[cut], text[cut - 1]):
        cut -= 1
    return text[:cut].rstrip() + ELLIPSIS


def in_comment(text: str) -> str:
    """Return text as it may stand in a comment: no markup, no link, no mention."""
    return _literal(plain(text))


def in_brief(text: str) -> str:
    """Return text as it may stand in a brief: web addresses stay clickable, the rest is literal."""
    out: list[str] = []
    done = 0
    line = plain(text)
    for found in _URL.finditer(line):
        out += [_literal(line[done : found.start()]), _safe_url(found.group())]
        done = found.end()
    return "".join([*out, _literal(line[done:])])


def link_target(url: str) -> str:
    """Return a web address that can stand between the brackets of a Markdown link."""
    return _safe_url(plain(url)).replace("(", "%28").replace(")", "%29")


def _visible(text: str) -> Iterator[str]:
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category == "Cc":
            yield " "
        elif char in _JOINERS or (
            category not in {"Cf", "Cs", "Co", "Cn"} and marks <= _MOST_MARKS
        ):
            yield char


def _continues(char: str, before: str) -> bool:
    joined = char in _JOINERS or before == "\u200d"
    return joined or unicodedata.category(char) in {"Mn", "Me", "Sk"}


def _literal(line: str) -> str:
    line = _MARKUP.sub(lambda found: "\\" + found.group(), line)
    line = _ORDERED.sub(r"\1\\\2", line)
    line = re.sub(r"^[#+=-]", lambda found: "\\" + found.group(), line)
    line = _SCHEME.sub(lambda found: "\\" + found.group(), line)
    line = _EMOJI_NAME.sub(lambda found: "\\" + found.group(), line)
    return line.replace("@", "＠")


def _safe_url(url: str) -> str:
    return url.replace("@", "%40").replace("*", "%2A").replace("~", "%7E")
