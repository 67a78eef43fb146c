"""Ten steps from Monday 30 November, 08:00 UTC, to the next Monday, 14:00: 45 of Mel's hours."""

from datetime import timedelta

import pytest

from bot.domain.calendar import WorkingTime
from bot.domain.follow_up import Question
from bot.domain.model import Card, Instant
from bot.domain.questions import question_at
from tests.builders import BOT, MEL, NOW, PAUL, STRANGER, comment, logged, replace, utc
from tests.unit.domain.handed import after, course, handed, log_of, said, ticked

TEN = tuple(f"étape {number}" for number in range(10))
START = NOW
EARLY = utc("2026-12-01 05:00")
"""5 of the 45 hours are over: a ninth."""
HALF = utc("2026-12-03 06:30")
NEAR = utc("2026-12-04 13:30")


def at_hour(hours: float) -> Instant:
    """Return the instant when so many of Mel's hours since hand-over are over."""
    return MEL.calendar.after(NOW, WorkingTime(timedelta(hours=hours)))


def asked_of(on: Card, now: Instant, *asked: Instant, near: Instant = NEAR) -> Question:
    earlier = tuple(comment(BOT, "un point", at) for at in asked)
    return question_at(course(on, now), MEL, earlier, now, near)


@pytest.mark.parametrize(
    ("done", "now", "question"),
    [
        # No step is ticked yet, at any time.
        (0, EARLY, Question.METHOD),
        (0, HALF, Question.METHOD),
        (0, NEAR, Question.METHOD),
        # A quarter of the whole is the lag that is worth a question.
        (1, HALF, Question.OBSTACLE),
        (2, HALF, Question.OBSTACLE),
        (3, HALF, Question.PROGRESS),
        (1, EARLY, Question.PROGRESS),
        (10, HALF, Question.PROGRESS),
        # Near delivery.
        (10, NEAR - timedelta(seconds=1), Question.PROGRESS),
        (10, NEAR, Question.DELIVERY),
        (7, NEAR, Question.DELIVERY),
        (4, NEAR, Question.OBSTACLE),
    ],
)
def test_the_question_is_chosen_by_what_the_card_shows(
    done: int, now: Instant, question: Question
) -> None:
    assert asked_of(handed(steps=TEN, done=done), now) is question


@pytest.mark.parametrize(
    ("hours", "question"),
    [(20.25, Question.PROGRESS), (20.26, Question.OBSTACLE)],
)
def test_steps_may_lag_a_quarter_of_the_whole_behind_the_time_used(
    hours: float, question: Question
) -> None:
    # Two of ten steps and a quarter make 45 %, which is 20:15 of 45 hours.
    assert asked_of(handed(steps=TEN, done=2), at_hour(hours)) is question


def test_the_time_is_the_assistants_working_time() -> None:
    # From Friday to Tuesday: on Monday morning two thirds are over, but a quarter of her hours.
    due = utc("2026-12-08 14:00")
    weekend = handed(steps=TEN, done=1, when=utc("2026-12-04 08:00"), due=due)
    assert asked_of(weekend, utc("2026-12-07 05:00"), near=due) is Question.PROGRESS
    assert asked_of(weekend, utc("2026-12-07 08:00"), near=due) is Question.OBSTACLE


def test_without_steps_nothing_can_lag_or_be_unclear() -> None:
    bare = handed(steps=())
    assert asked_of(bare, HALF) is Question.PROGRESS
    assert asked_of(bare, NEAR) is Question.DELIVERY


def test_ticks_of_the_answers_are_no_steps() -> None:
    answered = ticked(handed(steps=TEN), "En bonne voie", EARLY)
    assert asked_of(answered, HALF) is Question.METHOD
    # At the twentieth hour one step was done, too few: the obstacle was asked about.
    since = ticked(handed(steps=TEN, done=1), "En bonne voie", at_hour(21))
    assert asked_of(since, HALF, at_hour(20)) is Question.PROGRESS


def test_steps_on_any_other_checklist_count() -> None:
    own = handed(steps=TEN)
    lists = (replace(own.checklists[0], name="À moi"), own.checklists[1])
    renamed = ticked(replace(own, checklists=lists), "étape 0", EARLY)
    assert asked_of(renamed, HALF) is Question.OBSTACLE


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ([], Question.METHOD),
        ([EARLY], Question.OBSTACLE),
        # Method, progress, method: after a ninth of the time nothing lags.
        ([START, EARLY], Question.METHOD),
        ([EARLY, at_hour(20)], Question.METHOD),
    ],
)
def test_the_same_question_is_not_asked_twice_in_a_row(
    asked: list[Instant], question: Question
) -> None:
    assert asked_of(handed(steps=TEN), HALF, *asked) is question


