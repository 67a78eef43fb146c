"""Reads the logs of cards to their end: only then may a rule conclude that something did *not*
happen.

The log of a board holds those of its cards.  It is read instead where that costs less: back to the
making of the cards, as long as that takes fewer requests than asking for each card.
"""

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from bot.domain.model import Card, Instant, Snapshot
from bot.events import CardUnread
from bot.hands import Hands
from bot.kept import begun
from bot.ports import (
    BoardService,
    Entry,
    PassOverError,
    RetryLaterError,
    SkipError,
    read_card,
)
from bot.quarantine import Quarantine
from bot.standing import Standing

log = logging.getLogger(__name__)

_CLOCKS_APART = timedelta(minutes=5)

_NEVER = datetime.min.replace(tzinfo=UTC)


class LogReader:
    """Reads logs; a card that fails again and again is left alone for a while."""

    def __init__(self, service: BoardService, hands: Hands) -> None:
        self._service = service
        self._hands = hands
        self.aside = Quarantine()
        self.lacking = False
        """Whether a log that is needed could not be read in this pass."""
        self._asked_at: dict[str, Instant] = {}
        self._standing = Standing(log)

    def end_pass(self, now: Instant) -> None:
        """Count the failures of the pass before."""
        self.aside.end_pass(now)
        self.lacking = False

    def troubled(self) -> frozenset[str]:
        """Return the ids of cards on which something fails again and again."""
        return self.aside.names()

    def read(
        self, cards: Iterable[Card], snapshot: Snapshot, now: Instant
    ) -> tuple[dict[str, Card], set[str]]:
        """Return the cards whose log was not known, with it, and the ids of those that are gone.

        Those that have waited longest come first: where the time of a pass is too short for all,
        the next passes reach the others.
        """
        lacking = [each for each in cards if each.log is None]
        fresh = self._from_boards(lacking, snapshot, now)
        left = [each for each in lacking if each.id not in fresh]
        left.sort(key=lambda each: self._asked_at.get(each.id, _NEVER))
        found = self._hands.each("logs", left, lambda each: self._card(each, snapshot, now))
        gone: set[str] = set()
        for card, read in zip(left, found, strict=True):
            if read is None or read.board_id not in snapshot.boards:
                gone.add(card.id)
            elif read.log is None:
                self.lacking = True
            else:
                fresh[card.id] = read
        for each in fresh:
            self.aside.served(each)
        return fresh, gone

    def left_alone(self, cards: Iterable[Card], now: Instant) -> dict[str, Card]:
        """Return the cards that have failed again and again, without their log: no rule speaks."""
        found: dict[str, Card] = {}
        for card in cards:
            until = self.aside.until(card.id, now, card.last_activity)
            if until is not None:
                found[card.id] = replace(card, log=None)
                self.lacking = True
        return found

    def _from_boards(self, cards: list[Card], snapshot: Snapshot, now: Instant) -> dict[str, Card]:
        """Return the cards whose log their board's own tells; a portfolio card's is too long."""
        by_board: dict[str, dict[str, Card]] = {}
        for each in cards:
            if each.id not in snapshot.portfolio_ids:
                by_board.setdefault(each.board_id, {})[each.id] = each
        found = self._hands.each(
            "logs", [*by_board.items()], lambda one: self._from_board(*one, now)
        )
        return {key: each for cards in found for key, each in cards.items()}

    def _from_board(self, board_id: str, cards: dict[str, Card], now: Instant) -> dict[str, Card]:
        """Return the cards whose log the board's own tells to the end, at no more than its price.

        Each page that is read might have been one card's log: when as many pages are read as
        cards are left, the cards are asked one by one, at twice the least price at most.
        """
        entries: list[Entry] = []
        if len(cards) < 2:
            return {}
        left = {key: each.created for key, each in cards.items()}
        # An id tells the second of its making, by another clock than the log's.
        since = min(left.values()) - _CLOCKS_APART
        try:
            for number, page in enumerate(self._service.feed(board_id, since, cards), start=1):
                entries += page.entries
                for each in page.entries:
                    if each.begins:
                        left.pop(each.card_id, None)
                if number >= len(left) or (page.oldest and page.oldest < min(left.values())):
                    break
        except (SkipError, RetryLaterError) as problem:
            log.debug("the log of board %s could not be read: %s", board_id, problem)
        return begun(cards.values(), entries, now)

    def _card(self, card: Card, snapshot: Snapshot, now: Instant) -> Card | None:
        """Return a card with its log, the card as it was where it cannot be read, or nothing."""
        self._asked_at[card.id] = now
        try:
            fresh = read_card(self._service, card.id, snapshot)
        except PassOverError:
            return card
        except (SkipError, RetryLaterError) as problem:
            if isinstance(problem, SkipError) and problem.why == "gone":
                return None
            self._standing.came(CardUnread(card.id, str(problem)))
            self.aside.failed(card.id, card.last_activity)
            return card
        self._standing.over(card.id)
        return fresh
