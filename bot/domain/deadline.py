"""When an assistant can be done with a new card, honestly: what is in front of it counts too."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from bot.domain.answers import steps_of
from bot.domain.ball import Holder, holder
from bot.domain.calendar import WorkingTime
from bot.domain.messages import Derivation
from bot.domain.model import Card, Instant, Person, Snapshot
from bot.domain.people import assistant_on
from bot.domain.priorities import priority_of
from bot.domain.states import is_delegated, is_done, is_handed_over, is_held
from bot.domain.written import written_brief

# Work takes longer than planned: the need is a quarter more than the workload.
_MARGIN_NUMERATOR = 5
_MARGIN_DENOMINATOR = 4
_INSTANT = timedelta.resolution


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


def cards_with(assistant: Person, snapshot: Snapshot) -> Iterator[Card]:
    """Yield the open handed-over cards on all boards on which this assistant has the ball."""
    for card in snapshot.cards.values():
        board = snapshot.board_of(card)
        ours = assistant_on(card, board)
        if ours is None or ours.member_id != assistant.member_id:
            continue
        skipped = is_held(card, snapshot) or card.list_id in board.lists.ignored
        idle = is_done(card, snapshot) or skipped
        if idle or not is_delegated(card, snapshot) or not is_handed_over(card, snapshot):
            continue
        if holder(card, snapshot) is Holder.ASSISTANT:
            yield card


def remaining_work(card: Card, assistant: Person) -> timedelta:
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
    cards = 0
    remaining = timedelta()
    for card in cards_with(assistant, snapshot):
        if card.id != new.id and comes_first(priority_of(card, snapshot), priority):
            cards += 1
            remaining += remaining_work(card, assistant)
    return Load(cards, remaining)


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
