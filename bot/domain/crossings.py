"""What people typed in the moment in which the bot wrote a description: the log still holds it.

Each change of a description leaves the text before it in the log.  What stood there when the bot
wrote, and has not been seen since, was covered by the bot and by nobody else.
"""

import re
from collections.abc import Callable, Iterator, Set

from bot.domain.acts import is_bots
from bot.domain.model import Card, Snapshot

# Trello's editor puts in link titles, backslashes and zero-width characters.
_EDITOR_NOISE = re.compile(r" \"[^\"()]*\"(?=\))|[\\\u200b-\u200f\u2060\ufeff]")
_BULLET = re.compile(r"[*+•] ")


def covered_lines(
    card: Card, snapshot: Snapshot, own: Callable[[str, str], Set[str]] = lambda *_: frozenset()
) -> list[str]:
    """Return the lines that the bot's writes covered and nobody has seen since, oldest first.

    ``own`` returns which bare lines of the text that the bot replaced were the bot's own, given
    that text and the one that the bot had written before.
    """
    versions = list(_versions(card, snapshot))
    found: dict[str, str] = {}
    written = ""
    for place, (before, by_bot) in enumerate(versions):
        if not by_bot:
            continue
        after = {bare(line) for text, _ in versions[place + 1 :] for line in text.split("\n")}
        after |= {bare(line) for line in card.desc.split("\n")} | own(before, written)
        for line in before.split("\n"):
            if bare(line) and bare(line) not in after:
                found.setdefault(bare(line), line)
        written = versions[place + 1][0] if place + 1 < len(versions) else card.desc
    return list(found.values())


def last_written(card: Card, snapshot: Snapshot) -> str:
    """Return the description as the bot last wrote it; empty: the log knows of no such writing."""
    text = card.desc
    for before, by_bot in reversed(list(_versions(card, snapshot))):
        if by_bot:
            return text
        text = before
    return ""


def bare(line: str) -> str:
    """Return a line without what Trello's editor may do to it."""
    return _BULLET.sub("- ", " ".join(_EDITOR_NOISE.sub("", line).split()), count=1)


def _versions(card: Card, snapshot: Snapshot) -> Iterator[tuple[str, bool]]:
    """Yield each description that was replaced, oldest first, and whether the bot replaced it."""
    board = snapshot.board_of(card)
    for action in card.log or ():
        if action.field == "desc":
            yield action.old or "", is_bots(action, card, board, snapshot.me)
