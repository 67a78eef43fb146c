"""Working time by example: what an owner and an assistant would say."""

from datetime import date, timedelta

import pytest

from bot.domain.calendar import Calendar, Duration
from tests.unit.domain.calendars import OFFICE, calendar, days, time, utc

NIGHT = calendar("Europe/Paris", (20, 24), weekdays=range(5))
AROUND_THE_CLOCK = calendar("Europe/Paris", (0, 24))

AFTER = [
    pytest.param("2026-05-05 08:00", time(hours=1), "2026-05-05 09:00", id="within a morning"),
    pytest.param("2026-05-05 09:30", time(hours=1), "2026-05-05 12:30", id="over lunch"),
    pytest.param("2026-05-05 09:00", time(hours=1), "2026-05-05 12:00", id="the end is the next"),
    pytest.param("2026-05-05 15:30", time(hours=1), "2026-05-06 07:30", id="over night"),
    pytest.param("2026-05-07 15:30", time(hours=4), "2026-05-11 07:30", id="over a weekend"),
    pytest.param("2026-05-02 10:00", time(minutes=45), "2026-05-04 07:45", id="from a Saturday"),
    pytest.param("2026-05-05 08:00", time(), "2026-05-05 08:00", id="no time, at work"),
    pytest.param("2026-05-05 10:00", time(), "2026-05-05 12:00", id="no time, at lunch"),
    pytest.param("2026-05-05 08:00", days(0), "2026-05-05 08:00", id="no days, at work"),
    pytest.param("2026-05-05 16:00", days(0), "2026-05-06 07:00", id="no days, closed"),
    pytest.param("2026-05-04 08:00", days(2), "2026-05-06 08:00", id="two days"),
    pytest.param("2026-05-08 08:00", days(1), "2026-05-11 08:00", id="over a weekend by days"),
    pytest.param("2026-04-30 08:00", days(1), "2026-05-04 08:00", id="over a holiday"),
    pytest.param("2026-05-02 10:00", days(1), "2026-05-05 07:00", id="days from a Saturday"),
    pytest.param("2026-05-07 13:00", days(1), "2026-05-11 07:00", id="free at that time"),
    pytest.param("2026-05-04 10:00", days(1), "2026-05-05 12:00", id="days from lunch"),
]
BEFORE = [
    pytest.param("2026-05-05 09:00", time(hours=1), "2026-05-05 08:00", id="within a morning"),
    pytest.param("2026-05-05 12:30", time(hours=1), "2026-05-05 09:30", id="over lunch"),
    pytest.param("2026-05-05 13:00", time(hours=1), "2026-05-05 12:00", id="the start is reached"),
    pytest.param("2026-05-06 07:30", time(hours=1), "2026-05-05 15:30", id="over night"),
    pytest.param("2026-05-11 07:30", time(hours=4), "2026-05-07 15:30", id="over a weekend"),
    pytest.param("2026-05-02 10:00", time(minutes=45), "2026-04-30 15:15", id="from a Saturday"),
    pytest.param("2026-05-05 12:00", time(), "2026-05-05 12:00", id="no time, at a start"),
    pytest.param("2026-05-05 11:00", time(), "2026-05-05 10:00", id="no time, at lunch"),
    pytest.param("2026-05-05 08:00", days(0), "2026-05-05 08:00", id="no days, at work"),
    pytest.param("2026-05-05 20:00", days(0), "2026-05-05 16:00", id="no days, closed"),
    pytest.param("2026-05-06 08:00", days(2), "2026-05-04 08:00", id="two days"),
    pytest.param("2026-05-11 08:00", days(1), "2026-05-08 08:00", id="over a weekend by days"),
    pytest.param("2026-05-04 08:00", days(1), "2026-04-30 08:00", id="over a holiday"),
    pytest.param("2026-05-06 16:00", days(1), "2026-05-05 16:00", id="from a day's end to another"),
    pytest.param("2026-05-06 07:00", days(1), "2026-05-05 07:00", id="from a day's start"),
    pytest.param("2026-05-11 13:00", days(1), "2026-05-08 10:00", id="free at that time"),
    pytest.param("2026-05-10 10:00", days(1), "2026-05-07 10:00", id="days from a Sunday"),
]


@pytest.mark.parametrize(("at", "duration", "expected"), AFTER)
def test_after_counts_forward_and_ends_at_work(at: str, duration: Duration, expected: str) -> None:
    assert OFFICE.after(utc(at), duration) == utc(expected)


@pytest.mark.parametrize(("at", "duration", "expected"), BEFORE)
def test_before_counts_back_and_ends_where_work_was_going_on(
    at: str, duration: Duration, expected: str
) -> None:
    assert OFFICE.before(utc(at), duration) == utc(expected)


