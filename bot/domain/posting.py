"""A comment as a planned change: the one it speaks to is the one it mentions."""

from bot.domain.changes import Planned, PostComment, Reason, Rule
from bot.domain.messages import Message, reader_of
from bot.domain.model import Card
from bot.domain.situation import Situation


def posting(
    on: tuple[Rule, Card], message: Message, ref: str, reason: Reason, situation: Situation
) -> Planned:
    """Return the comment that says ``message``, signed with ``ref``: a rule's word on a card.

    Raises :class:`bot.domain.messages.UnwritableError`.
    """
    rule, card = on
    text = situation.texts.message(message, ref)
    comment = PostComment(text, ref, (reader_of(message).username,))
    return Planned(rule, card.id, comment, reason)
