"""Which week's digest is due: Paul in Paris, from nine to six."""

from datetime import date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.weeks import (
    Week,
    latest_digest,
    next_digest,
    week_after,
    week_name,
    week_to_tell,
)
from tests.builders import PAUL, policy, utc

MONDAYS = policy()
CALENDAR = PAUL.calendar


def at(text: str, **parts: object) -> Week | None:
    return latest_digest(utc(text), policy(**parts), CALENDAR)


@pytest.mark.covers("D15")
@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-11-30", "2026-W49"),
        ("2026-12-28", "2026-W53"),
        ("2027-01-01", "2026-W53"),
        ("2027-01-03", "2026-W53"),
        ("2027-01-04", "2027-W01"),
        ("2024-12-30", "2025-W01"),
    ],
)
def test_a_week_is_named_as_iso_names_it(day: str, name: str) -> None:
    assert week_name(date.fromisoformat(day)) == name


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("2026-11-30 07:59:59", "2026-W48"),
        ("2026-11-30 08:00", "2026-W49"),
        ("2026-12-06 23:00", "2026-W49"),
        ("2027-01-01 12:00", "2026-W53"),
        # Summer time: nine o'clock is an hour earlier in UTC.
        ("2026-03-30 07:00", "2026-W14"),
        ("2026-03-30 06:59", "2026-W13"),
    ],
)
def test_from_the_configured_hour_on_the_weeks_digest_is_due(now: str, week: str) -> None:
    found = at(now)
    assert found is not None
    assert found.name == week


def test_day_and_hour_are_configured() -> None:
    friday = {"digest_day": 4, "digest_time": time(16, 30)}
    assert at("2026-12-04 15:29", **friday) == Week("2026-W48", utc("2026-11-27 15:30"))
    assert at("2026-12-04 15:30", **friday) == Week("2026-W49", utc("2026-12-04 15:30"))


def test_a_holiday_moves_it_on_to_the_next_working_day_and_the_week_keeps_its_name() -> None:
    closed = replace(CALENDAR, off=frozenset({date(2026, 11, 30), date(2026, 12, 1)}))
    assert latest_digest(utc("2026-12-02 07:59"), MONDAYS, closed) == Week(
        "2026-W48", utc("2026-11-23 08:00")
    )
    assert latest_digest(utc("2026-12-02 08:00"), MONDAYS, closed) == Week(
        "2026-W49", utc("2026-12-02 08:00")
    )


def test_of_two_weeks_away_only_the_last_one_is_due_on_the_return() -> None:
    away = frozenset(date(2026, 11, 30) + timedelta(days=day) for day in range(14))
    closed = replace(CALENDAR, off=away)
    found = latest_digest(utc("2026-12-14 08:00"), MONDAYS, closed)
    assert found == Week("2026-W51", utc("2026-12-14 08:00"))
    assert next_digest(utc("2026-12-01 08:00"), MONDAYS, closed).due == utc("2026-12-14 08:00")


def test_an_hour_outside_working_time_moves_into_it() -> None:
    found = at("2026-11-30 13:00", digest_time=time(12, 30))
    assert found == Week("2026-W49", utc("2026-11-30 13:00"))


def test_whoever_has_been_away_for_longer_than_weeks_are_looked_back_gets_none() -> None:
    long_ago = frozenset(date(2026, 9, 1) + timedelta(days=day) for day in range(200))
    closed = replace(CALENDAR, off=long_ago)
    assert latest_digest(utc("2027-02-01 08:00"), MONDAYS, closed) is None


def test_the_next_digest_is_never_due_already() -> None:
    now = utc("2026-11-20 08:00")
    for _ in range(60 * 24):
        following = next_digest(now, MONDAYS, CALENDAR)
        latest = latest_digest(now, MONDAYS, CALENDAR)
        assert latest is not None
        assert latest.due <= now < following.due
        assert following.due - latest.due == timedelta(days=7)
        now += timedelta(hours=1)


@pytest.mark.covers("D7")
def test_over_two_years_each_week_is_due_once_at_nine_in_paris() -> None:
    seen: dict[str, datetime] = {}
    now = utc("2026-01-01 00:30")
    while now < utc("2028-01-01 00:30"):
        found = latest_digest(now, MONDAYS, CALENDAR)
        assert found is not None
        assert seen.setdefault(found.name, found.due) == found.due
        now += timedelta(hours=5)
    assert {CALENDAR.local(each).time() for each in seen.values()} == {time(9)}
    assert "2026-W53" in seen
    assert len(seen) == 105


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("2026-12-01 07:59", "2026-W49"),
        ("2026-12-06 07:59", "2026-W49"),
        ("2026-12-06 08:01", None),
        ("2026-12-07 07:59", None),
        ("2026-12-07 08:00", "2026-W50"),
    ],
)
def test_a_digest_that_is_a_day_late_is_left_out_on_the_day_before_the_next(
    now: str, week: str | None
) -> None:
    found = week_to_tell(utc(now), MONDAYS, CALENDAR)
    assert (found.name if found else None) == week


def test_two_digests_that_holidays_bring_close_together_are_both_due() -> None:
    """Good Friday and Easter Monday move a Friday's digest to three days before the next."""
    fridays = replace(MONDAYS, digest_day=4, digest_time=time(16, 30))
    easter = frozenset(date(2026, 4, day) for day in (3, 6))
    closed = replace(CALENDAR, off=easter)
    for at, week in (("2026-04-07 14:30", "2026-W14"), ("2026-04-10 14:30", "2026-W15")):
        found = week_to_tell(utc(at), fridays, closed)
        assert found is not None
        assert found.name == week


@pytest.mark.parametrize(
    ("name", "following"),
    [("2026-W48", "2026-W49"), ("2026-W53", "2027-W01"), ("2027-W52", "2028-W01")],
)
def test_weeks_follow_each_other_across_the_year(name: str, following: str) -> None:
    assert week_after(name) == following


def test_the_next_digest_comes_on_the_configured_day() -> None:
    following = next_digest(utc("2026-11-30 08:00"), policy(digest_day=2), CALENDAR)
    assert following == Week("2026-W49", utc("2026-12-02 08:00"))
