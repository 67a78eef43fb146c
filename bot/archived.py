"""Cards archived since the last digest: they belong to the next one, and to nothing else."""

import logging
from datetime import timedelta

import msgspec

from bot.domain.limit import portfolios
from bot.domain.model import Card, Instant, Snapshot
from bot.domain.policy import Policy
from bot.domain.wanted import digest_wanted, news_since
from bot.events import ArchiveUnread, tell
from bot.kept import KeptCards
from bot.ports import BoardService, RetryLaterError, SkipError

log = logging.getLogger(__name__)

MOST_ARCHIVED = 200
"""Archived cards that are read for one board's digest; older ones are left out."""


class ArchivedCards:
    """Finds archived cards in the boards' actions, and reads them one by one."""

    def __init__(self, service: BoardService, policy: Policy, longest: timedelta) -> None:
        self._service = service
        self._policy = policy
        self._kept = KeptCards(longest)

    def added_to(self, snapshot: Snapshot, now: Instant, *, asked: bool) -> Snapshot:
        """Add the cards archived since the last digest, for each portfolio that wants the next.

        Where Trello does not say which they are, the digest waits for a pass in which it does.
        """
        cards = dict(snapshot.cards)
        for portfolio in portfolios(snapshot.boards.values(), snapshot):
            if not asked and not digest_wanted(portfolio, snapshot, self._policy, now):
                continue
            try:
                ids = self._on_boards(portfolio, snapshot, now)
            except RetryLaterError as problem:
                log.debug("archived cards could not be found: %s", problem)
                cards[portfolio.id] = portfolio.having(log=None)
                continue
            found = (self._card(each, now) for each in ids if each not in snapshot.cards)
            cards |= {each.id: each for each in found if each and each.board_id in snapshot.boards}
        return msgspec.structs.replace(snapshot, cards=cards)

    def _on_boards(self, portfolio: Card, snapshot: Snapshot, now: Instant) -> list[str]:
        """Return the ids of cards archived on the boards of a portfolio since its last digest."""
        since = news_since(portfolio, snapshot, self._policy, now)
        ids: list[str] = []
        for board in snapshot.boards.values():
            if board.portfolio == portfolio.id:
                try:
                    ids += self._service.archived_since(board.id, since)[:MOST_ARCHIVED]
                except SkipError as problem:
                    tell(log, ArchiveUnread(board.id, str(problem)))
        return ids

    def _card(self, card_id: str, now: Instant) -> Card | None:
        """Return a card that is still archived; one that cannot be read is left out."""
        card = self._kept.get(card_id, now)
        if card is None:
            try:
                card = self._service.card(card_id)
            except (SkipError, RetryLaterError) as problem:
                log.debug("archived card %s could not be read: %s", card_id, problem)
                return None
            self._kept.keep(card, now)
        return card if card.closed else None
