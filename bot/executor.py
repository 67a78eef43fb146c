"""Apply a plan, change by change: the only writer.

For each card: read it afresh, ask the rules again, write only what they still want, one change at
a time.  The card is read again after the description and before each comment; between these, the
writes' own answers are the read.  A write without an answer is settled by waiting and reading,
never by trying again.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, Protocol, TypeAlias

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bot.domain.changes import (
    AddAttachment,
    Change,
    Planned,
    PostComment,
)
from bot.domain.model import Card
from bot.domain.planner import Plan
from bot.domain.situation import Situation
from bot.ports import (
    CardService,
    Done,
    NotApplied,
    PassOverError,
    RetryLaterError,
    SkipError,
    StopError,
    TrelloError,
    Unknown,
    read_card,
)
from bot.turn import Turn, key_of

Outcome: TypeAlias = Literal["applied", "not_applied", "unknown", "dropped"]


class Effect(Struct, frozen=True):
    """What became of one planned change; ``planned`` holds the text as it was written."""

    planned: Planned
    outcome: Outcome
    problem: str | None = None
    """Why not, for a person; ``None`` when it was applied or its reason was gone."""
    refused: bool = False
    """True when trying again would not help."""
    over: bool = False
    """True when only the time of this pass is over: nothing is wrong with the card."""

    @property
    def is_dispensable(self) -> bool:
        """An attachment that Trello will never take must not keep the assistant waiting."""
        return self.refused and isinstance(self.planned.change, AddAttachment)


_EARLIER_STEP = "the card lacks an earlier step: the next pass takes both"


class Memory(Protocol):
    """Remembers references of posted comments; losing it changes nothing but one repetition."""

    def posted(self, ref: str) -> None:
        """Remember that a comment with this reference stands."""
        ...


class Executor:
    """Writes plans to the boards."""

    def __init__(
        self,
        service: CardService,
        memory: Memory,
        settle: Callable[[], bool],
        going_on: Callable[[], bool] = lambda: True,
        ended: Callable[[Card, tuple[Change, ...]], object] = lambda *_: None,
    ) -> None:
        """Take the way to the boards, the memory, and how to wait until a lost write has settled.

        ``settle`` returns False when the wait was cut short: then nothing can be concluded.
        ``going_on`` is asked before each write: a stop ends between two of them.  ``ended`` is
        told, once a card's turn is over, how the card stands and what was written, if both are
        certain.
        """
        self._service = service
        self._memory = memory
        self._settle = settle
        self._going_on = going_on
        self._ended = ended
        self._app_id: str | None = None

    def apply(self, plan: Plan) -> Iterator[Effect]:
        """Yield what became of each change. Raises `StopError`; a failing card stops no other."""
        for card_id, changes in by_card(plan.changes).items():
            told: set[tuple[str, ...]] = set()
            try:
                for effect in self._serve(card_id, changes, plan.before[card_id]):
                    told.add(key_of(effect.planned))
                    yield effect
            except (SkipError, RetryLaterError) as problem:
                yield from _not_applied((e for e in changes if key_of(e) not in told), problem)

    def _serve(
        self, card_id: str, planned: tuple[Planned, ...], situation: Situation
    ) -> Iterator[Effect]:
        turn = Turn(self._card(card_id, situation), planned, self._with_app(situation))
        certain = True
        while (change := turn.next()) is not None or turn.described:
            if change is None or turn.described:
                # Whether the description crossed a person's text, only the log can tell.
                turn.read(self._card(card_id, situation))
                continue
            if not self._going_on():
                raise PassOverError("The bot was asked to stop")
            if turn.must_read(change.change):
                turn.read(self._card(card_id, situation))
            wanted = turn.fresh(change)
            if wanted is None:
                continue
            effect = self._write(turn, wanted)
            yield effect
            certain &= effect.outcome in {"applied", "dropped"}
            if effect.is_dispensable:
                turn.give_up(wanted)
            elif effect.outcome in {"not_applied", "unknown"}:
                # A later step must not be taken before an earlier one: the next pass takes both.
                yield from (replace(effect, planned=e, outcome="dropped") for e in turn.drop_rest())
        if certain:
            self._ended(turn.card, tuple(turn.made))
        yield from (Effect(each, "dropped") for each in turn.dropped)
        yield from (Effect(each, "dropped", _EARLIER_STEP) for each in turn.postponed)

    def _card(self, card_id: str, situation: Situation) -> Card:
        """Read a card; one that has been moved to a board that is not served is gone."""
        card = read_card(self._service, card_id, situation.snapshot)
        if card.board_id not in situation.snapshot.boards:
            raise SkipError("The card has left the boards that are served", why="gone")
        return card

    def _write(self, turn: Turn, planned: Planned) -> Effect:
        written = self._service.write(turn.card, planned.change)
        match written:
            case Done():
                self._learn(planned.change, written)
                turn.done(planned, written)
                return Effect(planned, "applied")
            case NotApplied(error=error):
                if isinstance(error, StopError):
                    raise error
                if _is_gone(error):
                    # If the card itself is gone, this raises and nothing is left to do.
                    self._card(turn.card.id, turn.situation)
                turn.settle(planned)
                refused, over = isinstance(error, SkipError), isinstance(error, PassOverError)
                return Effect(planned, "not_applied", str(error), refused, over)
            case Unknown(error=error):
                return self._settled(turn, planned, error)

    def _settled(self, turn: Turn, planned: Planned, error: TrelloError) -> Effect:
        """Wait until the write has taken effect or never will, read, and decide by what is there.

        What is not there by then was not applied: the next pass makes it anew.
        """
        turn.settle(planned)
        if not self._settle():
            return Effect(planned, "unknown", str(error))
        try:
            card = self._card(turn.card.id, turn.situation)
        except (SkipError, RetryLaterError):
            return Effect(planned, "unknown", str(error))
        if turn.still_wanted(planned, card):
            return Effect(planned, "not_applied", str(error))
        turn.read(card)
        if turn.lacks(planned.change):
            return Effect(planned, "dropped")
        self._learn(planned.change, Done())
        return Effect(planned, "applied")

    def _learn(self, change: Change, done: Done) -> None:
        self._app_id = self._app_id or done.app_id
        if isinstance(change, PostComment):
            self._memory.posted(change.ref)

    def _with_app(self, situation: Situation) -> Situation:
        me = situation.snapshot.me
        if self._app_id is None or me.app_id is not None:
            return situation
        me = msgspec.structs.replace(me, app_id=self._app_id)
        snapshot = msgspec.structs.replace(situation.snapshot, me=me)
        return msgspec.structs.replace(situation, snapshot=snapshot)


def by_card(changes: Iterable[Planned]) -> dict[str, tuple[Planned, ...]]:
    """Return the changes to each card, wherever they stand."""
    grouped: dict[str, list[Planned]] = {}
    for each in changes:
        grouped.setdefault(each.card_id, []).append(each)
    return {card_id: tuple(each) for card_id, each in grouped.items()}


def _not_applied(changes: Iterable[Planned], problem: TrelloError) -> Iterator[Effect]:
    for each in changes:
        if _is_gone(problem):
            yield Effect(each, "dropped")
        else:
            over = isinstance(problem, PassOverError)
            yield Effect(each, "not_applied", str(problem), over=over)


def _is_gone(problem: TrelloError) -> bool:
    return isinstance(problem, SkipError) and problem.why == "gone"
