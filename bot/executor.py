"""Apply a plan, change by change: the only writer.

For each card: read it afresh, ask the rules again, write only what they still want, one change at
a time.  The card is read again after the description and before each comment; between these, the
writes' own answers are the read.  A write without an answer is settled by waiting and reading,
never by trying again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, Protocol, TypeAlias

import msgspec
from msgspec import Struct

from bot.domain.acts import comment_with, learned_app
from bot.domain.changes import (
    AddAttachment,
    AddChecklist,
    Change,
    EditComment,
    Planned,
    PostComment,
    Rule,
    SetDescription,
    identity,
)
from bot.domain.fold import card_after, snapshot_with
from bot.domain.model import Card
from bot.domain.planner import Plan, card_plan
from bot.domain.situation import Situation
from bot.ports import (
    CardService,
    Done,
    NotApplied,
    RetryLaterError,
    SkipError,
    StopError,
    TrelloError,
    Unknown,
)

Outcome: TypeAlias = Literal["applied", "not_applied", "unknown", "dropped"]


class Effect(Struct, frozen=True):
    """What became of one planned change; ``planned`` holds the text as it was written."""

    planned: Planned
    outcome: Outcome
    problem: str | None = None
    """Why not, for a person; ``None`` when it was applied or its reason was gone."""
    refused: bool = False
    """True when trying again would not help."""

    @property
    def is_dispensable(self) -> bool:
        """An attachment that Trello will never take must not keep the assistant waiting."""
        return self.refused and isinstance(self.planned.change, AddAttachment)


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
    ) -> None:
        """Take the way to the boards, the memory, and how to wait until a lost write has settled.

        ``settle`` returns False when the wait was cut short: then nothing can be concluded.
        ``going_on`` is asked before each write: a stop ends between two of them.
        """
        self._service = service
        self._memory = memory
        self._settle = settle
        self._going_on = going_on
        self._app_id: str | None = None

    def apply(self, plan: Plan) -> Iterator[Effect]:
        """Yield what became of each change. Raises `StopError`; a failing card stops no other."""
        for card_id, changes in _by_card(plan.changes).items():
            told: set[tuple[str, ...]] = set()
            try:
                for effect in self._serve(card_id, changes, plan.before[card_id]):
                    told.add(_key(effect.planned))
                    yield effect
            except (SkipError, RetryLaterError) as problem:
                yield from _not_applied((e for e in changes if _key(e) not in told), problem)

    def _serve(
        self, card_id: str, planned: tuple[Planned, ...], situation: Situation
    ) -> Iterator[Effect]:
        turn = _Turn(self._card(card_id, situation), planned, self._with_app(situation))
        while (change := turn.next()) is not None:
            if not self._going_on():
                raise RetryLaterError("The bot was asked to stop")
            if turn.must_read(change.change):
                turn.read(self._card(card_id, situation))
            wanted = turn.fresh(change)
            if wanted is None:
                continue
            effect = self._write(turn, wanted)
            yield effect
            if effect.outcome in {"not_applied", "unknown"} and not effect.is_dispensable:
                # A later step must not be taken before an earlier one: the next pass takes both.
                yield from (Effect(each, "dropped", effect.problem) for each in turn.drop_rest())
        yield from (Effect(each, "dropped") for each in turn.dropped)

    def _card(self, card_id: str, situation: Situation) -> Card:
        """Read a card; one that has been moved to a board that is not served is gone."""
        card = self._service.card(card_id)
        if card.board_id not in situation.snapshot.boards:
            raise SkipError("The card has left the boards that are served", why="gone")
        return card

    def _write(self, turn: "_Turn", planned: Planned) -> Effect:
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
                    self._service.card(turn.card.id)
                turn.settle(planned)
                return Effect(planned, "not_applied", str(error), isinstance(error, SkipError))
            case Unknown(error=error):
                return self._settled(turn, planned, error)

    def _settled(self, turn: "_Turn", planned: Planned, error: TrelloError) -> Effect:
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


class _Turn:
    """One card's turn: what was planned, what is still wanted, what the card looks like now."""

    def __init__(self, card: Card, planned: tuple[Planned, ...], situation: Situation) -> None:
        self._waiting: Mapping[tuple[str, ...], Planned] = {_key(each): each for each in planned}
        self.situation = situation
        self._rules: frozenset[Rule] = frozenset(each.rule for each in planned)
        self.dropped: list[Planned] = []
        self.read(card)

    def read(self, card: Card) -> None:
        """Take the card as it stands; what the rules no longer want is dropped."""
        self.card = card
        self.written = self.described = False
        self.situation = self._with(card)
        wanted = {_key(each): each for each in self._wanted(card, self.situation)}
        self.dropped += [each for key, each in self._waiting.items() if key not in wanted]
        self._waiting = {key: wanted[key] for key in self._waiting if key in wanted}

    def next(self) -> Planned | None:
        """Return the next change to make."""
        return next(iter(self._waiting.values()), None)

    def must_read(self, change: Change) -> bool:
        """Tell whether the card is to be read before this change: a comment, or a new brief."""
        comments = isinstance(change, PostComment | EditComment)
        return self.described or (comments and self.written)

    def still_wanted(self, planned: Planned, card: Card) -> bool:
        """Tell whether the rules, shown this card, want the change: then it is not there."""
        if _asks_about_limit(planned):
            return _is_unasked(planned.change, card, self._with(card))
        wanted = card_plan(card, self._with(card), self._rules)
        return any(_key(each) == _key(planned) for each in wanted)

    def _with(self, card: Card) -> Situation:
        snapshot = snapshot_with(self.situation.snapshot, card)
        me = snapshot.me
        if me.shared and me.app_id is None:
            # The bot's own description, just written, tells whose hands the next answers are.
            me = msgspec.structs.replace(me, app_id=learned_app(snapshot))
            snapshot = msgspec.structs.replace(snapshot, me=me)
        return msgspec.structs.replace(self.situation, snapshot=snapshot)

    def _wanted(self, card: Card, situation: Situation) -> Iterator[Planned]:
        """Yield what its rules want of this card, and what the limit asks on it."""
        yield from card_plan(card, situation, self._rules)
        for each in self._waiting.values():
            if _asks_about_limit(each) and _is_unasked(each.change, card, situation):
                yield each

    def lacks(self, change: Change) -> bool:
        """Tell whether a comment is not there, though nobody wants it any more."""
        if not isinstance(change, PostComment):
            return False
        return comment_with(self.card, change.ref, self.situation.snapshot) is None

    def fresh(self, planned: Planned) -> Planned | None:
        """Return the change as the rules want it now; ``None``: no longer."""
        return self._waiting.get(_key(planned))

    def done(self, planned: Planned, done: Done) -> None:
        """Take a write's own answer for the read."""
        now, me = self.situation.now, self.situation.snapshot.me
        self.card = _with_id(card_after(self.card, planned.change, me, now), planned.change, done)
        self.written = True
        self.described = isinstance(planned.change, SetDescription)
        self.settle(planned)

    def settle(self, planned: Planned) -> None:
        """Wait for this change no longer, however it ended."""
        self._waiting = {k: each for k, each in self._waiting.items() if k != _key(planned)}

    def drop_rest(self) -> tuple[Planned, ...]:
        """Give up what waits: a later step must not be taken before an earlier one."""
        rest = tuple(self._waiting.values())
        self._waiting = {}
        return rest


