"""When an assistant can be done with a new card, honestly: what is in front of it counts too."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from bot.domain.answers import steps_of
from bot.domain.ball import Holder, holder
from bot.domain.calendar import WorkingTime
from bot.domain.messages import Derivation
from bot.domain.model import Board, Card, Identity, Instant, Person, Snapshot
from bot.domain.people import assistant_on
from bot.domain.priorities import priority_of
from bot.domain.recall import recalled_by_identity
from bot.domain.states import is_delegated, is_done, is_handed_over, is_held
from bot.domain.written import written_brief

# Work takes longer than planned: the need is a quarter more than the workload.
_MARGIN_NUMERATOR = 5
_MARGIN_DENOMINATOR = 4
_INSTANT = timedelta.resolution


class Work(Struct, frozen=True):
    """What is left to do on a card, by the assistant who has the ball."""

    card: Card
    priority: int | None
    remaining: timedelta
    """Working time."""


class Load(Struct, frozen=True):
    """What an assistant will do before a new card."""

    cards: int
    remaining: timedelta


def day_of(person: Person) -> timedelta:
    """Return the working time that one day of this person stands for (``0,5 j``)."""
    days = [
        sum((each.end - each.start for each in intervals), timedelta())
        for intervals in person.calendar.week
    ]
    return min(person.capacity, max(days)) if person.capacity is not None else max(days)


def comes_first(priority: int | None, other: int | None) -> bool:
    """Tell whether ``priority`` is as good as ``other`` or better: 1 first, none last."""
    return other is None or (priority is not None and priority <= other)


def in_hand(assistant: Person, snapshot: Snapshot) -> Iterator[Work]:
    """Yield the open handed-over cards on all boards on which this assistant has the ball."""
    for card in snapshot.cards.values():
        board = snapshot.board_of(card)
        ours = assistant_on(card, board)
        if ours is not None and ours.member_id == assistant.member_id:
            work, told = _work(card, board, snapshot.me, ours)
            if work is not None and (told or is_handed_over(card, snapshot)):
                yield work


@recalled_by_identity(most=1 << 12)
def _work(card: Card, board: Board, me: Identity, ours: Person) -> tuple[Work | None, bool]:
    """Return the work on a card if its assistant has the ball, and whether the card itself tells
    that it was handed over.

    Asked about each card of an assistant for each new one: of a hundred, ten thousand times.
    """
    alone = Snapshot(me, {board.id: board}, {card.id: card})
    skipped = is_held(card, alone) or card.list_id in board.lists.ignored
    idle = is_done(card, alone) or skipped or not is_delegated(card, alone)
    if idle or holder(card, alone) is not Holder.ASSISTANT:
        return None, False
    work = Work(card, priority_of(card, alone), _remaining(card, ours))
    return work, is_handed_over(card, alone)


def _remaining(card: Card, assistant: Person) -> timedelta:
    """Return workload × unticked ÷ all steps; the whole workload on a card without steps."""
    brief = written_brief(card)
    workload = brief.workload(day_of(assistant)) if brief else None
    items = [item for checklist in steps_of(card) for item in checklist.items]
    if workload is None:
        return timedelta()
    open_items = sum(not item.done for item in items)
    return workload * open_items / len(items) if items else workload


def load_in_front(assistant: Person, priority: int | None, new: Card, snapshot: Snapshot) -> Load:
    """Return the work of the assistant's cards whose priority is as good as the new card's."""
    in_front = [
        each.remaining
        for each in in_hand(assistant, snapshot)
        if each.card.id != new.id and comes_first(each.priority, priority)
    ]
    return Load(len(in_front), sum(in_front, timedelta()))


def derive(assistant: Person, workload: timedelta, load: Load, now: Instant) -> Derivation:
    """Return the deadline: the end of the day on which 1.25 × all work in front is met.

    Each day gives the smaller of capacity and working time, today that of what is left of it.
    Raises :class:`bot.domain.calendar.NoWorkingTime` when the assistant never works.
    """
    calendar = assistant.calendar
    need = whole = with_margin(workload + load.remaining)
    at = calendar.next_working(now)
    while True:
        day = calendar.local(at).date()
        end = calendar.end_of_day(day)
        given = _at_most(calendar.working_time(at, end), assistant.capacity)
        if need <= given:
            break
        need -= given
        at = calendar.next_working(end)
    return Derivation(
        # Up to the last instant of work: the end of an interval is not the next one's beginning.
        finish=calendar.after(at, WorkingTime(need - _INSTANT)) + _INSTANT,
        due=end,
        workload=workload,
        in_front=load.remaining,
        cards_in_front=load.cards,
        capacity=assistant.capacity,
        need=whole,
    )


def with_margin(time: timedelta) -> timedelta:
    """Return planned time with the margin that it needs in truth."""
    return time * _MARGIN_NUMERATOR / _MARGIN_DENOMINATOR


def _at_most(time: timedelta, capacity: timedelta | None) -> timedelta:
    return time if capacity is None else min(time, capacity)


def local_day(at: Instant, person: Person) -> date:
    """Return the date of an instant where the person is."""
    return person.calendar.local(at).date()
