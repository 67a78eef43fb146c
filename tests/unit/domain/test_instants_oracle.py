"""When check-ins are due around clock changes, checked against looking at every minute."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import Calendar, Duration, Interval, WorkingDays, WorkingTime
from bot.domain.instants import CheckInInstant, check_in_instants, offset_name
from bot.domain.policy import CheckInPolicy
from tests.unit.domain.minute_oracle import MINUTE, Oracle, clock_changes, minutes_around

QUARTER = timedelta(minutes=15)
NOTHING = timedelta()
some = settings(max_examples=60, deadline=None)


def _intervals(quarters: set[int]) -> tuple[Interval, ...]:
    edges = [n * QUARTER for n in sorted(quarters)]
    return tuple(Interval(*pair) for pair in zip(edges[::2], edges[1::2], strict=False))


hours = st.sets(st.integers(0, 96), min_size=2, max_size=6).map(_intervals)
durations: st.SearchStrategy[Duration] = st.one_of(
    st.builds(WorkingTime, time=st.integers(1, 12 * 60).map(lambda n: n * MINUTE)),
    st.builds(WorkingDays, days=st.integers(1, 2)),
)
policies = st.builds(
    CheckInPolicy,
    at=st.lists(st.integers(1, 99), max_size=3, unique=True).map(tuple),
    before=st.lists(durations, min_size=1, max_size=3, unique=True).map(tuple),
)


class Case(NamedTuple):
    calendar: Calendar
    oracle: Oracle
    handed: int
    due: int
    policy: CheckInPolicy

    def instant(self, minute: int) -> datetime:
        return self.oracle.minutes.instant(minute)

    @property
    def found(self) -> tuple[CheckInInstant, ...]:
        handed, due = self.instant(self.handed), self.instant(self.due)
        return check_in_instants(self.calendar, handed, due, self.policy, mid_course=True)

    def parts(self) -> list[tuple[datetime, datetime]]:
        """The intervals of working time, each read off the clock."""
        minutes, walls = self.oracle.minutes, self.oracle.minutes.walls
        # As far as the oracle counts: whole dates only.
        dates = range(walls[0].toordinal() + 1, walls[-1].toordinal())
        found = []
        for day in map(date.fromordinal, dates):
            midnight = datetime.combine(day, time.min)
            for part in () if day in self.calendar.off else self.calendar.week[day.weekday()]:
                opens = minutes.first_showing(midnight + part.start)
                closes = minutes.first_showing(midnight + part.end)
                if opens < closes:
                    found.append((minutes.instant(opens), minutes.instant(closes)))
        return found

    def is_opportunity(self, at: datetime) -> bool:
        half = timedelta(minutes=30)
        return any(opens <= at <= max(opens, closes - half) for opens, closes in self.parts())

    def worked(self, start: datetime, end: datetime) -> timedelta:
        shared = (min(end, closes) - max(start, opens) for opens, closes in self.parts())
        return sum((each for each in shared if each > NOTHING), NOTHING)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A card between two moments of the days around a clock change, and somebody's hours."""
    change = draw(st.sampled_from(clock_changes()))
    usual, other = draw(hours), draw(st.one_of(hours, st.just(())))
    week = tuple(other if draw(st.booleans()) else usual for _ in range(7))
    off = draw(st.sets(st.integers(-2, 2), max_size=2))
    away = frozenset(change.at.date() + timedelta(days=n) for n in off)
    calendar = Calendar(change.zone, week, away)
    minutes = minutes_around(change)
    handed = draw(st.integers(-65, 0).map(lambda n: 60 * n + minutes.minute(change.at)))
    ways = st.integers(0, 121 * 60).map(lambda n: 120 * 60 - n)
    due = min(handed + draw(ways), minutes.minute(change.at) + 65 * 60)
    return Case(calendar, Oracle(calendar, minutes), handed, due, draw(policies))


@pytest.mark.covers("D11", "D13")
@some
@given(cases())
def test_each_is_in_working_time_and_early_enough_in_its_interval(case: Case) -> None:
    assert all(case.is_opportunity(each.at) for each in case.found)


@pytest.mark.covers("D13")
@some
@given(cases())
def test_each_lies_after_hand_over_and_before_due(case: Case) -> None:
    handed, due = case.instant(case.handed), case.instant(case.due)
    assert all(handed < each.at < due for each in case.found)


@some
@given(cases())
def test_they_ascend_more_than_two_working_hours_apart(case: Case) -> None:
    moments = [each.at for each in case.found]
    assert moments == sorted(moments)
    for early, late in pairwise(moments):
        assert case.worked(early, late) > timedelta(hours=2)


@some
@given(cases())
def test_none_is_dropped_without_a_reason_nor_lies_elsewhere(case: Case) -> None:
    assert [(each.at, each.mid_course) for each in case.found] == _expected(case)


@some
@given(cases())
def test_each_bears_the_name_of_what_it_was_configured_as(case: Case) -> None:
    mid = {f"{percent}%" for percent in case.policy.at}
    before = {offset_name(each) for each in case.policy.before}
    assert all(each.offset in (mid if each.mid_course else before) for each in case.found)


def _expected(case: Case) -> list[tuple[datetime, bool]]:
    handed, due = case.instant(case.handed), case.instant(case.due)
    wanted = {(_opportunity(case, at), False) for at in _before(case)}
    wanted |= {(_opportunity(case, at), True) for at in _on_the_way(case)}
    inside = [(at, mid) for at, mid in wanted if at is not None and handed < at < due]
    kept: list[tuple[datetime, bool]] = []
    for at, mid in sorted(inside, key=lambda each: (each[0], not each[1]), reverse=True):
        if not kept or case.worked(at, kept[0][0]) > timedelta(hours=2):
            kept.insert(0, (at, mid))
    return kept


def _before(case: Case) -> list[datetime]:
    found = (
        case.oracle.days_earlier(case.due, each.days)
        if isinstance(each, WorkingDays)
        else case.oracle.earlier(case.due, each.time // MINUTE)
        for each in case.policy.before
    )
    # What is not found in the days looked at lies before all of them, so before hand-over.
    return [case.instant(minute) for minute in found if minute is not None]


def _on_the_way(case: Case) -> list[datetime]:
    way = case.oracle.count(case.handed, case.due) * MINUTE
    found = []
    for percent in case.policy.at if way else ():
        whole, part = divmod(way * percent // 100, MINUTE)
        minute = case.oracle.later(case.handed, whole)
        assert minute is not None
        found.append(case.instant(minute) + part)
    return found


def _opportunity(case: Case, at: datetime) -> datetime | None:
    if case.is_opportunity(at):
        return at
    minute = case.oracle.minutes.minute(at)
    earlier = (case.instant(n) for n in range(minute, case.handed, -1))
    return next((each for each in earlier if case.is_opportunity(each)), None)
