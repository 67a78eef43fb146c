"""Mel's hours are 05:00-09:00 and 10:00-14:00 UTC; on Monday at 08:00 five of them are left."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.deadline import with_margin
from bot.domain.loads import at_risk, end_of_days, load_of, time_given
from bot.domain.model import Card, Person
from bot.domain.picture import AtRisk
from tests.builders import HOLD, MEL, NOW, PAUL, QUESTIONS, TOM, board, replace, snapshot, utc
from tests.unit.domain.handed import handed, moved

HOUR = timedelta(hours=1)
TODAY, TOMORROW = utc("2026-11-30 14:00"), utc("2026-12-01 14:00")
BEFORE = NOW - timedelta(days=1)
"""Handed over a day before the others."""


def work(key: str, due: datetime | None, hours: str, priority: int = 0, **parts: Any) -> Card:
    """Return a card in Mel's hands; 0: no priority."""
    made = handed(key=key, due=due, workload=hours, **parts)
    first = f"priority: {priority}\n\nobjective:"
    return replace(made, desc=made.desc.replace("objective:", first)) if priority else made


def risks(*cards: Card, mel: Person = MEL, now: datetime = NOW) -> list[AtRisk]:
    known = snapshot(*cards, boards=(board(assistants=(mel, TOM)),))
    return list(at_risk(load_of(mel, now, known), now, known))


def is_at_risk(subject: Card, *others: Card, **parts: Any) -> bool:
    return subject.id in {each.card.id for each in risks(subject, *others, **parts)}


@pytest.mark.parametrize(
    ("other", "in_front"),
    [
        (work("by priority", TOMORROW, "1h", 1), True),
        (work("by due", NOW + HOUR, "1h", 2), True),
        (work("by lesser priority", NOW + HOUR, "1h", 3), False),
        (work("handed over before", TOMORROW, "1h", 2, when=BEFORE), True),
        (work("handed over after", TOMORROW, "1h", 2), False),
        (work("before, of lesser priority", TOMORROW, "1h", 3, when=BEFORE), False),
        (work("before, of none", NOW + HOUR, "1h", when=BEFORE), False),
        (work("another's", NOW + HOUR, "1h", 1, assistant=TOM), False),
        (work("kept quiet", NOW + HOUR, "1h", 1, labels=(HOLD,)), False),
        (moved(work("asked", NOW + HOUR, "1h", 1), MEL, QUESTIONS, NOW + HOUR), False),
        (work("nothing left", NOW + HOUR, "1h", 1, done=2), False),
    ],
    ids=lambda each: each.id[:4] if isinstance(each, Card) else str(each),
)
def test_in_front_stands_what_comes_first_or_was_promised_before(
    other: Card, *, in_front: bool
) -> None:
    """Four hours and a quarter more fit into five, but not with a card in front."""
    mine = work("mine", TODAY, "4h", 2)
    assert not is_at_risk(mine)
    assert is_at_risk(mine, other) is in_front


def test_what_has_no_priority_is_in_front_of_what_has_none_either() -> None:
    mine = work("mine", TODAY, "4h")
    assert is_at_risk(mine, work("before", TOMORROW, "1h", when=BEFORE))
    assert not is_at_risk(mine, work("after", TOMORROW, "1h"))


def test_what_fits_in_the_order_shown_says_so_and_never_both_of_two() -> None:
    mine = work("mine", TODAY, "4h")
    before = work("before", TOMORROW, "30h", when=BEFORE)
    found = {each.card.id: each for each in risks(mine, before)}
    assert found[mine.id].fits_first
    assert (found[mine.id].in_front, found[mine.id].need) == (30 * HOUR, 42.5 * HOUR)
    assert not found[before.id].fits_first
    assert found[before.id].in_front == 4 * HOUR


def test_what_is_shown_adds_up_to_the_minute() -> None:
    """Forty-two and two thirds and fifty-one and a third minutes."""
    one = work("one", TODAY, "2h08", done=1, steps=("a", "b", "c"))
    assert [each.remaining for each in load_of(MEL, NOW, snapshot(one)).cards] == [
        timedelta(minutes=86)
    ]


def test_the_work_due_within_five_days_is_held_against_their_time() -> None:
    soon, far = work("soon", TOMORROW, "4h"), work("far", utc("2027-01-15 14:00"), "40h")
    load = load_of(MEL, NOW, snapshot(soon, far, work("undated", None, "9h")))
    assert load.pressing == 5 * HOUR
    last = work("last", utc("2026-12-04 14:00"), "4h")
    assert load_of(MEL, NOW, snapshot(soon, last)).pressing == 10 * HOUR


