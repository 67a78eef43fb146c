"""One pass: read the boards, plan, show or apply. Start reading here.

Everything a pass decides is decided by :func:`bot.domain.planner.plan`, a pure function of the
snapshot read here, the settings and one reading of the clock.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import msgspec
from msgspec import Struct

from bot.domain.acts import learned_app
from bot.domain.changes import Skip
from bot.domain.messages import Texts
from bot.domain.model import Action, Board, Card, Instant, Policy, Snapshot
from bot.domain.planner import Plan, plan
from bot.domain.situation import Situation
from bot.domain.states import is_delegated
from bot.executor import Effect, Executor
from bot.ports import BoardService, RetryLaterError, SkipError, StopError
from bot.resolve import Refusal, Resolved, SeenBoard, SeenMember, resolve
from bot.settings import Settings
from bot.state import StateFolder

log = logging.getLogger(__name__)

PASS_SECONDS = 600.0
"""No request of a pass starts later than this."""

MOST_SKEW = timedelta(minutes=2)
"""A clock that is farther off Trello's must not decide anything (G7)."""

_UNDONE = {"log_unread", "no_working_time", "unwritable"}
"""Reasons that leave work undone which is due now: the pass is incomplete."""


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


class Report(Struct, frozen=True):
    """What a pass found, planned and did."""

    reading: Reading
    plan: Plan
    effects: tuple[Effect, ...] = ()
    requests: int = 0

    @property
    def exit_code(self) -> int:
        """0 complete, 2 configuration, 3 something is left, 4 refused by the limit."""
        if self.reading.refusals:
            return 2
        if self.plan.withheld:
            return 4
        return 3 if self._incomplete else 0

    @property
    def _incomplete(self) -> bool:
        left = any(each.outcome != "applied" and each.problem for each in self.effects)
        unread = any(each.reason.code in _UNDONE for each in self.plan.skips)
        return left or unread or bool(self.reading.failures)


class Cycle:
    """Runs passes over the configured boards."""

    def __init__(
        self, settings: Settings, policy: Policy, service: BoardService, texts: Texts
    ) -> None:
        self.settings = settings
        self._policy = policy
        self._service = service
        self._texts = texts
        self._me: SeenMember | None = None
        self._logs = _KeptLogs(settings.worker.reconcile)

    def read(self, now: Instant, remembered: frozenset[str] = frozenset()) -> Reading:
        """Return one picture of all boards; a board that fails is left out and named.

        Raises `StopError` when the credentials are refused, `RetryLaterError` when Trello cannot
        even say whose token this is.
        """
        service = self._service
        service.begin_pass(PASS_SECONDS)
        self._me = me = self._me or service.me()
        seen: list[SeenBoard] = []
        cards: dict[str, Card] = {}
        failures: list[BoardFailure] = []
        for board in self.settings.boards:
            try:
                found, its_cards = service.board(board.board)
            except (SkipError, RetryLaterError) as problem:
                lasting = isinstance(problem, SkipError)
                failures.append(BoardFailure(board.board, str(problem), lasting))
                continue
            seen.append(found)
            cards.update({card.id: card for card in its_cards})
        resolved = resolve(self.settings, seen, me.id, now.date(), self._skill)
        service.fence(frozenset(each for board in seen for each in (board.id, board.short_link)))
        snapshot = Snapshot(resolved.me, resolved.boards, {}, remembered)
        served = {key: card for key, card in cards.items() if card.board_id in resolved.boards}
        snapshot = msgspec.structs.replace(snapshot, cards=served)
        snapshot = self._with_logs(snapshot, now)
        return Reading(snapshot, resolved, tuple(failures), service.server_time)

    def planned(
        self, now: Instant, remembered: frozenset[str] = frozenset(), board: str | None = None
    ) -> Report:
        """Return what a pass would do now; writes nothing."""
        return self._report(self.read(now, remembered), now, board, force=False)

    def applied(
        self,
        now: Instant,
        writing: "Writing",
        board: str | None = None,
        *,
        force: bool = False,
    ) -> Report:
        """Make one pass. Raises `StopError`, also when the clocks differ too much."""
        reading = self.read(now, writing.state.remembered())
        if writing.compare_clocks:
            check_clock(now, reading.server_time)
        report = self._report(reading, now, board, force=force)
        executor = Executor(self._service, writing.state, writing.settle, writing.going_on)
        effects: list[Effect] = []
        if report.plan.changes:
            writing.state.begin()
        for effect in executor.apply(report.plan):
            _log_effect(effect)
            writing.seen(effect)
            effects.append(effect)
        if not any(each.outcome == "unknown" for each in effects):
            writing.state.end()
        return msgspec.structs.replace(
            report, effects=tuple(effects), requests=self._service.requests
        )

    def _report(self, reading: Reading, now: Instant, board: str | None, *, force: bool) -> Report:
        situation = Situation(reading.snapshot, self._policy, now, self._texts)
        whole = plan(situation, force=force)
        if board is not None:
            whole = _on_board(whole, named_board(board, reading), reading.snapshot)
        return Report(reading, whole, requests=self._service.requests)

    def situation(self, reading: Reading, now: Instant) -> Situation:
        """Return what the rules are given, for explanations."""
        return Situation(reading.snapshot, self._policy, now, self._texts)

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
                fresh = self._service.card(card.id)
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


