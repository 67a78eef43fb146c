from datetime import timedelta
from typing import Any

import pytest

from bot.domain.calendar import NoWorkingTime, weekly
from bot.domain.deadline import (
    Load,
    comes_first,
    day_of,
    derive,
    in_hand,
    load_in_front,
    local_day,
)
from bot.domain.messages import Derivation
from bot.domain.model import Card, Person, Snapshot
from bot.domain.tokens import reference, signed
from bot.domain.written import brief_reference
from tests.builders import (
    BOT,
    DONE,
    HOLD,
    MEL,
    NOW,
    PAUL,
    QUESTIONS,
    REVIEW,
    TODO,
    TOM,
    an_id,
    board,
    card,
    checklist,
    comment,
    logged,
    move,
    office,
    person,
    replace,
    snapshot,
    utc,
)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


NOTHING = Load(0, timedelta())
HALF = person("half", capacity=hours(4))
TOKYO = person("aki", calendar=office("Asia/Tokyo", (9, 12), (13, 18)))
NIGHT = utc("2026-11-30 21:00")


@pytest.mark.parametrize(
    ("who", "at", "workload", "due"),
    [
        # Paris, Monday 09:00: 7 hours today.  2 h of work need 2 h 30.
        (PAUL, "2026-11-30 08:00", 2, "2026-11-30 17:00"),
        # 5 h 36 of work need the 7 hours of today, no more.
        (PAUL, "2026-11-30 08:00", 5.6, "2026-11-30 17:00"),
        (PAUL, "2026-11-30 08:00", 5.61, "2026-12-01 17:00"),
        # At 16:00 two hours are left, at 13:00 four, at 20:00 none.
        (PAUL, "2026-11-30 15:00", 1.6, "2026-11-30 17:00"),
        (PAUL, "2026-11-30 15:00", 2, "2026-12-01 17:00"),
        (PAUL, "2026-11-30 12:00", 3.2, "2026-11-30 17:00"),
        (PAUL, "2026-11-30 19:00", 2, "2026-12-01 17:00"),
        # Friday evening: the next day is Monday.  10 h need 12 h 30: Monday 7, Tuesday 5 h 30.
        (PAUL, "2026-12-04 18:00", 10, "2026-12-08 17:00"),
        # Four hours a day: 8 h need 10: Monday 4, Tuesday 4, Wednesday 2.
        (HALF, "2026-11-30 08:00", 8, "2026-12-02 17:00"),
        # At 17:00 one hour is left of the day, less than the capacity.
        (HALF, "2026-11-30 16:00", 4, "2026-12-01 17:00"),
        (HALF, "2026-11-30 16:00", 4.1, "2026-12-02 17:00"),
        # Antananarivo: 11:00 there, one hour and four are left.
        (MEL, "2026-11-30 08:00", 4, "2026-11-30 14:00"),
        (MEL, "2026-11-30 08:00", 4.1, "2026-12-01 14:00"),
        # Tokyo: 17:00 there, one hour is left.
        (TOKYO, "2026-11-30 08:00", 0.8, "2026-11-30 09:00"),
        (TOKYO, "2026-11-30 08:00", 1, "2026-12-01 09:00"),
        # Over the night of 28 March 2027 Paris goes to summer time: 18:00 is 16:00 UTC.
        (PAUL, "2027-03-26 16:00", 2, "2027-03-29 16:00"),
    ],
)
def test_the_deadline_is_the_end_of_the_day_on_which_the_need_is_met(
    who: Person, at: str, workload: float, due: str
) -> None:
    assert derive(who, hours(workload), NOTHING, utc(at)).due == utc(due)


def test_holidays_and_days_away_give_nothing() -> None:
    away = replace(PAUL.calendar, off=frozenset({local_day(NOW, PAUL)}))
    assert derive(replace(PAUL, calendar=away), hours(1), NOTHING, NOW).due == utc(
        "2026-12-01 17:00"
    )


def test_the_derivation_tells_all_it_counts_with() -> None:
    assert derive(HALF, hours(2), Load(2, hours(4)), NOW) == Derivation(
        finish=utc("2026-12-01 13:30"),
        due=utc("2026-12-01 17:00"),
        workload=hours(2),
        in_front=hours(4),
        cards_in_front=2,
        capacity=hours(4),
        need=hours(7.5),
    )


@pytest.mark.parametrize(
    ("workload", "finish"),
    [(2, "2026-11-30 10:30"), (2.4, "2026-11-30 11:00"), (5.6, "2026-11-30 17:00")],
)
def test_who_is_done_at_noon_finishes_at_noon_and_not_after_lunch(
    workload: float, finish: str
) -> None:
    assert derive(PAUL, hours(workload), NOTHING, NOW).finish == utc(finish)


def test_who_never_works_has_no_deadline() -> None:
    nobody = person("nobody", calendar=weekly("Europe/Paris", {}))
    with pytest.raises(NoWorkingTime):
        derive(nobody, hours(1), NOTHING, NOW)


def test_a_day_of_work_is_the_longest_of_the_week_at_most_the_capacity() -> None:
    week = weekly("Europe/Paris", {0: ((hours(9), hours(12)),), 1: ((hours(8), hours(14)),)})
    assert day_of(person("ana", calendar=week)) == hours(6)
    assert day_of(person("ana", calendar=week, capacity=hours(4))) == hours(4)
    assert day_of(person("ana", calendar=week, capacity=hours(9))) == hours(6)


def test_the_same_instant_may_be_another_date_elsewhere() -> None:
    assert local_day(NIGHT, PAUL).isoformat() == "2026-11-30"
    assert local_day(NIGHT, MEL).isoformat() == "2026-12-01"
    assert local_day(utc("9999-12-31 23:59"), MEL).year == 9999


