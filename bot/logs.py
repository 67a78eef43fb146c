"""Reads the logs of cards to their end: only then may a rule conclude that something did *not*
happen.

The log of a board holds those of its cards.  It is read instead where that costs less: back to the
making of the cards, as long as that takes fewer requests than asking for each card.
"""

import logging
from collections.abc import Container, Iterable
from datetime import UTC, datetime, timedelta

from bot.domain.model import Card, Instant, Snapshot
from bot.events import CardUnread
from bot.hands import Hands
from bot.kept import begun
from bot.packing import Packer
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
        self.packer = Packer()
        self._hands = hands
        self.aside = Quarantine()
        self.lacking = False
        """Whether a log that is needed could not be read in this pass."""
        self._asked_at: dict[str, Instant] = {}
        self._standing = Standing(log)

    def begin_pass(self, now: Instant) -> None:
        """Count the failures of the pass before."""
        self.aside.begin_pass(now)
        self.lacking = False

    def forget_all_but(self, card_ids: Container[str]) -> None:
        """Let go of cards that have left the boards; trouble with them is over."""
        self.aside.forget_all_but(card_ids)
        self._asked_at = {key: at for key, at in self._asked_at.items() if key in card_ids}
        for each in [one.subject for one in self._standing if one.subject not in card_ids]:
            self._standing.over(each)

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
        lacking = [each for each in cards if not each.contents.has_log]
        lacking.sort(key=lambda each: self._asked_at.get(each.id, _NEVER))
        found = self._hands.each("logs", lacking, lambda each: self._card(each, snapshot, now))
        fresh: dict[str, Card] = {}
        gone: set[str] = set()
        for card, read in zip(lacking, found, strict=True):
            if read is None or read.board_id not in snapshot.boards:
                gone.add(card.id)
            elif read.log is None:
                self.lacking = True
            else:
                fresh[card.id] = read
        for each in fresh:
            self.aside.served(each)
        return self.packer.packed(fresh), gone

    def left_alone(self, cards: Iterable[Card], now: Instant) -> dict[str, Card]:
        """Return the cards that have failed again and again, without their log: no rule speaks."""
        found: dict[str, Card] = {}
        for card in cards:
            if self._is_left_alone(card, now):
                found[card.id] = card.having(log=None)
                self.lacking = True
        return found

    def _is_left_alone(self, card: Card, now: Instant) -> bool:
        return self.aside.until(card.id, now, card.last_activity) is not None

    def on_board(self, board_id: str, cards: dict[str, Card], now: Instant) -> dict[str, Card]:
        """Return the cards whose log the board's own tells to the end, at no more than its price.

        Each page that is read might have been one card's log: when as many pages are read as
        cards are left, the cards are asked one by one, at twice the least price at most.
        """
        entries: list[Entry] = []
        cards = {key: each for key, each in cards.items() if not self._is_left_alone(each, now)}
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
