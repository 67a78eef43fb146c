"""late: due has passed; the assistant is asked for a new date, and the owner is told if in vain."""

from collections.abc import Iterator

from bot.domain.acts import addresses, comment_with, stands
from bot.domain.ball import Party, is_only_command
from bot.domain.calendar import NoWorkingTime, WorkingDays
from bot.domain.changes import Reason, Skip, Verdict
from bot.domain.course import Course, work_under_way
from bot.domain.follow_up import Late, LateUnanswered
from bot.domain.model import Card, Instant, Person
from bot.domain.posting import posting
from bot.domain.proposals import fate
from bot.domain.restraint import Wait, not_now, silenced
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
        yield Skip("late", card.id, Reason("not_due"), _first_word(assistant, card.due))
    else:
        yield _overdue(course, assistant, card.due, situation)


def _first_word(assistant: Person, due: Instant) -> Instant | None:
    """Return the assistant's first working instant from due on, if a calendar goes that far."""
    try:
        return assistant.calendar.next_working(due)
    except NoWorkingTime:
        return None


def _overdue(course: Course, assistant: Person, due: Instant, situation: Situation) -> Verdict:
    card = course.card
    # An assistant's own silence does not cover this.
    wait = silenced(course, situation, by_assistant=False)
    if wait is not None:
        return Skip("late", card.id, wait.reason, wait.until)
    ref = late_reference(card.id, due)
    if stands(card, ref, situation.snapshot):
        return _in_vain(course, assistant, due, situation)
    wait = _date_proposed(course, situation) or not_now(course, assistant, situation)
    if wait is not None:
        return Skip("late", card.id, wait.reason, wait.until)
    message = Late(assistant, course.owner, due, bool(course.board.lists.review))
    return posting(("late", card), message, ref, Reason("due_passed"), situation)


def _date_proposed(course: Course, situation: Situation) -> Wait | None:
    """Return the wait for the owner's word on a later date: for a working day of theirs.

    Nobody is asked for a new date while another is asked whether a new date suits.
    """
    found = fate(course, situation.snapshot)
    if found is None or found.go is not None or not found.is_open(situation.now):
        return None
    patience = course.owner.calendar.after(found.comment.at, WorkingDays(1))
    until = min(patience, found.proposed or patience)
    return Wait(Reason("date_proposed"), until) if situation.now < until else None


def _in_vain(course: Course, assistant: Person, due: Instant, situation: Situation) -> Verdict:
    """Tell the owner when nothing came after the request."""
    card, snapshot, owner = course.card, situation.snapshot, course.owner
    request = comment_with(card, late_reference(card.id, due), snapshot)
    # A command speaks to the bot: a pause asked for is no answer to the question.
    answered = request is not None and any(
        each.by is Party.ASSISTANT
        and each.action.at > request.at
        and not is_only_command(each.action)
        for each in course.evidence
    )
    if request is None or answered:
        return Skip("late", card.id, Reason("late_answered" if request else "request_deleted"))
    if not addresses(request, assistant):
        # An earlier assistant was asked: this one leaves nothing unanswered.
        return Skip("late", card.id, Reason("late_asked_before"))
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
    message = LateUnanswered(owner, assistant, due, request.at)
    return posting(("late", card), message, ref, Reason("late_unanswered"), situation)
