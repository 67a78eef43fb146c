"""In which order the owner wants the work done: what they said last counts."""

from bot.domain.acts import comments_of
from bot.domain.fields import Field, read_fields
from bot.domain.model import Card, Snapshot
from bot.domain.recall import recalled_by_value
from bot.domain.workload import read_priority
from bot.domain.written import written_brief


def priority_of(card: Card, snapshot: Snapshot) -> int | None:
    """Return a card's priority, 1 first: the owner's last line about it, else that of the brief."""
    owner = snapshot.board_of(card).owner
    for comment in reversed(tuple(comments_of(owner.member_id, card, snapshot))):
        said = _said(comment.text)
        if said is not None:
            return said
    brief = written_brief(card)
    return brief.priority if brief else None


@recalled_by_value(most=1 << 13)
def _said(comment: str) -> int | None:
    value = read_fields(comment).get(Field.PRIORITY)
    return read_priority(value.text) if value else None
