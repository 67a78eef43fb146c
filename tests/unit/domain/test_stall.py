"""How long nothing may happen, in whose hours and in whose silence."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.calendar import WorkingDays, WorkingTime
from bot.domain.changes import PostComment
from bot.domain.model import Action, Card, Identity, Person
from bot.domain.rules.stall import stall
from bot.domain.tokens import reference
from tests.builders import (
    APP,
    BOT,
    DELEGATE,
    DONE,
    HOLD,
    IDEAS,
    MEL,
    NOTES,
    NOW,
    PAUL,
    QUESTIONS,
    SHARED,
    TODO,
    TOM,
    action,
    card,
    kind,
    logged,
    move,
    person,
    policy,
    replace,
    utc,
)
from tests.unit.domain.handed import (
    after,
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
    skipped,
    skips,
    ticked,
    verdicts_of,
)
from tests.unit.domain.stuck import (
    CARD,
    FULL,
    HAND_OVER,
    IN_REVIEW,
    LEFT,
    NO_ACTS,
    ON,
    SECOND,
    STUCK,
    THEIRS,
    TOLD,
    kinds,
    mel,
)


def test_help_is_offered_once_the_time_is_reached_and_not_a_second_earlier() -> None:
    [waits] = skips(stall, CARD, STUCK - SECOND)
    assert (waits.reason.code, waits.until) == ("moving", STUCK)
    assert waits.reason.values == {"person": "Mel"}
    offer, flag = planned(stall, CARD, STUCK)
    assert isinstance(offer, PostComment)
    assert offer.mentions == ("mel",)
    assert offer.text.startswith(f"@mel Stalled reader=mel owner=paul since={NOW}")
    assert offer.ref == reference(CARD.id, "stall", HAND_OVER.id)
    assert flag == ON


def test_without_anything_in_between_the_reasons_name_the_person_who_is_stuck() -> None:
    found = [each.reason for each in verdicts_of(stall, CARD, STUCK)]
    assert [each.code for each in found] == ["stalled", "stall_flag"]
    assert found[0].values == {"person": "Mel"}


def test_the_time_is_counted_from_the_newest_act_of_the_one_who_has_the_ball() -> None:
    act = said(MEL, after(1))
    worked = logged(CARD, said(MEL, after(hours=1)), act)
    assert not planned(stall, worked, after(3) - SECOND)
    [offer, _] = planned(stall, worked, after(3))
    assert isinstance(offer, PostComment)
    assert offer.ref == reference(CARD.id, "stall", act.id)
    assert f"since={after(1)}" in offer.text


def test_the_time_is_counted_from_when_they_got_the_ball() -> None:
    back = move(PAUL.member_id, QUESTIONS, TODO, after(3))
    asked = moved(CARD, MEL, QUESTIONS, after(hours=1))
    returned = logged(replace(asked, list_id=TODO), back)
    # Thursday to Monday: a weekend lies in between.
    assert not planned(stall, returned, after(7) - SECOND)
    [offer, _] = planned(stall, returned, after(7))
    assert isinstance(offer, PostComment)
    assert offer.ref == reference(CARD.id, "stall", back.id)
    assert f"since={after(3)}" in offer.text


@pytest.mark.covers("I11")
@pytest.mark.parametrize("change", NO_ACTS)
def test_these_move_no_clock(change: Callable[[Card], Card]) -> None:
    assert kinds(change(CARD)) == FULL


def spoke(to: Card) -> Card:
    return mel(to, after(1))


def ticked_a_step(to: Card) -> Card:
    return ticked(to, "lire", after(1))


def unticked_a_step(to: Card) -> Card:
    return ticked(to, "lire", after(1), done=False)


def attached(to: Card) -> Card:
    return logged(to, action("addAttachmentToCard", MEL.member_id, after(1)))


def changed_the_due(to: Card) -> Card:
    return due_set(to, after(60), after(1), who=MEL)


def moved_to_another_list(to: Card) -> Card:
    return logged(to, move(MEL.member_id, TODO, "doing", after(1)))


@pytest.mark.parametrize(
    "change",
    [spoke, ticked_a_step, unticked_a_step, attached, changed_the_due, moved_to_another_list],
)
def test_these_start_the_clock_anew(change: Callable[[Card], Card]) -> None:
    assert skipped(stall, change(CARD), after(3) - SECOND) == ["moving"]
    assert kinds(change(CARD), after(3)) == FULL


def test_the_bot_on_the_owners_own_account_moves_no_clock_of_theirs() -> None:
    def by_the_bot(each: Action) -> Action:
        return replace(each, member_id=PAUL.member_id, app_id=APP)

    bots = replace(CARD, log=tuple(map(by_the_bot, log_of(CARD))))
    asked = logged(bots, said(MEL, after(hours=1), "Lequel ?"))
    told = logged(asked, by_the_bot(bot_said(bots, "pass", after(2), about=log_of(asked)[-1].id)))
    # Monday 09:00 UTC to Wednesday, in Paul's calendar.
    assert kinds(told, after(2, hours=1), me=SHARED) == FULL
    own_hand = logged(told, replace(said(PAUL, after(2)), app_id="a browser"))
    assert skipped(stall, own_hand, after(2, hours=1), me=SHARED) == ["moving"]


@pytest.mark.parametrize(
    ("usual", "own", "stuck"),
    [
        (WorkingDays(1), None, "2026-12-01 08:00"),
        (WorkingTime(timedelta(hours=3)), None, "2026-11-30 12:00"),
        (WorkingDays(1), WorkingDays(3), "2026-12-03 08:00"),
        (WorkingDays(3), WorkingTime(timedelta(hours=1)), "2026-11-30 10:00"),
    ],
)
def test_a_kind_may_set_its_own_time(usual: Any, own: Any, stuck: str) -> None:
    rules = policy(kinds={"slow": kind("slow", stall_after=own)}, stall_after=usual)
    subject = handed(due=None, kind="slow")
    assert not planned(stall, subject, utc(stuck) - SECOND, policy=rules)
    assert comments(stall, subject, utc(stuck), policy=rules)


def test_the_calendar_is_that_of_the_one_who_has_the_ball() -> None:
    away = replace(MEL.calendar, off=frozenset({after(1).date()}))
    boards = (desk(assistants=(person("mel", calendar=away), TOM)),)
    assert not planned(stall, CARD, after(3) - SECOND, boards=boards)
    assert kinds(CARD, after(3), boards=boards) == FULL


def test_outside_their_hours_nobody_is_offered_help() -> None:
    evening = mel(CARD, utc("2026-11-30 16:00"))
    # Counted from Tuesday 05:00, it is reached on Thursday 05:00.
    assert skipped(stall, evening, utc("2026-12-03 04:59")) == ["moving"]
    assert kinds(evening, utc("2026-12-03 05:00")) == FULL
    for now, until in (("2026-12-02 09:00", "10:00"), ("2026-12-02 14:00", None)):
        [waits] = skips(stall, CARD, utc(now))
        assert waits.reason.code == "outside_hours"
        assert waits.until == utc(f"2026-12-02 {until}" if until else "2026-12-03 05:00")


@pytest.mark.parametrize(
    ("who", "text", "code"),
    [(MEL, "/silence", "muted"), (PAUL, "/silence", "muted"), (PAUL, "/pause 20j", "snoozed")],
)
def test_a_silence_of_either_covers_a_stall(who: Person, text: str, code: str) -> None:
    quiet = logged(CARD, said(who, after(hours=1), text))
    assert skipped(stall, quiet, after(10)) == [code]


def test_the_silence_of_others_covers_nothing() -> None:
    assert kinds(logged(CARD, said(TOM, after(hours=1), "/silence"))) == FULL


def test_after_a_pause_the_clock_starts_anew_at_its_end() -> None:
    paused = logged(CARD, said(PAUL, after(1), "/pause 1j"))
    # It ends on Wednesday 08:00; two working days later is Friday.
    [waits] = skips(stall, paused, after(2) - SECOND)
    assert (waits.reason.code, waits.until) == ("snoozed", after(2))
    [counts] = skips(stall, paused, after(2))
    assert (counts.reason.code, counts.until) == ("moving", after(4))
    assert not planned(stall, paused, after(4) - SECOND)
    [offer, _] = planned(stall, paused, after(4))
    assert isinstance(offer, PostComment)
    # The episode is still the one since hand-over.
    assert offer.ref == reference(CARD.id, "stall", HAND_OVER.id)


def test_after_a_resume_the_clock_starts_anew() -> None:
    muted = logged(CARD, said(PAUL, after(1), "/silence"))
    resumed = logged(muted, said(PAUL, after(7), "/reprendre"))
    assert not planned(stall, resumed, after(9) - SECOND)
    assert kinds(resumed, after(9)) == FULL


def test_an_act_after_the_end_of_a_pause_counts_more() -> None:
    paused = logged(CARD, said(PAUL, after(hours=1), "/pause 1h"), said(MEL, after(1)))
    assert not planned(stall, paused, after(3) - SECOND)
    assert kinds(paused, after(3)) == FULL


# Where the rule keeps quiet.


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        (replace(CARD, due_complete=True), "done"),
        (replace(CARD, list_id=DONE), "done"),
        (replace(CARD, closed=True), "archived"),
        (replace(CARD, is_template=True), "template_card"),
        (replace(CARD, role="link"), "card_role"),
        (replace(CARD, list_id=IDEAS), "ignored_list"),
        (replace(CARD, label_ids=frozenset({DELEGATE, HOLD})), "held"),
        (replace(CARD, label_ids=frozenset()), "not_delegated"),
        (replace(CARD, log=None), "log_unread"),
        (card(desc=NOTES, member_ids=(MEL.member_id,)), "not_handed_over"),
    ],
)
def test_no_help_is_offered_on_a_card_that_is(subject: Card, code: str) -> None:
    assert skipped(stall, subject, after(10)) == [code]
    assert not planned(stall, subject, after(10))


def test_a_card_without_due_can_stall() -> None:
    assert kinds(handed(due=None)) == FULL


def test_who_was_asked_something_today_is_offered_help_tomorrow() -> None:
    asked = logged(CARD, bot_said(CARD, "changes", STUCK - SECOND, about=an_event(CARD)))
    [waits] = skips(stall, asked, STUCK)
    assert (waits.reason.code, waits.until) == ("asked_today", utc("2026-12-03 05:00"))
    assert kinds(asked, utc("2026-12-03 05:00")) == FULL


@pytest.mark.covers("I11")
def test_the_same_picture_gives_the_same_verdict_after_the_bots_own_writes() -> None:
    """Nothing that the bot writes ends or begins an episode."""
    for on, now in ((CARD, STUCK), (IN_REVIEW, THEIRS), (LEFT, THEIRS)):
        told = passed(stall, on, now)
        for later in (now + SECOND, now + timedelta(days=30)):
            assert skipped(stall, told, later) == ["stall_told"]


def test_a_bot_under_another_account_is_known_by_its_former_one() -> None:
    former = Identity("new", frozenset({"new", BOT}), shared=False)
    assert skipped(stall, TOLD, after(9), me=former) == ["stall_told"]
