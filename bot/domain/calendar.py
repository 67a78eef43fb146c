"""Working time: the hours, holidays and days away of one person, and arithmetic with them.

Instants are aware datetimes in UTC, in and out; dates are dates in the calendar's zone.
Intervals of working time are half-open, also as instants: their end is no working instant.
Across a clock change working time is real elapsed time.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import Literal, TypeAlias, assert_never

from msgspec import Struct

from bot.domain.local_time import instants_of_day, local_time, resolve_local, start_of_day
from bot.domain.recall import recalled_by_value

Span: TypeAlias = tuple[datetime, datetime]
"""First instant of an interval of working time and the end of it."""

_NOTHING = timedelta()
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_TEN_YEARS = 3653
_EDGES = (date.min, date.max)


class Interval(Struct, frozen=True, cache_hash=True):
    """A stretch of working time: local times since midnight, ``end`` at most 24 hours."""

    start: timedelta
    end: timedelta


class WorkingDays(Struct, frozen=True):
    """A number of working days, never negative: ``2d``."""

    days: int


class WorkingTime(Struct, frozen=True):
    """An amount of working time, never negative: ``3h``, ``45m``, ``1h30``."""

    time: timedelta


Duration: TypeAlias = WorkingDays | WorkingTime
"""How long something may last, in the calendar of the person concerned."""


class NoWorkingTime(Exception):  # noqa: N818 - a calendar without hours is nobody's error
    """Ten years of a calendar hold too little working time to answer."""

    def __init__(self, zone: str, day: date) -> None:
        """Remember the zone and the local date from which the search began."""
        super().__init__(zone, day)
        self.zone = zone
        self.day = day

    def __str__(self) -> str:
        """Say where and when, for people."""
        return f"not enough working time within ten years of {self.day} in {self.zone}"


class Calendar(Struct, frozen=True):
    """When a person works.

    What is not found within ten years raises ``NoWorkingTime`` instead of searching for ever.
    """

    zone: str
    """IANA name."""
    week: tuple[tuple[Interval, ...], ...]
    """Seven days, Monday first; the intervals of a day ascending and disjoint."""
    off: frozenset[date] = frozenset()
    """Public holidays and days away."""

    def local(self, at: datetime) -> datetime:
        """Return what this person's clock shows at ``at``."""
        return local_time(at, self.zone)

    def intervals(self, day: date) -> tuple[Span, ...]:
        """Return the intervals of ``day`` as instants, without those that a clock change skips."""
        hours = self.week[day.weekday()]
        # Midnights of the first and the last date may lie beyond what UTC can hold.
        if not hours or day in self.off or day in _EDGES:
            return ()
        return _spans(self.zone, day, hours)

    def end_of_day(self, day: date) -> datetime:
        """Return the end of the last interval of ``day``.

        A date without working time ends with its last minute, so that a due date stays on the day
        that a person named.
        """
        spans = self.intervals(day)
        return spans[-1][1] if spans else instants_of_day(day, self.zone)[1] - _MINUTE

    def is_working(self, at: datetime) -> bool:
        """Whether ``at`` lies inside working time."""
        return any(opens <= at < closes for opens, closes in self._spans_between(at, at))

    def next_working(self, at: datetime) -> datetime:
        """Return the first working instant from ``at`` on, ``at`` itself included."""
        return self._later(at, _NOTHING)

    def previous_working(self, at: datetime) -> datetime:
        """Return the last moment up to ``at`` that touches working time.

        That is ``at`` itself inside working time and at either edge of an interval, otherwise the
        end of the last interval before. Such an end is no working instant, as intervals are
        half-open; the last working instant before it does not exist.
        """
        return self._earlier(at, _NOTHING)

    def after(self, at: datetime, duration: Duration) -> datetime:
        """Return the working instant that lies ``duration`` after ``at``.

        Working days keep the local time and are counted from the next working instant; hours and
        minutes count working time only. An answer outside working time, which the end of an
        interval is too, moves to the next working instant.
        """
        match duration:
            case WorkingDays(days=days):
                return self._days_later(at, days)
            case WorkingTime(time=amount):
                return self._later(at, amount)
            case _:
                assert_never(duration)

    def before(self, at: datetime, duration: Duration) -> datetime:
        """Return the moment that lies ``duration`` before ``at``: ``after`` mirrored.

        What lies outside working time moves back as in ``previous_working``.
        """
        match duration:
            case WorkingDays(days=days):
                return self._days_earlier(at, days)
            case WorkingTime(time=amount):
                return self._earlier(at, amount)
            case _:
                assert_never(duration)

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from ``start`` to ``end``, nothing when ``end`` comes first.

        It is counted for ten years at most, so that a due date in the year 9999 costs no more.
        """
        shared = (
            min(closes, end) - max(opens, start)
            for opens, closes in self._spans_between(start, end)
        )
        return sum((time for time in shared if time > _NOTHING), _NOTHING)

    def works_between(self, start: datetime, end: datetime) -> bool:
        """Whether there is any working time from ``start`` to ``end``, within ten years."""
        return any(
            max(opens, start) < min(closes, end)
            for opens, closes in self._spans_between(start, end)
        )

    def is_working_day(self, day: date) -> bool:
        """Whether ``day`` has working time and is no holiday and no day away."""
        return bool(self.intervals(day))

    def working_days_from(self, day: date) -> Iterator[date]:
        """Yield working days forwards from ``day`` on, then raise ``NoWorkingTime``."""
        return self._working_days(day, 1)

    def working_days_back_from(self, day: date) -> Iterator[date]:
        """Yield working days backwards from ``day`` on, then raise ``NoWorkingTime``."""
        return self._working_days(day, -1)

    def first_working_day_on_or_after(self, day: date) -> date:
        """Return ``day`` when it is a working day, otherwise the next one."""
        return next(self.working_days_from(day))

    def _days_later(self, at: datetime, count: int) -> datetime:
        start = self.next_working(at)
        if count == 0:
            return start
        days = self.working_days_from(self.local(start).date() + _DAY)
        return self.next_working(self._same_time(start, next(islice(days, count - 1, None))))

    def _days_earlier(self, at: datetime, count: int) -> datetime:
        start = self.previous_working(at)
        if count == 0:
            return start
        days = self.working_days_back_from(self.local(start).date() - _DAY)
        return self.previous_working(self._same_time(start, next(islice(days, count - 1, None))))

    def _same_time(self, at: datetime, day: date) -> datetime:
        return resolve_local(datetime.combine(day, self.local(at).time()), self.zone)

    def _later(self, at: datetime, amount: timedelta) -> datetime:
        day = self.local(at).date()
        left = amount
        for near in _dates(day, 1):
            for opens, closes in self.intervals(near):
                start = max(opens, at)
                if left < closes - start:
                    return start + left
                left -= max(closes - start, _NOTHING)
        raise NoWorkingTime(self.zone, day)

    def _earlier(self, at: datetime, amount: timedelta) -> datetime:
        day = self.local(at).date()
        left = amount
        for near in _dates(_date_after(day), -1):
            for opens, closes in reversed(self.intervals(near)):
                end = min(closes, at)
                if left <= end - opens:
                    return end - left
                left -= max(end - opens, _NOTHING)
        raise NoWorkingTime(self.zone, day)

    def _working_days(self, day: date, step: Literal[1, -1]) -> Iterator[date]:
        yield from filter(self.is_working_day, _dates(day, step))
        raise NoWorkingTime(self.zone, day)

    def _spans_between(self, start: datetime, end: datetime) -> Iterator[Span]:
        """Yield the intervals of all dates that might touch ``start`` to ``end``."""
        last = _date_after(self.local(end).date())
        days = _dates(self.local(start).date(), 1)
        for day in takewhile(lambda day: day <= last, days):
            yield from self.intervals(day)


def weekly(
    zone: str,
    hours: Mapping[int, tuple[tuple[timedelta, timedelta], ...]],
    off: frozenset[date] = frozenset(),
) -> Calendar:
    """Return the calendar with these intervals by weekday, 0 for Monday; others are free."""
    week = tuple(
        tuple(Interval(start, end) for start, end in hours.get(weekday, ())) for weekday in range(7)
    )
    return Calendar(zone, week, off)


def _dates(day: date, step: Literal[1, -1]) -> Iterator[date]:
    """Yield ten years of dates from ``day`` on, as far as there are dates."""
    ordinals = range(day.toordinal(), day.toordinal() + step * (_TEN_YEARS + 1), step)
    return (date.fromordinal(number) for number in ordinals if 1 <= number <= date.max.toordinal())


def _date_after(day: date) -> date:
    """Return the next date, one of whose intervals may run while the clock shows ``day`` again.

    So it is where clocks go back over midnight. Intervals of the date before are always over.
    """
    return day if day == date.max else day + _DAY


@recalled_by_value(most=16384)
def _spans(zone: str, day: date, hours: tuple[Interval, ...]) -> tuple[Span, ...]:
    midnight = start_of_day(day)
    spans = (
        (resolve_local(midnight + part.start, zone), resolve_local(midnight + part.end, zone))
        for part in hours
    )
    return tuple((opens, closes) for opens, closes in spans if opens < closes)