@pytest.mark.parametrize(
    ("hours", "done", "due", "given"),
    [
        ("4h", 0, TODAY, False),
        ("4h01", 0, TODAY, True),
        ("8h", 1, TODAY, False),
        ("8h02", 1, TODAY, True),
        ("30h", 2, TODAY, False),
        ("4h", 0, TODAY - timedelta(minutes=1), True),
        ("10h24", 0, TOMORROW, False),
        ("10h25", 0, TOMORROW, True),
        # What is past is late, and what has no date is never at risk.
        ("30h", 0, NOW, False),
        ("1h", 0, NOW + timedelta(minutes=1), True),
        ("30h", 0, None, False),
    ],
)
def test_a_card_is_at_risk_when_work_and_a_quarter_more_exceed_the_time_left(
    hours: str, done: int, due: datetime | None, *, given: bool
) -> None:
    assert is_at_risk(work("mine", due, hours, done=done)) is given


def test_the_arithmetic_is_told() -> None:
    first, mine = work("first", TODAY, "1h", 1), work("mine", TODAY, "4h", 2)
    assert risks(mine, first) == [
        AtRisk(mine, MEL, TODAY, own=4 * HOUR, in_front=HOUR, need=6.25 * HOUR, given=5 * HOUR)
    ]
    assert with_margin(4 * HOUR) == 5 * HOUR


def test_each_day_gives_at_most_the_capacity() -> None:
    part_time = replace(MEL, capacity=2 * HOUR)
    assert time_given(part_time, NOW, TODAY) == 2 * HOUR
    assert time_given(part_time, NOW, TOMORROW) == 4 * HOUR
    assert time_given(replace(MEL, capacity=20 * HOUR), NOW, TOMORROW) == 13 * HOUR
    assert is_at_risk(work("mine", TODAY, "1h37"), mel=part_time)
    assert not is_at_risk(work("mine", TODAY, "1h36"), mel=part_time)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-30 08:00", "2026-11-30 08:00", 0),
        ("2026-11-30 09:15", "2026-11-30 09:45", 0),
        ("2026-11-30 08:30", "2026-11-30 10:30", 1),
        ("2026-12-04 14:00", "2026-12-07 05:00", 0),
        ("2026-12-04 13:00", "2026-12-07 06:00", 2),
        ("2026-12-07 06:00", "2026-12-04 13:00", 0),
    ],
)
def test_only_working_hours_count(start: str, end: str, hours: int) -> None:
    assert time_given(MEL, utc(start), utc(end)) == hours * HOUR


def test_a_holiday_gives_no_time() -> None:
    away = replace(MEL, calendar=replace(MEL.calendar, off=frozenset({date(2026, 12, 1)})))
    assert time_given(away, NOW, TOMORROW) == 5 * HOUR
    assert is_at_risk(work("mine", TOMORROW, "5h"), mel=away)
    assert not is_at_risk(work("mine", TOMORROW, "5h"))


def test_a_due_in_a_distant_century_is_counted_in_no_time() -> None:
    years = time_given(MEL, NOW, utc("9998-01-01 00:00")) / (8 * 261 * HOUR)
    assert 9 < years < 11


@pytest.mark.parametrize(
    ("now", "end"),
    [
        ("2026-11-30 08:00", "2026-12-04 17:00"),
        ("2026-11-30 22:30", "2026-12-04 17:00"),
        ("2026-11-30 23:00", "2026-12-07 17:00"),
        ("2026-12-05 12:00", "2026-12-11 17:00"),
    ],
)
def test_soon_are_five_working_days_with_today(now: str, end: str) -> None:
    assert end_of_days(PAUL.calendar, utc(now), 5) == utc(end)


def test_a_holiday_is_none_of_the_five_days() -> None:
    calendar = replace(PAUL.calendar, off=frozenset({date(2026, 12, 2)}))
    assert end_of_days(calendar, NOW, 5) == utc("2026-12-07 17:00")


def test_cards_are_told_in_the_order_in_which_to_do_them() -> None:
    undated, later = work("undated", None, "1h"), work("later", TOMORROW, "1h")
    sooner, third = work("sooner", TODAY, "1h"), work("third", TOMORROW, "1h", 3)
    first = work("first", None, "1h", 1)
    cards = (undated, later, third, sooner, first)
    load = load_of(MEL, NOW, snapshot(*cards))
    assert [each.card for each in load.cards] == [first, third, sooner, later, undated]
    assert (load.remaining, load.week, load.two_firsts) == (5 * HOUR, 37 * HOUR, ())
    assert {each.assistant for each in load.cards} == {MEL}


def test_two_cards_that_both_claim_to_come_first_are_told() -> None:
    one, two = work("one", TOMORROW, "1h", 1), work("two", TODAY, "1h", 1)
    load = load_of(MEL, NOW, snapshot(one, two, work("third", TODAY, "1h", 2)))
    assert load.two_firsts == (two, one)


def test_an_assistant_who_never_works_has_no_time_and_stops_nobodys_digest() -> None:
    never = replace(MEL, calendar=replace(MEL.calendar, week=((),) * 7))
    load = load_of(
        never, NOW, snapshot(work("mine", TODAY, "1h"), boards=(board(assistants=(never,)),))
    )
    assert (load.week, load.pressing) == (timedelta(), timedelta())
    assert len(load.cards) == 1
