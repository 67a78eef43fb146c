"""From configured names to ids, held against what Trello answered; pure.

``resolve(settings, boards, token_member, today)`` gives what can be served, why the rest cannot,
and what ``check`` should mention. ``today`` only chooses the years of the public holidays.
"""

from bot.resolve.boards import resolve
from bot.resolve.findings import Missing, Refusal, Resolved
from bot.resolve.lightness import lightness
from bot.resolve.names import RECOGNISED_DELEGATE, RECOGNISED_LISTS, card_reference
from bot.resolve.seen import (
    SeenBoard,
    SeenCard,
    SeenLabel,
    SeenList,
    SeenMember,
    SeenMembership,
    Weighed,
)

__all__ = [
    "RECOGNISED_DELEGATE",
    "RECOGNISED_LISTS",
    "Missing",
    "Refusal",
    "Resolved",
    "SeenBoard",
    "SeenCard",
    "SeenLabel",
    "SeenList",
    "SeenMember",
    "SeenMembership",
    "Weighed",
    "card_reference",
    "lightness",
    "resolve",
]
