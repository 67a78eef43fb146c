"""Boards and cards from Trello, and single changes to it, in the domain's words."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from typing import Final, TypeVar

import msgspec

from bot.domain.changes import Change
from bot.domain.commands import acknowledged
from bot.domain.model import Action, Card, Instant
from bot.domain.tokens import reference_at_end
from bot.hooks import Registered
from bot.ports import (
    Applied,
    Done,
    Entry,
    Mark,
    NotApplied,
    Outcome,
    Page,
    RetryLaterError,
    SkipError,
    TrelloError,
    Written,
)
from bot.resolve.seen import (
    SeenBoard,
    SeenCard,
    SeenLabel,
    SeenList,
    SeenMember,
    SeenMembership,
)
from bot.trello.client import TrelloApi
from bot.trello.decode import (
    action_of,
    card_of,
    decode,
    decode_board,
    decode_cards,
    entry_of,
    log_of,
    mark_of,
    utc,
)
from bot.trello.made import done, is_fulfilled
from bot.trello.wire import (
    ACTION_TYPES,
    CARD_FIELDS,
    WireAction,
    WireBoardFrame,
    WireCard,
    WireId,
    WireMark,
    WireReaction,
    WireSelf,
    WireWebhook,
)
from bot.trello.writes import FileReader, Writes, written_instant

MOST: Final = 1000
"""Cards or actions that one answer can hold; exactly as many means: there may be more."""

NEWEST: Final = 50
"""Entries of a portfolio card's log that are read whatever they are: half a day of dashboards."""

_FRAME: Final[Mapping[str, str | int]] = {
    "fields": "name,shortLink,closed,dateLastActivity,prefs",
    "lists": "open",
    "list_fields": "name,closed",
    "labels": "all",
    "label_fields": "name",
    "labels_limit": MOST,
    "members": "all",
    "member_fields": "username,fullName",
    "memberships": "all",
}
"""A board without its cards."""

_WHOLE_BOARD: Final[Mapping[str, str | int]] = {
    **_FRAME,
    "cards": "visible",
    "card_fields": CARD_FIELDS,
    "card_checklists": "all",
    "card_attachments": "true",
}
"""A board with all that a pass needs of it, but for the cards' logs."""

_CARDS: Final[Mapping[str, str | int]] = {
    "filter": "visible",
    "fields": CARD_FIELDS,
    "checklists": "all",
    "attachments": "true",
}
"""The same of its cards alone."""

_MARK: Final = "shortLink,closed,dateLastActivity"

_FEED: Final[Mapping[str, str | int]] = {
    "filter": "all",
    "fields": "type,date,idMemberCreator,data,appCreator",
    "limit": MOST,
    "member": "false",
    "memberCreator": "false",
    "reactions": "true",
}
"""A board's log, with all that moves the board and that feeds show."""

_RUNGS: Final = (MOST, 250, 50)
"""Cards in one answer, once a whole board at once has proved too much for Trello."""

_TOO_MUCH: Final = frozenset({200, 449, 504})
"""Statuses of answers that are cut, too large or too slow, each time they are asked for."""

_CLOSINGS: Final = "updateCard:closed"
"""Cards archived, and brought back."""

T = TypeVar("T")


class TooMuchError(RetryLaterError):
    """An answer that may be cut: more was asked for than one can hold."""


