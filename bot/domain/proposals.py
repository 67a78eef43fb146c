"""The owner's time counts too: a card that waited for them may be due later by as much."""

from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct

from bot.domain.acts import comment_with, is_bots
from bot.domain.ball import Holder, Possession
from bot.domain.calendar import WorkingDays, WorkingTime
from bot.domain.course import Course
from bot.domain.follow_up import Proposal
from bot.domain.model import Action, Instant, Person, Snapshot
from bot.domain.states import go_after
from bot.domain.tokens import reference

LEAST_PAUSE = WorkingDays(1)
"""A shorter pause, in the assistant's calendar, is nobody's delay."""
_INSTANT = timedelta.resolution


class Offer(Struct, frozen=True):
    """A later date that a pause of the owner's makes fair."""

    message: Proposal
    ref: str


def offers(course: Course) -> Iterator[Offer]:
    """Yield what each return of the ball to the assistant gives reason to propose, newest first."""
    turns = zip(course.possessions, course.possessions[1:], strict=False)
    for waited, back in reversed(list(turns)):
        if back.holder is Holder.ASSISTANT:
            offer = _offer(course, waited, back)
            if offer is not None:
                yield offer


def date_changed_since(course: Course, at: Instant) -> bool:
    """Tell whether the date was set anew: then nothing is left to propose."""
    return any(each.at >= at for each in _dates_set(course))


def accepted_by(course: Course, offer: Offer, snapshot: Snapshot) -> str | None:
    """Return the id of the owner's ``/go`` to a proposal, unless the date was changed before it."""
    posted = comment_with(course.card, offer.ref, snapshot)
    found = go_after(course.card, offer.ref, snapshot)
    go = next((each for each in course.card.log or () if each.id == found), None)
    if posted is None or go is None:
        return None
    between = any(posted.at < each.at < go.at for each in _dates_set(course))
    return None if between else go.id


def is_set(course: Course, offer: Offer, snapshot: Snapshot) -> bool:
    """Tell whether the bot, and nobody else before it, has set the date since the ``/go`` to it."""
    accepted = accepted_by(course, offer, snapshot)
    go = next((each for each in course.card.log or () if each.id == accepted), None)
    since = (each for each in _dates_set(course) if go is not None and each.at >= go.at)
    first = next(since, None)
    return first is not None and is_bots(first, course.card, course.board, snapshot.me)


def _dates_set(course: Course) -> Iterator[Action]:
    return (each for each in course.card.log or () if each.field == "due")


def _offer(course: Course, waited: Possession, back: Possession) -> Offer | None:
    assistant, due = course.assistant, course.card.due
    if assistant is None or due is None:
        return None
    if assistant.calendar.after(waited.since, LEAST_PAUSE) > back.since:
        return None
    pause = assistant.calendar.working_time(waited.since, back.since)
    message = Proposal(
        reader=course.owner,
        assistant=assistant,
        pause=pause,
        since=waited.since,
        until=back.since,
        due=due,
        proposed=_later(due, pause, assistant),
    )
    return Offer(message, reference(course.card.id, "proposal", back.event))


def _later(due: Instant, pause: timedelta, assistant: Person) -> Instant:
    """Return due and as much working time; the end of an interval is not the next one's start."""
    return assistant.calendar.after(due, WorkingTime(pause - _INSTANT)) + _INSTANT
