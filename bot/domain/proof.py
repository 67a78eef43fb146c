"""Does a brief hold every decision? An owner's own template may forget a line."""

from datetime import timedelta

from bot.domain.fields import Field
from bot.domain.messages import Brief
from bot.domain.model import Card, Instant
from bot.domain.written import WrittenBrief, holds_rule, written_brief


def lost_decision(card: Card, wanted: Brief, text: str, now: Instant) -> str | None:
    """Return the name of the first decision that cannot be read back from ``text``."""
    return next(iter(lost_decisions(card, wanted, text, now)), None)


def lost_decisions(card: Card, wanted: Brief, text: str, now: Instant) -> tuple[str, ...]:
    """Return the name of each decision that cannot be read back from ``text``."""
    read = written_brief(card.having(desc=text))
    if read is None or not read.own:
        return ("signature",)
    if holds_rule(text):
        return ("---",)  # what stands above such a line is not read
    day = timedelta(hours=24)
    checks = (
        ("brief", read.kind != wanted.kind.name),
        ("priority", read.priority != wanted.priority),
        ("assistant", read.assistant != wanted.assistant.username),
        ("workload", read.workload(day) != wanted.workload),
        ("method", len(read.steps) != len(wanted.steps)),
        ("due", not _holds_due(card, wanted, read, now)),
    )
    return tuple(name for name, lost in checks if lost)


def _holds_due(card: Card, wanted: Brief, read: WrittenBrief, now: Instant) -> bool:
    """Tell whether the brief holds the date; one on the card itself need not be read back."""
    if card.due is not None:
        return Field.DUE in read.fields
    return read.due(now, wanted.assistant) == wanted.due.replace(second=0, microsecond=0)