class Gateway:
    """Trello in the domain's words: the one place that knows its routes."""

    def __init__(self, api: TrelloApi, read_file: FileReader) -> None:
        self._api = api
        self._writes = Writes(api, read_file)
        self._rungs: dict[str, int] = {}
        """By board: how far down the ladder of answers too large for Trello."""

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

    def whose(self) -> tuple[SeenMember, tuple[Mark, ...]]:
        """Return the token's member, with a mark of each of their boards: one request."""
        found = self._read(
            "/members/me",
            WireSelf,
            fields="username,fullName",
            boards="all",
            board_fields=_MARK,
        )
        member = SeenMember(found.id, found.username, found.full_name or found.username)
        return member, tuple(mark_of(each) for each in found.boards)

    def marks(self) -> tuple[Mark, ...]:
        """Return a mark of each board that the token's member is on.

        This route is not among those of which Trello allows a hundred in a quarter of an hour.
        """
        found = self._read("/members/me/boards", tuple[WireMark, ...], filter="all", fields=_MARK)
        return tuple(mark_of(each) for each in found)

    def feed(
        self, board_id: str, since: Instant | None = None, cards: Container[str] | None = None
    ) -> Iterator[Page]:
        """Yield a board's log from its newest entry back to ``since``, a request for each page."""
        asked = {**_FEED, **({"since": written_instant(since)} if since else {})}
        for page in self._pages(f"/boards/{board_id}/actions", asked):
            wanted = (e for e in page if cards is None or (e.data.card and e.data.card.id in cards))
            oldest = min((each.date for each in page), default=None)
            yield Page(tuple(self._entry(each) for each in wanted), utc(oldest))

    def _entry(self, wire: WireAction) -> Entry:
        """Return an entry with the reactions that matter, asked for where the page lacks them."""
        entry = entry_of(wire)
        if wire.reactions is None and acknowledged(entry.action.text):
            return msgspec.structs.replace(entry, action=self._reacted(entry.action))
        return entry

    def board(self, reference: str) -> tuple[SeenBoard, tuple[Card, ...], Instant | None]:
        """Return a board, its visible cards without their logs, and when it last moved.

        One request; a board that is too large for that is asked for in parts from then on: itself,
        then its cards page by page, fewer on a page where Trello still cannot answer.
        """
        while True:
            rung = self._rungs.get(reference, 0)
            try:
                return self._board(reference, rung)
            except (SkipError, RetryLaterError) as problem:
                if rung == len(_RUNGS) or not _is_too_much(problem):
                    raise
                self._rungs[reference] = rung + 1

    def _board(
        self, reference: str, rung: int
    ) -> tuple[SeenBoard, tuple[Card, ...], Instant | None]:
        path = f"/boards/{reference}"
        if rung:
            frame = self._read(path, WireBoardFrame, **_FRAME)
            wires, odd = self._cards(f"{path}/cards", _RUNGS[rung - 1])
        else:
            board, odd = decode_board(self._api.get(path, _WHOLE_BOARD), f"GET {path}")
            frame, wires = board, board.cards
            if len(wires) + len(odd) == MOST:
                raise TooMuchError(f"The board shows {MOST} cards: it may be cut", route=path)
        if not wires:
            self._confirm_empty(f"{path}/cards")
        cards = tuple(card_of(each, None) for each in wires)
        return _seen(frame, wires, odd), cards, utc(frame.date_last_activity)

    def _cards(self, path: str, most: int) -> tuple[tuple[WireCard, ...], tuple[str, ...]]:
        """Read a board's cards to the end, the newest first, ``most`` at a time."""
        found: dict[str, WireCard] = {}
        odd: dict[str, None] = {}
        before: dict[str, str] = {}
        while True:
            body = self._api.get(path, {**_CARDS, "limit": most, **before})
            page, strange = decode_cards(body, f"GET {path}")
            found |= {each.id: each for each in page}
            odd |= dict.fromkeys(strange)
            if len(page) + len(strange) < most:
                return tuple(found.values()), tuple(odd)
            before = {"before": min(each for each in (*found, *odd) if each)}

    def _confirm_empty(self, path: str, types: str = "visible") -> None:
        """Ask once more, in another way, before an answer that shows nothing is believed.

        Raises `RetryLaterError` when the two answers contradict each other.
        """
        if self._read(path, tuple[WireId, ...], fields="id", limit=1, filter=types):
            message = "Trello's answer shows nothing where there is something"
            raise RetryLaterError(message, route=f"GET {path}")

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
        archived = (each.data for each in newest if each.data.old.get("closed") is False)
        return tuple(dict.fromkeys(each.card.id for each in archived if each.card and each.card.id))

    def write(self, card: Card, change: Change) -> Written:
        """Make one change with one request."""
        try:
            outcome = self._writes.request(card, change)
        except SkipError as problem:
            return NotApplied(problem)
        if isinstance(outcome, Applied):
            return done(outcome.body, change)
        if isinstance(outcome, NotApplied) and is_fulfilled(change, outcome):
            return Done()
        return outcome

    def make_label(self, board_id: str, name: str, color: str | None) -> Outcome:
        """Make a label (for ``setup``)."""
        return self._api.write("POST", f"/boards/{board_id}/labels", {"name": name, "color": color})

    def make_card(self, list_id: str, name: str) -> Outcome:
        """Make a card (for ``setup``: the portfolio card)."""
        return self._api.write("POST", "/cards", {"idList": list_id, "name": name, "pos": "top"})

    def webhooks(self) -> tuple[Registered, ...]:
        """Return the token's webhooks (for ``check`` and ``setup``). Raises as :meth:`board`."""
        shape, route = tuple[WireWebhook, ...], "GET /tokens/{token}/webhooks"
        return tuple(_registered(e) for e in decode(self._api.token_webhooks(), shape, route))

    def make_webhook(self, board_id: str, url: str, description: str) -> Outcome:
        """Let Trello call an address about a board (for ``setup``); it must answer just then."""
        body = {"idModel": board_id, "callbackURL": url, "description": description}
        return self._api.write("POST", "/webhooks", body)

    def mend_webhook(self, webhook_id: str, url: str) -> Outcome:
        """Switch a webhook on, with that address.

        Not through ``/tokens/{token}/webhooks/{id}``, which is documented but answers 404.
        """
        path = f"/webhooks/{webhook_id}"
        return self._api.write("PUT", path, {"callbackURL": url, "active": True})

    def silence_webhook(self, webhook_id: str) -> Outcome:
        """Switch a webhook off."""
        return self._api.write("PUT", f"/webhooks/{webhook_id}", {"active": False})

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

    def _every_action(
        self, path: str, asked: Mapping[str, str], page: tuple[WireAction, ...] | None = None
    ) -> tuple[WireAction, ...]:
        """Read a feed to its end, from the first ``page`` on; pages overlap."""
        pages = self._pages(path, {"limit": MOST, **asked}, page)
        return tuple(each for page in pages for each in page)

    def _pages(
        self, path: str, asked: Mapping[str, str | int], page: tuple[WireAction, ...] | None = None
    ) -> Iterator[tuple[WireAction, ...]]:
        """Yield a feed page by page; a full one means that there may be more."""
        if page is None:
            page = self._read(path, tuple[WireAction, ...], **asked)
        yield page
        while len(page) == MOST:
            oldest = min(page, key=lambda each: (each.date, each.id)).id
            page = self._read(path, tuple[WireAction, ...], before=oldest, **asked)
            yield page

    def _with_reactions(self, log: tuple[Action, ...]) -> tuple[Action, ...]:
        """Ask for reactions to commands, which acknowledge them, and to what stands twice.

        Nobody's reaction goes with a double that is taken off.
        """
        refs = Counter(reference_at_end(each.text) for each in log)

        def matters(action: Action) -> bool:
            ref = reference_at_end(action.text)
            return acknowledged(action.text) or (ref is not None and refs[ref] > 1)

        return tuple(self._reacted(each) if matters(each) else each for each in log)

    def _reacted(self, action: Action) -> Action:
        found = self._read(f"/actions/{action.id}/reactions", tuple[WireReaction, ...])
        bare = WireAction(action.id, action.type, action.at, action.member_id)
        return msgspec.structs.replace(action, reactions=action_of(bare, found).reactions)

    def _read(self, path: str, shape: type[T], **params: str | int) -> T:
        return decode(self._api.get(path, params), shape, f"GET {path}")


