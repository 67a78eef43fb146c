from datetime import timedelta

import pytest

from bot.domain.ball import Holder
from bot.domain.calendar import Duration, WorkingDays, WorkingTime
from bot.domain.changes import Reason
from bot.domain.course import Course, course_of, open_course, work_under_way
from bot.domain.model import Card, Person
from tests.builders import (
    DONE,
    HOLD,
    IDEAS,
    MEL,
    NOTES,
    NOW,
    PAUL,
    QUESTIONS,
    REVIEW,
    TOM,
    card,
    checklist,
    kind,
    logged,
    policy,
    replace,
)
from tests.unit.domain.handed import after, bot_said, course, handed, moved, said, seen, without

CARD = handed()
IN_REVIEW = moved(CARD, MEL, REVIEW, after(1))
IN_QUESTIONS = moved(CARD, MEL, QUESTIONS, after(1))
ASKED = logged(CARD, said(MEL, after(1), "Lequel ?"))
ALONE = replace(CARD, member_ids=())


@pytest.mark.parametrize(
    ("subject", "holder", "worker", "assistant"),
    [
        (CARD, MEL, MEL, MEL),
        (handed(assistant=TOM), TOM, TOM, TOM),
        (ASKED, PAUL, None, MEL),
        (IN_REVIEW, PAUL, None, MEL),
        (IN_QUESTIONS, PAUL, None, MEL),
        (ALONE, PAUL, None, None),
        (replace(CARD, member_ids=("somebody",)), PAUL, None, None),
        (logged(ASKED, said(PAUL, after(2))), MEL, MEL, MEL),
    ],
)
def test_the_work_waits_on_one_person(
    subject: Card, holder: Person, worker: Person | None, assistant: Person | None
) -> None:
    found = course(subject)
    assert (found.holder, found.worker, found.assistant) == (holder, worker, assistant)
    assert found.owner is PAUL
    assert (found.ball.holder is Holder.ASSISTANT) == (worker is not None)


def test_the_ball_is_the_newest_possession() -> None:
    found = course(logged(ASKED, said(PAUL, after(2))))
    assert [each.since for each in found.possessions] == [NOW, after(1), after(2)]
    assert found.ball == found.possessions[-1]


SILENT = [
    (replace(CARD, closed=True), "archived"),
    (replace(CARD, list_id="elsewhere"), "list_archived"),
    (replace(CARD, is_template=True), "template_card"),
    (replace(CARD, role="separator"), "card_role"),
    (replace(CARD, list_id=IDEAS), "ignored_list"),
    (replace(CARD, label_ids=frozenset()), "not_delegated"),
    (replace(CARD, label_ids=CARD.label_ids | {HOLD}), "held"),
    (replace(CARD, log=None), "log_unread"),
    (card(desc=NOTES, member_ids=(MEL.member_id,)), "not_handed_over"),
    (card(desc=NOTES, member_ids=(MEL.member_id,), due_complete=True), "not_handed_over"),
]
DONE_ONES = [replace(CARD, due_complete=True), replace(CARD, list_id=DONE)]
WAITING = [
    (IN_REVIEW, "delivered"),
    (IN_QUESTIONS, "ball_with_owner"),
    (ASKED, "ball_with_owner"),
    (ALONE, "ball_with_owner"),
]


@pytest.mark.parametrize(("subject", "code"), SILENT)
def test_these_cards_have_no_course(subject: Card, code: str) -> None:
    for of in (course_of, open_course, work_under_way):
        assert of(subject, seen(subject)) == Reason(code)


@pytest.mark.parametrize("subject", DONE_ONES)
def test_what_is_done_has_a_course_that_is_closed(subject: Card) -> None:
    assert isinstance(course_of(subject, seen(subject)), Course)
    for of in (open_course, work_under_way):
        assert of(subject, seen(subject)) == Reason("done")


