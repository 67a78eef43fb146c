"""Paul is told in his own hours, Mel is asked in hers; a due in her working time unless said."""

from datetime import timedelta

import pytest

from bot.domain.calendar import WorkingDays
from bot.domain.model import Action, Card
from bot.domain.rules.late import late
from bot.domain.tokens import reference_at_end
from bot.domain.traces import late_reference
from tests.builders import (
    DONE,
    HOLD,
    IDEAS,
    MEL,
    NOTES,
    PAUL,
    QUESTIONS,
    REVIEW,
    TODO,
    TOM,
    card,
    kind,
    logged,
    person,
    policy,
    replace,
    utc,
)
from tests.unit.domain.handed import (
    an_event,
    bot_said,
    comments,
    desk,
    due_set,
    handed,
    log_of,
    moved,
    passed,
    planned,
    said,
    said_with,
    skipped,
    skips,
    verdicts_of,
    without,
)

THURSDAY = utc("2026-12-03 11:00")
"""A due in the middle of Mel's afternoon; Paul is at lunch."""
TOLD = utc("2026-12-07 13:00")
"""Two of Mel's working days later, at the end of Paul's lunch."""
SECOND = timedelta(seconds=1)
CARD = handed(due=THURSDAY)
ASKED = logged(CARD, said_with(late_reference(CARD.id, THURSDAY), THURSDAY))


@pytest.mark.parametrize(
    ("due", "from_then_on"),
    [
        ("2026-12-03 11:00", "2026-12-03 11:00"),
        ("2026-12-03 05:00", "2026-12-03 05:00"),
        # Lunch, the evening, the night, the weekend: at her next working instant.
        ("2026-12-03 09:00", "2026-12-03 10:00"),
        ("2026-12-03 14:00", "2026-12-04 05:00"),
        ("2026-12-03 22:30", "2026-12-04 05:00"),
        ("2026-12-05 12:00", "2026-12-07 05:00"),
    ],
)
def test_the_assistant_is_asked_at_their_first_working_instant_from_due_on(
    due: str, from_then_on: str
) -> None:
    late_one, then = handed(due=utc(due)), utc(from_then_on)
    assert not planned(late, late_one, then - SECOND)
    [asked] = comments(late, late_one, then)
    [waits] = skips(late, late_one, utc(due) - SECOND)
    assert asked.mentions == ("mel",)
    assert "Late reader=mel owner=paul" in asked.text
    assert (waits.reason.code, waits.until) == ("not_due", then)


def test_a_holiday_of_the_assistants_puts_the_request_off() -> None:
    away = person("mel", calendar=replace(MEL.calendar, off=frozenset({THURSDAY.date()})))
    boards = (desk(assistants=(away, TOM)),)
    assert skipped(late, CARD, THURSDAY, boards=boards) == ["outside_hours"]
    assert not planned(late, CARD, utc("2026-12-04 04:59"), boards=boards)
    assert planned(late, CARD, utc("2026-12-04 05:00"), boards=boards)


SUBJECTS: list[tuple[Card, str]] = [
    (handed(due=None), "no_due"),
    (replace(CARD, due_complete=True), "done"),
    (replace(CARD, list_id=DONE), "done"),
    (replace(CARD, closed=True), "archived"),
    (replace(CARD, list_id=IDEAS), "ignored_list"),
    (replace(CARD, label_ids=CARD.label_ids | {HOLD}), "held"),
    (replace(CARD, label_ids=frozenset()), "not_delegated"),
    (replace(CARD, log=None), "log_unread"),
    (replace(CARD, member_ids=()), "ball_with_owner"),
    (moved(CARD, MEL, REVIEW, THURSDAY - SECOND), "delivered"),
    (moved(CARD, MEL, QUESTIONS, THURSDAY - SECOND), "ball_with_owner"),
    (logged(CARD, said(MEL, THURSDAY - SECOND, "C’est prêt ?")), "ball_with_owner"),
    (card(desc=NOTES, due=THURSDAY, member_ids=(MEL.member_id,)), "not_handed_over"),
]


@pytest.mark.parametrize(("subject", "code"), SUBJECTS)
def test_nobody_is_asked_for_a_date_when(subject: Card, code: str) -> None:
    assert skipped(late, subject, THURSDAY) == [code]
    assert not planned(late, subject, THURSDAY)


