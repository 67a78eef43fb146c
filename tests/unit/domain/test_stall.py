"""Monday 30 November 2026, 08:00 UTC: Mel gets the card; two of her working days end on Wednesday.

It is 11:00 for her then, and 09:00 for Paul.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.calendar import WorkingDays, WorkingTime
from bot.domain.changes import AddLabel, Change, PostComment, RemoveLabel
from bot.domain.model import Action, Card, Identity, LabelRoles, Person
from bot.domain.rules.stall import stall
from bot.domain.tokens import reference, signed
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
    REVIEW,
    SHARED,
    STALLED,
    STRANGER,
    TODO,
    TOM,
    action,
    card,
    comment,
    edit,
    kind,
    logged,
    move,
    person,
    policy,
    utc,
)
from tests.unit.domain.handed import (
    after,
    an_event,
    bot_said,
    comments,
    desk,
    done_by_bot,
    due_set,
    handed,
    labelled,
    log_of,
    moved,
    passed,
    planned,
    said,
    skipped,
    skips,
    ticked,
    verdicts_of,
    without,
)

CARD = handed(due=utc("2027-01-29 14:00"))
STUCK = after(2)
"""When two of Mel's working days without an act are over."""
SECOND = timedelta(seconds=1)
HAND_OVER = log_of(CARD)[-1]
ON = AddLabel(STALLED, "à regarder")
OFF = RemoveLabel(STALLED, "à regarder")
FULL: tuple[type[Change], ...] = (PostComment, AddLabel)


def kinds(on: Card, now: Any = STUCK, **parts: Any) -> tuple[type[Change], ...]:
    return tuple(type(each) for each in planned(stall, on, now, **parts))


# How long nothing may happen.


def test_help_is_offered_once_the_time_is_reached_and_not_a_second_earlier() -> None:
    [waits] = skips(stall, CARD, STUCK - SECOND)
    assert (waits.reason.code, waits.until) == ("moving", STUCK)
    assert waits.reason.values == {"person": "mel"}
    offer, flag = planned(stall, CARD, STUCK)
    assert isinstance(offer, PostComment)
    assert offer.mentions == ("mel",)
    assert offer.text.startswith(f"@mel Stalled reader=mel owner=paul since={NOW}")
    assert offer.ref == reference(CARD.id, "stall", HAND_OVER.id)
    assert flag == ON


def test_without_anything_in_between_the_reasons_name_the_person_who_is_stuck() -> None:
    found = [each.reason for each in verdicts_of(stall, CARD, STUCK)]
    assert [each.code for each in found] == ["stalled", "stall_flag"]
    assert found[0].values == {"person": "mel"}


def mel(to: Card, at: Any) -> Card:
    return logged(to, said(MEL, at))


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


def answered_by_owner(to: Card) -> Card:
    return logged(to, said(PAUL, after(1)))


def touched_by_a_stranger(to: Card) -> Card:
    return logged(to, comment(STRANGER, "je regarde", after(1)), edit(STRANGER, "desc", after(1)))


def touched_by_a_former_assistant(to: Card) -> Card:
    return logged(to, said(TOM, after(1)))


def touched_by_the_bot(to: Card) -> Card:
    own = action("addAttachmentToCard", BOT, after(1))
    return logged(to, edit(BOT, "desc", after(1)), own, bot_said(to, "reply", after(1)))


def moved_in_its_list(to: Card) -> Card:
    return logged(to, edit(MEL.member_id, "pos", after(1)))


def given_a_cover(to: Card) -> Card:
    return logged(to, edit(MEL.member_id, "cover", after(1)))


def labelled_by_mel(to: Card) -> Card:
    return logged(to, edit(MEL.member_id, "idLabels", after(1), labels_on=frozenset({"x"})))


def voted_for(to: Card) -> Card:
    return logged(to, action("voteOnCard", MEL.member_id, after(1)))


def copied_comment(to: Card) -> Card:
    return logged(to, action("copyCommentCard", MEL.member_id, after(1), text="bien"))


