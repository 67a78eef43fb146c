"""Zones and public holidays are known by name."""

from datetime import date

import pytest

from bot.settings import calendar_for
from bot.settings.places import Region, public_holidays, region
from bot.settings.problems import Wrong
from bot.settings.zones import guessed_zone, is_offset, zone, zones_meant
from tests.unit.settings.documents import settings_with


@pytest.mark.parametrize(
    ("text", "expected"),
    [("FR", Region("FR")), (" fr ", Region("FR")), ("CA-QC", Region("CA", "QC"))],
)
def test_a_region_is_a_country_or_a_part_of_one(text: str, expected: Region) -> None:
    assert region(text) == expected
    assert str(region(text)) == text.strip().upper()


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("France", "FR"),
        ("allemagne", "DE"),
        ("Madagaskar", "MG"),
        ("Côte d’Ivoire", "CI"),
        ("CA-ONN", "CA-ON"),
    ],
)
def test_a_wrong_region_is_guessed(text: str, guess: str) -> None:
    with pytest.raises(Wrong) as wrong:
        region(text)
    assert wrong.value.hint == f"did you mean {guess}?"


@pytest.mark.parametrize("text", ["", "-", "QC", "FR-", "CA-", "X" * 5000, "FR-FR-FR", "\0"])
def test_any_other_region_is_refused(text: str) -> None:
    with pytest.raises(Wrong):
        region(text)


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("europe/paris", "Europe/Paris"),
        ("Paris", "Europe/Paris"),
        ("New York", "America/New_York"),
        ("Indian/Antanarivo", "Indian/Antananarivo"),
    ],
)
def test_a_wrong_zone_is_guessed(text: str, guess: str) -> None:
    with pytest.raises(Wrong) as wrong:
        zone(text)
    assert wrong.value.hint == f"did you mean {guess}?"


@pytest.mark.covers("D9")
@pytest.mark.parametrize("text", ["", "../../etc/passwd", "/etc/localtime", "CET+1", "Z" * 5000])
def test_any_other_zone_is_refused(text: str) -> None:
    with pytest.raises(Wrong):
        zone(text)


@pytest.mark.parametrize("text", ["GMT+2", "Europe", "PST", "Canada", "Factory", "localtime"])
def test_no_zone_of_somewhere_else_is_guessed(text: str) -> None:
    assert guessed_zone(text) is None


@pytest.mark.parametrize("text", ["GMT+2", "utc-5", "Etc/GMT+2", "+02:00", "GMT \N{MINUS SIGN} 3"])
def test_a_distance_from_utc_means_no_zone(text: str) -> None:
    assert is_offset(text)
    assert zones_meant(text) == ()


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("europe/paris", ["Europe/Paris"]),
        ("Paris, France", ["Europe/Paris"]),
        ("new-york", ["America/New_York"]),
        ("utc", ["UTC"]),
        ("France", ["Europe/Paris"]),
        ("Madagascar", ["Indian/Antananarivo"]),
        ("Maurice", ["Indian/Mauritius"]),
        ("Côte d’Ivoire", ["Africa/Abidjan"]),
        ("Iran", ["Asia/Tehran"]),
        ("Portugal", ["Atlantic/Azores", "Atlantic/Madeira", "Europe/Lisbon"]),
        *((text, []) for text in ("", "MST", "Factory", "localtime", "Etc/UTC", "EST5EDT")),
    ],
)
def test_a_zone_is_meant_by_its_name_its_city_or_its_country(text: str, zones: list[str]) -> None:
    assert list(zones_meant(text)) == zones


def test_holidays_are_those_of_the_part_of_the_country() -> None:
    years = range(2026, 2027)
    national_day_of_quebec = date(2026, 6, 24)
    assert national_day_of_quebec in public_holidays(Region("CA", "QC"), years)[0]
    assert national_day_of_quebec not in public_holidays(Region("CA", "ON"), years)[0]


def test_years_without_known_holidays_are_named() -> None:
    assert public_holidays(Region("FR"), range(1700, 1701)) == (frozenset(), (1700,))
    known, missing = public_holidays(Region("FR"), range(2026, 2028))
    assert date(2027, 7, 14) in known
    assert missing == ()


def test_a_calendar_knows_hours_holidays_and_days_away() -> None:
    settings = settings_with(
        "people: {owner: {hours: mar 08:00-10:00, holidays: FR, timezone: America/New_York,"
        " away: [2026-12-24/2026-12-26]}}"
    )
    calendar, missing = calendar_for(settings.people.owner, settings, date(2026, 11, 22))
    assert calendar.zone == "America/New_York"
    assert [len(day) for day in calendar.week] == [0, 1, 0, 0, 0, 0, 0]
    assert {date(2026, 12, day) for day in (24, 25, 26)} <= calendar.off
    assert {date(year, 7, 14) for year in (2025, 2026, 2027, 2028)} <= calendar.off
    assert missing is None


def test_a_calendar_without_its_own_zone_has_that_of_the_file() -> None:
    settings = settings_with("timezone: Indian/Antananarivo")
    calendar, _ = calendar_for(settings.people.owner, settings, date(2026, 11, 22))
    assert calendar.zone == "Indian/Antananarivo"
    assert calendar.off == frozenset()


@pytest.mark.parametrize("today", [date.min, date.max])
def test_a_calendar_is_made_at_the_ends_of_time(today: date) -> None:
    settings = settings_with("people: {owner: {holidays: FR, away: 9999-12-31}}")
    calendar, _ = calendar_for(settings.people.owner, settings, today)
    assert date(9999, 12, 31) in calendar.off


@pytest.mark.covers("D12")
def test_a_calendar_says_for_which_years_holidays_are_unknown() -> None:
    settings = settings_with("people: {owner: {holidays: FR}}")
    _, missing = calendar_for(settings.people.owner, settings, date(1700, 1, 1))
    assert missing is not None
    assert missing.years == (1699, 1700, 1701, 1702)