@pytest.mark.covers("D16")
def test_a_due_beyond_every_calendar_is_waited_for_without_an_end() -> None:
    [waits] = skips(late, handed(due=utc("9999-12-31 23:59")), THURSDAY)
    assert (waits.reason.code, waits.until) == ("not_due", None)


@pytest.mark.parametrize("review", [frozenset({REVIEW}), frozenset[str]()])
def test_the_request_speaks_of_a_list_for_delivered_work_only_where_there_is_one(
    review: frozenset[str],
) -> None:
    boards = (desk(lists=replace(desk().lists, review=review)),)
    [asked] = comments(late, CARD, THURSDAY, boards=boards)
    assert f"has_review={bool(review)}" in asked.text


def test_the_request_comes_once_the_ball_is_back() -> None:
    returned = moved(moved(CARD, MEL, QUESTIONS, THURSDAY - SECOND), PAUL, TODO, THURSDAY)
    assert comments(late, returned, THURSDAY)


@pytest.mark.parametrize("days", [1, 4, 5, 60])
def test_each_due_is_asked_about_once(days: int) -> None:
    asked = passed(late, CARD, THURSDAY)
    answered = logged(asked, said(MEL, THURSDAY + SECOND))
    assert not planned(late, answered, THURSDAY + timedelta(days=days))


def test_a_new_due_that_passes_is_asked_about_anew() -> None:
    second = utc("2026-12-08 11:00")
    put_off = due_set(ASKED, second, utc("2026-12-04 08:00"), who=MEL)
    assert not planned(late, put_off, second - SECOND)
    [again] = comments(late, put_off, second)
    assert again.ref == late_reference(CARD.id, second)


@pytest.mark.covers("C11")
def test_a_due_changed_and_changed_back_is_not_asked_about_again() -> None:
    there = due_set(ASKED, utc("2026-12-20 11:00"), utc("2026-12-04 08:00"), who=MEL)
    and_back = due_set(there, THURSDAY, utc("2026-12-04 08:01"), who=MEL)
    assert skipped(late, and_back, utc("2026-12-10 13:00")) == ["late_answered"]


@pytest.mark.covers("K7")
def test_seconds_below_trellos_make_no_other_due() -> None:
    precise = replace(ASKED, due=THURSDAY + timedelta(milliseconds=1))
    assert skipped(late, precise, THURSDAY + SECOND) == ["late_asked"]


def test_a_request_that_a_person_deleted_does_not_come_back_and_is_not_reported() -> None:
    ref = frozenset({late_reference(CARD.id, THURSDAY)})
    for now in (THURSDAY + SECOND, TOLD):
        assert skipped(late, CARD, now, remembered=ref) == ["request_deleted"]


def test_the_owner_is_told_in_their_own_hours_when_nothing_came_for_stall_after() -> None:
    [waits] = skips(late, ASKED, THURSDAY + SECOND)
    assert (waits.reason.code, waits.until) == ("late_asked", TOLD)
    noon = utc("2026-12-07 11:00")
    assert skipped(late, ASKED, noon - SECOND) == ["late_asked"]
    [lunch] = skips(late, ASKED, noon)
    assert (lunch.reason.code, lunch.until) == ("outside_hours", TOLD)
    [told] = comments(late, ASKED, TOLD)
    assert told.mentions == ("paul",)
    assert "LateUnanswered reader=paul assistant=mel" in told.text
    assert f"asked={THURSDAY}" in told.text
    assert told.ref == late_reference(CARD.id, THURSDAY, to_owner=True)


def test_what_is_said_bears_the_rules_name_the_card_and_the_reason() -> None:
    for on, now, code in ((CARD, THURSDAY, "due_passed"), (ASKED, TOLD, "late_unanswered")):
        [found] = verdicts_of(late, on, now)
        assert (found.rule, found.card_id, found.reason.code) == ("late", CARD.id, code)


def test_a_kind_may_say_how_long_no_answer_is_waited_for() -> None:
    quick = policy(kinds={"quick": kind("quick", stall_after=WorkingDays(1))})
    subject = handed(due=THURSDAY, kind="quick")
    asked = logged(subject, said_with(late_reference(subject.id, THURSDAY), THURSDAY))
    friday = utc("2026-12-04 13:00")
    assert skipped(late, asked, friday) == ["late_asked"]
    assert comments(late, asked, friday, policy=quick)
    assert skipped(late, asked, THURSDAY + timedelta(hours=23), policy=quick) == ["late_asked"]


