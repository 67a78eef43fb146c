from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.workload import read_priority, read_workload, write_workload

DAY = timedelta(hours=8)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("3h", 180),
        ("3 h", 180),
        ("3\u202fh", 180),
        ("3 Heures", 180),
        ("1.5 hours", 90),
        ("1,5h", 90),
        ("2 hrs", 120),
        ("1h30", 90),
        ("1 h 30", 90),
        ("1h05", 65),
        ("1h30min", 90),
        ("1 heure 30", 90),
        ("1h 30m", 90),
        ("1h 5 min", 65),
        ("45 min", 45),
        ("45mn", 45),
        ("45m", 45),
        ("45 minutes", 45),
        ("90 min.", 90),
        ("0,5 j", 240),
        ("0.5 j", 240),
        ("½ j", 240),
        ("1½ h", 90),
        ("¾ h", 45),
        ("2 jours", 960),
        ("2 days", 960),
        ("2d", 960),
        ("1 jour 2h", 600),
        ("1/2 journée", 240),
        ("une demi-journée", 240),
        ("demi-heure", 30),
        ("half a day", 240),
        ("half an hour", 30),
        ("une heure", 60),
        ("deux heures", 120),
        ("une heure et demie", 90),
        ("an hour", 60),
        ("three days", 1440),
        ("environ 3h", 180),
        ("~ 3h", 180),
        ("3h (relecture comprise)", 180),
        ("3h — au plus", 180),
        ("1 min", 1),
        ("1/3 h", 20),
        ("60 j", 60 * 480),
        (r"1\.5 h", 90),
        *((f"{word} heures", 60 * n) for n, word in enumerate(("trois", "quatre", "cinq"), 3)),
        *((f"{word} hours", 60 * n) for n, word in enumerate(("two", "three", "four", "five"), 2)),
        *(("one hour", 60), ("un jour", 480), ("a day", 480), ("1 jour", 480), ("1 day", 480)),
        *(("1 journée", 480), ("2 journées", 960), ("1 hr", 60), ("1 hour", 60), ("1 heure", 60)),
        *(("1 minute", 1), ("5 mins", 5), ("10 m.", 10), ("12345 min", 12345)),
        *(("1h30 m", 90), ("1h30 mn", 90), ("1 h 30 minutes", 90), ("1 h 30 minute", 90)),
        *(("¼ h", 15), (".5h", 30), (",25 h", 15), ("1.2500 h", 75), ("10/12 h", 50)),
        *(("≈ 3h", 180), ("env 3h", 180), ("env. 3h", 180), ("about 3h", 180), ("~3h", 180)),
        *(
            ("half-hour", 30),
            ("half day", 240),
            ("a half day", 240),
            ("demi heure", 30),
            ("demie heure", 30),
        ),
        *(("une demi heure", 30), ("deux heures et demi", 150), ("3h !", 180)),
    ],
)
def test_workloads_are_read_as_people_write_them(typed: str, minutes: int) -> None:
    assert read_workload(typed, DAY) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "beaucoup", "3", "45", "1:30", "2-3h", "1h90", "1h5", "0h", "0 min", "-3h", "3 mois"),
        *("0,001 h", "61 j", "1000000h", "9" * 5000 + "h", "1/0 h", "3²h", "1 semaine", "h"),
        *("123456 min", "1,23456h", "100/200 h", "1/100 h", "h 30", "3 h 123", "et demie"),
        *("1 ½ h", "3h" + " " * 300 + "ou plus", "trois", "🕒"),
    ],
)
def test_what_states_no_workload_is_not_guessed(typed: str) -> None:
    assert read_workload(typed, DAY) is None


def test_a_half_day_follows_the_hours_of_the_person() -> None:
    assert read_workload("0,5 j", timedelta(hours=7)) == timedelta(hours=3, minutes=30)


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(180, "3h"), (90, "1h30"), (65, "1h05"), (45, "45 min"), (1, "1 min"), (0, "0 min")],
)
def test_workloads_are_written_short(minutes: int, written: str) -> None:
    assert write_workload(timedelta(minutes=minutes)) == written


@given(st.integers(1, 60 * 8 * 60))
def test_a_written_workload_reads_back_the_same(minutes: int) -> None:
    time = timedelta(minutes=minutes)
    assert read_workload(write_workload(time), DAY) == time


@given(st.one_of(st.text(), st.from_regex(r"[0-9.,/]{0,6} ?[a-z]{0,4} ?[0-9]{0,3}")))
def test_any_text_can_be_read_as_a_workload(text: str) -> None:
    time = read_workload(text, DAY)
    assert time is None or timedelta(minutes=1) <= time <= 60 * DAY


@pytest.mark.parametrize(
    ("typed", "priority"), [("1", 1), (" 9 ", 9), ("P2", 2), ("n° 3", 3), ("#4", 4), ("p 5", 5)]
)
def test_a_priority_is_a_number_from_one_to_nine(typed: str, priority: int) -> None:
    assert read_priority(typed) == priority


@pytest.mark.parametrize("typed", ["", "0", "10", "haute", "1.5", "-1", "²", "1 ou 2"])
def test_other_priorities_cannot_be_read(typed: str) -> None:
    assert read_priority(typed) is None
