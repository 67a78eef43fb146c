"""Working-time arithmetic around clock changes, checked against counting minutes."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import Calendar, Duration, Interval, WorkingDays, WorkingTime
from bot.domain.local_time import local_time, resolve_local
from tests.unit.domain.minute_oracle import MINUTE, Minutes, Oracle, clock_changes, minutes_around

QUARTER = timedelta(minutes=15)
few = settings(max_examples=40, deadline=None)


class Case(NamedTuple):
    calendar: Calendar
    oracle: Oracle
    minute: int

    @property
    def at(self) -> datetime:
        return self.oracle.minutes.instant(self.minute)

    def instant(self, minute: int | None) -> datetime:
        assume(minute is not None)
        assert minute is not None
        return self.oracle.minutes.instant(minute)


def _intervals(quarters: set[int]) -> tuple[Interval, ...]:
    edges = [n * QUARTER for n in sorted(quarters)]
    return tuple(Interval(*pair) for pair in zip(edges[::2], edges[1::2], strict=False))


hours = st.sets(st.integers(0, 96), max_size=6).map(_intervals)
weeks = st.tuples(*[st.booleans()] * 7)
amounts = st.integers(0, 12 * 60)
counts = st.integers(0, 2)
durations: st.SearchStrategy[Duration] = st.one_of(
    st.builds(WorkingTime, time=amounts.map(lambda n: n * MINUTE)),
    st.builds(WorkingDays, days=counts),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A week with a clock change in it, somebody's hours, and a minute of that week."""
    change = draw(st.sampled_from(clock_changes()))
    usual, other = draw(hours.filter(bool)), draw(hours)
    week = tuple(other if differs else usual for differs in draw(weeks))
    off = draw(st.sets(st.integers(-2, 2), max_size=2))
    away = frozenset(change.at.date() + timedelta(days=n) for n in off)
    calendar = Calendar(change.zone, week, away)
    minutes = minutes_around(change)
    minute = minutes.minute(change.at) + draw(st.integers(-24 * 60, 24 * 60))
    return Case(calendar, Oracle(calendar, minutes), minute)


@few
@given(cases(), amounts)
def test_hours_later_are_as_many_working_minutes_on(case: Case, amount: int) -> None:
    expected = case.instant(case.oracle.later(case.minute, amount))
    assert case.calendar.after(case.at, WorkingTime(amount * MINUTE)) == expected


@few
@given(cases(), amounts)
def test_hours_earlier_are_as_many_working_minutes_back(case: Case, amount: int) -> None:
    expected = case.instant(case.oracle.earlier(case.minute, amount))
    assert case.calendar.before(case.at, WorkingTime(amount * MINUTE)) == expected


@few
@given(cases(), counts)
def test_days_later_keep_the_local_time_where_it_is_worked(case: Case, count: int) -> None:
    expected = case.instant(case.oracle.days_later(case.minute, count))
    assert case.calendar.after(case.at, WorkingDays(count)) == expected


@pytest.mark.covers("D6", "D11")
@few
@given(cases(), counts)
def test_days_earlier_keep_the_local_time_where_it_is_worked(case: Case, count: int) -> None:
    expected = case.instant(case.oracle.days_earlier(case.minute, count))
    assert case.calendar.before(case.at, WorkingDays(count)) == expected


@pytest.mark.covers("D6", "D11")
@few
@given(cases(), st.integers(-24 * 60, 48 * 60))
def test_working_time_is_the_number_of_working_minutes(case: Case, distance: int) -> None:
    end = case.minute + distance
    expected = case.oracle.count(case.minute, end) * MINUTE
    assert case.calendar.working_time(case.at, case.oracle.minutes.instant(end)) == expected
    assert case.calendar.is_working(case.at) == case.oracle.working[case.minute]


@few
@given(cases())
def test_a_working_day_is_a_date_with_working_minutes(case: Case) -> None:
    day = local_time(case.at, case.calendar.zone).date()
    assert case.calendar.is_working_day(day) == (day in case.oracle.days)


@few
@given(cases(), durations)
def test_after_ends_in_working_time_and_before_touches_it(case: Case, duration: Duration) -> None:
    assume(len(case.oracle.days) > 0)
    later, earlier = (
        case.calendar.after(case.at, duration),
        case.calendar.before(case.at, duration),
    )
    assert case.calendar.is_working(later)
    assert case.calendar.previous_working(earlier) == earlier
    assert earlier <= case.at <= later


@few
@given(cases(), amounts)
def test_hours_forth_and_back_lead_home(case: Case, amount: int) -> None:
    assume(len(case.oracle.days) > 0)
    calendar, time = case.calendar, WorkingTime(amount * MINUTE)
    at = calendar.next_working(case.at)
    later, earlier = calendar.after(at, time), calendar.before(at, time)
    assert calendar.working_time(at, later) == time.time
    assert calendar.working_time(earlier, at) == time.time
    assert calendar.before(later, time) == at
    assert calendar.after(earlier, time) == at


@few
@given(cases(), durations, st.integers(1, 24 * 60))
def test_starting_later_never_ends_earlier(case: Case, duration: Duration, wait: int) -> None:
    calendar, at, next_at = case.calendar, case.at, case.at + wait * MINUTE
    assume(len(case.oracle.days) > 0)
    # "The same local time" cannot keep the order of instants while the clock shows times again.
    starts = calendar.next_working(at), calendar.next_working(next_at)
    ends = calendar.previous_working(at), calendar.previous_working(next_at)
    for first, second in (starts, ends):
        shown = [calendar.local(instant).replace(tzinfo=None) for instant in (first, second)]
        assume(shown == sorted(shown))
    assert calendar.after(at, duration) <= calendar.after(next_at, duration)
    assert calendar.before(at, duration) <= calendar.before(next_at, duration)


@pytest.mark.covers("D1", "D2", "D5")
def test_a_local_time_around_any_clock_change_is_the_first_minute_showing_it_or_later() -> None:
    for change in clock_changes():
        minutes = Minutes(change, around=timedelta(hours=6))
        shown = minutes.walls[minutes.minute(change.at)]
        for quarter in range(-12, 13):
            wall = shown + quarter * QUARTER
            expected = minutes.instant(minutes.first_showing(wall))
            assert resolve_local(wall, change.zone) == expected, (change, wall)


def test_the_changes_looked_at_are_those_of_the_whole_world() -> None:
    zones = {change.zone for change in clock_changes()}
    assert len(clock_changes()) > 200
    assert {"Australia/LHI", "Africa/Cairo", "Africa/Casablanca", "America/Havana"} <= zones
    assert all(date(2024, 1, 1) <= change.at.date() for change in clock_changes())