def test_the_owner_is_told_once() -> None:
    told = passed(late, ASKED, TOLD)
    assert skipped(late, told, TOLD + timedelta(days=1)) == ["late_told"]
    word = log_of(told)[-1]
    memory = frozenset({reference_at_end(word.text) or ""})
    gone = without(told, word.id)
    assert skipped(late, gone, TOLD + timedelta(days=1), remembered=memory) == ["late_told"]


def test_a_new_assistant_is_not_reported_for_what_an_earlier_one_was_asked() -> None:
    hand_over = bot_said(CARD, "hand-over", utc("2026-12-04 10:00"), to=TOM, about=TOM.member_id)
    toms = logged(replace(ASKED, member_ids=(TOM.member_id,)), hand_over)
    for now in (TOLD, TOLD + timedelta(days=9)):
        assert skipped(late, toms, now) == ["late_asked_before"]


def test_the_time_for_an_answer_starts_anew_when_the_ball_comes_back_to_the_assistant() -> None:
    asked = moved(ASKED, PAUL, QUESTIONS, utc("2026-12-04 08:00"))
    back = moved(asked, PAUL, TODO, utc("2026-12-07 09:00"))
    (waits,) = skips(late, back, utc("2026-12-09 08:59"))
    assert waits.reason.code == "late_asked"
    (told,) = comments(late, back, utc("2026-12-09 13:00"))
    assert told.mentions == ("paul",)


def test_the_owner_is_not_told_of_a_card_that_is_in_their_hands_by_then() -> None:
    theirs = moved(ASKED, PAUL, QUESTIONS, TOLD - SECOND)
    assert skipped(late, theirs, TOLD) == ["ball_with_owner"]


@pytest.mark.parametrize("silence", ["/silence", "/pause 5j"])
def test_an_assistants_silence_covers_neither_request_nor_report(silence: str) -> None:
    quiet = logged(CARD, said(MEL, THURSDAY - timedelta(hours=1), silence))
    assert comments(late, quiet, THURSDAY)
    asked = logged(quiet, said_with(late_reference(CARD.id, THURSDAY), THURSDAY))
    assert comments(late, asked, TOLD)


SILENCE = said(PAUL, THURSDAY - timedelta(hours=1), "/silence")


def test_an_owners_silence_covers_both_until_they_end_it() -> None:
    for to, now in ((CARD, THURSDAY), (ASKED, TOLD)):
        quiet = logged(to, SILENCE)
        assert skipped(late, quiet, now) == ["muted"]
        assert comments(late, logged(quiet, said(PAUL, now - SECOND, "/reprendre")), now)


def test_an_owners_pause_ends_in_their_own_calendar() -> None:
    # Thursday 09:00 in Paris; the pause ends on Friday at that time.
    paused = logged(CARD, said(PAUL, utc("2026-12-03 08:00"), "/pause 1j"))
    end = utc("2026-12-04 08:00")
    [waits] = skips(late, paused, end - SECOND)
    assert (waits.reason.code, waits.until) == ("snoozed", end)
    assert comments(late, paused, end)


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (bot_said(CARD, "stall", utc("2026-12-03 05:00"), about=an_event(CARD)), "asked_today"),
        (bot_said(CARD, "stall", utc("2026-12-02 13:59"), about=an_event(CARD)), None),
    ],
)
def test_a_person_already_asked_today_is_asked_tomorrow(today: Action, code: str | None) -> None:
    asked = logged(CARD, today)
    found = skips(late, asked, THURSDAY)
    assert [each.reason.code for each in found] == ([code] if code else [])
    assert [each.until for each in found] == ([utc("2026-12-04 05:00")] if code else [])


def test_the_owner_who_was_asked_today_is_told_tomorrow() -> None:
    morning = utc("2026-12-07 08:00")
    asked = logged(ASKED, bot_said(CARD, "stall", morning, to=PAUL, about=an_event(CARD)))
    [waits] = skips(late, asked, TOLD)
    assert (waits.reason.code, waits.until) == ("asked_today", utc("2026-12-08 08:00"))


@pytest.mark.covers("D18")
def test_each_assistant_is_asked_in_their_own_hours_and_language() -> None:
    tom = handed(due=THURSDAY, assistant=TOM)
    assert comments(late, tom, utc("2026-12-03 16:59"))[0].mentions == ("tom",)
    assert skipped(late, tom, utc("2026-12-03 17:00")) == ["outside_hours"]
