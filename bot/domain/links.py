"""Web addresses in what people type."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.domain.markdown import unescape

_CANDIDATE = re.compile(
    r"(?<![^\W_])https?://(?:(?!\]\()[^\s<>\"“”«»`|\\"
    r"\x00-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff])+",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'’*…~(["
_OPENS = {")": "(", "]": "["}


def web_addresses(text: str) -> tuple[str, ...]:
    """Return the http and https addresses in ``text``, each once, in their order.

    Markdown links give their target: ``[x](url)``, ``<url>`` and the smart links of Trello's
    editor, ``[url](url "smartCard-inline")``.  Addresses with a user name in front of the host
    are left out, for they are made to look like another's.
    """
    return tuple(dict.fromkeys(_addresses(unescape(text))))


def _addresses(text: str) -> Iterator[str]:
    for candidate in _CANDIDATE.finditer(text):
        names_a_link = text.startswith("](", candidate.end())
        address = _without_trailing(candidate.group())
        if not names_a_link and _leads_somewhere(address):
            yield address


def _without_trailing(candidate: str) -> str:
    """Cut at the first bracket that closes nothing in the address, then leave out punctuation."""
    opened = {"(": 0, "[": 0}
    end = len(candidate)
    for place, letter in enumerate(candidate):
        if letter in opened:
            opened[letter] += 1
        elif letter in _OPENS:
            opened[_OPENS[letter]] -= 1
        if min(opened.values()) < 0:
            end = place
            break
    return candidate[:end].rstrip(_TRAILING)


def _leads_somewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:  # a host in broken brackets, a port that is no number
        return False