def _is_too_much(problem: TrelloError) -> bool:
    """Tell whether Trello might answer if it were asked for less at once."""
    if problem.status == 403:
        return "TOO_MANY" in problem.detail
    return isinstance(problem, TooMuchError) or problem.status in _TOO_MUCH


def _seen(board: WireBoardFrame, cards: tuple[WireCard, ...], odd: tuple[str, ...]) -> SeenBoard:
    return SeenBoard(
        id=board.id,
        name=board.name,
        short_link=board.short_link,
        closed=board.closed,
        lists=tuple(SeenList(each.id, each.name, each.closed) for each in board.lists),
        labels=tuple(SeenLabel(each.id, each.name) for each in board.labels),
        members=tuple(
            SeenMember(each.id, each.username, each.full_name or each.username)
            for each in board.members
        ),
        memberships=tuple(
            SeenMembership(each.id_member, each.member_type, each.deactivated)
            for each in board.memberships
        ),
        cards=tuple(SeenCard(each.id, each.name, each.short_link) for each in cards),
        odd=odd,
        takes_comments=board.prefs.comments != "disabled",
    )


def _registered(webhook: WireWebhook) -> Registered:
    return Registered(
        id=webhook.id,
        model=webhook.id_model,
        url=webhook.callback_url,
        description=webhook.description or "",
        active=webhook.active,
        failures=webhook.consecutive_failures or 0,
    )
