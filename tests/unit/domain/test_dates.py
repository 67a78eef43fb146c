from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import read_due
from bot.domain.local_time import resolve_local

PARIS = "Europe/Paris"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""10:00 in Paris."""


def at_six(day: date) -> datetime:
    return resolve_local(datetime.combine(day, time(18)), PARIS)


def read(text: str, now: datetime = MONDAY, zone: str = PARIS) -> datetime | None:
    return read_due(text, now, zone, at_six)


def shown(text: str, now: datetime = MONDAY) -> str | None:
    """Read a date and show it as clocks in Paris do; 18:00 stands for the end of the day."""
    at = read(text, now)
    return f"{resolve_paris(at):%Y-%m-%d %H:%M}" if at else None


def resolve_paris(at: datetime) -> datetime:
    assert at.utcoffset() == timedelta(0)
    return at + timedelta(hours=2 if 4 <= at.month <= 9 else 1)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026-12-04",
            "2026/12/04",
            "4/12",
            "04/12/2026",
            "4/12/26",
            "4.12.",
            "4.12",
            "4-12-2026",
        ),
        *(
            "4 décembre",
            "4 DÉC. 2026",
            "4 dec 2026",
            "le 4 décembre",
            "pour le 4 décembre",
            "04/12.",
        ),
        *("December 4", "4 December", "Dec 4th, 2026", "the 4th of December", "December the 4th"),
        *("vendredi 4 décembre 2026", "Friday, December 4", "ven. 4/12", "Fri 4 Dec", "le 4"),
        *("le vendredi 4 décembre", "the Friday 4 December", "jusqu'au 4/12", "jusqu'à 4/12"),
        *("vendredi le 4 décembre", "4décembre", "4 de décembre", "4 of December"),
        *("due 4 December", "until 4 December", "this Friday 4 December", "ce 4 décembre"),
        *("on the 4th of December", "au 4 décembre", "vendredi prochain 4 décembre", "4e décembre"),
        *("vendredi 4", "Friday the 4th", "on December 4", "by 4 December", "d'ici au 4 décembre"),
        *(
            "**4 décembre**",
            r"4\. 12\.".replace(" ", ""),
            "4\u00a0décembre",
            "4 décembre (si possible)",
        ),
        *(
            "4 décembre (",
            "4 décembre(vendredi)",
            "4 décembre — sans faute",
            "2026-12-04 (vendredi)",
            "4 décembre !",
            "au plus tard le 4/12",
        ),
    ],
)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert shown(text) == "2026-12-04 18:00"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "4/12 17h",
            "4/12 à 17h",
            "4/12 17h00",
            "4/12 17:00",
            "4 décembre 17 h",
            "4/12, 17 heures",
        ),
        *(
            "4 décembre - 17h",
            "4 décembre – 17h",
            "17h le 4 décembre",
            "à 17h, vendredi 4 décembre",
        ),
        *("4/12 @17:00", "@17h le 4/12", "@ 17h le 4/12", "at 5pm on December 4"),
        *("December 4 at 5pm", "Dec 4th, 2026 at 5 p.m.", "5:00 pm on December 4", "4/12 @ 17:00"),
        *(
            "2026-12-04T17:00",
            "2026-12-04 17:00:00",
            "2026-12-04T16:00Z",
            "2026-12-04T16:00:00Z",
            "2026-12-04T16:00:00.123456Z",
            "2026-12-04T11:00:00.5 -0500",
            "2026-12-04t16:00:00.000z",
        ),
        *("2026-12-04T17:00+01:00", "2026-12-04 17:00 +0100", "2026-12-04T11:00:00.5-0500"),
        *("vendredi 4 décembre 2026, 17:00 (heure de Tananarive)", "4/12 à 17\u202fh\u202f00"),
    ],
)
def test_a_time_may_go_with_a_date(text: str) -> None:
    assert shown(text) == "2026-12-04 17:00"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("aujourd’hui", "2026-11-23 18:00"),
        ("aujourdhui", "2026-11-23 18:00"),
        ("apres demain", "2026-11-25 18:00"),
        ("4/12 à 1 heure", "2026-12-04 01:00"),
        ("today at 9:30", "2026-11-23 09:30"),
        ("demain", "2026-11-24 18:00"),
        ("demain midi", "2026-11-24 12:00"),
        ("tomorrow at noon", "2026-11-24 12:00"),
        ("tomorrow 12am", "2026-11-24 00:00"),
        ("tomorrow 12:30 pm", "2026-11-24 12:30"),
        ("après-demain 17h30", "2026-11-25 17:30"),
        ("the day after tomorrow", "2026-11-25 18:00"),
        ("mardi", "2026-11-24 18:00"),
        ("vendredi", "2026-11-27 18:00"),
        ("ce vendredi 8h", "2026-11-27 08:00"),
        ("vendredi prochain", "2026-11-27 18:00"),
        ("next Friday", "2026-11-27 18:00"),
        ("Sunday", "2026-11-29 18:00"),
        ("lundi", "2026-11-30 18:00"),
        ("lundi 17h", "2026-11-30 17:00"),
        ("23/11", "2026-11-23 18:00"),
        ("23/11 10:01", "2026-11-23 10:01"),
        ("23/11 10:00", "2027-11-23 10:00"),
        ("22/11", "2027-11-22 18:00"),
        ("1er mars", "2027-03-01 18:00"),
        ("29 février", "2028-02-29 18:00"),
        ("le 22", "2026-12-22 18:00"),
        ("1st of December", "2026-12-01 18:00"),
        ("December 2nd", "2026-12-02 18:00"),
        ("3rd December", "2026-12-03 18:00"),
        ("1/1/1970", "1970-01-01 18:00"),
        ("31/12/2199", "2199-12-31 18:00"),
        ("pour " * 8 + "d'ici " * 9 + "demain", "2026-11-24 18:00"),
        ("le 31", "2026-12-31 18:00"),
        ("mar 24 nov", "2026-11-24 18:00"),
        ("4 mar 2027", "2027-03-04 18:00"),
        ("May 5th", "2027-05-05 18:00"),
        ("14 juillet 2027", "2027-07-14 18:00"),
        ("5 août à 9h", "2027-08-05 09:00"),
        ("04/12/2020", "2020-12-04 18:00"),
    ],
)
def test_a_day_said_in_words_is_the_next_such_day(text: str, due: str) -> None:
    assert shown(text) == due


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "bientôt",
            "ASAP",
            "fin du mois",
            "31/02",
            "31/04/2027",
            "12/25",
            "0/12",
            "29/02/2027",
        ),
        *("lundi 4 décembre 2026", "lundi 4 décembre", "jeudi 4", "lundi demain", "demain 25h"),
        *("demain 24:00", "4", "4th", "17h", "mar 4", "Mar 4", "4 décembre ou 5", "4/12-2026"),
        *("9999-12-04", "0000-12-04", "9999-12-31T23:59:59-01:00", "0001-01-01T00:00+01:00"),
        *("2026-12-04T25:00Z", "2026-13-04T10:00Z", "1500-01-01T00:00Z", "pour", "dans 3 jours"),
        *("31/12/1969", "1/1/2200", "demaint9h", "pour " * 19 + "demain"),
        *("2026-12-04T17:00:00.1234567Z", "2026-12-04T17:00+01:00:30"),
        *("4 pour décembre", "le 004", "vendredis", "4 décembres", "4 maille"),
        *("mar 24", "2026-012-04", "2026-12-004", "004/12", "4/012"),
        *("demain17h", "4/12 17:00:00.1234567", "à 17h"),
        *("demain 017h", "demain 017:00", "demain 117h"),
        *("vendredi soir", "avant vendredi", "demain" + " x" * 100, "(vendredi)", "12/2026"),
    ],
)
def test_what_names_no_day_is_not_guessed(text: str) -> None:
    assert read(text) is None


@pytest.mark.covers("D19")
def test_a_leap_day_is_found_across_a_century_without_one() -> None:
    now = datetime(2096, 3, 1, tzinfo=UTC)
    assert read("29/02", now) == datetime(2104, 2, 29, 17, tzinfo=UTC)


def test_a_day_of_the_month_may_be_one_of_the_next_year() -> None:
    now = datetime(2026, 12, 20, tzinfo=UTC)
    assert read("le 4", now) == datetime(2027, 1, 4, 17, tzinfo=UTC)


def test_no_day_is_found_after_the_years_we_serve() -> None:
    assert read("1/12", datetime(2199, 12, 15, tzinfo=UTC)) is None


def test_today_is_today_in_the_zone_of_who_wrote() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert read("demain 8h", late, PARIS) == datetime(2026, 11, 25, 7, tzinfo=UTC)
    assert read("demain 8h", late, "America/New_York") == datetime(2026, 11, 24, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("28/03/2027 2h30", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),  # the clock skips 2:00-3:00
        ("31/10/2027 2h30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # shown twice
    ],
)
def test_a_time_the_clock_skips_or_shows_twice_has_one_instant(text: str, at: datetime) -> None:
    assert read(text) == at


@given(st.dates(date(2026, 1, 1), date(2040, 1, 1)))
def test_a_written_date_reads_back_the_same(day: date) -> None:
    due = at_six(day)
    assert read(day.isoformat()) == due
    assert read(f"{day.day}/{day.month}/{day.year}") == due
    assert read(f"{day:%A %d %B %Y}") == due


MOMENTS = st.integers(0, 25_000).map(lambda days: MONDAY + timedelta(days=days, hours=days % 24))


@given(st.integers(1, 31), st.integers(1, 12), MOMENTS)
def test_a_date_without_year_is_never_past(day: int, month: int, now: datetime) -> None:
    due = read(f"{day}/{month}", now)
    assert due is None or due > now


WORDS = [
    *("le", "4", "31", "12", "décembre", "vendredi", "mar", "demain", "1er", "2026", "17", "30"),
    *("/", ".", "-", ":", ",", "h", "pm", "à", "T", "Z", "+01:00"),
]
SAID = st.lists(st.sampled_from(WORDS), max_size=8)


@given(st.one_of(st.text(), SAID.map("".join), SAID.map(" ".join)))
def test_any_text_can_be_read_as_a_date(text: str) -> None:
    due = read(text)
    assert due is None or due.utcoffset() == timedelta(0)
