from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.dates import read_due
from bot.domain.model import Language
from bot.domain.workload import read_workload
from bot.text.times import (
    both_zones,
    duration,
    hour,
    language_name,
    long_date,
    place,
    short_date,
    weekday_hour,
)
from tests.unit.text.samples import LANGUAGES, person

# Zones whose clocks changed in odd ways are kept in; those without whole minutes begin in 1973.
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and "posix" not in zone)
INSTANTS = st.datetimes(datetime(1973, 1, 1), datetime(2199, 12, 30)).map(  # noqa: DTZ001
    lambda at: at.replace(tzinfo=UTC)
)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def read_back(at: datetime, zone: str, language: Language) -> datetime | None:
    return read_due(long_date(at, zone, language), NOW, zone, lambda _: NOW)


@settings(deadline=None)
@given(INSTANTS, st.sampled_from(ZONES), st.sampled_from(LANGUAGES))
def test_a_date_in_a_brief_is_read_back_to_the_minute(
    at: datetime, zone: str, language: Language
) -> None:
    assert read_back(at, zone, language) == at.replace(second=0, microsecond=0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Paris", datetime(2026, 10, 25, 1, tzinfo=UTC)),
        ("Europe/Paris", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
        ("Africa/Casablanca", datetime(2026, 2, 15, 2, tzinfo=UTC)),
    ],
)
def test_around_a_change_of_the_clocks_too(zone: str, change: datetime, language: Language) -> None:
    for minutes in range(-180, 180, 10):
        at = change + timedelta(minutes=minutes)
        assert read_back(at, zone, language) == at


def test_of_an_hour_that_comes_twice_the_second_shows_its_offset() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert long_date(first, "Europe/Paris", "fr") == "dimanche 25 octobre 2026, 02:30"
    second = first + timedelta(hours=1)
    assert long_date(second, "Europe/Paris", "fr") == "2026-10-25 02:30+01:00"


@pytest.mark.parametrize(
    ("day", "language", "long", "short"),
    [
        (4, "fr", "vendredi 4 décembre 2026, 17:00", "ven. 4 déc. 2026, 17:00"),
        (4, "en", "Friday 4 December 2026, 17:00", "Fri 4 Dec 2026, 17:00"),
        (1, "fr", "mardi 1er décembre 2026, 17:00", "mar. 1er déc. 2026, 17:00"),
        (1, "en", "Tuesday 1 December 2026, 17:00", "Tue 1 Dec 2026, 17:00"),
        (11, "fr", "vendredi 11 décembre 2026, 17:00", "ven. 11 déc. 2026, 17:00"),
    ],
)
def test_dates_are_written_as_people_write_them(
    day: int, language: Language, long: str, short: str
) -> None:
    at = datetime(2026, 12, day, 16, tzinfo=UTC)
    assert long_date(at, "Europe/Paris", language) == long
    assert short_date(at, "Europe/Paris", language) == short


@pytest.mark.parametrize(
    ("at", "here", "there", "language", "told"),
    [
        (14, "Indian/Antananarivo", "Europe/Paris", "fr", "à Antananarivo — 15:00 à Paris"),
        (14, "Indian/Antananarivo", "Europe/Paris", "en", "in Antananarivo — 15:00 in Paris"),
        (14, "Europe/Paris", "Europe/Paris", "fr", "à Paris"),
        (14, "Europe/Paris", "Europe/Brussels", "en", "in Paris"),
        (23, "Europe/Paris", "America/New_York", "fr", "à Paris — mardi 18:00 à New York"),
        (23, "Europe/Paris", "America/New_York", "en", "in Paris — Tuesday 18:00 in New York"),
    ],
)
def test_a_date_is_told_in_both_places(
    at: int, here: str, there: str, language: Language, told: str
) -> None:
    instant = datetime(2026, 12, 1, at, tzinfo=UTC)
    first, second = person("a", "A", "fr", here), person("b", "B", "fr", there)
    assert both_zones(instant, first, second, language) == told


def test_hours_are_written_with_their_day_or_without() -> None:
    at = datetime(2026, 12, 1, 16, tzinfo=UTC)
    assert hour(at, "Europe/Paris", "fr") == "17:00"
    assert weekday_hour(at, "Europe/Paris", "fr") == "mardi 17:00"


@pytest.mark.parametrize(
    ("zone", "city"),
    [
        ("Europe/Paris", "Paris"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("Etc/UTC", "UTC"),
        ("Factory", "Factory"),
    ],
)
def test_a_zone_is_named_by_its_city(zone: str, city: str) -> None:
    assert place(zone, "en") == city


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_zone_has_a_name_in_one_line(language: Language) -> None:
    for zone in available_timezones():
        assert place(zone, language).isprintable()
        assert "/" not in place(zone, language)


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(hours=3), "3h"),
        (timedelta(hours=1, minutes=30), "1h30"),
        (timedelta(minutes=45), "45 min"),
        (timedelta(minutes=44, seconds=1), "45 min"),
        (timedelta(), "1 min"),
    ],
)
def test_durations_are_rounded_up_to_minutes(time: timedelta, said: str) -> None:
    assert duration(time) == said


@settings(deadline=None)
@given(st.integers(1, 60 * 24 * 60))
def test_a_duration_is_read_back_to_the_minute(minutes: int) -> None:
    time = timedelta(minutes=minutes)
    assert read_workload(duration(time), timedelta(days=1)) == time


def test_languages_are_named_in_the_readers_language() -> None:
    assert [language_name("fr", "en"), language_name("en", "fr")] == ["French", "anglais"]