NO_ACTS = [
    answered_by_owner,
    touched_by_a_stranger,
    touched_by_a_former_assistant,
    touched_by_the_bot,
    moved_in_its_list,
    given_a_cover,
    labelled_by_mel,
    voted_for,
    copied_comment,
]


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


# In whose hours, and in whose silence.


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


# The owner's turn.

ASKED = logged(CARD, said(MEL, after(hours=1), "Lequel ?"))
IN_QUESTIONS = moved(CARD, MEL, QUESTIONS, after(hours=1))
IN_REVIEW = moved(CARD, MEL, REVIEW, after(hours=1))
LEFT = logged(
    replace(CARD, member_ids=()), action("removeMemberFromCard", PAUL.member_id, after(hours=1))
)
THEIRS = after(2, hours=1)
"""Two of Paul's working days after these, Wednesday 10:00 in Paris."""


@pytest.mark.parametrize(
    ("subject", "awaited", "assistant"),
    [
        (ASKED, "ANSWER", "mel"),
        (IN_QUESTIONS, "ANSWER", "mel"),
        (IN_REVIEW, "REVIEW", "mel"),
        (LEFT, "ASSISTANT", "None"),
    ],
)
def test_the_owner_is_asked_in_their_calendar_when_the_card_waits_for_them(
    subject: Card, awaited: str, assistant: str
) -> None:
    [waits] = skips(stall, subject, THEIRS - SECOND)
    assert (waits.reason.code, waits.until) == ("moving", THEIRS)
    assert waits.reason.values == {"person": "paul"}
    offer, flag = planned(stall, subject, THEIRS)
    assert isinstance(offer, PostComment)
    assert offer.mentions == ("paul",)
    data = f"assistant={assistant} since={after(hours=1)} awaited=Awaited.{awaited}"
    assert offer.text.startswith(f"@paul OwnerAwaited reader=paul {data}")
    assert offer.ref == reference(CARD.id, "stall", log_of(subject)[-1].id)
    assert flag == ON


def test_the_owners_own_act_starts_their_clock_anew() -> None:
    looked = logged(IN_REVIEW, said(PAUL, after(1)))
    assert not planned(stall, looked, after(3) - SECOND)
    [offer, _] = planned(stall, looked, after(3))
    assert isinstance(offer, PostComment)
    assert offer.ref == reference(CARD.id, "stall", log_of(looked)[-1].id)
    # They have waited for since it came to them.
    assert f"since={after(hours=1)}" in offer.text


def test_the_assistants_acts_do_not_start_the_owners_clock_anew() -> None:
    assert kinds(logged(IN_QUESTIONS, said(MEL, after(1))), THEIRS) == FULL


def test_an_assistants_silence_does_not_cover_what_is_asked_of_the_owner() -> None:
    assert kinds(logged(IN_QUESTIONS, said(MEL, after(hours=2), "/silence")), THEIRS) == FULL


def test_an_owners_silence_covers_what_is_asked_of_them() -> None:
    quiet = logged(IN_QUESTIONS, said(PAUL, after(hours=2), "/silence"))
    assert skipped(stall, quiet, after(9)) == ["muted"]


def test_a_card_without_assistant_or_log_of_it_waits_since_it_was_made() -> None:
    alone = replace(CARD, member_ids=())
    [offer, _] = planned(stall, alone, NOW)
    assert isinstance(offer, PostComment)
    assert f"since={CARD.created} awaited=Awaited.ASSISTANT" in offer.text
    assert kinds(done_by_bot(alone, [offer], NOW), NOW + timedelta(days=1)) == (AddLabel,)


# Comment first, then label, once an episode.

TOLD = passed(stall, CARD, STUCK)
OFFER = log_of(TOLD)[-2]
FLAG = log_of(TOLD)[-1]


