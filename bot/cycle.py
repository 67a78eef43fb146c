"""One pass: read the boards, plan, show or apply. Start reading here.

Everything a pass decides is decided by :func:`bot.domain.planner.plan`, a pure function of the
snapshot read here, the settings and one reading of the clock.
"""

from collections.abc import Callable

import msgspec
from msgspec import Struct

from bot.domain.changes import Skip
from bot.domain.fold import snapshot_with
from bot.domain.messages import Texts
from bot.domain.model import Board, Card, Instant, Snapshot
from bot.domain.planner import Plan, plan
from bot.domain.policy import Policy
from bot.domain.recall import forget
from bot.domain.situation import Situation
from bot.domain.weeks import week_name
from bot.executor import Effect, Executor
from bot.hands import Hands
from bot.pointing import named_board
from bot.ports import BoardService
from bot.reading import Reader, Reading, check_clock
from bot.settings import Settings
from bot.state import StateFolder

UNDONE = frozenset({"fault", "log_unread", "no_working_time", "spread", "unwritable"})
"""Reasons that leave work undone which is due now: the pass is incomplete."""


class Took(Struct, frozen=True):
    """How many seconds each part of a pass took."""

    reading: float = 0.0
    planning: float = 0.0
    writing: float = 0.0


class Report(Struct, frozen=True):
    """What a pass found, planned and did."""

    reading: Reading
    plan: Plan
    effects: tuple[Effect, ...] = ()
    requests: int = 0
    took: Took = Took()

    @property
    def exit_code(self) -> int:
        """0 complete, 2 configuration, 3 something is left, 4 refused by the limit."""
        if self.reading.refusals:
            return 2
        if self.plan.withheld:
            return 4
        return 3 if self._incomplete else 0

    @property
    def is_complete(self) -> bool:
        """Whether everything is done that the bot may do: what the limit holds back waits for the
        owner, who has been asked.
        """
        return not (self.reading.refusals or self._incomplete)

    @property
    def _incomplete(self) -> bool:
        left = any(each.outcome != "applied" and each.problem for each in self.effects)
        unread = not UNDONE.isdisjoint(self.plan.reasons)
        return left or unread or bool(self.reading.failures or self.reading.odd)


class Cycle:
    """Runs passes over the configured boards."""

    def __init__(  # noqa: PLR0913 - a pass needs as many things of as many kinds
        self,
        settings: Settings,
        policy: Policy,
        service: BoardService,
        texts: Texts,
        hands: Hands | None = None,
        *,
        unreached: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        """``hands``: how many reads are under way at once; by default one after the other.

        ``unreached`` tells by which channels the last notice outside Trello has not arrived.
        """
        self._policy = policy
        self._service = service
        self._texts = texts
        self._unreached = unreached
        self._reader = Reader(settings, policy, service, hands or Hands())
        self._last: Report | None = None
        """Until time or somebody changes something, it holds."""

    def read(self, now: Instant, remembered: frozenset[str] = frozenset()) -> Reading:
        """Return one picture of all boards. Raises `StopError` or `RetryLaterError`."""
        return self._reader.read(now, remembered)

    def planned(
        self, now: Instant, remembered: frozenset[str] = frozenset(), board: str | None = None
    ) -> Report:
        """Return what a pass would do now; writes nothing."""
        return self._report(self.read(now, remembered), now, board, force=False)

    def previewed(self, now: Instant, remembered: frozenset[str] = frozenset()) -> Report:
        """Return what a pass would do now, with all that the next digests tell; writes nothing."""
        reading = self._reader.read(now, remembered, looking_back=True)
        return self._report(reading, now, None, force=False)

    def applied(
        self,
        now: Instant,
        writing: "Writing",
        board: str | None = None,
        *,
        force: bool = False,
    ) -> Report:
        """Make one pass. Raises `StopError`, also when the clocks differ too much."""
        last, began = self._last, writing.stopwatch()
        # A pass that broke off may have seen more than the last plan was made of.
        known = last is not None and last.reading is self._reader.last
        until = last.plan.still_until if last and known else None
        reading = self._reader.read(now, writing.state.remembered(), still_until=until)
        if writing.compare_clocks:
            check_clock(now, reading.server_time)
        read = writing.stopwatch()
        if last is not None and reading.still:
            took = Took(read - began)
            return Report(reading, last.plan, requests=self._service.requests, took=took)
        report = self._report(reading, now, board, force=force)
        planned = writing.stopwatch()
        reader, cards = self._reader, reading.snapshot.cards
        executor = Executor(
            self._service, writing.state, writing.settle, writing.going_on, reader.end_turn
        )
        effects: list[Effect] = []
        if report.plan.changes:
            writing.state.begin()
            reader.begin_turns(cards[each.card_id] for each in report.plan.changes)
        for effect in executor.apply(report.plan):
            failed = effect.problem is not None and not effect.over
            reader.judge(cards[effect.planned.card_id], failed=failed)
            writing.seen(effect)
            effects.append(effect)
        if not any(each.outcome == "unknown" for each in effects):
            writing.state.end()
        return msgspec.structs.replace(
            report,
            effects=tuple(effects),
            requests=self._service.requests,
            took=Took(read - began, planned - read, writing.stopwatch() - planned),
        )

    def _report(self, reading: Reading, now: Instant, board: str | None, *, force: bool) -> Report:
        if self._last and week_name(self._last.reading.day) != week_name(reading.day):
            # What has left the boards meanwhile is asked about no more.
            forget()
        situation = Situation(
            reading.snapshot, self._policy, now, self._texts, unreached=self._unreached()
        )
        whole = plan(situation, force=force, heard=self._last.plan.heard if self._last else {})
        self._last = Report(reading, whole)
        if board is not None:
            whole = _on_board(whole, named_board(board, reading), reading.snapshot)
        return Report(reading, whole, requests=self._service.requests)

    def situation(self, reading: Reading, now: Instant, card: Card) -> Situation:
        """Return what the rules are given, with one card as it stands now: for explanations."""
        snapshot = snapshot_with(reading.snapshot, card)
        return Situation(snapshot, self._policy, now, self._texts)


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
    stopwatch: Callable[[], float] = lambda: 0.0
    """Seconds since any moment, for how long a pass took."""


def _on_board(whole: Plan, board: Board, snapshot: Snapshot) -> Plan:
    def here(card_id: str) -> bool:
        return snapshot.cards[card_id].board_id == board.id

    return msgspec.structs.replace(
        whole,
        changes=tuple(each for each in whole.changes if here(each.card_id)),
        withheld=tuple(each for each in whole.withheld if here(each.card_id)),
        skips=tuple[Skip, ...](each for each in whole.skips if here(each.card_id)),
    )
