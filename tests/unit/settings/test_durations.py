"""Durations are read with their unit and refused without."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Duration, WorkingDays, WorkingTime
from bot.settings.durations import duration, real_time, working_time
from bot.settings.problems import Wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2d", WorkingDays(2)),
        ("2 j", WorkingDays(2)),
        ("1 jour", WorkingDays(1)),
        ("250d", WorkingDays(250)),
        ("3h", WorkingTime(timedelta(hours=3))),
        ("45m", WorkingTime(timedelta(minutes=45))),
        ("45 min", WorkingTime(timedelta(minutes=45))),
        ("1h30", WorkingTime(timedelta(minutes=90))),
        ("1H30M", WorkingTime(timedelta(minutes=90))),
        ("90m", WorkingTime(timedelta(minutes=90))),
    ],
)
def test_durations_are_working_days_or_working_time(text: str, expected: Duration) -> None:
    assert duration(text) == expected


@pytest.mark.covers("G4")
@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2", "a duration is expected", "add the unit, such as 2m or 2h"),
        ("0d", "between 1d and 250d is allowed", None),
        ("251d", "between 1d and 250d is allowed", None),
        ("0h", "between 1m and 2000h", None),
        ("2001h", "between 1m and 2000h", None),
        ("999999h", "between 1m and 2000h", None),
        ("-2d", "a duration is expected", None),
        ("1d 3h", "a duration is expected", None),
        ("1,5h", "a duration is expected", "write hours and minutes: 1h30"),
        ("60s", "a duration is expected", "seconds are for worker and writes"),
        ("2 weeks", "a duration is expected", "a week is 5d"),
        ("", "a duration is expected", None),
        ("h", "a duration is expected", None),
        ("9" * 5000, "a duration is expected", "add the unit"),
    ],
)
def test_wrong_durations_say_what_is_allowed(text: str, message: str, hint: str | None) -> None:
    with pytest.raises(Wrong) as wrong:
        duration(text)
    assert message in wrong.value.message
    assert (hint or "") in (wrong.value.hint or "")


@pytest.mark.covers("D6")
def test_working_days_are_no_amount_of_working_time() -> None:
    with pytest.raises(Wrong, match="working time is expected"):
        working_time("2d")


@pytest.mark.parametrize(
    ("text", "seconds"), [("60s", 60), ("0s", 0), ("1h", 3600), ("1h 5m 3s", 3903), ("5 min", 300)]
)
def test_the_machines_time_has_seconds(text: str, seconds: int) -> None:
    assert real_time(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["60", "", "2d", "soon", "-3s"])
def test_the_machines_time_needs_a_unit(text: str) -> None:
    with pytest.raises(Wrong):
        real_time(text)


@given(st.text(alphabet="0123456789dhmjs ,.-", max_size=12))
@pytest.mark.parametrize("read", [duration, working_time, real_time])
def test_any_text_is_a_duration_or_wrong(read: Callable[[str], object], text: str) -> None:
    with suppress(Wrong):
        assert read(text) is not None
