"""Read one picture of all boards; what cannot be read is left out and named."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

import msgspec
from msgspec import Struct

from bot.archived import ArchivedCards
from bot.boards import BoardReader
from bot.domain.acts import learned_app
from bot.domain.changes import Change
from bot.domain.model import Card, Instant, Snapshot, Unseen
from bot.domain.policy import Policy
from bot.domain.states import has_brief, is_delegated
from bot.hands import Hands
from bot.kept import KeptBoard, Served
from bot.logs import LogReader
from bot.naming import Naming
from bot.ports import (
    BoardService,
    Mark,
    PassOverError,
    RetryLaterError,
    SkipError,
    StopError,
)
from bot.quarantine import Quarantine
from bot.resolve import Refusal, Resolved, SeenBoard, SeenMember, card_reference
from bot.settings import Settings

READING_SECONDS = WRITING_SECONDS = 300.0
"""How long a pass may read, and then write: neither keeps the other waiting."""

MOST_SKEW = timedelta(minutes=2)
"""A clock that is farther off Trello's must not decide anything (G7)."""


class BoardFailure(Struct, frozen=True):
    """A board that could not be read in this pass; the others go on."""

    board: str
    problem: str
    lasting: bool = False
    """True when only the operator can mend it: no such board, or no rights on it."""


class Reading(Struct, frozen=True):
    """What the boards show, and what could not be seen."""

    snapshot: Snapshot
    resolved: Resolved
    failures: tuple[BoardFailure, ...]
    server_time: Instant | None
    odd: tuple[str, ...] = ()
    """Ids of cards that Trello shows in a shape that cannot be read."""
    day: date = date.min
    """Of which the public holidays are known."""
    still: bool = False
    """True when nothing has moved since the picture before, which this is."""

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Boards that the configuration does not fit: only the operator can mend that."""
        unread = {each.board for each in self.failures if not each.lasting}
        return tuple(each for each in self.resolved.refusals if each.board not in unread)


class Reader:
    """Reads the configured boards, and of those that have moved only what is new."""

    def __init__(
        self, settings: Settings, policy: Policy, service: BoardService, hands: Hands
    ) -> None:
        self._settings = settings
        self._service = service
        self._hands = hands
        self._archived = ArchivedCards(service, policy, settings.worker.reconcile)
        self._logs = LogReader(service, hands)
        self._boards = BoardReader(service, settings, hands, self._logs)
        self._boards_aside = Quarantine()
        self._me: SeenMember | None = None
        """Whose token it is: asked once, since Trello counts these questions strictly."""
        self._naming = Naming(settings, policy)
        self._cards: Mapping[str, Card] = {}
        """As the pass before has seen them."""
        self.last: Reading | None = None
        """What the last pass has seen, if it saw everything."""

    def read(
        self,
        now: Instant,
        remembered: frozenset[str] = frozenset(),
        *,
        looking_back: bool = False,
        still_until: Instant | None = None,
    ) -> Reading:
        """Return one picture of all boards; a board that fails is left out and named.

        Cards archived since the last digest belong to it when a digest is due, and when
        ``looking_back`` asks for them.  Before ``still_until`` boards on which nothing has moved
        are not even looked at: the picture is the last one, and says so.
        Raises `StopError` when the credentials are refused, `RetryLaterError` when Trello cannot
        even say whose token this is.
        """
        service = self._service
        service.begin_pass(READING_SECONDS)
        me, marks = self._marks()
        # Trello's clock when the pass began: a slow read must not look like a wrong clock.
        clock = service.server_time
        last = self.last
        if last and still_until and now < still_until and self._is_still(last, marks, now):
            service.allow(WRITING_SECONDS)
            return msgspec.structs.replace(last, server_time=clock, still=True)
        # Whatever ends this pass early: the next one looks again.
        self.last = None
        self._logs.begin_pass(now)
        self._boards_aside.begin_pass(now)
        seen, cards, failures = self._read_boards(marks, now)
        resolved = self._naming.resolved(seen, me.id, now.date())
        service.fence(frozenset(each for board in seen for each in (board.id, board.short_link)))
        served = {key: card for key, card in cards.items() if card.board_id in resolved.boards}
        unseen = _unseen(self._settings, resolved, served, failures)
        snapshot = Snapshot(
            resolved.me, resolved.boards, served, remembered, self._logs.troubled(), unseen
        )
        snapshot = self._with_logs(snapshot, now)
        whole = self._archived.added_to(snapshot, now, asked=looking_back)
        odd = _odd(seen)
        service.allow(WRITING_SECONDS)
        reading = Reading(whole, resolved, tuple(failures), clock, odd, now.date())
        unheard = any(each.log is None for each in _portfolios(whole))
        if not (failures or odd or unheard or self._logs.lacking):
            self.last = reading
        return reading

    def begin_turns(self, cards: Iterable[Card]) -> None:
        """Take note that these cards are about to be written to: who knows how that ends."""
        self._boards.begin_turns(cards)

    def end_turn(self, card: Card, changes: tuple[Change, ...]) -> None:
        """Keep a card as the bot's turn on it has left it, with what it wrote."""
        self._boards.end_turn(Served(card, changes))

    def judge(self, card: Card, *, failed: bool) -> None:
        """Take note of whether a change could be made: a card that fails is left alone."""
        if failed:
            self._logs.aside.failed(card.id, card.last_activity)
        else:
            self._logs.aside.served(card.id)

    def _marks(self) -> tuple[SeenMember, tuple[Mark, ...]]:
        """Return whose token this is, and what moved last on each of their boards: one request."""
        if self._me is not None:
            return self._me, self._service.marks()
        self._me, marks = self._service.whose()
        return self._me, marks

    def _is_still(self, last: Reading, marks: tuple[Mark, ...], now: Instant) -> bool:
        """Tell whether nothing has moved since the last picture, and nothing is to be read anew."""
        return last.day == now.date() and self._boards.are_still(
            [each.board for each in self._settings.boards], marks, now
        )

    def _read_boards(
        self, marks: tuple[Mark, ...], now: Instant
    ) -> tuple[list[SeenBoard], dict[str, Card], list[BoardFailure]]:
        kept: dict[str, KeptBoard] = {}
        failures: dict[str, BoardFailure] = {}
        self._boards.begin_pass(marks, now, self._naming.own_account, self._naming.refused)
        waiting = []
        for name in self._boards.in_turn(each.board for each in self._settings.boards):
            until = self._boards_aside.until(name, now)
            if until is None:
                waiting.append(name)
            else:
                failures[name] = BoardFailure(name, _left_alone(until))
        found = self._hands.each("boards", waiting, self._board)
        for name, board in zip(waiting, found, strict=True):
            if isinstance(board, KeptBoard):
                kept[name] = board
                self._boards_aside.served(name)
                continue
            failures[name] = BoardFailure(name, str(board), lasting=isinstance(board, SkipError))
            if not isinstance(board, SkipError | PassOverError):
                self._boards_aside.failed(name)
        names = [each.board for each in self._settings.boards]
        # A card that went from one to the other lies where it was seen last.
        by_age = sorted(kept.values(), key=lambda each: each.heard)
        cards = {key: card for each in by_age for key, card in each.cards.items()}
        # What is kept about a card ends with the card: a worker runs for years.
        self._boards.forget_what_is_gone()
        return (
            [kept[name].seen for name in names if name in kept],
            cards,
            [failures[name] for name in names if name in failures],
        )

    def _board(self, name: str) -> KeptBoard | SkipError | RetryLaterError:
        """Return a board, or why it could not be read: one stops no other."""
        try:
            return self._boards.board(name)
        except (SkipError, RetryLaterError) as problem:
            return problem

    def _with_logs(self, snapshot: Snapshot, now: Instant) -> Snapshot:
        """Add the logs that are not known yet of cards that a rule may conclude something about."""
        concerned = list(_concerned(snapshot))
        alone = self._logs.left_alone(concerned, now)
        asked = [each for each in concerned if each.id not in alone]
        for each in asked:
            if each.contents.has_log and each is not self._cards.get(each.id):
                # Its board has told what is new of it: Trello is not to blame for what fails.
                self._logs.aside.served(each.id)
        fresh, gone = self._logs.read(asked, snapshot, now)
        self._boards.keep_logs(fresh)
        cards = {**snapshot.cards, **fresh, **alone}
        for card_id in gone:
            del cards[card_id]
        self._cards = cards
        read = msgspec.structs.replace(snapshot, cards=cards)
        if not read.me.shared:
            return read
        me = msgspec.structs.replace(read.me, app_id=read.me.app_id or learned_app(read))
        return msgspec.structs.replace(read, me=me)


