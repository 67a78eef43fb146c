"""Local times as instants on the days on which clocks are awkward."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfoNotFoundError

import pytest

from bot.domain.local_time import instants_of_day, local_time, resolve_local, zone_named


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


ORDINARY = [
    ("Europe/Paris", "2026-01-15 09:00", "2026-01-15 08:00"),
    ("Europe/Paris", "2026-07-15 09:00", "2026-07-15 07:00"),
    ("Indian/Antananarivo", "2026-07-15 09:00", "2026-07-15 06:00"),
    ("Asia/Kathmandu", "2026-07-15 09:00", "2026-07-15 03:15"),
    ("Europe/Paris", "2028-02-29 09:00", "2028-02-29 08:00"),
    ("Europe/Paris", "2026-01-15 09:00:00.5", "2026-01-15 08:00:00.5"),
]
IN_A_GAP = [
    ("Europe/Paris", "2026-03-29 02:00", "2026-03-29 01:00"),
    ("Europe/Paris", "2026-03-29 02:30", "2026-03-29 01:00"),
    ("Europe/Paris", "2026-03-29 02:59:59.999999", "2026-03-29 01:00"),
    ("Europe/Paris", "2026-03-29 03:00", "2026-03-29 01:00"),
    ("Europe/Paris", "2026-03-29 02:00:00.5", "2026-03-29 01:00"),
    ("America/St_Johns", "2006-04-02 00:30", "2006-04-02 03:31"),
    ("Europe/Dublin", "2026-03-29 01:30", "2026-03-29 01:00"),
    ("Africa/Cairo", "2026-04-24 00:00", "2026-04-23 22:00"),
    ("America/Havana", "2026-03-08 00:15", "2026-03-08 05:00"),
    ("America/Santiago", "2026-09-06 00:30", "2026-09-06 04:00"),
    ("Asia/Beirut", "2026-03-29 00:00", "2026-03-28 22:00"),
    ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30"),
    ("Africa/Casablanca", "2026-03-22 02:30", "2026-03-22 02:00"),
    ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00"),
]
TWICE = [
    ("Europe/Paris", "2026-10-25 02:00", "2026-10-25 00:00"),
    ("Europe/Paris", "2026-10-25 02:30", "2026-10-25 00:30"),
    ("Europe/Paris", "2026-10-25 03:00", "2026-10-25 02:00"),
    ("Europe/Dublin", "2026-10-25 01:30", "2026-10-25 00:30"),
    ("Atlantic/Azores", "2026-10-25 00:00", "2026-10-25 00:00"),
    ("America/Havana", "2026-11-01 00:00", "2026-11-01 04:00"),
    ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45"),
    ("Africa/Casablanca", "2026-02-15 02:30", "2026-02-15 01:30"),
    ("America/Santiago", "2026-04-04 23:30", "2026-04-05 02:30"),
]


@pytest.mark.parametrize(("zone", "wall", "instant"), ORDINARY)
def test_an_ordinary_local_time_is_one_instant_and_back(zone: str, wall: str, instant: str) -> None:
    shown = datetime.fromisoformat(wall)
    assert resolve_local(shown, zone) == utc(instant)
    assert local_time(utc(instant), zone).replace(tzinfo=None) == shown


@pytest.mark.covers("D1", "D5")
@pytest.mark.parametrize(("zone", "wall", "instant"), IN_A_GAP)
def test_a_skipped_local_time_is_the_first_valid_instant_after_it(
    zone: str, wall: str, instant: str
) -> None:
    assert resolve_local(datetime.fromisoformat(wall), zone) == utc(instant)


@pytest.mark.covers("D2", "D5")
@pytest.mark.parametrize(("zone", "wall", "instant"), TWICE)
@pytest.mark.parametrize("fold", [0, 1])
def test_a_repeated_local_time_is_the_first_one(
    zone: str, wall: str, instant: str, fold: int
) -> None:
    assert resolve_local(datetime.fromisoformat(wall).replace(fold=fold), zone) == utc(instant)


DAYS = [
    ("Europe/Paris", date(2026, 1, 15), "2026-01-14 23:00", 24),
    ("Europe/Paris", date(2026, 3, 29), "2026-03-28 23:00", 23),
    ("Europe/Paris", date(2026, 10, 25), "2026-10-24 22:00", 25),
    ("Africa/Cairo", date(2026, 4, 24), "2026-04-23 22:00", 23),
    ("Africa/Cairo", date(2026, 10, 29), "2026-10-28 21:00", 25),
    ("America/Havana", date(2026, 3, 8), "2026-03-08 05:00", 23),
    ("America/Havana", date(2026, 11, 1), "2026-11-01 04:00", 25),
    ("America/Santiago", date(2026, 9, 6), "2026-09-06 04:00", 23),
    ("Asia/Beirut", date(2026, 3, 29), "2026-03-28 22:00", 23),
    ("Atlantic/Azores", date(2026, 10, 25), "2026-10-25 00:00", 25),
    ("Australia/Lord_Howe", date(2026, 10, 4), "2026-10-03 13:30", 23.5),
    ("Pacific/Apia", date(2011, 12, 30), "2011-12-30 10:00", 0),
]


@pytest.mark.covers("D3", "D4")
@pytest.mark.parametrize(("zone", "day", "first", "length"), DAYS)
def test_a_date_lasts_from_its_first_instant_to_that_of_the_next_date(
    zone: str, day: date, first: str, length: float
) -> None:
    start, end = instants_of_day(day, zone)
    assert start == utc(first)
    assert end - start == timedelta(hours=length)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "UTC", "Europe/Paris"])
@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_instants_too(zone: str, day: date) -> None:
    start, end = instants_of_day(day, zone)
    assert start < end
    assert abs(start.year - day.year) <= 1
    assert local_time(start, zone).tzinfo is not None
    assert local_time(end, zone).tzinfo is not None


def test_no_date_ends_after_the_last_instant() -> None:
    assert resolve_local(datetime.fromisoformat("9999-12-31 23:00"), "America/New_York") == utc(
        "9999-12-31 23:59:59.999999"
    )
    assert resolve_local(datetime.fromisoformat("0001-01-01 01:00"), "Asia/Tokyo") == utc(
        "0001-01-01 00:00"
    )
    assert local_time(utc("9999-12-31 23:30"), "Europe/Paris").isoformat(" ", "minutes") == (
        "9999-12-31 23:59+01:00"
    )


@pytest.fixture
def _bare_machine() -> Iterator[None]:
    """A machine whose system knows no zones."""
    zoneinfo.reset_tzpath(to=())
    _forget_zones()
    yield
    zoneinfo.reset_tzpath()
    _forget_zones()


def _forget_zones() -> None:
    zoneinfo.ZoneInfo.clear_cache()
    zone_named.cache_clear()


@pytest.mark.covers("D9")
@pytest.mark.usefixtures("_bare_machine")
def test_zones_are_known_on_a_machine_that_has_none() -> None:
    assert resolve_local(datetime.fromisoformat("2026-07-15 09:00"), "Europe/Paris") == utc(
        "2026-07-15 07:00"
    )


def test_a_zone_that_does_not_exist_is_an_error_that_names_it() -> None:
    with pytest.raises(ZoneInfoNotFoundError, match="Europe/Pariss"):
        zone_named("Europe/Pariss")
