"""In which order an assistant does their cards: priority first, then due."""

from datetime import UTC, datetime

from bot.domain.deadline import in_hand
from bot.domain.model import Card, Person, Snapshot

_LAST_PRIORITY = 10
_NEVER = datetime.max.replace(tzinfo=UTC)


def rank(card: Card, priority: int | None) -> tuple[int, datetime, str]:
    """Return where a card comes: 1 first, none last; then the earlier due; then the older id."""
    return (priority or _LAST_PRIORITY, card.due or _NEVER, card.id)


def neighbours(
    card: Card, priority: int | None, assistant: Person, snapshot: Snapshot
) -> tuple[str | None, str | None]:
    """Return the titles of the assistant's cards just before and just after this one."""
    ranked = {}
    for other in in_hand(assistant, snapshot):
        if other.card.id != card.id:
            ranked[rank(other.card, other.priority)] = other.card.name
    place = rank(card, priority)
    before = [key for key in ranked if key < place]
    after = [key for key in ranked if key > place]
    return (
        ranked[max(before)] if before else None,
        ranked[min(after)] if after else None,
    )
