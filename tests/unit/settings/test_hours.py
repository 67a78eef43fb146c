"""Working hours are read as French and English people write them."""

from datetime import time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Interval
from bot.settings.hours import Week, clock, week, weekday
from bot.settings.problems import Wrong


def part(start: float, end: float) -> Interval:
    return Interval(timedelta(hours=start), timedelta(hours=end))


MORNING, AFTERNOON = part(9, 12), part(14, 18)
USUAL: Week = ((MORNING, AFTERNOON),) * 5 + ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "lun-ven 09:00-12:00 14:00-18:00",
        "mon-fri 09:00-12:00 14:00-18:00",
        "Lundi - Vendredi 9:00 - 12:00, 14:00 - 18:00",
        "lundi au vendredi 9h-12h 14h-18h",
        "du lundi au vendredi de 9h00 à 12h00 et de 14h à 18h",
        "Monday to Friday 09:00–12:00 and 14:00–18:00",
        "lun.-ven. 09:00-12:00; lun-ven 14:00-18:00",
        "lun, mar, mer, jeu, ven 14:00-18:00 09:00-12:00",
        "tue-fri 09:00-12:00 14:00-18:00; monday 09:00-12:00 14:00-18:00",
        "lun\u00a0-\u202fven 09:00-11:00 11:00-12:00 14:00-18:00",
    ],
)
def test_the_same_week_can_be_written_in_many_ways(text: str) -> None:
    assert week(text) == USUAL


def test_a_range_may_pass_the_weekend() -> None:
    days = week("sun-thu 08:00-16:00")
    assert [bool(day) for day in days] == [True, True, True, True, False, False, True]


@pytest.mark.covers("D14")
def test_a_day_may_end_at_midnight() -> None:
    assert week("sam 20:00-24:00")[5] == (part(20, 24),)


@pytest.mark.covers("D14")
@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("lun-ven", "the days have no hours", "hours look like"),
        ("09:00-12:00", "the hours do not say on which days", "hours look like"),
        ("", "the hours do not say on which days", "hours look like"),
        ("lum-ven 09:00-12:00", "“lum” is no day", "did you mean lun?"),
        ("lun-ven 9-12", "“9” is no time", ""),
        ("lun 09:00", "“09:00” is no interval", ""),
        ("lun 12:00-09:00", "ends before it begins", "12:00-24:00 on one day"),
        ("lun 22:00-06:00", "ends before it begins", "00:00-06:00 on the next"),
        ("lun 09:00-09:00", "ends when it begins", ""),
        ("lun 09:00-12:00 11:00-13:00", "two intervals overlap on lundi (monday)", ""),
        ("lun-mer 09:00-12:00; mar 11:00-13:00", "overlap on mardi (tuesday)", ""),
        ("lun 09:00-24:01", "“24:01” is no time", ""),
        ("lun 09:60-12:00", "“09:60” is no time", ""),
        ("lun 25:00-26:00", "“25:00” is no time", ""),
        ("lun- 09:00-12:00", "is no day", ""),
    ],
)
def test_wrong_hours_say_what_is_wrong(text: str, message: str, hint: str) -> None:
    with pytest.raises(Wrong) as wrong:
        week(text)
    assert message in wrong.value.message
    assert hint in (wrong.value.hint or "")


@given(st.text(alphabet="lunmarvedijthfsk0129:-;, h.", max_size=40))
def test_any_text_is_a_week_or_wrong(text: str) -> None:
    try:
        days = week(text)
    except Wrong:
        return
    for day in days:
        assert all(part.start < part.end for part in day)
        assert all(one.end < other.start for one, other in pairwise(day))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("9:30", time(9, 30)), ("09:00", time(9)), ("17h", time(17)), ("0h05", time(0, 5))],
)
def test_a_time_of_day_is_read(text: str, expected: time) -> None:
    assert clock(text) == expected


@pytest.mark.parametrize("text", ["24:00", "9", "25:00", "midi", ""])
def test_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(Wrong):
        clock(text)


@pytest.mark.parametrize(
    ("text", "number"), [("lundi", 0), ("Monday", 0), ("DIM.", 6), ("wed", 2), ("Mer", 2)]
)
def test_days_are_known_in_both_languages(text: str, number: int) -> None:
    assert weekday(text) == number
