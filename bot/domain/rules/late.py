"""late: due has passed; the assistant is asked for a new date, and the owner is told if in vain."""

from collections.abc import Iterator

from bot.domain.acts import addresses, comment_with, stands
from bot.domain.changes import Planned, PostComment, Reason, Skip, Verdict
from bot.domain.course import Course, work_under_way
from bot.domain.follow_up import Late, LateUnanswered
from bot.domain.model import Card, Instant, Person
from bot.domain.restraint import not_now, silenced
from bot.domain.situation import Situation
from bot.domain.traces import late_reference


def late(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Ask once per due for a new date and what is in the way, in the assistant's working time."""
    found = work_under_way(card, situation)
    if isinstance(found, Reason):
        yield Skip("late", card.id, found)
        return
    course, assistant = found
    if card.due is None:
        yield Skip("late", card.id, Reason("no_due"))
    elif situation.now < card.due:
        yield Skip("late", card.id, Reason("not_due"), assistant.calendar.next_working(card.due))
    else:
        yield _overdue(course, assistant, card.due, situation)


def _overdue(course: Course, assistant: Person, due: Instant, situation: Situation) -> Verdict:
    card = course.card
    # An assistant's own silence does not cover this.
    wait = silenced(course, situation, by_assistant=False)
    if wait is not None:
        return Skip("late", card.id, wait.reason, wait.until)
    ref = late_reference(card.id, due)
    if stands(card, ref, situation.snapshot):
        return _answered(course, assistant, due, situation)
    wait = not_now(course, assistant, situation)
    if wait is not None:
        return Skip("late", card.id, wait.reason, wait.until)
    text = situation.texts.message(Late(assistant, course.owner, due), ref)
    comment = PostComment(text, ref, (assistant.username,))
    return Planned("late", card.id, comment, Reason("due_passed"))


def _answered(course: Course, assistant: Person, due: Instant, situation: Situation) -> Verdict:
    """Tell the owner when nothing came after the request."""
    card, snapshot, owner = course.card, situation.snapshot, course.owner
    request = comment_with(card, late_reference(card.id, due), snapshot)
    act = course.newest_act_of(assistant, snapshot)
    if request is None or (act is not None and act.at > request.at):
        return Skip("late", card.id, Reason("late_answered" if request else "request_deleted"))
    if not addresses(request, assistant):
        # An earlier assistant was asked: this one leaves nothing unanswered.
        return Skip("late", card.id, Reason("late_asked"))
    ref = late_reference(card.id, due, to_owner=True)
    if stands(card, ref, snapshot):
        return Skip("late", card.id, Reason("late_told"))
    after = course.stall_after(situation.policy.stall_after)
    # While the owner had the ball nothing was awaited of the assistant.
    patience = assistant.calendar.after(max(request.at, course.ball.since), after)
    if situation.now < patience:
        return Skip("late", card.id, Reason("late_asked"), owner.calendar.next_working(patience))
    wait = not_now(course, owner, situation)
    if wait is not None:
        return Skip("late", card.id, wait.reason, wait.until)
    text = situation.texts.message(LateUnanswered(owner, assistant, due, request.at), ref)
    comment = PostComment(text, ref, (owner.username,))
    return Planned("late", card.id, comment, Reason("late_unanswered"))