SPRING = [
    pytest.param((1, 6), 4, "2026-03-29 00:00", "2026-03-29 04:00", id="over the gap"),
    pytest.param((1, 2.5), 1, "2026-03-29 00:00", "2026-03-29 01:00", id="ends in the gap"),
    pytest.param((2.5, 6), 3, "2026-03-29 01:00", "2026-03-29 04:00", id="starts in the gap"),
]
AUTUMN = [
    pytest.param((1, 6), 6, "2026-10-24 23:00", "2026-10-25 05:00", id="over both hours"),
    pytest.param((1, 2.5), 1.5, "2026-10-24 23:00", "2026-10-25 00:30", id="ends at the first"),
    pytest.param((2.5, 6), 4.5, "2026-10-25 00:30", "2026-10-25 05:00", id="starts at the first"),
]


@pytest.mark.covers("D6")
@pytest.mark.parametrize(("part", "length", "opens", "closes"), [*SPRING, *AUTUMN])
def test_working_time_is_real_time_when_the_clock_changes(
    part: tuple[float, float], length: float, opens: str, closes: str
) -> None:
    nights = calendar("Europe/Paris", part)
    day = utc(closes).date()
    assert nights.intervals(day) == ((utc(opens), utc(closes)),)
    assert nights.before(utc(closes), time(hours=length)) == utc(opens)
    assert nights.working_time(utc(opens), utc(closes)) == timedelta(hours=length)


def test_hours_inside_one_interval_count_the_repeated_hour_twice() -> None:
    nights = calendar("Europe/Paris", (0, 6))
    midnight = utc("2026-10-24 22:00")
    assert nights.after(midnight, time(hours=4)) == utc("2026-10-25 02:00")
    assert nights.local(utc("2026-10-25 02:00")).hour == 3


@pytest.mark.covers("D6")
def test_the_same_local_time_is_kept_when_the_clock_changes_between() -> None:
    always = calendar("Europe/Paris", (9, 18))
    assert always.after(utc("2026-03-28 09:00"), days(1)) == utc("2026-03-29 08:00")
    assert always.before(utc("2026-10-26 09:00"), days(2)) == utc("2026-10-24 08:00")


def test_a_day_later_at_a_time_that_is_skipped_is_the_first_instant_after_it() -> None:
    later = AROUND_THE_CLOCK.after(utc("2026-03-28 01:30"), days(1))
    assert later == utc("2026-03-29 01:00")
    assert AROUND_THE_CLOCK.local(later).hour == 3


def test_a_day_later_at_a_time_that_comes_twice_is_the_first_one() -> None:
    assert AROUND_THE_CLOCK.after(utc("2026-10-24 00:30"), days(1)) == utc("2026-10-25 00:30")
    second = utc("2026-10-25 01:30")
    assert AROUND_THE_CLOCK.local(second).fold == 1
    assert AROUND_THE_CLOCK.after(second, days(0)) == second
    assert AROUND_THE_CLOCK.after(second, days(1)) == utc("2026-10-26 01:30")


NO_WORK = [
    pytest.param(calendar("Europe/Paris", (2, 3)), date(2026, 3, 29), id="hours all skipped"),
    pytest.param(calendar("Europe/Paris", (9, 9)), date(2026, 5, 5), id="starts as it ends"),
    pytest.param(calendar("Pacific/Apia", (9, 17)), date(2011, 12, 30), id="date skipped"),
    pytest.param(OFFICE, date(2026, 5, 1), id="holiday"),
    pytest.param(OFFICE, date(2026, 5, 2), id="Saturday"),
    pytest.param(AROUND_THE_CLOCK, date.min, id="first date of all"),
    pytest.param(AROUND_THE_CLOCK, date.max, id="last date of all"),
]


@pytest.mark.parametrize(("person", "day"), NO_WORK)
def test_a_date_without_an_interval_is_no_working_day(person: Calendar, day: date) -> None:
    assert not person.is_working_day(day)
    assert person.intervals(day) == ()


ZONES = [
    ("Africa/Cairo", date(2026, 4, 24), 23),
    ("America/Havana", date(2026, 3, 8), 23),
    ("America/Havana", date(2026, 11, 1), 25),
    ("America/Santiago", date(2026, 9, 6), 23),
    ("Asia/Beirut", date(2026, 3, 29), 23),
    ("Atlantic/Azores", date(2026, 10, 25), 25),
    ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
    ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
    ("Africa/Casablanca", date(2026, 2, 15), 25),
    ("Europe/Dublin", date(2026, 3, 29), 23),
    ("Asia/Kathmandu", date(2026, 3, 29), 24),
    ("Indian/Antananarivo", date(2028, 2, 29), 24),
]