def _odd(seen: Iterable[SeenBoard]) -> tuple[str, ...]:
    """Return which cards could not be read on their boards."""
    return tuple(each for board in seen for each in board.odd)


def _portfolios(snapshot: Snapshot) -> Iterator[Card]:
    return (snapshot.cards[each] for each in snapshot.portfolio_ids if each in snapshot.cards)


def _left_alone(until: Instant) -> str:
    return f"it has failed before and is left alone until {until:%H:%M} UTC"


def _unseen(
    settings: Settings,
    resolved: Resolved,
    cards: Mapping[str, Card],
    failures: Iterable[BoardFailure],
) -> dict[str, tuple[Unseen, ...]]:
    """Return which boards are missing here, by the id of the portfolio card that they share.

    A board that names its portfolio card by title has it to itself: nothing is missing elsewhere.
    """
    boards = resolved.boards.values()
    served = {reference for each in boards for reference in (each.id, each.short_link)}
    passing = {each.board for each in failures if not each.lasting}
    absent = [each for each in settings.boards if each.board not in served]
    shared = {card_reference(each.portfolio or "") for each in absent}
    ids = {
        reference: each.id
        for each in (cards.values() if absent else ())
        for reference in (each.id, each.short_link)
        if reference in shared
    }
    found: dict[str, tuple[Unseen, ...]] = {}
    for board in absent:
        card_id = ids.get(card_reference(board.portfolio or ""))
        if card_id is not None:
            missing = Unseen(board.board, lasting=board.board not in passing)
            found[card_id] = (*found.get(card_id, ()), missing)
    return found


def check_clock(now: Instant, server_time: Instant | None) -> None:
    """Raise `StopError` when this machine's clock is more than two minutes off Trello's."""
    if server_time is not None and abs(now - server_time) > MOST_SKEW:
        minutes = abs(now - server_time) // timedelta(minutes=1)
        side = "ahead of" if now > server_time else "behind"
        raise StopError(
            f"This machine's clock is {minutes} minutes {side} Trello's: set the clock, "
            "nothing is written until then"
        )


def _concerned(snapshot: Snapshot) -> Iterator[Card]:
    for card in snapshot.cards.values():
        if card.id in snapshot.portfolio_ids or is_delegated(card, snapshot) or has_brief(card):
            yield card
