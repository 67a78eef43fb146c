"""What a worker keeps between passes; losing it costs requests and changes nothing else."""

from datetime import UTC, datetime, timedelta

from bot.domain.model import Action, Card, Instant

_NEVER = datetime.min.replace(tzinfo=UTC)


class KeptLogs:
    """Logs of cards on which nothing has happened since: an old activity date proves that."""

    def __init__(self, longest: timedelta) -> None:
        self._longest = longest
        self._kept: dict[str, tuple[Instant, Instant, tuple[Action, ...]]] = {}

    def get(self, card: Card, now: Instant) -> tuple[Action, ...] | None:
        """Return the card's log if the card has not moved and the log is not too old."""
        activity, read_at, actions = self._kept.get(card.id, (None, now, ()))
        fresh = activity == card.last_activity and now - read_at < self._longest
        return actions if fresh else None

    def read_at(self, card_id: str) -> Instant:
        """Return when a card's log was last read, long ago when it never was."""
        return self._kept[card_id][1] if card_id in self._kept else _NEVER

    def keep(self, card: Card, now: Instant) -> None:
        """Keep the log just read."""
        if card.log is not None:
            self._kept[card.id] = (card.last_activity, now, card.log)

    def forget(self, card_id: str) -> None:
        """Drop the log of a card that has just been written to."""
        self._kept.pop(card_id, None)


class KeptCards:
    """Archived cards for as long as their digest waits to be posted: nobody works on them."""

    def __init__(self, longest: timedelta) -> None:
        self._longest = longest
        self._kept: dict[str, tuple[Instant, Card]] = {}

    def get(self, card_id: str, now: Instant) -> Card | None:
        """Return the card if it was read not long ago."""
        read_at, card = self._kept.get(card_id, (now, None))
        return card if now - read_at < self._longest else None

    def keep(self, card: Card, now: Instant) -> None:
        """Keep a card just read; what is too old by now is dropped."""
        fresh = {key: kept for key, kept in self._kept.items() if now - kept[0] < self._longest}
        self._kept = {**fresh, card.id: (now, card)}
