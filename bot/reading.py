"""Read one picture of all boards; what cannot be read is left out and named."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

import msgspec
from msgspec import Struct

from bot.archived import ArchivedCards
from bot.domain.acts import learned_app
from bot.domain.model import Board, Card, Instant, Policy, Snapshot, Unseen
from bot.domain.states import concerns_bot
from bot.domain.written import written_brief
from bot.kept import KeptLogs
from bot.ports import (
    BoardService,
    PassOverError,
    RetryLaterError,
    SkipError,
    StopError,
    read_card,
)
from bot.quarantine import Quarantine
from bot.resolve import Refusal, Resolved, SeenBoard, SeenMember, resolve
from bot.settings import Settings

log = logging.getLogger(__name__)

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

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Boards that the configuration does not fit: only the operator can mend that."""
        unread = {each.board for each in self.failures if not each.lasting}
        return tuple(each for each in self.resolved.refusals if each.board not in unread)


class Reader:
    """Reads the configured boards, and keeps what has not moved."""

    def __init__(self, settings: Settings, policy: Policy, service: BoardService) -> None:
        self._settings = settings
        self._policy = policy
        self._service = service
        self._logs = KeptLogs(settings.worker.reconcile)
        self._archived = ArchivedCards(service, policy, settings.worker.reconcile)
        self._cards_aside, self._boards_aside = Quarantine(), Quarantine()
        self._me: SeenMember | None = None
        """Whose token it is: asked once, since Trello counts these questions strictly."""
        self._clock: Instant | None = None
        """Trello's, as far as this pass has heard it."""

    def read(
        self,
        now: Instant,
        remembered: frozenset[str] = frozenset(),
        *,
        looking_back: bool = False,
    ) -> Reading:
        """Return one picture of all boards; a board that fails is left out and named.

        Cards archived since the last digest belong to it when a digest is due, and when
        ``looking_back`` asks for them.
        Raises `StopError` when the credentials are refused, `RetryLaterError` when Trello cannot
        even say whose token this is.
        """
        service = self._service
        self._cards_aside.end_pass(now)
        self._boards_aside.end_pass(now)
        service.begin_pass(READING_SECONDS)
        me = self._me = self._me or service.me()
        # Trello's clock when the pass began: a slow read must not look like a wrong clock.
        self._clock = service.server_time
        seen, cards, failures = self._boards(now)
        resolved = resolve(self._settings, seen, me.id, now.date(), self._skill)
        service.fence(frozenset(each for board in seen for each in (board.id, board.short_link)))
        served = {key: card for key, card in cards.items() if card.board_id in resolved.boards}
        unseen = _unseen(self._settings, resolved, served, failures)
        snapshot = Snapshot(
            resolved.me, resolved.boards, served, remembered, self._cards_aside.names(), unseen
        )
        whole = self._archived.added_to(self._with_logs(snapshot, now), now, asked=looking_back)
        odd = tuple(each for board in seen for each in board.odd)
        for each in odd:
            log.warning("card %s could not be read on its board", each)
        service.allow(WRITING_SECONDS)
        return Reading(whole, resolved, tuple(failures), self._clock, odd)

    def written(self, card: Card, *, failed: bool) -> None:
        """Take note of a change to a card: its log is read anew, and one that fails is left alone.

        A reaction, for one, moves no activity date.
        """
        self._logs.forget(card.id)
        if failed:
            self._cards_aside.failed(card.id, card.last_activity)
        else:
            self._cards_aside.served(card.id)

    def _boards(self, now: Instant) -> tuple[list[SeenBoard], dict[str, Card], list[BoardFailure]]:
        seen: list[SeenBoard] = []
        cards: dict[str, Card] = {}
        failures: list[BoardFailure] = []
        for board in self._settings.boards:
            until = self._boards_aside.until(board.board, now)
            if until is not None:
                failures.append(BoardFailure(board.board, _left_alone(until)))
                continue
            try:
                found, its_cards = self._service.board(board.board)
            except (SkipError, RetryLaterError) as problem:
                lasting = isinstance(problem, SkipError)
                failures.append(BoardFailure(board.board, str(problem), lasting))
                if not isinstance(problem, PassOverError) and not lasting:
                    self._boards_aside.failed(board.board)
                continue
            self._clock = self._clock or self._service.server_time
            self._boards_aside.served(board.board)
            seen.append(found)
            cards.update({card.id: card for card in its_cards})
        return seen, cards, failures

    def _skill(self, name: str) -> str:
        return self._policy.kind_named(name) or name

    def _with_logs(self, snapshot: Snapshot, now: Instant) -> Snapshot:
        """Read the own log of each card that a rule may conclude something about.

        Those that have waited longest come first: where the time of a pass is too short for all,
        the next passes reach the others.
        """
        cards = dict(snapshot.cards)
        for card in sorted(_concerned(snapshot), key=lambda each: self._logs.read_at(each.id)):
            kept = self._logs.get(card, now)
            if kept is not None:
                cards[card.id] = msgspec.structs.replace(card, log=kept)
                continue
            fresh = self._card(card, snapshot, now)
            if fresh is None or fresh.board_id not in snapshot.boards:
                del cards[card.id]
            else:
                cards[card.id] = fresh
        read = msgspec.structs.replace(snapshot, cards=cards)
        me = msgspec.structs.replace(read.me, app_id=read.me.app_id or learned_app(read))
        return msgspec.structs.replace(read, me=me)

    def _card(self, card: Card, snapshot: Snapshot, now: Instant) -> Card | None:
        """Return a card with its log, the card as it was where it cannot be read, or nothing."""
        until = self._cards_aside.until(card.id, now, card.last_activity)
        if until is not None:
            log.info("card %s: %s", card.id, _left_alone(until))
            return card
        try:
            fresh = read_card(self._service, card.id, snapshot)
        except (SkipError, RetryLaterError) as problem:
            log.warning("card %s could not be read: %s", card.id, problem)
            if isinstance(problem, SkipError) and problem.why == "gone":
                return None
            if not isinstance(problem, PassOverError):
                self._cards_aside.failed(card.id, card.last_activity)
            return card
        self._cards_aside.served(card.id)
        self._logs.keep(fresh, now)
        return fresh


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
    ids = {
        reference: each.id for each in cards.values() for reference in (each.id, each.short_link)
    }
    found: dict[str, tuple[Unseen, ...]] = {}
    for board in settings.boards:
        card_id = ids.get(_card_reference(board.portfolio or ""))
        if card_id is not None and board.board not in served:
            missing = Unseen(board.board, lasting=board.board not in passing)
            found[card_id] = (*found.get(card_id, ()), missing)
    return found