def test_the_next_best_question_is_one_that_the_card_gives() -> None:
    # Nothing is late yet after a ninth of the time: how it goes is all there is to ask.
    assert asked_of(handed(steps=TEN), at_hour(6), EARLY) is Question.PROGRESS


def test_where_the_card_gives_one_question_only_it_is_asked_again() -> None:
    done = handed(steps=TEN, done=10)
    assert asked_of(done, HALF, EARLY) is Question.PROGRESS
    assert asked_of(done, NEAR, NEAR - timedelta(hours=3)) is Question.DELIVERY


def test_after_an_earlier_question_the_first_choice_is_free_again() -> None:
    """Only the one before is not repeated: method, obstacle, method."""
    unclear = handed(steps=TEN)
    assert asked_of(unclear, NEAR, HALF, at_hour(30)) is Question.METHOD


def test_what_was_asked_follows_from_what_the_card_showed_then() -> None:
    asked = at_hour(20)
    # No step was ticked then: the method was asked about, and the obstacle is a new question.
    since = ticked(handed(steps=TEN), "étape 0", at_hour(21))
    assert asked_of(since, HALF, asked) is Question.OBSTACLE
    # One was ticked too few then: the obstacle was asked about.
    before = ticked(handed(steps=TEN), "étape 0", at_hour(19))
    assert asked_of(before, HALF, asked) is Question.PROGRESS
    # One was ticked after a ninth of the time, and is no more: the method is a new question.
    undone = ticked(handed(steps=TEN), "étape 0", at_hour(6), done=False)
    assert asked_of(undone, at_hour(7), EARLY) is Question.METHOD


@pytest.mark.parametrize("who", [MEL.member_id, PAUL.member_id, STRANGER])
def test_a_step_is_done_whoever_ticks_it(who: str) -> None:
    assert asked_of(ticked(handed(steps=TEN), "étape 0", EARLY, who=who), HALF) is Question.OBSTACLE


def test_ticks_of_steps_that_are_gone_do_no_harm() -> None:
    left = handed(steps=("un",))
    tick, untick = (ticked(left, "un", at_hour(21), done=done) for done in (True, False))
    gone = [log_of(tick)[-1], *(replace(log_of(tick)[-1], item=each) for each in ("x", "y"))]
    many = logged(replace(tick, checklists=left.checklists), *gone)
    # Fewer than no step, or more than all, were never done.
    assert asked_of(many, HALF, at_hour(20)) is Question.OBSTACLE
    fewer = logged(untick, log_of(untick)[-1], log_of(untick)[-1])
    assert asked_of(fewer, HALF, at_hour(20)) is Question.METHOD


def test_without_time_between_hand_over_and_due_all_of_it_is_used() -> None:
    for due in (NOW, NOW - timedelta(days=1), None):
        started = handed(steps=TEN, done=1, due=due)
        assert asked_of(started, EARLY) is Question.OBSTACLE


def test_what_people_say_is_no_tick() -> None:
    spoken = (said(MEL, after(1)), said(MEL, after(2)))
    assert asked_of(logged(handed(steps=TEN), *spoken), HALF, EARLY) is Question.OBSTACLE


def test_a_step_ticked_at_the_very_instant_was_shown_then() -> None:
    subject = ticked(handed(steps=TEN), "étape 0", HALF)
    assert asked_of(subject, at_hour(24), HALF) is Question.PROGRESS


def test_each_step_ticked_since_was_open_and_each_one_unticked_was_done() -> None:
    since = ticked(handed(steps=TEN, done=3), "étape 3", at_hour(25))
    assert asked_of(since, at_hour(30), HALF) is Question.OBSTACLE
    undone = ticked(handed(steps=TEN, done=2), "étape 1", at_hour(25), done=False)
    assert asked_of(undone, at_hour(30), HALF) is Question.PROGRESS


def test_where_there_is_no_working_time_before_due_all_of_it_is_over() -> None:
    saturday, sunday = utc("2026-12-05 08:00"), utc("2026-12-06 08:00")
    subject = handed(steps=TEN, done=10, when=saturday, due=sunday)
    assert asked_of(subject, sunday) is Question.DELIVERY