@pytest.mark.parametrize("days", [0, 1, 2, 7, 60])
def test_one_offer_an_episode_is_enough(days: int) -> None:
    assert skipped(stall, TOLD, STUCK + timedelta(days=days, seconds=1)) == ["stall_told"]
    assert not planned(stall, TOLD, STUCK + timedelta(days=days, seconds=1))


def test_a_label_that_a_crash_left_out_follows_the_comment() -> None:
    crashed = replace(CARD, log=(*log_of(CARD), OFFER))
    assert planned(stall, crashed, STUCK + SECOND) == [ON]
    # At any hour: it notifies nobody.
    assert planned(stall, crashed, utc("2026-12-06 02:00")) == [ON]


@pytest.mark.parametrize("who", [BOT, PAUL.member_id, MEL.member_id, STRANGER])
def test_a_label_that_was_taken_off_after_the_comment_stays_off(who: str) -> None:
    off = labelled(TOLD, STALLED, STUCK + timedelta(hours=1), who=who, off=True)
    assert skipped(stall, off, STUCK + timedelta(hours=2)) == ["stall_told"]


def test_a_change_of_the_label_before_the_comment_does_not_keep_it_off() -> None:
    before = labelled(CARD, STALLED, STUCK - SECOND, who=PAUL.member_id)
    off = labelled(before, STALLED, STUCK - SECOND, who=PAUL.member_id, off=True)
    assert planned(stall, logged(off, OFFER), STUCK + SECOND) == [ON]


def test_another_label_taken_off_says_nothing_about_this_one() -> None:
    crashed = replace(CARD, log=(*log_of(CARD), OFFER))
    other = labelled(crashed, "x", STUCK + SECOND, who=PAUL.member_id)
    assert planned(stall, other, STUCK + timedelta(hours=1)) == [ON]


def test_a_label_that_a_person_set_is_left_alone_and_the_comment_comes_all_the_same() -> None:
    for who in (PAUL.member_id, MEL.member_id, STRANGER):
        theirs = labelled(CARD, STALLED, after(1), who=who)
        assert kinds(theirs) == (PostComment,)
        told = passed(stall, theirs, STUCK)
        assert skipped(stall, told, STUCK + SECOND) == ["stall_told"]
        moving = mel(told, STUCK + timedelta(hours=1))
        assert skipped(stall, moving, STUCK + timedelta(hours=1)) == ["moving"]


def test_a_persons_own_label_after_the_bots_is_theirs() -> None:
    off = labelled(TOLD, STALLED, STUCK + SECOND, who=PAUL.member_id, off=True)
    theirs = labelled(off, STALLED, STUCK + timedelta(minutes=1), who=PAUL.member_id)
    moving = mel(theirs, STUCK + timedelta(hours=1))
    assert not planned(stall, moving, STUCK + timedelta(hours=1))


def test_a_label_with_no_trace_of_who_set_it_is_a_persons() -> None:
    unknown = replace(CARD, label_ids=CARD.label_ids | {STALLED})
    assert kinds(unknown) == (PostComment,)
    assert not planned(stall, unknown, after(1))


def test_the_label_is_taken_off_at_any_hour_when_the_one_who_was_stuck_acts() -> None:
    night = utc("2026-12-02 20:00")
    moving = mel(TOLD, night)
    assert planned(stall, moving, night + SECOND) == [OFF]
    assert [each.reason.code for each in verdicts_of(stall, moving, night + SECOND)] == [
        "moving_again",
        "moving",
    ]
    off = done_by_bot(moving, [OFF], night + SECOND)
    assert skipped(stall, off, night + timedelta(minutes=1)) == ["moving"]


@pytest.mark.parametrize("change", NO_ACTS)
def test_the_label_stays_on_when_others_act(change: Callable[[Card], Card]) -> None:
    news = [replace(each, at=STUCK + SECOND) for each in log_of(change(CARD))[len(log_of(CARD)) :]]
    assert skipped(stall, logged(TOLD, *news), STUCK + timedelta(hours=1)) == ["stall_told"]