def _card_reference(name: str) -> str:
    """Return the id or short link in a card's address, or the name as it is."""
    return name.rstrip("/").split("/c/")[-1].split("/")[0]


def check_clock(now: Instant, server_time: Instant | None) -> None:
    """Raise `StopError` when this machine's clock is more than two minutes off Trello's."""
    if server_time is not None and abs(now - server_time) > MOST_SKEW:
        here, there = (f"{at:%Y-%m-%d %H:%M} UTC" for at in (now, server_time))
        raise StopError(
            f"This machine's clock says {here}, Trello's {there}: set the clock, "
            "nothing is written until then"
        )


def named_board(name: str, reading: Reading) -> Board:
    """Return the served board that ``--board`` means: id, short link, address or name."""
    wanted = name.rstrip("/").split("/b/")[-1].split("/")[0].casefold()
    boards = reading.snapshot.boards.values()
    for board in boards:
        if wanted in {board.id, board.short_link.casefold(), board.name.casefold()}:
            return board
    known = ", ".join(f"{each.name} ({each.short_link})" for each in boards)
    raise StopError(f"No configured board is called {name!r}; known: {known or 'none'}")


def named_card(name: str, reading: Reading) -> Card:
    """Return the card that ``explain`` means: id, short link, address, or exact title."""
    wanted = _card_reference(name)
    cards = reading.snapshot.cards.values()
    found = [card for card in cards if wanted in {card.id, card.short_link}]
    found = found or [card for card in cards if card.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    what = "No visible card" if not found else f"{len(found)} cards"
    raise StopError(f"{what} of the configured boards: {name!r}; give its short link or address")


def _concerned(snapshot: Snapshot) -> Iterator[Card]:
    for card in snapshot.cards.values():
        brief = written_brief(card)
        followed = brief is not None and brief.own
        if card.id in snapshot.portfolio_ids or followed or concerns_bot(card, snapshot):
            yield card
