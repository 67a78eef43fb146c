"""Boards and cards from Trello, and single changes to it, in the domain's words."""

from typing import Final

from bot.domain.changes import Change
from bot.domain.model import Card, Instant
from bot.ports import Applied, Done, NotApplied, RetryLaterError, SkipError, Written
from bot.trello.board_reads import BoardReads
from bot.trello.client import TrelloApi
from bot.trello.decode import card_of, log_of
from bot.trello.made import done, is_fulfilled
from bot.trello.reads import MOST
from bot.trello.setting_up import SettingUp
from bot.trello.wire import ACTION_TYPES, CARD_FIELDS, WireCard
from bot.trello.writes import FileReader, Writes, written_instant

NEWEST: Final = 50
"""Entries of a portfolio card's log that are read whatever they are: half a day of dashboards."""

_CLOSINGS: Final = "updateCard:closed"
"""Cards archived, and brought back."""


class Gateway(BoardReads):
    """Trello in the domain's words: the one place that knows its routes."""

    def __init__(self, api: TrelloApi, read_file: FileReader) -> None:
        super().__init__(api)
        self._writes = Writes(api, read_file)
        self.setting_up = SettingUp(api)
        """What only ``check`` and ``setup`` ask for."""

    @property
    def server_time(self) -> Instant | None:
        """Trello's clock in its last answer."""
        return self._api.server_time

    @property
    def requests(self) -> int:
        """How many requests this pass has sent."""
        return self._api.traffic.requests

    def begin_pass(self, seconds: float) -> None:
        """Count anew; no request starts later than in ``seconds``."""
        self._api.begin_pass(seconds)

    def allow(self, seconds: float) -> None:
        """Let requests start until in ``seconds`` from now, in the same pass."""
        self._api.allow(seconds)

    def fence(self, boards: frozenset[str]) -> None:
        """Refuse from now on every board but these (ids and short links)."""
        self._api.fence(boards)

    def card(self, card_id: str) -> Card:
        """Return the card with its own log read to the end: one request, more for a long log."""
        wire = self._card(card_id, MOST)
        asked = {"filter": ACTION_TYPES}
        log = log_of(self._every_action(f"/cards/{card_id}/actions", asked, wire.actions))
        return card_of(wire, self._with_reactions(log))

    def portfolio(self, card_id: str) -> Card:
        """Return a portfolio card with all its comments and the newest entries of its log.

        Each dashboard leaves the one before in the log, so that reading it to the end would cost
        more with every write: one request, and one for the comments once the log is long.
        """
        wire = self._card(card_id, NEWEST)
        newest = wire.actions
        if len(newest) == NEWEST:
            asked = {"filter": "commentCard"}
            newest += self._every_action(f"/cards/{card_id}/actions", asked)
        return card_of(wire, self._with_reactions(log_of(newest)))

    def archived_since(self, board_id: str, at: Instant) -> tuple[str, ...]:
        """Return the ids of the cards that were archived since ``at``, the latest first.

        Some may be back, moved away or deleted by now.  The filter lets through archiving and its
        undoing alone, so that one request is nearly always enough.
        """
        asked = {"filter": _CLOSINGS, "since": written_instant(at)}
        found = self._every_action(f"/boards/{board_id}/actions", asked)
        newest = sorted(found, key=lambda each: (each.date, each.id), reverse=True)
        archived = (each.data for each in newest if (each.data.old or {}).get("closed") is False)
        return tuple(dict.fromkeys(each.card.id for each in archived if each.card and each.card.id))

    def write(self, card: Card, change: Change) -> Written:
        """Make one change with one request, on a card of a board that is served."""
        if not self._api.may_ask_about(card.board_id):
            message = "The card is on a board that is not in the configuration"
            return NotApplied(SkipError(message, why="gone"))
        try:
            outcome = self._writes.request(card, change)
        except SkipError as problem:
            return NotApplied(problem)
        if isinstance(outcome, Applied):
            return done(outcome.body, change)
        if isinstance(outcome, NotApplied) and is_fulfilled(change, outcome):
            return Done()
        return outcome

    def _card(self, card_id: str, newest: int) -> WireCard:
        wire = self._read(
            f"/cards/{card_id}",
            WireCard,
            fields=CARD_FIELDS,
            checklists="all",
            attachments="true",
            actions=ACTION_TYPES,
            actions_limit=newest,
            action_member="false",
            action_memberCreator="false",
        )
        if card_id != wire.id:
            message = "Trello's answer is about another card"
            raise RetryLaterError(message, route=f"GET /cards/{card_id}")
        if not wire.actions:
            self._confirm_empty(f"/cards/{card_id}/actions", ACTION_TYPES)
        return wire
