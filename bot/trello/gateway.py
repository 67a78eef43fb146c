"""Boards and cards from Trello, and single changes to it, in the domain's words."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final, TypeVar, assert_never

import msgspec

from bot.domain.answers import checklist_named
from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    AddLabel,
    AddMember,
    Change,
    DeleteComment,
    DeletePart,
    EditComment,
    PostComment,
    React,
    RemoveLabel,
    SetDates,
    SetDescription,
    SetPortfolio,
    Untick,
)
from bot.domain.commands import acknowledged
from bot.domain.model import Action, Card, Instant
from bot.domain.tokens import reference_at_end
from bot.ports import (
    Applied,
    Done,
    NotApplied,
    Outcome,
    RetryLaterError,
    SkipError,
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
from bot.trello.client import TrelloApi, Upload
from bot.trello.decode import action_of, card_of, decode, log_of
from bot.trello.made import done, is_fulfilled
from bot.trello.wire import (
    ACTION_TYPES,
    CARD_FIELDS,
    WireAction,
    WireBoard,
    WireCard,
    WireMember,
    WireReaction,
)

MOST: Final = 1000
"""Cards or actions that one answer can hold; exactly as many means: there may be more."""

NEWEST: Final = 50
"""Entries of a portfolio card's log that are read whatever they are: half a day of dashboards."""

_CLOSINGS: Final = "updateCard:closed"
"""Cards archived, and brought back."""

_PLACES: Final = {"checklist": "checklists", "check_item": "checkItem", "attachment": "attachments"}
"""Where the parts of a card are, below its own path."""

T = TypeVar("T")

FileReader = Callable[[str, str], bytes]
"""Returns a file of a kind's folder by the kind's name and the file's."""


