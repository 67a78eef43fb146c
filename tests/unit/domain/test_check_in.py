"""When the assistant is asked, and on which cards."""

from datetime import timedelta

import pytest

from bot.domain.calendar import Duration, WorkingDays, WorkingTime
from bot.domain.model import Card, Instant, LabelRoles
from tests.builders import (
    DELEGATE,
    DONE,
    HOLD,
    IDEAS,
    MEL,
    NOTES,
    NOW,
    PAUL,
    QUESTIONS,
    REVIEW,
    TODO,
    TOM,
    card,
    logged,
    person,
    replace,
    utc,
)
from tests.unit.domain.handed import (
    DUE,
    IMPORTANT,
    after,
    comments,
    desk,
    handed,
    moved,
    passed,
    planned,
    said,
    seen,
    skipped,
    skips,
    ticked,
)
from tests.unit.domain.watched import (
    CARD,
    DAY,
    EVE,
    HALF,
    SECOND,
    SMALL,
    WAITING,
    asked_at,
    check_in,
    offsets,
    ref,
)


def test_the_assistant_is_asked_at_each_instant_and_not_a_second_earlier() -> None:
    [waits] = skips(check_in, CARD, HALF - SECOND)
    assert (waits.reason.code, waits.until) == ("check_in_later", HALF)
    assert asked_at(CARD, HALF) == [ref("50%")]
    half = passed(check_in, CARD, HALF)
    [waits] = skips(check_in, half, EVE - SECOND)
    assert (waits.reason.code, waits.until) == ("checked_in", EVE)
    [asked] = comments(check_in, half, EVE)
    assert (asked.ref, asked.mentions) == (ref("1d"), ("mel",))
    assert asked.text.startswith(f"@mel CheckIn reader=mel owner=paul due={DUE}")
    [waits] = skips(check_in, passed(check_in, half, EVE), EVE + SECOND)
    assert (waits.reason.code, waits.until) == ("checked_in", None)


def test_the_reason_names_the_instant() -> None:
    for now, code, offset in ((HALF, "mid_course", "50%"), (EVE, "before_delivery", "1d")):
        [found] = check_in(CARD, seen(CARD, now=now))
        assert (found.reason.code, found.reason.values) == (code, {"offset": offset})


@pytest.mark.covers("D17", "D20")
@pytest.mark.parametrize(
    ("now", "code", "until"),
    [
        ("2026-12-04 13:59", None, None),
        ("2026-12-04 14:00", "outside_hours", "2026-12-07 05:00"),
        ("2026-12-06 10:00", "outside_hours", "2026-12-07 05:00"),
        ("2026-12-07 05:00", None, None),
        ("2026-12-07 09:00", "outside_hours", "2026-12-07 10:00"),
        ("2026-12-07 13:59", None, None),
        ("2026-12-07 14:00", "due_over", None),
        ("2026-12-08 05:00", "due_over", None),
    ],
)
def test_late_is_better_than_never_until_due_and_in_working_hours(
    now: str, code: str | None, until: str | None
) -> None:
    found = skips(check_in, SMALL, utc(now))
    assert [each.reason.code for each in found] == ([code] if code else [])
    assert [each.until for each in found] == ([until and utc(until)] if code else [])
    assert asked_at(SMALL, utc(now)) == ([] if code else [ref("1d", on=SMALL)])


@pytest.mark.covers("D16")
def test_none_comes_at_due_even_in_working_time() -> None:
    noon = handed(due=utc("2026-12-07 11:00"))
    assert asked_at(noon, noon.due - SECOND if noon.due else NOW)
    assert skipped(check_in, noon, utc("2026-12-07 11:00")) == ["due_over"]


@pytest.mark.covers("A18")
def test_of_several_missed_ones_only_the_last_is_asked() -> None:
    often = offsets(at=(25, 50, 75), before=(WorkingDays(3), WorkingDays(1)))
    assert asked_at(CARD, EVE, policy=often) == [ref("1d")]
    made_good = passed(check_in, CARD, EVE, policy=often)
    for later in (EVE + SECOND, utc("2026-12-07 08:00")):
        assert skipped(check_in, made_good, later, policy=often) == ["checked_in"]
    assert asked_at(CARD, EVE - SECOND, policy=often) == [ref("75%")]


@pytest.mark.covers("D17")
@pytest.mark.parametrize(
    ("when", "due", "wanted"),
    [
        # The instant before due lies before or at hand-over.
        ("2026-12-04 13:30", DUE, None),
        ("2026-12-04 13:29", DUE, EVE),
        ("2026-12-07 05:00", DUE, None),
    ],
)
def test_an_instant_at_or_before_hand_over_is_dropped(
    when: str, due: Instant, wanted: Instant | None
) -> None:
    late = handed(when=utc(when), due=due)
    [waits] = skips(check_in, late, utc(when))
    assert (waits.reason.code, waits.until) == ("check_in_later", wanted)
    assert not planned(check_in, late, due - timedelta(hours=1)) or wanted


