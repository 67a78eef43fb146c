"""One request as handlers see it, and how answers are made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.sandbox import access
from bot.sandbox.attachments import Upload
from bot.sandbox.params import Params
from bot.sandbox.rows import Action, Author, Board, BoardList, Card, Token
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Call:
    """A request that has passed the door."""

    store: Store
    by: Author
    """Who asks; the member is empty for nobody."""
    params: Params
    token: Token | None = None
    method: str = "GET"
    path: str = ""
    """Below ``/1``."""
    files: Mapping[str, Upload] = field(default_factory=dict)
    get: Callable[[str], tuple[int, Any]] | None = None
    """Answers another GET route with the same credentials; ``None`` inside a batch."""

    @property
    def viewer(self) -> str:
        """Id of the member who asks."""
        return self.by.id_member

    def board(self, ref: str) -> Board:
        """Return a board that the member may see."""
        return access.see_board(self.store, self.by, self.store.board(ref))

    def board_to_change(self, ref: str) -> Board:
        """Return a board that the member may change."""
        return access.change_board(self.store, self.by, self.board(ref))

    def list_(self, ref: str) -> BoardList:
        """Return a list on a board that the member may see."""
        found = self.store.list_(ref)
        self.board(found.id_board)
        return found

    def list_to_change(self, ref: str) -> BoardList:
        """Return a list on a board that the member may change."""
        found = self.store.list_(ref)
        self.board_to_change(found.id_board)
        return found

    def card(self, ref: str) -> Card:
        """Return a card that the member may see."""
        return access.see_card(self.store, self.by, self.store.card(ref))

    def card_to_change(self, ref: str) -> Card:
        """Return a card that the member may change."""
        return access.change_card(self.store, self.by, self.card(ref))

    def action(self, ref: str) -> Action:
        """Return an action on a board that the member may see."""
        found = self.store.action(ref)
        if found.id_board is not None:
            self.board(found.id_board)
        return found


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a body: text, bytes, or something to write as JSON."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


Handler: TypeAlias = Callable[..., Any]
Route: TypeAlias = tuple[str, str, Handler]
"""Method, path below ``/1`` with its parts in angle brackets, and who answers."""

NOTHING: dict[str, None] = {"_value": None}
"""What deleting an action, a webhook, a vote or a card's label answers."""
GONE: dict[str, dict[str, Any]] = {"limits": {}}
"""What deleting a card, a checklist, a label or an attachment answers."""
