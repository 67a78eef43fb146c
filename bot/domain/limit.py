"""The plan limit: a rule that would touch too many cards at once asks first."""

import re
from collections.abc import Iterable

from msgspec import Struct

from bot.domain.acts import bot_comments, comments_of
from bot.domain.commands import is_go
from bot.domain.messages import AskLimit
from bot.domain.model import Board, Card, Instant, Snapshot
from bot.domain.tokens import reference, reference_at_end
from bot.domain.traces import limit_days

MOST_LISTED = 30
"""Cards in one question: a comment stays readable, and one answer is one decision."""

_LISTED = re.compile(r"`([A-Za-z0-9]{8})`")


class Approval(Struct, frozen=True):
    """The owner's ``/go`` and the cards that the question before it lists."""

    action_id: str
    short_links: frozenset[str]


def approval_on(portfolio: Card, snapshot: Snapshot) -> Approval | None:
    """Return the answer to the newest question about the limit, if it was answered."""
    board = snapshot.board_of(portfolio)
    questions = [
        comment
        for comment in bot_comments(portfolio, snapshot)
        if reference_at_end(comment.text)
        in {reference(portfolio.id, "limit", day) for day in limit_days(board, comment.at)}
    ]
    if not questions:
        return None
    newest = questions[-1]
    for comment in comments_of(board.owner.member_id, portfolio, snapshot):
        if comment.at > newest.at and is_go(comment.text):
            return Approval(comment.id, frozenset(_LISTED.findall(newest.text)))
    return None


def approved_cards(snapshot: Snapshot) -> frozenset[str]:
    """Return the ids of all cards that an owner's ``/go`` on a portfolio card covers."""
    approved = set()
    for portfolio in portfolios(snapshot.boards.values(), snapshot):
        answer = approval_on(portfolio, snapshot)
        links = answer.short_links if answer else frozenset[str]()
        approved |= {card.id for card in snapshot.cards.values() if card.short_link in links}
    return frozenset(approved)


def portfolios(boards: Iterable[Board], snapshot: Snapshot) -> tuple[Card, ...]:
    """Return the portfolio cards of these boards, each once."""
    ids = dict.fromkeys(board.portfolio for board in boards if board.portfolio)
    return tuple(snapshot.cards[each] for each in ids if each in snapshot.cards)


def question(
    portfolio: Card, cards: tuple[Card, ...], limit: int, snapshot: Snapshot, now: Instant
) -> tuple[AskLimit, str]:
    """Return the question about these cards and its reference: one a day."""
    board = snapshot.board_of(portfolio)
    listed = tuple((card.short_link, card.name) for card in cards[:MOST_LISTED])
    today, _ = limit_days(board, now)
    ref = reference(portfolio.id, "limit", today)
    return AskLimit(board.owner, len(cards), limit, listed), ref