def _asks_about_limit(planned: Planned) -> bool:
    return planned.reason.code == "over_limit_asked"


def _is_unasked(change: Change, card: Card, situation: Situation) -> bool:
    if not isinstance(change, PostComment) or card.closed:
        return False
    return comment_with(card, change.ref, situation.snapshot) is None


def _key(planned: Planned) -> tuple[str, ...]:
    return (planned.rule, *identity(planned.change))


def _with_id(card: Card, change: Change, done: Done) -> Card:
    """Put the real id in the place of the placeholder, so that items find their checklist."""
    if not isinstance(change, AddChecklist) or done.id is None:
        return card
    lists = tuple(
        msgspec.structs.replace(each, id=done.id) if each.id == f"new:{change.name}" else each
        for each in card.checklists
    )
    return msgspec.structs.replace(card, checklists=lists)


def _by_card(changes: Iterable[Planned]) -> dict[str, tuple[Planned, ...]]:
    grouped: dict[str, list[Planned]] = {}
    for each in changes:
        grouped.setdefault(each.card_id, []).append(each)
    return {card_id: tuple(each) for card_id, each in grouped.items()}


def _not_applied(changes: Iterable[Planned], problem: TrelloError) -> Iterator[Effect]:
    for each in changes:
        if _is_gone(problem):
            yield Effect(each, "dropped")
        else:
            yield Effect(each, "not_applied", str(problem))


def _is_gone(problem: TrelloError) -> bool:
    return isinstance(problem, SkipError) and problem.why == "gone"
