"""Read one picture of all boards; what cannot be read is left out and named."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

import msgspec
from msgspec import Struct

from bot.domain.acts import learned_app
from bot.domain.limit import portfolios
from bot.domain.model import Action, Board, Card, Instant, Policy, Snapshot, Unseen
from bot.domain.states import concerns_bot
from bot.domain.wanted import digest_wanted, news_since
from bot.ports import BoardService, RetryLaterError, SkipError, StopError, read_card
from bot.resolve import Refusal, Resolved, SeenBoard, resolve
from bot.settings import Settings

log = logging.getLogger(__name__)

PASS_SECONDS = 600.0
"""No request of a pass starts later than this."""

MOST_SKEW = timedelta(minutes=2)
"""A clock that is farther off Trello's must not decide anything (G7)."""


MOST_ARCHIVED = 200
"""Archived cards that are read for one board's digest; older ones are left out."""


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
        self._logs = _KeptLogs(settings.worker.reconcile)
        self._archived = _KeptCards(settings.worker.reconcile)

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
        service.begin_pass(PASS_SECONDS)
        me = service.me()
        # Trello's clock when the pass began: a slow read must not look like a wrong clock.
        server_time = service.server_time
        seen, cards, failures = self._boards()
        resolved = resolve(self._settings, seen, me.id, now.date(), self._skill)
        service.fence(frozenset(each for board in seen for each in (board.id, board.short_link)))
        served = {key: card for key, card in cards.items() if card.board_id in resolved.boards}
        unseen = _unseen(self._settings, resolved, served, failures)
        snapshot = Snapshot(resolved.me, resolved.boards, served, remembered, unseen)
        whole = self._with_archived(self._with_logs(snapshot, now), now, asked=looking_back)
        return Reading(whole, resolved, tuple(failures), server_time)

    def forget(self, card_id: str) -> None:
        """Read this card's log anew next time: a reaction, for one, moves no activity date."""
        self._logs.forget(card_id)

    def _boards(self) -> tuple[list[SeenBoard], dict[str, Card], list[BoardFailure]]:
        seen: list[SeenBoard] = []
        cards: dict[str, Card] = {}
        failures: list[BoardFailure] = []
        for board in self._settings.boards:
            try:
                found, its_cards = self._service.board(board.board)
            except (SkipError, RetryLaterError) as problem:
                lasting = isinstance(problem, SkipError)
                failures.append(BoardFailure(board.board, str(problem), lasting))
                continue
            seen.append(found)
            cards.update({card.id: card for card in its_cards})
        return seen, cards, failures

    def _skill(self, name: str) -> str:
        return self._policy.kind_named(name) or name

    def _with_logs(self, snapshot: Snapshot, now: Instant) -> Snapshot:
        """Read the own log of each card that a rule may conclude something about."""
        cards = dict(snapshot.cards)
        for card in _concerned(snapshot):
            kept = self._logs.get(card, now)
            if kept is not None:
                cards[card.id] = msgspec.structs.replace(card, log=kept)
                continue
            try:
                fresh = read_card(self._service, card.id, snapshot)
            except SkipError as problem:
                log.warning("card %s could not be read: %s", card.id, problem)
                if problem.why == "gone":
                    del cards[card.id]
            except RetryLaterError as problem:
                log.warning("card %s could not be read: %s", card.id, problem)
            else:
                self._logs.keep(fresh, now)
                cards[card.id] = fresh
                if fresh.board_id not in snapshot.boards:
                    del cards[card.id]
        read = msgspec.structs.replace(snapshot, cards=cards)
        me = msgspec.structs.replace(read.me, app_id=read.me.app_id or learned_app(read))
        return msgspec.structs.replace(read, me=me)

    def _with_archived(self, snapshot: Snapshot, now: Instant, *, asked: bool) -> Snapshot:
        """Add the cards archived since the last digest, for each portfolio that wants the next.

        Where Trello does not say which they are, the digest waits for a pass in which it does.
        """
        cards = dict(snapshot.cards)
        for portfolio in portfolios(snapshot.boards.values(), snapshot):
            if not asked and not digest_wanted(portfolio, snapshot, self._policy, now):
                continue
            try:
                ids = self._archived_on(portfolio, snapshot, now)
            except RetryLaterError as problem:
                log.warning("archived cards could not be found: %s", problem)
                cards[portfolio.id] = msgspec.structs.replace(portfolio, log=None)
                continue
            found = (self._card_archived(each, now) for each in ids if each not in snapshot.cards)
            cards |= {each.id: each for each in found if each and each.board_id in snapshot.boards}
        return msgspec.structs.replace(snapshot, cards=cards)

    def _archived_on(self, portfolio: Card, snapshot: Snapshot, now: Instant) -> list[str]:
        """Return the ids of cards archived on the boards of a portfolio since its last digest."""
        since = news_since(portfolio, snapshot, now)
        ids: list[str] = []
        for board in snapshot.boards.values():
            if board.portfolio == portfolio.id:
                try:
                    ids += self._service.archived_since(board.id, since)[:MOST_ARCHIVED]
                except SkipError as problem:
                    log.warning("archived cards of %s could not be found: %s", board.id, problem)
        return ids

    def _card_archived(self, card_id: str, now: Instant) -> Card | None:
        """Return a card that is still archived; one that cannot be read is left out."""
        card = self._archived.get(card_id, now)
        if card is None:
            try:
                card = self._service.card(card_id)
            except (SkipError, RetryLaterError) as problem:
                log.info("archived card %s could not be read: %s", card_id, problem)
                return None
            self._archived.keep(card, now)
        return card if card.closed else None


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
        if card.id in snapshot.portfolio_ids or concerns_bot(card, snapshot):
            yield card


class _KeptLogs:
    """Logs of cards on which nothing has happened since: an old activity date proves that."""

    def __init__(self, longest: timedelta) -> None:
        self._longest = longest
        self._kept: dict[str, tuple[Instant, Instant, tuple[Action, ...]]] = {}

    def get(self, card: Card, now: Instant) -> tuple[Action, ...] | None:
        """Return the card's log if the card has not moved and the log is not too old."""
        activity, read_at, actions = self._kept.get(card.id, (None, now, ()))
        fresh = activity == card.last_activity and now - read_at < self._longest
        return actions if fresh else None

    def keep(self, card: Card, now: Instant) -> None:
        """Keep the log just read."""
        if card.log is not None:
            self._kept[card.id] = (card.last_activity, now, card.log)

    def forget(self, card_id: str) -> None:
        """Drop the log of a card that has just been written to."""
        self._kept.pop(card_id, None)


class _KeptCards:
    """Archived cards for as long as their digest waits to be posted: nobody works on them."""

    def __init__(self, longest: timedelta) -> None:
        self._longest = longest
        self._kept: dict[str, tuple[Instant, Card]] = {}

    def get(self, card_id: str, now: Instant) -> Card | None:
        """Return the card if it was read not long ago."""
        read_at, card = self._kept.get(card_id, (now, None))
        return card if now - read_at < self._longest else None

    def keep(self, card: Card, now: Instant) -> None:
        """Keep a card just read; what is too old by now is dropped."""
        fresh = {key: kept for key, kept in self._kept.items() if now - kept[0] < self._longest}
        self._kept = {**fresh, card.id: (now, card)}
