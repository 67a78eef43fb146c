"""A form as an act sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox import access
from bot.sandbox.errors import RefusedError, invalid_value
from bot.sandbox.people import Person
from bot.sandbox.rows import Board, BoardList, Card
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody has filled in."""

    store: Store
    who: Person
    zone: ZoneInfo
    """In which dates are typed."""
    values: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return a value; empty if it is missing."""
        return self.values.get(name, "")

    def line(self, name: str) -> str:
        """Return a value as one line; refuses none."""
        found = " ".join(self.text(name).split())
        if not found:
            raise invalid_value(name)
        return found

    def on(self, name: str) -> bool:
        """Tell whether a value is switched on."""
        return self.text(name) == "on"

    def moment(self, name: str) -> datetime | None:
        """Return date and time typed in the reader's zone; ``None`` for none."""
        text = self.text(name).strip()
        if not text:
            return None
        try:
            local = datetime.fromisoformat(text).replace(tzinfo=self.zone)
            local.utctimetuple()
        except (ValueError, OverflowError):
            raise invalid_value(name) from None
        return local

    def list_on(self, board: Board) -> BoardList:
        """Return the open list of a board that the form names."""
        found = self.store.list_(self.text("list"))
        if found.id_board != board.id or found.closed:
            raise RefusedError(404, "no such list here")
        return found

    def card_on(self, board: Board) -> Card:
        """Return the card of a board that the form names."""
        found = self.card(self.store.card(self.text("card")))
        if found.id_board != board.id:
            raise RefusedError(404, "no such card here")
        return found

    def card(self, card: Card) -> Card:
        """Return a card that its person may change."""
        return access.change_card(self.store, self.who.by, card)
