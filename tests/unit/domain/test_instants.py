"""Calendars of the tables: OFFICE is Paris, Monday to Thursday 9-12 and 14-18, Friday 9-12.

In May 2026 Paris is two hours ahead of UTC; 1 and 14 May are holidays, Monday is 4 May.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.calendar import Calendar, Duration, WorkingDays, WorkingTime, weekly
from bot.domain.instants import (
    CheckInInstant,
    check_in_instants,
    known_offsets,
    offset_name,
)
from bot.domain.policy import CheckInPolicy
from tests.unit.domain.calendars import OFFICE, calendar, days, hours, time, utc

PARIS = calendar("Europe/Paris", (9, 12), (13, 17), weekdays=range(5))
TORONTO = calendar("America/Toronto", (9, 12), (13, 17), weekdays=range(5))
LAST = datetime.max.replace(tzinfo=UTC)


def asked(
    of: Calendar, handed: str, due: str, *before: Duration, at: tuple[int, ...] = ()
) -> list[tuple[str, str]]:
    policy = CheckInPolicy(at=at, before=before)
    found = check_in_instants(of, utc(handed), utc(due), policy, mid_course=True)
    return [(f"{each.at:%Y-%m-%d %H:%M}", each.offset) for each in found]


def test_by_default_a_card_is_asked_about_half_way_and_the_day_before() -> None:
    found = check_in_instants(
        PARIS, utc("2026-05-04 07:00"), utc("2026-05-08 15:00"), CheckInPolicy(), mid_course=True
    )
    assert found == (
        CheckInInstant(utc("2026-05-06 11:30"), "50%", mid_course=True),
        CheckInInstant(utc("2026-05-07 14:30"), "1d", mid_course=False),
    )


def test_a_card_that_is_neither_important_nor_long_is_asked_about_before_due_only() -> None:
    found = check_in_instants(
        PARIS, utc("2026-05-04 07:00"), utc("2026-05-08 15:00"), CheckInPolicy(), mid_course=False
    )
    assert [each.offset for each in found] == ["1d"]


@pytest.mark.parametrize(
    ("due", "before", "at"),
    [
        # The same local time one working day earlier; 17:00 is an interval's end.
        ("2026-05-08 15:00", days(1), "2026-05-07 14:30"),
        ("2026-05-08 14:59", days(1), "2026-05-07 14:30"),
        ("2026-05-08 14:31", days(1), "2026-05-07 14:30"),
        ("2026-05-08 14:30", days(1), "2026-05-07 14:30"),
        ("2026-05-08 14:29", days(1), "2026-05-07 14:29"),
        ("2026-05-11 15:00", days(1), "2026-05-08 14:30"),
        ("2026-05-11 09:00", days(2), "2026-05-07 09:00"),
        # Due outside working time: the evening, the night, a Sunday.
        ("2026-05-08 20:00", days(1), "2026-05-07 14:30"),
        ("2026-05-07 22:30", days(1), "2026-05-06 14:30"),
        ("2026-05-10 10:00", days(1), "2026-05-07 14:30"),
        ("2026-05-10 10:00", time(minutes=1), "2026-05-08 14:30"),
        # Lunch: its beginning is too late, its end is not.
        ("2026-05-08 10:00", days(1), "2026-05-07 09:30"),
        ("2026-05-08 10:30", days(1), "2026-05-07 09:30"),
        ("2026-05-08 11:00", days(1), "2026-05-07 11:00"),
        ("2026-05-08 12:00", time(hours=1), "2026-05-08 11:00"),
        ("2026-05-08 12:00", time(hours=1, minutes=1), "2026-05-08 09:30"),
        ("2026-05-08 12:00", time(hours=2), "2026-05-08 09:00"),
        ("2026-05-08 07:00", time(minutes=20), "2026-05-07 14:30"),
        ("2026-05-08 07:20", time(minutes=20), "2026-05-08 07:00"),
    ],
)
def test_before_due_in_working_time_and_not_as_it_ends(due: str, before: Duration, at: str) -> None:
    assert asked(PARIS, "2026-05-04 07:00", due, before) == [(at, offset_name(before))]


@pytest.mark.parametrize(
    ("due", "at"),
    [
        ("2026-05-15 10:00", "2026-05-13 09:30"),  # Ascension Day lies between
        ("2026-05-14 10:00", "2026-05-12 15:30"),  # due on the holiday itself
        ("2026-05-13 14:00", "2026-05-12 14:00"),
        ("2026-05-11 14:00", "2026-05-08 09:30"),  # Friday afternoon is free
    ],
)
def test_holidays_and_free_afternoons_are_passed_over(due: str, at: str) -> None:
    assert asked(OFFICE, "2026-05-04 07:00", due, days(1)) == [(at, "1d")]


@pytest.mark.parametrize(
    ("intervals", "at"),
    [
        (((9, 9.25),), "2026-05-07 07:00"),
        (((9, 9.5),), "2026-05-07 07:00"),
        (((9, 9.75),), "2026-05-07 07:15"),
        (((8, 9), (9.5, 9.75)), "2026-05-07 07:30"),
        (((9, 12), (12, 12.25), (12.5, 18)), "2026-05-07 10:00"),
    ],
)
def test_an_interval_shorter_than_half_an_hour_is_used_from_its_start(
    intervals: tuple[tuple[float, float], ...], at: str
) -> None:
    short = calendar("Europe/Paris", *intervals)
    assert asked(short, "2026-05-01 07:00", "2026-05-08 10:10", days(1)) == [(at, "1d")]


def test_an_interval_until_midnight_is_used_until_half_past_eleven() -> None:
    late = calendar("Europe/Paris", (20, 24))
    assert asked(late, "2026-05-01 07:00", "2026-05-08 22:00", days(1)) == [
        ("2026-05-07 21:30", "1d")
    ]


@pytest.mark.covers("D6")
@pytest.mark.parametrize(
    ("of", "handed", "due", "at"),
    [
        # Clocks change on the Sunday between Friday and Monday.
        (PARIS, "2026-03-24 08:00", "2026-03-30 08:00", "2026-03-27 09:00"),
        (PARIS, "2026-10-20 08:00", "2026-10-26 09:00", "2026-10-23 08:00"),
        (TORONTO, "2026-03-03 15:00", "2026-03-09 14:00", "2026-03-06 15:00"),
        (TORONTO, "2026-10-27 15:00", "2026-11-02 15:00", "2026-10-30 14:00"),
    ],
)
def test_the_local_time_is_kept_across_a_clock_change(
    of: Calendar, handed: str, due: str, at: str
) -> None:
    assert asked(of, handed, due, days(1)) == [(at, "1d")]


@pytest.mark.covers("D6")
@pytest.mark.parametrize(
    ("handed", "due", "share", "last"),
    [
        # In spring the hour from 2 to 3 does not exist: the night has two hours.
        ("2026-03-29 00:00", "2026-03-29 02:00", "2026-03-29 00:36", "2026-03-29 01:30"),
        # In autumn it comes twice: four hours.
        ("2026-10-24 23:00", "2026-10-25 03:00", "2026-10-25 00:12", "2026-10-25 02:30"),
    ],
)
def test_on_the_night_of_a_change_real_time_counts(
    handed: str, due: str, share: str, last: str
) -> None:
    watch = calendar("Europe/Paris", (1, 4))
    assert asked(watch, handed, due, at=(30,)) == [(share, "30%")]
    assert asked(watch, handed, due, time(minutes=1)) == [(last, "1m")]


@pytest.mark.parametrize(
    ("handed", "due", "share", "at"),
    [
        # A day of seven hours.
        ("2026-05-04 07:00", "2026-05-04 15:00", 50, "2026-05-04 11:30"),
        ("2026-05-04 07:00", "2026-05-04 15:00", 40, "2026-05-04 09:30"),  # not just before lunch
        ("2026-05-04 07:00", "2026-05-04 15:00", 60, "2026-05-04 12:12"),
        ("2026-05-04 07:00", "2026-05-04 15:00", 99, "2026-05-04 14:30"),
        # Handed over on Saturday, due on Tuesday at noon: ten hours.
        ("2026-05-02 12:00", "2026-05-05 10:00", 1, "2026-05-04 07:06"),
        ("2026-05-02 12:00", "2026-05-05 10:00", 70, "2026-05-05 07:00"),
        # Far away: counted for ten years.
        ("2026-05-04 07:00", "9999-12-31 12:00", 50, "2031-05-05 07:00"),
    ],
)
def test_a_share_of_the_way_is_a_share_of_its_working_time(
    handed: str, due: str, share: int, at: str
) -> None:
    assert asked(PARIS, handed, due, at=(share,)) == [(at, f"{share}%")]


@pytest.mark.covers("D17")
@pytest.mark.parametrize(
    ("handed", "due", "before"),
    [
        ("2026-05-07 14:30", "2026-05-08 15:00", days(1)),  # at hand-over
        ("2026-05-07 14:40", "2026-05-08 14:50", days(1)),  # moved back before hand-over
        ("2026-05-08 08:00", "2026-05-08 15:00", days(1)),
        ("2026-05-08 08:00", "2026-05-08 15:00", time(hours=2000)),
        ("2026-05-08 15:00", "2026-05-08 15:00", time(minutes=1)),
        ("2026-05-08 15:00", "2026-05-04 15:00", time(minutes=1)),  # due before hand-over
        ("2026-05-08 15:00", "2026-05-11 07:00", time(minutes=1)),  # a week-end only
        ("2026-05-09 08:00", "2026-05-10 15:00", days(1)),
    ],
)
def test_nobody_is_asked_before_hand_over(handed: str, due: str, before: Duration) -> None:
    assert asked(PARIS, handed, due, before, at=()) == []


@pytest.mark.parametrize(
    ("handed", "due"),
    [
        ("2026-05-08 14:40", "2026-05-08 14:50"),
        ("2026-05-08 15:00", "2026-05-11 07:00"),
        ("2026-05-11 07:00", "2026-05-04 07:00"),
    ],
)
def test_half_way_is_nowhere_when_there_is_no_way(handed: str, due: str) -> None:
    assert asked(PARIS, handed, due, at=(50,)) == []


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ((days(1), time(hours=1)), ["1d", "60m"]),
        ((time(hours=1), days(1)), ["1d", "60m"]),
        ((time(hours=4), time(hours=2)), ["120m"]),
        ((time(hours=4, minutes=1), time(hours=2)), ["241m", "120m"]),
        # The one in the middle is dropped, so the first one is far enough from the last.
        ((time(hours=4), time(hours=3), time(hours=1)), ["240m", "60m"]),
        ((time(hours=5), time(hours=3, minutes=30), time(hours=1)), ["210m", "60m"]),
        # Moved to one moment: 16:30 of the day before.
        ((days(1), time(hours=7, minutes=10)), ["430m"]),
        ((days(1), days(1)), ["1d"]),
    ],
)
def test_of_two_within_two_working_hours_the_earlier_is_dropped(
    before: tuple[Duration, ...], kept: list[str]
) -> None:
    found = asked(PARIS, "2026-05-04 07:00", "2026-05-08 15:00", *before)
    assert [offset for _, offset in found] == kept


@pytest.mark.parametrize(
    ("handed", "kept"),
    [
        ("2026-05-07 14:30", ["50%"]),  # the day before lies at hand-over
        ("2026-05-07 13:30", ["1d", "50%"]),  # half-way lies three hours after it
        ("2026-05-07 08:00", ["50%"]),  # 45 minutes after it
        ("2026-05-05 14:30", ["50%", "1d"]),
        ("2026-05-06 14:30", ["1d"]),  # half-way is the very moment of 1d
    ],
)
def test_half_way_and_the_day_before_are_kept_apart(handed: str, kept: list[str]) -> None:
    found = asked(PARIS, handed, "2026-05-08 14:30", days(1), at=(50,))
    assert [offset for _, offset in found] == kept


def test_the_week_end_between_two_moments_does_not_set_them_apart() -> None:
    found = asked(PARIS, "2026-05-04 07:00", "2026-05-11 09:00", time(hours=1), time(hours=3))
    assert found == [("2026-05-11 08:00", "60m")]


def test_nobody_without_working_time_is_asked() -> None:
    idle = weekly("Europe/Paris", {})
    away = weekly(
        "Europe/Paris",
        dict.fromkeys(range(7), hours((9, 17))),
        frozenset(date(2026, 5, 4) + timedelta(days=n) for n in range(30)),
    )
    for nobody in (idle, away):
        assert asked(nobody, "2026-05-04 07:00", "2026-05-11 12:00", days(1), at=(50,)) == []


def test_what_ten_years_do_not_hold_lies_before_hand_over() -> None:
    seldom = weekly("Europe/Paris", {0: hours((9, 10))})
    assert asked(seldom, "2026-05-04 06:00", "2026-05-11 12:00", time(hours=2000)) == []


@pytest.mark.parametrize("due", ["2026-05-08 08:00", "2026-05-08 15:00", "2026-05-09 12:00"])
def test_nobody_is_asked_at_due_or_later(due: str) -> None:
    assert asked(PARIS, "2026-05-08 07:40", due, at=(100,)) == []
    assert asked(PARIS, "2026-05-08 07:40", "2026-05-08 08:00", time(minutes=0)) == []


@pytest.mark.covers("D16")
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def test_a_date_at_the_end_of_time_is_handled(zone: str) -> None:
    all_day = calendar(zone, (0, 24))
    found = check_in_instants(
        all_day, utc("9999-12-25 00:00"), LAST, CheckInPolicy(), mid_course=True
    )
    assert [each.offset for each in found] == ["50%", "1d"]
    assert all(all_day.is_working(each.at) for each in found)
    to_the_last = CheckInPolicy(before=(time(minutes=0),))
    assert check_in_instants(all_day, utc("9999-12-25 00:00"), LAST, to_the_last, mid_course=False)


def test_when_clocks_go_back_over_midnight_the_interval_of_the_next_date_is_found() -> None:
    # Until 2011 St. John's went back from 00:01 to 23:01 of the day before.
    night = calendar("America/St_Johns", (0, 3))
    found = asked(night, "2010-11-01 12:00", "2010-11-07 03:05", time(minutes=10))
    assert found == [("2010-11-07 02:55", "10m")]


@pytest.mark.parametrize(
    ("duration", "name"),
    [
        (days(1), "1d"),
        (days(60), "60d"),
        (time(hours=1, minutes=30), "90m"),
        (time(minutes=45), "45m"),
        (time(minutes=1, seconds=59), "1m"),
    ],
)
def test_an_offset_is_named_in_days_or_whole_minutes(duration: Duration, name: str) -> None:
    assert offset_name(duration) == name


def test_whatever_a_configuration_may_reasonably_bear_is_known() -> None:
    known = known_offsets()
    assert {"1%", "50%", "99%", "1d", "60d", "5m", "90m", "1440m"} <= set(known)
    assert not {"0%", "100%", "0d", "61d", "0m", "1445m"} & set(known)
    assert len(known) == len(set(known)) == 99 + 60 + 288
    assert {offset_name(WorkingDays(3)), offset_name(WorkingTime(timedelta(hours=4)))} <= set(known)
