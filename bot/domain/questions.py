"""What a check-in asks: chosen by what the card shows, and not the same thing twice in a row."""

from bot.domain.answers import is_answers
from bot.domain.course import Course
from bot.domain.follow_up import Question
from bot.domain.model import Action, Instant, Person

_LAG = 0.25
"""Steps may lag behind the time used by this share of the whole before it is worth a question."""


def question_at(
    course: Course, assistant: Person, asked: tuple[Action, ...], now: Instant, near: Instant
) -> Question:
    """Return the question of a check-in at ``now``.

    ``asked`` are the check-ins posted before, oldest first: what each of them asked follows from
    what the card showed then.  From ``near`` on delivery is near.
    """
    wanted = _by_evidence(course, assistant, now, near=now >= near)
    if not asked:
        return wanted[0]
    *earlier, last = asked
    before = question_at(course, assistant, tuple(earlier), last.at, near)
    return next((each for each in wanted if each is not before), before)


def _by_evidence(course: Course, assistant: Person, at: Instant, *, near: bool) -> list[Question]:
    """Return the questions that what the card showed at an instant gives, the best first."""
    done, steps = _steps_at(course, at)
    found = []
    if steps and done == 0:
        found.append(Question.METHOD)
    if steps and done / steps + _LAG < _time_used(course, assistant, at):
        found.append(Question.OBSTACLE)
    return [*found, Question.DELIVERY if near else Question.PROGRESS]


def _steps_at(course: Course, at: Instant) -> tuple[int, int]:
    """Return ticked and all steps at an instant: today's, less what was ticked since."""
    done, steps = course.steps
    for action in course.card.log or ():
        is_step = action.item is not None and not is_answers(action.checklist or "")
        if is_step and action.at > at:
            done -= 1 if action.item_done else -1
    return min(max(done, 0), steps), steps


def _time_used(course: Course, assistant: Person, at: Instant) -> float:
    """Return which share of the time between hand-over and due is over."""
    handed, due = course.possessions[0].since, course.card.due
    calendar = assistant.calendar
    whole = calendar.working_time(handed, due) if due else None
    return calendar.working_time(handed, at) / whole if whole else 1.0