def test_the_label_is_taken_off_when_the_ball_passes_to_the_owner() -> None:
    question = said(MEL, STUCK + timedelta(hours=1), "Lequel ?")
    for asked in (logged(TOLD, question), moved(TOLD, PAUL, QUESTIONS, question.at)):
        assert planned(stall, asked, STUCK + timedelta(hours=1)) == [OFF]


@pytest.mark.parametrize(
    "over",
    [
        replace(TOLD, due_complete=True),
        replace(TOLD, list_id=DONE),
        replace(TOLD, label_ids=frozenset({STALLED})),
    ],
)
def test_the_bots_own_flag_goes_when_the_card_is_done_or_no_more_delegated(over: Card) -> None:
    assert planned(stall, over, STUCK + timedelta(days=3)) == [OFF]


@pytest.mark.parametrize(
    "over",
    [
        replace(TOLD, closed=True),
        replace(TOLD, closed=True, label_ids=frozenset({STALLED})),
        replace(TOLD, label_ids=TOLD.label_ids | {HOLD}),
        replace(labelled(CARD, STALLED, after(1), who=PAUL.member_id), due_complete=True),
        replace(TOLD, due_complete=True, label_ids=frozenset({DELEGATE})),
        replace(TOLD, due_complete=True, log=None),
    ],
)
def test_otherwise_the_labels_of_such_a_card_are_left_alone(over: Card) -> None:
    assert not planned(stall, over, STUCK + timedelta(days=3))


def test_each_episode_has_its_own_offer() -> None:
    act = said(MEL, STUCK + timedelta(hours=1))
    moving = done_by_bot(logged(TOLD, act), [OFF], STUCK + timedelta(hours=2))
    again = utc("2026-12-04 10:00")
    # Two working days after 09:00 on Wednesday, which is Mel's lunch.
    assert skipped(stall, moving, again - SECOND) == ["moving"]
    [offer, flag] = planned(stall, moving, again)
    assert isinstance(offer, PostComment)
    assert offer.ref == reference(CARD.id, "stall", act.id)
    assert flag == ON


def test_an_episode_that_ended_and_began_while_the_bot_was_away_ends_with_one_flag() -> None:
    # Mel acted, and stopped again, before any pass took the first flag off.
    act = said(MEL, STUCK + timedelta(hours=1))
    late = after(9)
    left = passed(stall, logged(TOLD, act), late)
    assert STALLED in left.label_ids
    assert len([each for each in log_of(left) if "Stalled" in each.text]) == 2
    assert skipped(stall, left, late + SECOND) == ["stall_told"]


# What is remembered of a comment that a person deleted.


def test_an_offer_that_a_person_deleted_is_remembered_by_the_label_set_after_it() -> None:
    gone = without(TOLD, OFFER.id)
    assert skipped(stall, gone, STUCK + timedelta(days=5)) == ["stall_told"]
    unflagged = labelled(gone, STALLED, STUCK + SECOND, who=PAUL.member_id, off=True)
    assert skipped(stall, unflagged, STUCK + timedelta(days=5)) == ["stall_told"]


def test_an_offer_that_a_person_deleted_is_remembered_by_this_installation() -> None:
    memory = frozenset({reference(CARD.id, "stall", HAND_OVER.id)})
    assert skipped(stall, CARD, STUCK + timedelta(days=5), remembered=memory) == ["stall_told"]


def test_without_either_it_comes_back() -> None:
    assert kinds(CARD, STUCK + timedelta(days=1), remembered=frozenset({"aaaaaaaaaa"})) == FULL


@pytest.mark.parametrize("who", [PAUL.member_id, STRANGER])
def test_a_label_that_a_person_set_remembers_nothing(who: str) -> None:
    theirs = labelled(CARD, STALLED, STUCK, who=who)
    assert kinds(theirs, STUCK + timedelta(days=1)) == (PostComment,)


def test_the_flag_of_an_earlier_episode_remembers_nothing_of_this_one() -> None:
    moving = mel(without(TOLD, OFFER.id), STUCK + timedelta(hours=1))
    assert PostComment in kinds(moving, after(9))


