"""Reads and writes on Trello, as the gateway needs them.

py-trello is the client for everything that answers with small JSON: `TrelloClient.fetch_json`
builds URL, JSON body and multipart form, and our `Transport`, its ``http_service``, does the rest.
Reads of boards and cards ask the same transport for the raw body, which msgspec decodes much
faster than ``fetch_json``.  Its lazy objects are never used: they cost up to five requests a card,
stop silently at 1,000 cards or 50 comments, and lose headers and errors.

py-trello gets placeholders for key and token, since the transport holds the real ones.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

from msgspec import Struct
from trello import TrelloClient

from bot.hands import Hands
from bot.ports import Applied, NotApplied, Outcome, TrelloError, Unknown
from bot.trello.connection import TRELLO_URL
from bot.trello.transport import Traffic, Transport
from bot.trello.verdict import AnswerLostError

_PLACEHOLDER: Final = "held-by-the-transport"

WriteMethod: TypeAlias = Literal["POST", "PUT", "DELETE"]
Field: TypeAlias = str | int | float | bool | None


class Upload(Struct, frozen=True):
    """A file for a card."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"

    def __repr__(self) -> str:
        """Show name and size, not the content."""
        return f"Upload({self.name!r}, {len(self.content)} bytes)"


class TrelloApi:
    """Trello's REST API: raw reads, and writes that end in one of three outcomes."""

    def __init__(self, transport: Transport, hands: Hands | None = None) -> None:
        """``hands``: who else may work while a read is under way; by default nobody."""
        self._transport = transport
        self.hands = hands or Hands()
        self._client = TrelloClient(
            api_key=_PLACEHOLDER, token=_PLACEHOLDER, http_service=transport, proxies={}
        )

    def __repr__(self) -> str:
        """Show the address, never a credential."""
        return f"TrelloApi({self._transport!r})"

    @property
    def server_time(self) -> datetime | None:
        """Trello's clock in its last answer of this pass, in UTC; ``None`` before the first."""
        return self._transport.server_time

    @property
    def traffic(self) -> Traffic:
        """What has been asked since the pass began."""
        return self._transport.traffic

    def begin_pass(self, seconds: float) -> None:
        """Count anew; no request starts later than in ``seconds``."""
        self._transport.begin_pass(seconds)

    def allow(self, seconds: float) -> None:
        """Let requests start until in ``seconds`` from now, in the same pass."""
        self._transport.allow(seconds)

    def fence(self, boards: frozenset[str] | None) -> None:
        """Allow for the rest of the pass only these boards (ids, short links) in requests."""
        self._transport.boards = boards

    def may_ask_about(self, board_id: str) -> bool:
        """Whether a board, or a card that was last seen on it, is within the fence."""
        return self._transport.boards is None or board_id in self._transport.boards

    def get(self, path: str, params: Mapping[str, Field] | None = None) -> bytes:
        """Return the body of a good answer: JSON, not ``null``, not from a cache.

        Raises `StopError`, `SkipError` or `RetryLaterError`.
        """
        texts = {name: _text(value) for name, value in (params or {}).items()}
        with self.hands.waiting():
            return self._transport.request("GET", TRELLO_URL + path, params=texts).content

    def token_facts(self) -> bytes:
        """Return rights, owner and end of the token.  For `check` and `setup` alone.

        This request and the next are the only ones with a credential in their URL; it is masked
        wherever it could be logged.
        """
        return self.get("/tokens/{token}")

    def token_webhooks(self) -> bytes:
        """Return the token's webhooks.  For `check` and `setup` alone."""
        return self.get("/tokens/{token}/webhooks")

    def write(
        self,
        method: WriteMethod,
        path: str,
        body: Mapping[str, Field] | None = None,
        file: Upload | None = None,
    ) -> Outcome:
        """Make one change and say how it ended; nothing is raised for what Trello may do.

        ``body`` travels as JSON, with ``file`` as parts of a form.  ``None`` clears a field.
        """
        try:
            answer = self._fetch(method, path, body, file)
        except AnswerLostError as lost:
            return Unknown(lost)
        except TrelloError as failure:
            return NotApplied(failure)
        return Applied(answer)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def _fetch(
        self, method: str, path: str, body: Mapping[str, Field] | None, file: Upload | None
    ) -> Any:
        if file is None:
            args = None if body is None else dict(body)
            return self._client.fetch_json(path, http_method=method, post_args=args)
        parts: dict[str, tuple[Any, ...]] = {
            name: (None, _text(value)) for name, value in (body or {}).items()
        }
        parts["file"] = (file.name, file.content, file.media_type)
        return self._client.fetch_json(path, http_method=method, files=parts)


def _text(value: Field) -> str:
    """Spell a value as Trello reads it in a query or a form."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)