@pytest.mark.parametrize(
    ("theirs", "mine", "first"),
    [
        (1, 2, True),
        (2, 2, True),
        (3, 2, False),
        (None, 2, False),
        (None, None, True),
        (9, None, True),
    ],
)
def test_a_priority_as_good_or_better_comes_first(
    theirs: int | None,
    mine: int | None,
    first: bool,
) -> None:
    assert comes_first(theirs, mine) is first


def given_to(who: Person, name: str, says: str = "charge : 2h", **parts: Any) -> Card:
    """Return a card handed over to somebody."""
    bare = card(name, member_ids=(who.member_id,), **parts)
    full = replace(bare, desc=signed(says, brief_reference(bare.id)))
    ref = reference(bare.id, "hand-over", who.member_id)
    return logged(full, comment(BOT, signed("à vous", ref), NOW - hours(24)))


NEW = card("nouvelle")


def load(*cards: Card, who: Person = MEL, priority: int | None = None, **parts: Any) -> Load:
    return load_in_front(who, priority, NEW, snapshot(NEW, *cards, **parts))


def test_all_that_an_assistant_has_in_hand_is_in_front() -> None:
    mine = given_to(MEL, "un"), given_to(MEL, "deux", "charge : 3h")
    assert load(given_to(TOM, "trois"), *mine) == Load(2, hours(5))


def test_a_card_counts_whose_hand_over_is_known_by_the_installation_alone() -> None:
    told = given_to(MEL, "un", "charge : 2h")
    silent = replace(told, desc="", log=())
    ref = reference(told.id, "hand-over", MEL.member_id)
    assert load(silent) == NOTHING
    assert load(silent, remembered=frozenset({ref})).cards == 1
    assert load(silent) == NOTHING


def test_cards_on_other_boards_count_too() -> None:
    elsewhere = board("workshop", assistants=(TOM, MEL))
    there = given_to(MEL, "là-bas", board_id=elsewhere.id)
    assert load(given_to(MEL, "ici"), there, boards=(board(), elsewhere)) == Load(2, hours(4))


@pytest.mark.parametrize(
    "parts",
    [
        {"labels": (HOLD,)},
        {"list_id": DONE},
        {"due_complete": True},
        {"closed": True},
        {"list_id": REVIEW},
    ],
)
def test_a_card_that_is_held_done_or_delivered_is_not_in_front(parts: dict[str, Any]) -> None:
    assert load(given_to(MEL, "un", **parts)) == NOTHING
    assert load(given_to(MEL, "un", **parts), given_to(MEL, "deux")) == Load(1, hours(2))


def test_a_card_is_not_in_front_of_itself_nor_without_its_label_nor_before_its_hand_over() -> None:
    unlabelled = replace(given_to(MEL, "un"), label_ids=frozenset())
    requested = card("deux", "charge : 2h", member_ids=(MEL.member_id,))
    itself = given_to(MEL, "trois")
    assert load(unlabelled, requested) == NOTHING
    assert load_in_front(MEL, None, itself, snapshot(itself)) == NOTHING


def test_a_card_with_the_owners_ball_is_not_in_front() -> None:
    asked = logged(given_to(MEL, "un"), comment(MEL.member_id, "Lequel ?", NOW))
    moved = logged(given_to(MEL, "deux"), move(MEL.member_id, TODO, QUESTIONS, NOW))
    assert load(asked, moved) == NOTHING


def test_only_priorities_as_good_or_better_are_in_front() -> None:
    first = given_to(MEL, "un", "charge : 1h\n\npriorité : 1")
    second = given_to(MEL, "deux", "charge : 2h\n\npriorité : 2")
    none = given_to(MEL, "sans", "charge : 4h")
    lost = replace(given_to(MEL, "perdu"), desc="")
    assert load(first, second, none, lost, priority=1) == Load(1, hours(1))
    assert load(first, second, none, lost, priority=2) == Load(2, hours(3))
    assert load(first, second, none, lost) == Load(4, hours(7))


def left(of: Card) -> timedelta:
    """Return what the one card in Mel's hands still needs."""
    (work,) = in_hand(MEL, snapshot(of))
    assert work.card is of
    return work.remaining


@pytest.mark.parametrize(
    ("checklists", "remaining"),
    [
        ((), 2),
        ((checklist("Étapes"),), 2),
        ((checklist("Étapes", "a", "b", "c", "d", done=1),), 1.5),
        ((checklist("Étapes", "a", "b", done=2),), 0),
        ((checklist("Étapes", "a", done=1), checklist("Courses", "b", "c", "d")), 1.5),
        ((checklist("Étapes", "a"), checklist("Où en êtes-vous ?", "x", "y", done=2)), 2),
    ],
)
def test_what_remains_is_the_workload_by_the_steps_not_ticked(
    checklists: tuple[Any, ...], remaining: float
) -> None:
    assert left(given_to(MEL, "un", checklists=checklists)) == hours(remaining)


def test_without_a_brief_nothing_is_known_to_remain() -> None:
    assert left(replace(given_to(MEL, "un"), desc="")) == timedelta()
    assert left(given_to(MEL, "deux", "charge : 0,5 j")) == hours(4)


def test_a_member_who_is_no_assistant_there_has_no_cards_there() -> None:
    other = board("workshop", assistants=(TOM,))
    there = given_to(MEL, "là-bas", board_id=other.id)
    found: Snapshot = snapshot(there, boards=(other,))
    assert list(in_hand(MEL, found)) == []
    assert an_id("office") != other.id
