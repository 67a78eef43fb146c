"""What people typed in the moment in which the bot wrote a description: the log still holds it.

Each change of a description leaves the text before it in the log.  What a person saved, no person
took out and stands there no longer was covered by the bot and by nobody else.
"""

import re
from collections.abc import Callable, Set
from datetime import timedelta

from bot.domain.acts import is_bots
from bot.domain.model import Action, Card, Instant, Snapshot
from bot.domain.recall import recalled_by_value

MOST_TRIES = 5
"""Writings of one description in a day, after which a covered text is told in a comment."""

_DAY = timedelta(days=1)
# What Trello's editor may add or change: titles of links, blanks, backslashes, marks of Markdown.
_TITLE = re.compile(r" \"[^\"()]*\"(?=\))")
_MARKS = re.compile(r"[\s\\*_+•#>`~\u200b-\u200f\u2060\ufeff-]+")


def covered_lines(
    card: Card, snapshot: Snapshot, own: Callable[[str, str], Set[str]] = lambda *_: frozenset()
) -> list[str]:
    """Return the lines that people saved and that the bot alone took away, oldest first.

    Whatever the bot wrote in between: a writing that lands late, or another installation's, may
    cover a text of the bot's that held a person's words, even words that had just come back.
    ``own`` returns which bare lines of a text that a person saved were the bot's own, given that
    text and the one that the bot had written before.
    """
    writes = _writes(card)
    ours = [_is_ours(each, card, snapshot) for each in writes]
    if not any(ours):
        return []
    texts = [*(each.old or "" for each in writes), card.desc]
    written = ""
    theirs = _typed(texts[0], own(texts[0], written))
    for by_bot, before, after in zip(ours, texts, texts[1:], strict=False):
        if by_bot:
            written = after
            continue
        # What a person saw and left out is theirs to take away; what they did not see is not.
        seen = _bare_lines(before)
        theirs = {each: line for each, line in theirs.items() if each not in seen}
        theirs |= _typed(after, own(after, written))
    # Mostly the bot wrote where nothing stood.
    there = _bare_lines(card.desc) if theirs else set()
    return [line for each, line in theirs.items() if each not in there]


def _typed(text: str, own: Set[str]) -> dict[str, str]:
    """Return the lines of a text that somebody would miss, by what is left of them bare."""
    lines: dict[str, str] = {}
    for line in text.split("\n"):
        if (each := bare(line)) and each not in own:
            lines.setdefault(each, line)
    return lines


def _bare_lines(text: str) -> Set[str]:
    return {bare(line) for line in text.split("\n")}


def last_written(card: Card, snapshot: Snapshot) -> str:
    """Return the description as the bot last wrote it; empty: the log knows of no such writing."""
    text = card.desc
    for write in reversed(_writes(card)):
        if _is_ours(write, card, snapshot):
            return text
        text = write.old or ""
    return ""


def own_writings(card: Card, snapshot: Snapshot) -> list[Action]:
    """Return the changes of the description that were the bot's, oldest first."""
    return [each for each in _writes(card) if _is_ours(each, card, snapshot)]


def is_unsettled(card: Card, snapshot: Snapshot, now: Instant) -> bool:
    """Tell whether the bot has tried often enough to write this description beside somebody."""
    return sum(each.at > now - _DAY for each in own_writings(card, snapshot)) >= MOST_TRIES


@recalled_by_value(most=1 << 12)
def bare(line: str) -> str:
    """Return a line without what Trello's editor may do to it; empty: nobody would miss it."""
    return _MARKS.sub("", _TITLE.sub("", line))


def _writes(card: Card) -> list[Action]:
    return [each for each in card.log or () if each.field == "desc"]


def _is_ours(write: Action, card: Card, snapshot: Snapshot) -> bool:
    return is_bots(write, card, snapshot.board_of(card), snapshot.me)