def test_an_offer_about_an_act_that_a_person_deleted_counts_whatever_its_reference() -> None:
    act = said(MEL, after(hours=1))
    told = passed(stall, logged(CARD, act), after(2, hours=2))
    gone = without(told, act.id)
    assert skipped(stall, gone, after(9)) == ["stall_told"]
    unflagged = replace(gone, log=log_of(gone)[:-1], label_ids=CARD.label_ids)
    assert planned(stall, unflagged, after(9)) == [ON]


@pytest.mark.parametrize("text", ["@paul et @mel", "@melanie écrit"])
def test_an_unknown_word_to_somebody_else_is_no_offer(text: str) -> None:
    word = comment(BOT, signed(text, "aaaaaaaaaa"), STUCK + SECOND)
    assert PostComment in kinds(logged(CARD, word), after(3))


def test_a_word_about_a_deleted_act_that_came_too_soon_for_an_offer_is_none() -> None:
    # Mel mistyped a command, the bot answered, she deleted what she had typed.
    answer = comment(BOT, signed("@mel écrit", "aaaaaaaaaa"), after(hours=1))
    answered = logged(CARD, answer)
    assert skipped(stall, answered, STUCK - SECOND) == ["moving"]
    assert kinds(answered, STUCK) == FULL


@pytest.mark.parametrize("other", ["reply", "changes", "delivery", "pass"])
def test_another_text_of_the_bots_is_no_offer(other: Any) -> None:
    told = logged(CARD, bot_said(CARD, other, after(hours=1), about=an_event(CARD)))
    assert kinds(told) == FULL


def test_an_offer_before_the_ball_came_back_is_of_an_earlier_episode() -> None:
    asked = moved(TOLD, MEL, QUESTIONS, after(3))
    back = moved(asked, PAUL, TODO, after(4))
    assert PostComment in kinds(back, after(8))
    assert not comments(stall, back, after(8) - SECOND)


def test_an_offer_that_only_pretends_to_be_the_bots_is_none() -> None:
    forged = replace(OFFER, member_id=PAUL.member_id)
    assert kinds(logged(CARD, forged), after(4)) == FULL


# Boards without the label.

BARE = (desk(labels=LabelRoles(delegate=DELEGATE, hold=HOLD)),)


def test_on_a_board_without_the_label_the_comment_alone_is_posted() -> None:
    assert kinds(CARD, boards=BARE) == (PostComment,)
    told = done_by_bot(CARD, planned(stall, CARD, STUCK, boards=BARE), STUCK)
    assert skipped(stall, told, after(9), boards=BARE) == ["stall_told"]
    assert skipped(stall, replace(told, due_complete=True), after(9), boards=BARE) == ["done"]
    again = mel(told, after(9))
    assert not planned(stall, again, after(9), boards=BARE)


# Restraint.


def test_who_was_asked_something_today_is_offered_help_tomorrow() -> None:
    asked = logged(CARD, bot_said(CARD, "changes", STUCK - SECOND, about=an_event(CARD)))
    [waits] = skips(stall, asked, STUCK)
    assert (waits.reason.code, waits.until) == ("asked_today", utc("2026-12-03 05:00"))
    assert kinds(asked, utc("2026-12-03 05:00")) == FULL


def test_the_same_picture_gives_the_same_verdict_after_the_bots_own_writes() -> None:
    """Nothing that the bot writes ends or begins an episode."""
    for on, now in ((CARD, STUCK), (IN_REVIEW, THEIRS), (LEFT, THEIRS)):
        told = passed(stall, on, now)
        for later in (now + SECOND, now + timedelta(days=30)):
            assert skipped(stall, told, later) == ["stall_told"]


def test_a_bot_under_another_account_is_known_by_its_former_one() -> None:
    former = Identity("new", frozenset({"new", BOT}), shared=False)
    assert skipped(stall, TOLD, after(9), me=former) == ["stall_told"]
