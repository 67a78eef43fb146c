"""Reference tokens: how the bot recognises what it has written.

A comment or brief of the bot ends with ``— delegate-bot · ref k7q2mz6xda``.
The reference is bound to the card, so a copy of the text on another card counts for nothing.
It is visible on purpose: HTML comments show up in Trello and invisible characters are a trap.
"""

import hashlib
import re
from base64 import b32encode
from typing import Literal, TypeAlias

from bot.domain.recall import recalled_by_value

TokenKind: TypeAlias = Literal[
    "ask",
    "triage",
    "hand-over",
    "limit",
    "brief",
    "check-in",
    "late",
    "stall",
    "pass",
    "reply",
    "delivery",
    "changes",
    "proposal",
    "digest",
]

SIGNATURE = "— delegate-bot · ref "
_DOT = "·"
"""Stands in every signature and hardly anywhere else: most lines need no closer look."""
LENGTH = 10

# Trello's editor puts backslashes before punctuation and zero-width characters in blank lines.
_EDITOR_NOISE = re.compile(r"[\\\u200b-\u200f\u2060\ufeff]")
_SIGNATURE_LINE = re.compile(
    # Possessive: a line of 16,000 blanks is read once, not 16,000 times.
    r"[ \t\xa0]*+[*_]*+[ \t\xa0]*+[—–-]{1,3}+[ \t\xa0]*+delegate-bot[ \t\xa0]*+·[ \t\xa0]*+"
    r"ref[ \t\xa0]++([a-z2-7]{10})[*_ \t\xa0\r]*+"
)


@recalled_by_value(most=1 << 13)
def reference(card_id: str, kind: TokenKind, occurrence: str = "once") -> str:
    """Return the reference of one occurrence of a kind of text on one card."""
    digest = hashlib.sha256(f"1|{card_id}|{kind}|{occurrence}".encode()).digest()
    # Five bytes make eight letters: the rest of the digest would not be seen.
    return b32encode(digest[:10]).decode().lower()[:LENGTH]


def may_be_signed(text: str) -> bool:
    """Tell whether a closer look for a signature is worth while."""
    return _DOT in text


def signed(text: str, ref: str) -> str:
    """Return ``text`` ended by the bot's signature."""
    return f"{text.rstrip()}\n\n{SIGNATURE}{ref}"


def reference_at_end(text: str) -> str | None:
    """Return the reference in the last line of a comment, if that line is a signature."""
    return _at_end(text) if _DOT in text else None


@recalled_by_value(most=1 << 12)
def _at_end(text: str) -> str | None:
    lines = _EDITOR_NOISE.sub("", text).rstrip().splitlines()
    return _reference_of(lines[-1]) if lines else None


def references_in(text: str) -> tuple[str, ...]:
    """Return the references of all signature lines, in order: a description may go on below one."""
    lines = text.split("\n") if _DOT in text else ()
    found = (_reference_of(line) for line in lines)
    return tuple(ref for ref in found if ref is not None)


def before_signature(text: str) -> str:
    """Return what stands above the last signature line; the whole text when there is none."""
    lines = text.split("\n")
    places = [place for place, line in enumerate(lines) if _reference_of(line) is not None]
    return "\n".join((*lines[: places[-1]], "")) if places else text


def _reference_of(line: str) -> str | None:
    if _DOT not in line:
        return None
    found = _SIGNATURE_LINE.fullmatch(_EDITOR_NOISE.sub("", line))
    return found[1] if found else None
