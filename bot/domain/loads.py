"""What assistants have in hand, in which order, and whether it fits into their time."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from msgspec import Struct

from bot.domain.ball import possessions
from bot.domain.calendar import Calendar, NoWorkingTime
from bot.domain.deadline import in_hand, with_margin
from bot.domain.model import Card, Instant, Person, Snapshot
from bot.domain.order import rank
from bot.domain.picture import AtRisk, InHand, Load
from bot.domain.priorities import priority_of

DAYS_AHEAD = 5
"""Working days that count as soon."""

_LAST = 10
"""The priority of a card that has none."""


def load_of(assistant: Person, now: Instant, snapshot: Snapshot) -> Load:
    """Return an assistant's open cards in the order in which to do them: priority, then due."""
    work = sorted(in_hand(assistant, snapshot), key=lambda each: rank(each.card, each.priority))
    cards = tuple(
        InHand(each.card, assistant, each.card.due, _in_minutes(each.remaining)) for each in work
    )
    firsts = tuple(each.card for each in work if each.priority == 1)
    horizon = _horizon(assistant, now)
    pressing = (each.remaining for each in cards if each.due and each.due <= horizon)
    return Load(
        assistant,
        cards,
        week=time_given(assistant, now, horizon),
        pressing=_in_minutes(with_margin(sum(pressing, timedelta()))),
        two_firsts=firsts if len(firsts) > 1 else (),
    )


def _horizon(assistant: Person, now: Instant) -> Instant:
    """Return the end of the days ahead; who never works has none, and stops nobody's digest."""
    try:
        return end_of_days(assistant.calendar, now, DAYS_AHEAD)
    except NoWorkingTime:
        return now


def at_risk(load: Load, now: Instant, snapshot: Snapshot) -> Iterator[AtRisk]:
    """Yield the cards that do not fit into the time until their due, with the arithmetic.

    Ahead of a card stand those that come first in the order.  One that fits in this order alone,
    since cards of no lesser priority were promised before it, is named as well.
    """
    places = {each.card.id: _place(each.card, snapshot) for each in load.cards}
    for each in load.cards:
        if each.due is None or each.due <= now:
            continue
        mine = places[each.card.id]
        given = time_given(load.assistant, now, each.due)
        ahead = sum(
            (one.remaining for one in load.cards if places[one.card.id].rank < mine.rank),
            timedelta(),
        )
        promised = ahead + sum(
            (one.remaining for one in load.cards if places[one.card.id].was_promised_before(mine)),
            timedelta(),
        )
        for in_front, fits in ((ahead, False), (promised, True)):
            need = _in_minutes(with_margin(each.remaining + in_front))
            if need > given:
                due, own = each.due, each.remaining
                yield AtRisk(each.card, load.assistant, due, own, in_front, need, given, fits)
                break


def time_given(person: Person, start: Instant, end: Instant) -> timedelta:
    """Return a person's time for this owner: each day at most their capacity."""
    calendar = person.calendar
    given = timedelta()
    for day in _days(calendar, start, end):
        spans = calendar.intervals(day)
        shared = (min(closes, end) - max(opens, start) for opens, closes in spans)
        time = sum((each for each in shared if each > timedelta()), timedelta())
        given += time if person.capacity is None else min(time, person.capacity)
    return given


def end_of_days(calendar: Calendar, now: Instant, count: int) -> Instant:
    """Return the end of the last of the next working days, today included."""
    days = islice(calendar.working_days_from(calendar.local(now).date()), count)
    *_, last = days
    return calendar.end_of_day(last)


def _days(calendar: Calendar, start: Instant, end: Instant) -> Sequence[date]:
    first, last = calendar.local(start).date(), calendar.local(end).date()
    most = min((last - first).days + 1, 3653)
    return [first + timedelta(days=number) for number in range(max(most, 0))]


class _Place(Struct, frozen=True):
    """A card's place in the order, and when it was promised."""

    rank: tuple[int, Instant, str]
    priority: int
    handed: Instant

    def was_promised_before(self, other: "_Place") -> bool:
        """Tell whether a card that comes later in the order was handed over first."""
        later = self.rank > other.rank
        return later and self.priority <= other.priority and self.handed < other.handed


def _place(card: Card, snapshot: Snapshot) -> _Place:
    priority = priority_of(card, snapshot)
    handed = possessions(card, snapshot)[0].since
    return _Place(rank(card, priority), priority or _LAST, handed)


def _in_minutes(time: timedelta) -> timedelta:
    """Return an amount in whole minutes, rounded up: what is shown adds up."""
    minute = timedelta(minutes=1)
    return -(-time // minute) * minute
