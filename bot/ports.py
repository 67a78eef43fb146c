"""What the shell needs from a board service, and how that may fail.

Errors are named by what the caller must do next.  They carry text for a person and a route,
never a credential and never a card's text.
"""

import re
from collections.abc import Callable, Container, Iterator
from typing import Literal, Protocol, TypeAlias

from msgspec import Struct

from bot.domain.changes import Change
from bot.domain.model import Action, Card, Instant, Snapshot
from bot.resolve.seen import SeenBoard, SeenMember, Weighed

Why: TypeAlias = Literal["gone", "forbidden", "refused"]


_TOKEN_REFUSED = re.compile(r"invalid (?:app )?token|expired|missing scopes")


def refused_credential(status: int | None, detail: str) -> Literal["key", "token"] | None:
    """Tell which credential Trello refuses with these words; ``None``: neither."""
    if status != 401:
        return None
    if "invalid key" in detail:
        return "key"
    return "token" if _TOKEN_REFUSED.search(detail) else None


class TrelloError(Exception):
    """A request that did not bring what was asked for; only its subclasses are raised.

    ``route`` is method and path, such as ``PUT /cards/5e93ba98614ac22d22f085c4``; ``status`` the
    HTTP status, ``None`` when there was no answer; ``detail`` Trello's own one-line reason, masked.
    """

    def __init__(
        self, message: str, *, route: str = "", status: int | None = None, detail: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.route = route
        self.status = status
        self.detail = detail

    def __str__(self) -> str:
        """Say what happened and where, in one line."""
        status = "" if self.status is None else str(self.status)
        place = " -> ".join(part for part in (self.route, status) if part)
        detail = f': "{self.detail}"' if self.detail else ""
        return f"{self.message}{detail} ({place})" if place else f"{self.message}{detail}"


class StopError(TrelloError):
    """Stop every write and tell the operator: credentials, rights of the token, configuration."""

    @property
    def refused(self) -> Literal["key", "token"] | None:
        """Which of the two Trello refuses, as far as its one-line reason tells."""
        return refused_credential(self.status, self.detail)


class SkipError(TrelloError):
    """Drop this change and go on with the others: it cannot be made, now or later."""

    def __init__(
        self,
        message: str,
        *,
        why: Why = "refused",
        route: str = "",
        status: int | None = None,
        detail: str = "",
    ) -> None:
        super().__init__(message, route=route, status=status, detail=detail)
        self.why = why
        """``gone``: the card is not there; ``forbidden``: no rights on it; ``refused``: not so."""

    @property
    def already_there(self) -> bool:
        """Whether the member or label was on the card before: the wish is fulfilled.

        Trello answers 400 ``member is already on the card`` to a second addition.
        """
        return self.status == 400 and "already on the card" in self.detail


class RetryLaterError(TrelloError):
    """Leave it for the next pass: Trello is busy or down, or this pass has no time left."""


class PassOverError(RetryLaterError):
    """Nothing more may be asked in this pass; nothing is wrong with what was about to be asked."""


class Applied(Struct, frozen=True):
    """The write was carried out; ``body`` is Trello's answer as decoded JSON."""

    body: object


class NotApplied(Struct, frozen=True):
    """The write was certainly not carried out; ``error`` says why and what to do."""

    error: TrelloError


class Unknown(Struct, frozen=True):
    """The write may have been carried out, now or later: read before deciding, never repeat."""

    error: TrelloError


Outcome: TypeAlias = Applied | NotApplied | Unknown


class Done(Struct, frozen=True):
    """A change was made: the id of the new thing, and the application that Trello saw."""

    id: str | None = None
    app_id: str | None = None
    items: tuple[str, ...] = ()
    """Ids of the check items of a copied checklist, in their order."""


Written: TypeAlias = Done | NotApplied | Unknown
"""How the write of one change ended."""


class CardService(Protocol):
    """Reads single cards and makes single changes; the executor's only way to the boards."""

    def card(self, card_id: str) -> Card:
        """Return the card with its own log read to the end.

        Raises `StopError`, `SkipError` (``why == "gone"`` for a deleted card) or `RetryLaterError`.
        """
        ...

    def portfolio(self, card_id: str) -> Card:
        """Return a portfolio card with all its comments and the newest entries of its log.

        Raises as :meth:`card` does.
        """
        ...

    def write(self, card: Card, change: Change) -> Written:
        """Make one change to ``card`` with one request; nothing is raised for Trello's answers."""
        ...


def read_card(service: CardService, card_id: str, snapshot: Snapshot) -> Card:
    """Return a card with as much of its log as the rules on it need. Raises as the service does."""
    whole = card_id not in snapshot.portfolio_ids
    return service.card(card_id) if whole else service.portfolio(card_id)


class Mark(Struct, frozen=True, gc=False):
    """A board as the list of all boards shows it: enough to tell whether it has moved."""

    id: str
    short_link: str
    closed: bool = False
    activity: Instant | None = None
    """When something last happened on it; ``None``: nothing ever did."""


class Entry(Struct, frozen=True, gc=False):
    """One entry of a board's log."""

    card_id: str
    """Empty: it is about no card."""
    action: Action
    counts: bool = True
    """Whether it belongs into its card's log, as far as rules read that."""
    begins: bool = False
    """Whether the card was made by it: nothing of that card's can be older."""


class Page(Struct, frozen=True, gc=False):
    """A part of a board's log."""

    entries: tuple[Entry, ...]
    oldest: Instant | None
    """When the oldest entry was made, of those too that were not asked for."""


Matters: TypeAlias = Callable[[SeenBoard], Callable[[Weighed], bool]]
"""Tells of a board, whose cards are not there yet, of which of them the contents matter."""


def nothing_matters(_: SeenBoard) -> Callable[[Weighed], bool]:
    """Tell whoever asks for a board itself, and for none of its cards' contents."""
    return lambda _: False


class BoardService(CardService, Protocol):
    """What one pass needs of Trello."""

    @property
    def server_time(self) -> Instant | None:
        """Trello's clock in its last answer; ``None`` before the first."""
        ...

    @property
    def requests(self) -> int:
        """How many requests this pass has sent."""
        ...

    def begin_pass(self, seconds: float) -> None:
        """Count anew; no request starts later than in ``seconds``."""
        ...

    def allow(self, seconds: float) -> None:
        """Let requests start until in ``seconds`` from now, in the same pass."""
        ...

    def fence(self, boards: frozenset[str]) -> None:
        """Refuse from now on every board but these (ids and short links)."""
        ...

    def whose(self) -> tuple[SeenMember, tuple[Mark, ...]]:
        """Return the member whose token this is, with a mark of each of their boards."""
        ...

    def marks(self) -> tuple[Mark, ...]:
        """Return a mark of each board that the token's member is on: one request for all."""
        ...

    def feed(
        self, board_id: str, since: Instant | None = None, cards: Container[str] | None = None
    ) -> Iterator[Page]:
        """Yield a board's log from its newest entry back to ``since``, a request for each page.

        ``cards``: ids of those whose entries are wanted; ``None``: all entries.
        Whoever has seen enough stops asking for pages.  Raises as :meth:`board` does.
        """
        ...

    def archived_since(self, board_id: str, at: Instant) -> tuple[str, ...]:
        """Return the ids of a board's cards that were archived since ``at``, the latest first.

        Raises `StopError`, `SkipError` or `RetryLaterError`.
        """
        ...

    def board(
        self, reference: str, matters: Matters
    ) -> tuple[SeenBoard, tuple[Card, ...], Instant | None]:
        """Return a board, its visible cards without their logs, and when it last moved.

        Cards that do not matter have no contents.
        Raises `StopError`, `SkipError` or `RetryLaterError`.
        """
        ...
