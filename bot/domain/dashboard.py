"""The portfolio card's description: people's own text, a line, the dashboard with its signature.

What a person types above or below the dashboard stays above it; what they type into it as well.
"""

from bot.domain.acts import is_bots
from bot.domain.model import Card, Snapshot
from bot.domain.tokens import reference, references_in

RULE = "---"


def dashboard_reference(card_id: str) -> str:
    """Return the reference that ends the dashboard of a portfolio card."""
    return reference(card_id, "digest", "dashboard")


def with_dashboard(card: Card, dashboard: str, snapshot: Snapshot) -> str:
    """Return the description with a new dashboard below everything that people typed."""
    notes = _typed(card, snapshot).strip("\n")
    return "\n\n".join(each for each in (notes, RULE, dashboard) if each)


def _typed(card: Card, snapshot: Snapshot) -> str:
    """Return what people typed: around the dashboard, and into it since it was written."""
    above, part, below = _parts(card.desc, dashboard_reference(card.id))
    known = _parts(_last_written(card, snapshot), dashboard_reference(card.id))[1]
    into = [line for line in part if line.strip() and line not in known] if known else []
    parts = (_covered(card, snapshot), above, into, below)
    return "\n\n".join(text for text in ("\n".join(lines).strip("\n") for lines in parts) if text)


def _covered(card: Card, snapshot: Snapshot) -> list[str]:
    """Return what a person saved in the moment in which the bot wrote: the log still holds it."""
    writes = [each for each in card.log or () if each.field == "desc"]
    if not writes or not is_bots(writes[-1], card, snapshot.board_of(card), snapshot.me):
        return []
    above, _, below = _parts(writes[-1].old or "", dashboard_reference(card.id))
    kept = {line.strip() for line in card.desc.split("\n")}
    return [line for line in (*above, *below) if line.strip() and line.strip() not in kept]


def _parts(desc: str, ref: str) -> tuple[list[str], list[str], list[str]]:
    """Split a description into what stands above, in and below its dashboard."""
    lines = desc.split("\n")
    ends = [place for place, line in enumerate(lines) if ref in references_in(line)]
    if not ends:
        return lines, [], []
    end = ends[-1]
    begins = [place for place in range(end) if lines[place].strip() == RULE]
    begin = begins[-1] if begins else 0
    return lines[:begin], lines[begin : end + 1], lines[end + 1 :]


def _last_written(card: Card, snapshot: Snapshot) -> str:
    """Return the description as the bot last wrote it: as it was before people changed it."""
    board = snapshot.board_of(card)
    text = card.desc
    for action in reversed(card.log or ()):
        if action.field == "desc":
            if is_bots(action, card, board, snapshot.me):
                return text
            text = action.old or ""
    return ""