class Gateway:
    """Trello in the domain's words: the one place that knows its routes."""

    def __init__(self, api: TrelloApi, read_file: FileReader) -> None:
        self._api = api
        self._read_file = read_file

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

    def fence(self, boards: frozenset[str]) -> None:
        """Refuse from now on every board but these (ids and short links)."""
        self._api.fence(boards)

    def me(self) -> SeenMember:
        """Return the token's member."""
        return _seen_member(self._read("/members/me", WireMember, fields="username,fullName"))

    def board(self, reference: str) -> tuple[SeenBoard, tuple[Card, ...]]:
        """Return a board and its visible cards, without their logs: one request.

        Raises `RetryLaterError` when the answer holds as many cards as an answer can: more may
        be there, and an incomplete board must not be acted on.
        """
        board = self._read(
            f"/boards/{reference}",
            WireBoard,
            fields="name,shortLink,closed",
            lists="open",
            list_fields="name,closed",
            labels="all",
            label_fields="name",
            labels_limit=MOST,
            members="all",
            member_fields="username,fullName",
            memberships="all",
            cards="visible",
            card_fields=CARD_FIELDS,
            card_checklists="all",
            card_attachments="true",
        )
        if len(board.cards) == MOST:
            message = f"The board shows {MOST} cards, as many as one answer holds: it may be cut"
            raise RetryLaterError(message, route=f"GET /boards/{reference}")
        return _seen(board), tuple(card_of(each, None) for each in board.cards)

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
        asked = {"filter": _CLOSINGS, "since": _written(at)}
        found = self._every_action(f"/boards/{board_id}/actions", asked)
        newest = sorted(found, key=lambda each: (each.date, each.id), reverse=True)
        archived = (each.data for each in newest if each.data.old.get("closed") is False)
        return tuple(dict.fromkeys(each.card.id for each in archived if each.card and each.card.id))

    def write(self, card: Card, change: Change) -> Written:
        """Make one change with one request."""
        try:
            outcome = self._request(card, change)
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
        return wire

    def _every_action(
        self, path: str, asked: Mapping[str, str], page: tuple[WireAction, ...] | None = None
    ) -> tuple[WireAction, ...]:
        """Read a feed to its end, from the first ``page`` on; pages overlap."""
        if page is None:
            page = self._read(path, tuple[WireAction, ...], limit=MOST, **asked)
        every = page
        while len(page) == MOST:
            oldest = min(page, key=lambda each: (each.date, each.id)).id
            page = self._read(path, tuple[WireAction, ...], limit=MOST, before=oldest, **asked)
            every += page
        return every

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

    def _request(self, card: Card, change: Change) -> Outcome:
        write, at = self._api.write, f"/cards/{card.id}"
        match change:
            case SetDescription(text=text, due=due, start=start):
                return write("PUT", at, {"desc": text, **_dates(due, start)})
            case SetPortfolio(text=text):
                return write("PUT", at, {"desc": text})
            case SetDates(due=due, start=start):
                return write("PUT", at, _dates(due, start))
            case AddChecklist(name=name):
                return write("POST", f"{at}/checklists", {"name": name})
            case AddCheckItem(checklist=checklist, name=name):
                place = f"/checklists/{_checklist_id(card, checklist)}/checkItems"
                return write("POST", place, {"name": name, "pos": "bottom"})
            case AddAttachment():
                return self._attach(at, change)
            case AddMember(member_id=member_id):
                return write("POST", f"{at}/idMembers", {"value": member_id})
            case AddLabel(label_id=label_id):
                return write("POST", f"{at}/idLabels", {"value": label_id})
            case Untick(item_id=item_id):
                return write("PUT", f"{at}/checkItem/{item_id}", {"state": "incomplete"})
            case RemoveLabel() | DeletePart():
                return write("DELETE", f"{at}/{_place(change)}")
            case PostComment() | EditComment() | DeleteComment() | React():
                return self._comment(at, change)
            case _:
                assert_never(change)

    def _comment(
        self, at: str, change: PostComment | EditComment | DeleteComment | React
    ) -> Outcome:
        write = self._api.write
        match change:
            case PostComment(text=text):
                return write("POST", f"{at}/actions/comments", {"text": text})
            case EditComment(action_id=action_id, text=text):
                return write("PUT", f"/actions/{action_id}", {"text": text})
            case DeleteComment(action_id=action_id):
                return write("DELETE", f"/actions/{action_id}")
            case React(action_id=action_id, emoji=emoji):
                return write("POST", f"/actions/{action_id}/reactions", {"shortName": emoji})
            case _:
                assert_never(change)

    def _attach(self, at: str, change: AddAttachment) -> Outcome:
        place = f"{at}/attachments"
        if change.url is not None:
            return self._api.write("POST", place, {"url": change.url, "name": change.name[:256]})
        try:
            content = self._read_file(change.kind or "", change.name)
        except OSError as problem:
            message = f"The file {change.name} of brief {change.kind} cannot be read"
            raise SkipError(message, why="refused") from problem
        return self._api.write("POST", place, {"name": change.name}, Upload(change.name, content))

    def _read(self, path: str, shape: type[T], **params: str | int) -> T:
        return decode(self._api.get(path, params), shape, f"GET {path}")


def _seen(board: WireBoard) -> SeenBoard:
    return SeenBoard(
        id=board.id,
        name=board.name,
        short_link=board.short_link,
        closed=board.closed,
        lists=tuple(SeenList(each.id, each.name, each.closed) for each in board.lists),
        labels=tuple(SeenLabel(each.id, each.name) for each in board.labels),
        members=tuple(_seen_member(each) for each in board.members),
        memberships=tuple(
            SeenMembership(each.id_member, each.member_type, each.deactivated)
            for each in board.memberships
        ),
        cards=tuple(SeenCard(each.id, each.name, each.short_link) for each in board.cards),
    )


def _seen_member(member: WireMember) -> SeenMember:
    return SeenMember(member.id, member.username, member.full_name or member.username)


def _dates(due: Instant | None, start: Instant | None) -> dict[str, str]:
    dates = {"due": due, "start": start}
    return {name: _written(at) for name, at in dates.items() if at}


def _written(at: Instant) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _place(change: RemoveLabel | DeletePart) -> str:
    """Return where what is taken off a card stands, below the card's own path."""
    if isinstance(change, RemoveLabel):
        return f"idLabels/{change.label_id}"
    return f"{_PLACES[change.part]}/{change.part_id}"


def _checklist_id(card: Card, name: str) -> str:
    found = checklist_named(card, name)
    if found is None:
        raise SkipError(f"The checklist {name!r} is no longer on the card", why="gone")
    return found.id