@pytest.mark.parametrize(("zone", "day", "length"), ZONES)
def test_a_day_worked_through_has_no_hole_and_no_overlap_anywhere(
    zone: str, day: date, length: float
) -> None:
    person = calendar(zone, (0, 8), (8, 16), (16, 24))
    spans = person.intervals(day)
    following = person.intervals(day + timedelta(days=1))
    assert sum((end - start for start, end in spans), timedelta()) == timedelta(hours=length)
    assert spans[0][1] == spans[1][0]
    assert spans[-1][1] == person.end_of_day(day) == following[0][0]
    assert person.local(spans[0][0]).date() == day
    assert all(person.next_working(at) == at for span in spans for at in span)


def test_a_date_shown_again_after_midnight_still_belongs_to_the_interval_that_runs() -> None:
    evenings_off = calendar("America/St_Johns", (0, 8))
    first_midnight = utc("2010-11-07 02:30")
    shown_again = utc("2010-11-07 02:45")
    assert evenings_off.local(first_midnight).day == 7
    assert evenings_off.local(shown_again).day == 6
    assert evenings_off.is_working(shown_again)
    assert evenings_off.after(shown_again, time(minutes=5)) == utc("2010-11-07 02:50")
    assert evenings_off.before(shown_again, time(minutes=5)) == utc("2010-11-07 02:40")


def test_night_hours_end_at_midnight_and_their_end_is_no_working_time() -> None:
    friday_evening, midnight = utc("2026-05-08 21:00"), utc("2026-05-08 22:00")
    assert NIGHT.is_working(friday_evening)
    assert not NIGHT.is_working(midnight)
    assert NIGHT.end_of_day(date(2026, 5, 8)) == midnight
    assert NIGHT.previous_working(utc("2026-05-10 12:00")) == midnight
    assert NIGHT.before(midnight, days(1)) == utc("2026-05-07 22:00")
    assert NIGHT.next_working(midnight) == utc("2026-05-11 18:00")


def test_an_interval_includes_its_start_and_not_its_end() -> None:
    opens, closes = utc("2026-05-05 07:00"), utc("2026-05-05 10:00")
    assert OFFICE.is_working(opens)
    assert not OFFICE.is_working(closes)
    assert OFFICE.next_working(opens) == opens
    assert OFFICE.next_working(closes) == utc("2026-05-05 12:00")


def test_going_back_stays_at_both_edges_of_an_interval() -> None:
    assert OFFICE.previous_working(utc("2026-05-05 07:00")) == utc("2026-05-05 07:00")
    assert OFFICE.previous_working(utc("2026-05-05 10:00")) == utc("2026-05-05 10:00")
    assert OFFICE.previous_working(utc("2026-05-05 11:59")) == utc("2026-05-05 10:00")


def test_a_working_day_ends_with_its_last_interval_and_another_with_its_last_minute() -> None:
    assert OFFICE.end_of_day(date(2026, 5, 5)) == utc("2026-05-05 16:00")
    assert OFFICE.end_of_day(date(2026, 5, 8)) == utc("2026-05-08 10:00")
    assert OFFICE.end_of_day(date(2026, 5, 2)) == utc("2026-05-02 21:59")


def test_working_time_between_leaves_out_breaks_nights_and_holidays() -> None:
    start, end = utc("2026-04-30 08:00"), utc("2026-05-04 13:00")
    assert OFFICE.working_time(start, end) == timedelta(hours=2 + 4 + 3 + 1)
    assert OFFICE.working_time(end, start) == timedelta()
    assert OFFICE.working_time(start, start) == timedelta()


def test_the_nearest_working_day_is_the_day_itself_or_beyond_holidays_and_weekends() -> None:
    assert OFFICE.first_working_day_on_or_after(date(2026, 5, 5)) == date(2026, 5, 5)
    assert OFFICE.first_working_day_on_or_after(date(2026, 5, 1)) == date(2026, 5, 4)
    assert next(OFFICE.working_days_back_from(date(2026, 5, 5))) == date(2026, 5, 5)
    assert next(OFFICE.working_days_back_from(date(2026, 5, 3))) == date(2026, 4, 30)


@pytest.mark.covers("D19")
def test_leap_day_is_a_day_like_others() -> None:
    assert AROUND_THE_CLOCK.after(utc("2028-02-28 12:00"), days(1)) == utc("2028-02-29 12:00")
    assert AROUND_THE_CLOCK.before(utc("2028-03-01 12:00"), days(1)) == utc("2028-02-29 12:00")