@pytest.mark.parametrize(("subject", "code"), WAITING)
def test_work_is_not_under_way_while_the_owner_has_the_ball(subject: Card, code: str) -> None:
    assert isinstance(open_course(subject, seen(subject)), Course)
    assert work_under_way(subject, seen(subject)) == Reason(code)


def test_work_is_under_way_while_the_assistant_has_it() -> None:
    found = work_under_way(CARD, seen(CARD))
    assert found == (course(CARD), MEL)


def test_the_brief_and_its_assistant_stand_for_a_hand_over_comment_that_is_gone() -> None:
    hand_over = (CARD.log or ())[-1]
    gone = without(CARD, hand_over.id)
    # The bot put Mel on the card two seconds before.
    assert course(gone).ball.since == NOW - timedelta(seconds=2)
    unbriefed = replace(gone, desc=NOTES)
    assert course_of(unbriefed, seen(unbriefed)) == Reason("not_handed_over")


def test_a_comment_without_brief_is_a_course_too() -> None:
    bare = replace(CARD, desc="")
    found = course(bare)
    assert (found.brief, found.kind, found.workload()) == (None, None, None)


@pytest.mark.parametrize(
    ("written", "assistant", "hours"),
    [
        ("3h", MEL, 3.0),
        ("1h30", MEL, 1.5),
        ("1 j", MEL, 8.0),
        ("beaucoup", MEL, None),
        ("1 j", replace(MEL, capacity=timedelta(hours=4)), 4.0),
    ],
)
def test_the_workload_is_the_briefs_in_days_of_the_assistant(
    written: str, assistant: Person, hours: float | None
) -> None:
    found = replace(course(handed(workload=written)), assistant=assistant)
    assert found.workload() == (None if hours is None else timedelta(hours=hours))
    assert replace(found, assistant=None).workload() is None


def test_steps_are_counted_on_all_checklists_but_the_answers() -> None:
    assert course(CARD).steps == (0, 2)
    lists = (*handed(done=1).checklists, checklist("Relecture", "un", "deux", "trois", done=2))
    ticked = replace(lists[1], items=tuple(replace(each, done=True) for each in lists[1].items))
    assert course(replace(CARD, checklists=(lists[0], ticked, lists[2]))).steps == (3, 5)
    assert course(replace(CARD, checklists=())).steps == (0, 0)


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        (None, WorkingDays(2)),
        (WorkingDays(5), WorkingDays(5)),
        (WorkingTime(timedelta()), WorkingTime(timedelta())),
    ],
)
def test_a_kind_may_say_how_long_nothing_may_happen(own: Duration | None, wanted: Duration) -> None:
    rules = policy(kinds={"slow": kind("slow", stall_after=own)})
    found = course(handed(kind="slow"), policy=rules)
    assert found.kind == rules.kinds["slow"]
    assert found.stall_after(rules.stall_after) == wanted


def test_what_a_kind_says_is_about_its_work_and_not_about_the_owner() -> None:
    rules = policy(kinds={"slow": kind("slow", stall_after=WorkingDays(5))})
    theirs = moved(handed(kind="slow"), MEL, REVIEW, after(1))
    assert course(theirs, policy=rules).stall_after(rules.stall_after) == WorkingDays(2)


def test_a_kind_that_is_gone_says_nothing() -> None:
    found = course(handed(kind="gone"))
    assert found.kind is None
    assert found.stall_after(WorkingDays(2)) == WorkingDays(2)


def test_the_newest_act_is_a_persons_own() -> None:
    mine = said(MEL, after(1))
    worked = logged(CARD, mine, said(PAUL, after(2)), bot_said(CARD, "reply", after(3)))
    situation = seen(worked)
    found = course(worked)
    assert found.newest_act_of(MEL, situation.snapshot) == mine
    assert found.newest_act_of(TOM, situation.snapshot) is None


def test_a_card_in_review_is_known_by_its_list() -> None:
    assert course(IN_REVIEW).in_review
    assert not course(IN_QUESTIONS).in_review
