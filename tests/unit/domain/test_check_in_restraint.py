"""Once, not too often, and not against a silence."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.calendar import WorkingDays, WorkingTime
from bot.domain.model import Action, Card, Instant
from tests.builders import BOT, MEL, NOW, PAUL, STRANGER, TOM, comment, edit, logged, replace, utc
from tests.unit.domain.handed import (
    DUE,
    after,
    an_event,
    bot_said,
    comments,
    due_set,
    log_of,
    passed,
    said,
    skipped,
    skips,
    ticked,
    without,
)
from tests.unit.domain.watched import (
    CARD,
    DAY,
    EVE,
    HALF,
    ON_TRACK,
    SECOND,
    SMALL,
    asked_at,
    check_in,
    check_in_of,
    offsets,
    ref,
)


def test_each_instant_is_asked_at_once_and_a_deleted_one_is_remembered() -> None:
    memory = frozenset({ref("50%")})
    assert skipped(check_in, CARD, HALF, remembered=memory) == ["checked_in"]
    asked = passed(check_in, CARD, HALF)
    gone = without(asked, log_of(asked)[-1].id)
    assert skipped(check_in, gone, HALF + SECOND, remembered=memory) == ["checked_in"]


def test_what_has_been_asked_says_when_the_next_is_asked() -> None:
    asked = logged(CARD, check_in_of("50%", HALF))
    (told,) = skips(check_in, asked, HALF)
    assert (told.reason.code, told.until) == ("checked_in", EVE)


def test_an_act_at_the_very_instant_of_the_question_answers_it() -> None:
    answered = logged(CARD, check_in_of("50%", HALF), said(MEL, HALF))
    assert asked_at(answered, EVE, policy=offsets(max_unanswered=1)) == [ref("1d")]


def test_another_due_has_instants_of_its_own() -> None:
    asked = logged(CARD, check_in_of("1d", EVE))
    week_later = due_set(asked, DUE + 7 * DAY, EVE + SECOND, who=MEL)
    assert skipped(check_in, week_later, EVE + timedelta(minutes=1)) == ["check_in_later"]
    assert asked_at(week_later, EVE + 7 * DAY) == [ref("1d", DUE + 7 * DAY)]
    back = due_set(week_later, DUE, EVE + timedelta(minutes=2), who=MEL)
    assert skipped(check_in, back, utc("2026-12-07 08:00")) == ["checked_in"]


@pytest.mark.parametrize(
    ("acted", "code"),
    [
        # A working day of Mel's before Thursday 06:30 is Wednesday 06:30.
        (utc("2026-12-02 06:30"), None),
        (utc("2026-12-02 06:31"), "just_active"),
        (HALF - SECOND, "just_active"),
        (NOW - DAY, None),
    ],
)
def test_who_has_just_acted_is_not_asked_in_mid_course(acted: Instant, code: str | None) -> None:
    active = logged(CARD, said(MEL, acted))
    found = skips(check_in, active, HALF)
    assert [each.reason.code for each in found] == ([code] if code else [])
    if found:
        assert found[0].until == MEL.calendar.after(acted, WorkingDays(1))
        assert found[0].reason.values == {"person": "Mel"}


def test_the_quiet_that_an_act_gives_is_a_setting_and_ends() -> None:
    active = logged(CARD, said(MEL, HALF - timedelta(minutes=30)))
    hour = offsets(quiet_if_active=WorkingTime(timedelta(hours=1)))
    assert skipped(check_in, active, utc("2026-12-03 06:59"), policy=hour) == ["just_active"]
    assert asked_at(active, utc("2026-12-03 07:00"), policy=hour) == [ref("50%")]


@pytest.mark.parametrize(
    "others",
    [
        said(PAUL, HALF - SECOND),
        comment(STRANGER, "je regarde", HALF - SECOND),
        edit(MEL.member_id, "pos", HALF - SECOND),
        edit(BOT, "desc", HALF - SECOND),
    ],
)
def test_what_is_no_act_of_theirs_gives_no_quiet(others: Action) -> None:
    assert asked_at(logged(CARD, others), HALF) == [ref("50%")]


def test_before_delivery_who_has_just_acted_is_asked_all_the_same() -> None:
    assert asked_at(logged(CARD, said(MEL, EVE - SECOND)), EVE) == [ref("1d")]


UNANSWERED = logged(CARD, check_in_of("25%", after(1)), check_in_of("50%", HALF))


def test_after_so_many_unanswered_in_a_row_the_assistant_is_not_asked_again() -> None:
    [waits] = skips(check_in, UNANSWERED, EVE)
    assert (waits.reason.code, waits.until) == ("unanswered", None)
    assert waits.reason.values == {"count": "2"}
    one = logged(CARD, check_in_of("50%", HALF))
    assert asked_at(one, EVE) == [ref("1d")]
    assert skipped(check_in, one, EVE, policy=offsets(max_unanswered=1)) == ["unanswered"]
    assert asked_at(UNANSWERED, EVE, policy=offsets(max_unanswered=3)) == [ref("1d")]


def mel_speaks(to: Card) -> Card:
    return logged(to, said(MEL, HALF + SECOND))


def mel_ticks(to: Card) -> Card:
    return ticked(to, ON_TRACK, HALF + SECOND)


def mel_spoke_in_between(to: Card) -> Card:
    *earlier, newest = log_of(to)
    return replace(to, log=(*earlier, said(MEL, after(2)), newest))


def paul_speaks(to: Card) -> Card:
    return logged(to, said(PAUL, HALF + SECOND))


def a_stranger_speaks(to: Card) -> Card:
    return logged(to, comment(STRANGER, "je regarde", HALF + SECOND))


def mel_spoke_before(to: Card) -> Card:
    return replace(to, log=(*log_of(to)[:-2], said(MEL, after(hours=1)), *log_of(to)[-2:]))


@pytest.mark.parametrize("change", [mel_speaks, mel_ticks, mel_spoke_in_between])
def test_an_act_of_theirs_answers(change: Callable[[Card], Card]) -> None:
    assert asked_at(change(UNANSWERED), EVE) == [ref("1d")]


@pytest.mark.parametrize("change", [paul_speaks, a_stranger_speaks, mel_spoke_before])
def test_nothing_else_answers(change: Callable[[Card], Card]) -> None:
    assert skipped(check_in, change(UNANSWERED), EVE) == ["unanswered"]


def test_what_an_earlier_assistant_left_unanswered_is_not_the_new_ones_silence() -> None:
    hand_over = bot_said(CARD, "hand-over", HALF + SECOND, to=TOM, about=TOM.member_id)
    toms = logged(replace(UNANSWERED, member_ids=(TOM.member_id,)), hand_over)
    eve = utc("2026-12-04 14:00")
    assert comments(check_in, toms, eve)[0].mentions == ("tom",)


def test_other_texts_of_the_bot_are_no_check_ins() -> None:
    told = logged(
        CARD,
        *(bot_said(CARD, "stall", after(1, each), about=an_event(CARD)) for each in range(3)),
    )
    assert asked_at(told, HALF) == [ref("50%")]


def test_who_was_asked_something_today_is_asked_tomorrow_while_it_is_not_due() -> None:
    asked = logged(CARD, bot_said(CARD, "changes", EVE - SECOND, about=an_event(CARD)))
    [waits] = skips(check_in, asked, EVE)
    assert (waits.reason.code, waits.until) == ("asked_today", utc("2026-12-07 05:00"))
    assert asked_at(asked, utc("2026-12-07 05:00")) == [ref("1d")]


@pytest.mark.parametrize("text", ["/silence", "/pause 9j"])
def test_an_assistants_silence_covers_mid_course_and_not_the_last_check_in(text: str) -> None:
    quiet = logged(CARD, said(MEL, after(hours=1), text))
    [waits] = skips(check_in, quiet, HALF)
    assert waits.reason.code in {"muted", "snoozed"}
    assert asked_at(quiet, EVE) == [ref("1d")]


def test_of_several_before_due_the_last_alone_is_not_covered() -> None:
    twice = offsets(before=(WorkingDays(2), WorkingDays(1)))
    quiet = logged(SMALL, said(MEL, after(hours=1), "/silence"))
    assert skipped(check_in, quiet, EVE - DAY, policy=twice) == ["muted"]
    assert asked_at(quiet, EVE, policy=twice) == [ref("1d", on=SMALL)]


def test_an_owners_silence_covers_all_until_its_end() -> None:
    quiet = logged(CARD, said(PAUL, after(hours=1), "/silence"))
    assert skipped(check_in, quiet, HALF) == ["muted"]
    assert skipped(check_in, quiet, EVE) == ["muted"]
    assert asked_at(logged(quiet, said(PAUL, EVE - SECOND, "/reprendre")), EVE) == [ref("1d")]