@pytest.mark.parametrize(
    ("hours", "both"), [(WorkingTime(timedelta(hours=3)), False), (WorkingDays(1), True)]
)
def test_of_two_within_two_working_hours_the_earlier_is_dropped(
    hours: Duration, both: bool
) -> None:
    near = offsets(at=(), before=(hours, WorkingTime(timedelta(hours=1))))
    early = utc("2026-12-07 11:00") if isinstance(hours, WorkingTime) else EVE
    assert bool(asked_at(SMALL, early, policy=near)) is both
    assert asked_at(SMALL, utc("2026-12-07 13:00"), policy=near) == [ref("60m", on=SMALL)]


@pytest.mark.covers("D18")
def test_the_instants_lie_in_the_hours_of_the_assistant_of_the_card() -> None:
    tom = handed(assistant=TOM, due=utc("2026-12-07 17:00"))
    assert not planned(check_in, tom, utc("2026-12-04 16:29"))
    assert comments(check_in, tom, utc("2026-12-04 16:30"))[0].mentions == ("tom",)


def test_a_day_away_moves_the_instants() -> None:
    off = frozenset({utc("2026-12-04 08:00").date()})
    away = person("mel", calendar=replace(MEL.calendar, off=off))
    boards = (desk(assistants=(away, TOM)),)
    assert asked_at(SMALL, EVE - DAY, boards=boards) == [ref("1d", on=SMALL)]
    assert skipped(check_in, SMALL, EVE, boards=boards) == ["outside_hours"]


@pytest.mark.parametrize(
    ("labels", "workload", "asked"),
    [
        ((), "3h", False),
        ((), "3h59", False),
        ((), "4h", True),
        ((), "0,5 j", True),
        ((), "3 jours", True),
        ((), "un certain temps", False),
        ((IMPORTANT,), "10 min", True),
        ((IMPORTANT,), "un certain temps", True),
    ],
)
def test_in_mid_course_important_and_long_cards_alone_are_asked_about(
    labels: tuple[str, ...], workload: str, asked: bool
) -> None:
    subject = handed(labels=labels, workload=workload)
    assert asked_at(subject, HALF) == ([ref("50%", on=subject)] if asked else [])
    assert asked_at(subject, EVE) == [ref("1d", on=subject)]


def test_what_is_long_is_a_setting() -> None:
    for hours, asked in ((3, True), (3.1, False)):
        long = offsets(long_from=timedelta(hours=hours))
        assert bool(asked_at(SMALL, HALF, policy=long)) is asked


def test_on_a_board_without_a_label_for_it_no_card_is_important() -> None:
    bare = (desk(labels=LabelRoles(delegate=DELEGATE)),)
    assert skipped(check_in, CARD, HALF, boards=bare) == ["check_in_later"]


def test_without_offsets_nobody_is_asked() -> None:
    never = offsets(at=(), before=())
    for now in (HALF, EVE, DUE - SECOND):
        [waits] = skips(check_in, CARD, now, policy=never)
        assert (waits.reason.code, waits.until) == ("check_in_later", None)


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        (replace(CARD, due=None), "no_due"),
        (replace(CARD, due_complete=True), "done"),
        (replace(CARD, list_id=DONE), "done"),
        (replace(CARD, closed=True), "archived"),
        (replace(CARD, list_id=IDEAS), "ignored_list"),
        (replace(CARD, label_ids=CARD.label_ids | {HOLD}), "held"),
        (replace(CARD, label_ids=frozenset({IMPORTANT})), "not_delegated"),
        (replace(CARD, log=None), "log_unread"),
        (replace(CARD, member_ids=()), "ball_with_owner"),
        (moved(CARD, MEL, REVIEW, after(1)), "delivered"),
        (moved(CARD, MEL, QUESTIONS, after(1)), "ball_with_owner"),
        (logged(CARD, said(MEL, after(1), "Lequel ?")), "ball_with_owner"),
        (ticked(CARD, WAITING, after(1)), "ball_with_owner"),
        (card(desc=NOTES, due=DUE, member_ids=(MEL.member_id,)), "not_handed_over"),
    ],
)
def test_the_assistant_is_left_in_peace_on_a_card_that_is(subject: Card, code: str) -> None:
    for now in (HALF, EVE):
        assert skipped(check_in, subject, now) == [code]
        assert not planned(check_in, subject, now)


def test_a_card_that_comes_back_is_asked_about_again() -> None:
    for returned in (HALF, EVE - SECOND, EVE + SECOND):
        back = moved(moved(CARD, MEL, QUESTIONS, after(1)), PAUL, TODO, returned)
        assert asked_at(back, EVE + timedelta(minutes=1)) == [ref("1d")]


def test_the_way_is_counted_from_hand_over_whoever_had_the_ball_meanwhile() -> None:
    asked = moved(CARD, PAUL, QUESTIONS, after(1))
    back = moved(asked, PAUL, TODO, after(2))
    [waits] = skips(check_in, back, HALF - SECOND)
    assert (waits.reason.code, waits.until) == ("check_in_later", HALF)
    assert asked_at(back, HALF) == [ref("50%")]
