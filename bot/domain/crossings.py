"""What people typed in the moment in which the bot wrote a description: the log still holds it.

Each change of a description leaves the text before it in the log.  What stood there when the bot
wrote, and has not been seen since, was covered by the bot and by nobody else.
"""

import re
from collections.abc import Callable, Iterable, Set
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
    """Return the lines that the bot's writings covered and nobody has seen since, oldest first.

    Only what a person saved counts: a text of the bot's that it replaces itself holds nothing new.
    ``own`` returns which bare lines of the text that the bot replaced were the bot's own, given
    that text and the one that the bot had written before.
    """
    writes = _writes(card)
    texts = [*(each.old or "" for each in writes), card.desc]
    found: dict[str, str] = {}
    written = ""
    ours = [_is_ours(each, card, snapshot) for each in writes]
    for place, by_bot in enumerate(ours):
        if not by_bot:
            continue
        if not (place and ours[place - 1]):
            before = texts[place]
            lines = [line for line in before.split("\n") if bare(line)]
            # Mostly the bot wrote where nothing stood.
            seen = _bare_lines(texts[place + 1 :]) | own(before, written) if lines else set()
            for line in lines:
                if bare(line) not in seen:
                    found.setdefault(bare(line), line)
        written = texts[place + 1]
    return list(found.values())


def _bare_lines(texts: Iterable[str]) -> Set[str]:
    return {bare(line) for text in texts for line in text.split("\n")}


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
