"""A board that answers the executor: it keeps what is written, and fails when it is told to."""

from collections.abc import Callable, Mapping

from bot.domain.changes import AddChecklist, Change, Planned
from bot.domain.model import Card, Identity
from bot.domain.planner import plan
from bot.domain.situation import Situation
from bot.executor import Effect, Executor
from bot.ports import Done, NotApplied, RetryLaterError, TrelloError, Unknown, Written
from tests.builders import ME, NOW, performed

BUSY = RetryLaterError("busy")


class Board:
    """Cards, and what goes wrong with the ``number``-th write, counted from 1."""

    def __init__(
        self, *cards: Card, wrong: Mapping[int, Written] | None = None, me: Identity = ME
    ) -> None:
        self.cards = {each.id: each for each in cards}
        self.unreadable: dict[str, TrelloError] = {}
        self.meanwhile: dict[int, Callable[[Card], Card]] = {}
        """What a person does just before the ``number``-th reading."""
        self.lost_but_made: set[int] = set()
        self.written: list[Change] = []
        self.reads = 0
        self._wrong = wrong or {}
        self._asked = 0
        self._me = me

    def card(self, card_id: str) -> Card:
        self.reads += 1
        if card_id in self.unreadable:
            raise self.unreadable[card_id]
        if self.reads in self.meanwhile:
            self.cards[card_id] = self.meanwhile[self.reads](self.cards[card_id])
        return self.cards[card_id]

    portfolio = card

    def write(self, card: Card, change: Change) -> Written:
        self._asked += 1
        answer = self._wrong.get(self._asked, Done())
        if isinstance(answer, Done) or self._asked in self.lost_but_made:
            self.cards[card.id] = performed(self.cards[card.id], change, self._me, NOW)
            self.written.append(change)
        if isinstance(change, AddChecklist) and answer == Done():
            return Done(id=self.cards[card.id].checklists[-1].id)
        return answer


class Noted:
    """Remembers in a list."""

    def __init__(self) -> None:
        self.refs: list[str] = []

    def posted(self, ref: str) -> None:
        self.refs.append(ref)


class Run:
    """One applied plan: what became of each change."""

    def __init__(
        self,
        board: Board,
        situation: Situation,
        settle: Callable[[], bool] = lambda: True,
        going_on: Callable[[], bool] | None = None,
    ) -> None:
        self.memory = Noted()
        found = plan(situation)
        self.planned: tuple[Planned, ...] = tuple(found.changes)
        asked = () if going_on is None else (going_on,)
        executor = Executor(board, self.memory, settle, *asked)
        self.effects: list[Effect] = list(executor.apply(found))

    @property
    def outcomes(self) -> list[str]:
        return [each.outcome for each in self.effects]


def refused(error: TrelloError) -> NotApplied:
    return NotApplied(error)


def lost() -> Unknown:
    return Unknown(RetryLaterError("no answer"))