class Writing(Struct, frozen=True):
    """What applying needs besides the boards."""

    state: StateFolder
    settle: Callable[[], bool]
    """Waits until a lost write has taken effect or never will; False: the wait was cut short."""
    going_on: Callable[[], bool] = lambda: True
    compare_clocks: bool = True
    """False when ``--now`` was given: then the clock is meant to differ from Trello's."""
    seen: Callable[[Effect], None] = lambda _: None
    """Told of each change as it is made."""


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
    for board in reading.snapshot.boards.values():
        if wanted in {board.id, board.short_link.casefold(), board.name.casefold()}:
            return board
    known = ", ".join(f"{each.name} ({each.short_link})" for each in _boards(reading))
    raise StopError(f"No configured board is called {name!r}; known: {known or 'none'}")


def named_card(name: str, reading: Reading) -> Card:
    """Return the card that ``explain`` means: id, short link, address, or exact title."""
    wanted = name.rstrip("/").split("/c/")[-1].split("/")[0]
    cards = reading.snapshot.cards.values()
    found = [card for card in cards if wanted in {card.id, card.short_link}]
    found = found or [card for card in cards if card.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    what = "No visible card" if not found else f"{len(found)} cards"
    raise StopError(f"{what} of the configured boards: {name!r}; give its short link or address")


def _boards(reading: Reading) -> Sequence[Board]:
    return tuple(reading.snapshot.boards.values())


def _concerned(snapshot: Snapshot) -> Iterator[Card]:
    portfolios = {board.portfolio for board in snapshot.boards.values()}
    for card in snapshot.cards.values():
        if card.id in portfolios or is_delegated(card, snapshot):
            yield card


def _on_board(whole: Plan, board: Board, snapshot: Snapshot) -> Plan:
    def here(card_id: str) -> bool:
        return snapshot.cards[card_id].board_id == board.id

    return msgspec.structs.replace(
        whole,
        changes=tuple(each for each in whole.changes if here(each.card_id)),
        withheld=tuple(each for each in whole.withheld if here(each.card_id)),
        skips=tuple[Skip, ...](each for each in whole.skips if here(each.card_id)),
    )


def _log_effect(effect: Effect) -> None:
    planned = effect.planned
    level = logging.WARNING if effect.problem else logging.INFO
    log.log(
        level,
        "rule=%s change=%s card=%s outcome=%s%s",
        planned.rule,
        type(planned.change).__name__,
        planned.card_id,
        effect.outcome,
        f" problem={effect.problem}" if effect.problem else "",
    )


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
