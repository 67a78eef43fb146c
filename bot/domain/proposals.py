"""The owner's time counts too: a card that waited for them may be due later by as much."""

import re
from collections.abc import Iterator
from datetime import timedelta

from msgspec import Struct

from bot.domain.acts import bot_comments, comments_of, is_bots
from bot.domain.ball import Holder, Possession
from bot.domain.calendar import WorkingDays, WorkingTime
from bot.domain.commands import is_go
from bot.domain.course import Course
from bot.domain.dates import read_due
from bot.domain.follow_up import Proposal
from bot.domain.model import Action, Instant, Person, Snapshot
from bot.domain.tokens import reference, reference_at_end
from bot.domain.traces import kind_of_comment

LEAST_PAUSE = WorkingDays(1)
"""A shorter pause, in the assistant's calendar, is nobody's delay."""

_INSTANT = timedelta.resolution
_QUARTER = timedelta(minutes=15)
_BULLET = re.compile(r"\s*\\?[-*•]\s+\*\*[^*]+\*\*\s*([^()]+)")


class Offer(Struct, frozen=True):
    """A later date that a pause of the owner's makes fair."""

    message: Proposal
    ref: str


class Fate(Struct, frozen=True):
    """What has become of the newest proposal on a card."""

    comment: Action
    proposed: Instant | None
    """The date that it shows; ``None``: it cannot be read any more."""
    go: Action | None
    """The owner's ``/go`` to it."""
    dated: Action | None
    """The first time that anybody set the date since."""

    def is_open(self, now: Instant) -> bool:
        """Tell whether the date may still be set: nobody has, and it has not passed."""
        return self.dated is None and self.proposed is not None and self.proposed > now


def offer_of(course: Course) -> Offer | None:
    """Return what the last return of the ball to the assistant gives reason to propose."""
    return next(_offers(course), None)


def fate(course: Course, snapshot: Snapshot) -> Fate | None:
    """Return what has become of the newest proposal that stands on the card."""
    card = course.card
    posted = [
        each
        for each in bot_comments(card, snapshot)
        if kind_of_comment(each, card, course.board) == "proposal"
    ]
    if not posted:
        return None
    newest = posted[-1]
    since = [each for each in card.log or () if each.at > newest.at]
    said = comments_of(course.owner.member_id, card, snapshot)
    return Fate(
        comment=newest,
        proposed=_shown(newest, course),
        go=next((each for each in said if each.at > newest.at and is_go(each.text)), None),
        dated=next((each for each in since if each.field == "due"), None),
    )


def is_carried_out(found: Fate, course: Course, snapshot: Snapshot) -> bool:
    """Tell whether the bot, and nobody else before it, has set the date since the ``/go``."""
    if found.go is None or found.dated is None or found.dated.at < found.go.at:
        return False
    return is_bots(found.dated, course.card, course.board, snapshot.me)


def date_changed_since(course: Course, at: Instant) -> bool:
    """Tell whether the date was set anew: then nothing is left to propose."""
    return any(each.field == "due" and each.at >= at for each in course.card.log or ())


def date_shown(text: str, reader: Person, at: Instant) -> Instant | None:
    """Return the date in the last line of a proposal's list: what people saw is what counts."""
    shown = [found[1] for line in text.splitlines() if (found := _BULLET.match(line))]
    calendar = reader.calendar
    return read_due(shown[-1], at, calendar.zone, calendar.end_of_day) if shown else None


def _shown(comment: Action, course: Course) -> Instant | None:
    shown = date_shown(comment.text, course.owner, comment.at)
    if shown is not None:
        return shown
    ref = reference_at_end(comment.text)
    return next((each.message.proposed for each in _offers(course) if each.ref == ref), None)


def _offers(course: Course) -> Iterator[Offer]:
    turns = zip(course.possessions, course.possessions[1:], strict=False)
    for waited, back in reversed(list(turns)):
        if back.holder is Holder.ASSISTANT:
            offer = _offer(course, waited, back)
            if offer is not None:
                yield offer


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
    """Return due and as much working time, on a full quarter of an hour.

    The end of an interval is not the next one's start.
    """
    exact = assistant.calendar.after(due, WorkingTime(pause - _INSTANT)) + _INSTANT
    past = timedelta(minutes=exact.minute % 15, seconds=exact.second) + timedelta(
        microseconds=exact.microsecond
    )
    return exact + (_QUARTER - past if past else timedelta())
