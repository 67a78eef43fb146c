"""Boards from Trello: which have moved, one as it stands, and what its log tells."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

import msgspec

from bot.domain.commands import acknowledged
from bot.domain.model import Card, Instant
from bot.ports import Entry, Mark, Matters, Page, RetryLaterError, SkipError, TrelloError
from bot.resolve.seen import (
    SeenBoard,
    SeenCard,
    SeenLabel,
    SeenList,
    SeenMember,
    SeenMembership,
    Weighed,
)
from bot.trello.client import TrelloApi
from bot.trello.decode import (
    card_of,
    decode_board,
    decode_cards,
    entry_of,
    mark_of,
    outline_of,
    utc,
)
from bot.trello.reads import MOST, WHEN, Reads
from bot.trello.wire import CARD_FIELDS, WireAction, WireBoardFrame, WireCard, WireMark, WireSelf
from bot.trello.writes import written_instant

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

Cards: TypeAlias = tuple[tuple[Card, ...], tuple[str, ...]]
"""Cards, and the ids of those that could not be read."""


class BoardReads(Reads):
    """Reads boards, one that is too large for an answer in parts."""

    def __init__(self, api: TrelloApi) -> None:
        super().__init__(api)
        self._rungs: dict[str, int] = {}
        """By board: how far down the ladder of answers too large for Trello."""

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
            wanted = page if cards is None else _about(page, cards)
            oldest = min(map(WHEN, page), default=None)
            yield Page(tuple(map(self._entry, wanted)), utc(oldest))

    def _entry(self, wire: WireAction) -> Entry:
        """Return an entry with the reactions that matter, asked for where the page lacks them."""
        entry = entry_of(wire)
        if wire.reactions is None and acknowledged(entry.action.text):
            return msgspec.structs.replace(entry, action=self._reacted(entry.action))
        return entry

    def board(
        self, reference: str, matters: Matters
    ) -> tuple[SeenBoard, tuple[Card, ...], Instant | None]:
        """Return a board, its visible cards without their logs, and when it last moved.

        Cards that do not matter come without contents.
        One request; a board that is too large for that is asked for in parts from then on: itself,
        then its cards page by page, fewer on a page where Trello still cannot answer.
        """
        while True:
            rung = self._rungs.get(reference, 0)
            try:
                return self._board(reference, matters, rung)
            except (SkipError, RetryLaterError) as problem:
                if rung == len(_RUNGS) or not _is_too_much(problem):
                    raise
                self._rungs[reference] = rung + 1

    def _board(
        self, reference: str, matters: Matters, rung: int
    ) -> tuple[SeenBoard, tuple[Card, ...], Instant | None]:
        path = f"/boards/{reference}"
        found: Cards | None = None
        if rung:
            frame = self._read(path, WireBoardFrame, **_FRAME)
        else:
            frame, found = self._whole(path, matters)
            if found is None:
                # So many may be all or not, and nobody knows which: they are read again, in order.
                rung = self._rungs[reference] = 1
        seen = _seen(frame)
        if found is None:
            found = self._cards(f"{path}/cards", _RUNGS[rung - 1], _maker(matters(seen)))
        cards, odd = found
        if not cards:
            self._confirm_empty(f"{path}/cards")
        shown = tuple(SeenCard(each.id, each.name, each.short_link) for each in cards)
        seen = msgspec.structs.replace(seen, cards=shown, odd=odd)
        return seen, cards, utc(frame.date_last_activity)

    def _whole(self, path: str, matters: Matters) -> tuple[WireBoardFrame, Cards | None]:
        """Read a board in one answer; its cards are ``None`` where there may be others."""
        frame, wires, odd = decode_board(self._api.get(path, _WHOLE_BOARD), f"GET {path}")
        if len(wires) + len(odd) >= MOST:
            return frame, None
        return frame, (tuple(map(_maker(matters(_seen(frame))), wires)), odd)

    def _cards(self, path: str, most: int, made: Callable[[WireCard], Card]) -> Cards:
        """Read a board's cards to the end, the newest first, ``most`` at a time."""
        found: dict[str, Card] = {}
        odd: dict[str, None] = {}
        before: dict[str, str] = {}
        while True:
            page, strange = self._some_cards(path, {**_CARDS, "limit": most, **before}, made)
            found |= {each.id: each for each in page}
            odd |= dict.fromkeys(strange)
            if len(page) + len(strange) < most:
                return tuple(found.values()), tuple(odd)
            before = {"before": min(each for each in (*found, *odd) if each)}

    def _some_cards(
        self, path: str, asked: Mapping[str, str | int], made: Callable[[WireCard], Card]
    ) -> Cards:
        """Read some cards; what Trello answered is let go before more is asked for."""
        wires, odd = decode_cards(self._api.get(path, asked), f"GET {path}")
        return tuple(map(made, wires)), odd


def _maker(matters: Callable[[Weighed], bool]) -> Callable[[WireCard], Card]:
    """Return what makes cards: whole ones of those that matter, outlines of all others."""

    def made(wire: WireCard) -> Card:
        return card_of(wire, None) if matters(wire) else outline_of(wire)

    return made


def _about(page: Iterable[WireAction], cards: Container[str]) -> list[WireAction]:
    # In one go: most of a board's log is about cards that nobody has handed over.
    return [each for each in page if (card := each.data.card) is not None and card.id in cards]


def _is_too_much(problem: TrelloError) -> bool:
    """Tell whether Trello might answer if it were asked for less at once."""
    if problem.status == 403:
        return "TOO_MANY" in problem.detail
    return problem.status in _TOO_MUCH


def _seen(board: WireBoardFrame) -> SeenBoard:
    """Return a board without its cards."""
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
        takes_comments=board.prefs.comments != "disabled",
        is_public=board.prefs.permission_level == "public",
    )
