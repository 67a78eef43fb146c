"""Where working time ends: nobody works, nobody works enough, or no more dates exist."""

from datetime import date, timedelta

import pytest

from bot.domain.calendar import Duration, NoWorkingTime, weekly
from tests.unit.domain.calendars import OFFICE, calendar, days, time, utc

NEVER = weekly("Europe/Paris", {})


@pytest.mark.parametrize("duration", [time(), time(hours=1), days(0), days(1)])
def test_without_hours_there_is_an_error_that_names_zone_and_date(duration: Duration) -> None:
    at = utc("2026-05-04 23:00")
    for question in (NEVER.after, NEVER.before):
        with pytest.raises(NoWorkingTime, match=r"2026-05-05 in Europe/Paris") as caught:
            question(at, duration)
        assert (caught.value.zone, caught.value.day) == ("Europe/Paris", date(2026, 5, 5))


def test_a_week_has_seven_days_whatever_hours_they_have() -> None:
    assert weekly("Europe/Paris", {}).week == ((),) * 7


def test_without_hours_no_time_passes_and_no_day_is_found() -> None:
    start, end = utc("2026-05-04 08:00"), utc("2026-06-04 08:00")
    assert NEVER.working_time(start, end) == timedelta()
    assert not NEVER.is_working(start)
    for days_from in (NEVER.working_days_from, NEVER.working_days_back_from):
        with pytest.raises(NoWorkingTime):
            next(days_from(date(2026, 5, 4)))


def test_more_than_ten_years_of_work_are_not_waited_for() -> None:
    with pytest.raises(NoWorkingTime):
        OFFICE.after(utc("2026-05-04 08:00"), days(4000))
    with pytest.raises(NoWorkingTime):
        OFFICE.after(utc("2026-05-04 08:00"), time(days=4000))


ZONES_AT_THE_ENDS = ["Pacific/Kiritimati", "Etc/GMT+12", "UTC", "Europe/Paris"]


@pytest.mark.parametrize("zone", ZONES_AT_THE_ENDS)
@pytest.mark.parametrize("duration", [time(), time(hours=1), days(0), days(1)])
def test_the_ends_of_the_calendar_answer_or_say_that_there_is_no_working_time(
    zone: str, duration: Duration
) -> None:
    person = calendar(zone, (0, 24))
    first, last = utc("0001-01-01 00:00"), utc("9999-12-31 23:59:59.999")
    assert person.after(first, duration).year == 1
    assert person.before(last, duration).year == 9999
    with pytest.raises(NoWorkingTime):
        person.before(first, duration)
    with pytest.raises(NoWorkingTime):
        person.after(last, duration)


@pytest.mark.covers("D16")
def test_a_due_date_in_the_year_9999_counts_as_ten_years_of_work() -> None:
    start = utc("2026-05-04 08:00")
    far = OFFICE.working_time(start, utc("9999-12-31 23:59"))
    assert far == OFFICE.working_time(start, utc("2100-01-01 00:00"))
    assert far > timedelta(hours=10_000)
