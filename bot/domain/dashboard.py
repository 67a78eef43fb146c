"""The portfolio card's description: people's own text, a line, the dashboard with its signature.

What a person types above or below the dashboard stays above it; what they type into it as well.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.domain.crossings import bare, covered_lines, last_written
from bot.domain.model import Card, Snapshot
from bot.domain.tokens import references_in
from bot.domain.traces import dashboard_reference
from bot.domain.written import LONGEST_DESCRIPTION, length_of, with_brief

RULE = "---"


def with_dashboard(notes: str, dashboard: str) -> str:
    """Return a description: what people typed, a line, the dashboard."""
    return with_brief(notes, dashboard) if notes else f"{RULE}\n\n{dashboard}"


def room_below(notes: str) -> int:
    """Return how many UTF-16 units a dashboard below these notes may have."""
    return LONGEST_DESCRIPTION - length_of(with_dashboard(notes, ""))


def typed_on(card: Card, snapshot: Snapshot) -> str:
    """Return what people typed: around the dashboard, and into it since it was written."""
    ref = dashboard_reference(card.id)
    known = _parts(last_written(card, snapshot), ref)[1]
    above, part, below = _parts(card.desc, ref, known)
    if part and part[0].strip() != RULE:
        # Somebody took the line away: what is not known to be the bot's is theirs.
        known = [*known, part[-1]]
    into = list(_beyond(part, known)) if known else []
    parts = (covered_on(card, snapshot), above, into, below)
    return "\n\n".join(text for text in ("\n".join(lines).strip("\n") for lines in parts) if text)


def covered_on(card: Card, snapshot: Snapshot) -> list[str]:
    """Return the lines that people typed in the moment in which a dashboard was written."""
    ref = dashboard_reference(card.id)

    def own(before: str, written: str) -> frozenset[str]:
        shown = _parts(written, ref)[1]
        return frozenset(bare(line) for line in shown or _parts(before, ref)[1])

    return covered_lines(card, snapshot, own)


def _parts(
    desc: str, ref: str, known: Iterable[str] = ()
) -> tuple[list[str], list[str], list[str]]:
    """Split a description into what stands above, in and below its dashboard.

    The dashboard begins at the line above what it is ``known`` to begin with, else at the last one:
    a person may have typed a line of their own into it.
    """
    lines = desc.split("\n")
    end = _end_of(lines, ref, list(known))
    if end is None:
        return lines, [], []
    rules = [place for place in range(end) if lines[place].strip() == RULE]
    first = _first_of(list(known)[1:])
    begins = [place for place in rules if first and _first_of(lines[place + 1 : end]) == first]
    begin = (begins or rules or [0])[-1]
    return lines[:begin], lines[begin : end + 1], lines[end + 1 :]


def _end_of(lines: list[str], ref: str, known: list[str]) -> int | None:
    """Return the last line of the dashboard: its signature, or what is left above a deleted one."""
    ends = [place for place, line in enumerate(lines) if ref in references_in(line)]
    body = {bare(line) for line in known if bare(line)}
    first = _first_of(known[1:])
    if not ends and first and any(bare(line) == first for line in lines):
        ends = [place for place, line in enumerate(lines) if bare(line) in body]
    return ends[-1] if ends else None


def _first_of(lines: list[str]) -> str:
    return next((bare(line) for line in lines if bare(line)), "")


def _beyond(part: list[str], known: list[str]) -> Iterator[str]:
    """Yield the lines of the dashboard that are not the bot's; what it wrote once counts once."""
    left = Counter(bare(line) for line in known)
    for line in part:
        mine = left[bare(line)] > 0
        left[bare(line)] -= mine
        if bare(line) and not mine:
            yield line
