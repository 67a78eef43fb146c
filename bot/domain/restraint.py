"""When a request that time alone brings about may be posted: in the addressee's working time, at
most one a day and card, and not while somebody asked for silence.
"""

from datetime import timedelta

from msgspec import Struct

from bot.domain.acts import addresses, bot_comments
from bot.domain.calendar import Calendar
from bot.domain.changes import Reason
from bot.domain.commands import Verb
from bot.domain.course import Course
from bot.domain.local_time import instants_of_day
from bot.domain.model import Action, Card, Instant, Person
from bot.domain.pauses import Pause, in_force, newest_pause
from bot.domain.people import first_name
from bot.domain.situation import Situation
from bot.domain.traces import kind_of_comment

_REQUESTS = {"check-in", "late", "stall", "changes", "pass", "delivery", "proposal"}
"""Kinds of text that ask a person for something; what cannot be told apart counts as one.

What answers an act comes at once whatever was asked today, but what time brings about waits a day
after it: whoever has just been told that a card waits for them needs no offer of help with it.
"""


MOST_A_DAY = 12
"""Comments of the bot on one card in a day: two programs that answer each other come to an end."""

_DAY = timedelta(days=1)


class Wait(Struct, frozen=True):
    """Why a request has to wait, and until when if time alone decides."""

    reason: Reason
    until: Instant | None = None


def silenced(course: Course, situation: Situation, *, by_assistant: bool) -> Wait | None:
    """Return the silence that a command asked for, if it covers a request.

    ``by_assistant``: whether an assistant's own command covers it; an owner's always does.
    """
    pause = newest_pause(course.card, situation.snapshot)
    if pause is None or not in_force(pause, situation.now):
        return None
    owners = pause.by.member_id == course.owner.member_id
    return _wait(pause) if owners or by_assistant else None


def not_now(course: Course, to: Person, situation: Situation) -> Wait | None:
    """Return why this person is not to be asked anything at this hour, if so."""
    now = situation.now
    asked = _asked_today(course, to, situation)
    if asked is not None:
        return Wait(Reason("asked_today", {"person": first_name(to)}), _next_day(to.calendar, now))
    if not to.calendar.is_working(now):
        return Wait(
            Reason("outside_hours", {"person": first_name(to)}), to.calendar.next_working(now)
        )
    return None


def said_enough(card: Card, situation: Situation) -> Wait | None:
    """Return why the bot says nothing more on this card today, if so."""
    posted = [each.at for each in bot_comments(card, situation.snapshot)]
    recent = [at for at in posted if at > situation.now - _DAY]
    if len(recent) < MOST_A_DAY:
        return None
    return Wait(Reason("said_enough", {"count": str(MOST_A_DAY)}), recent[-MOST_A_DAY] + _DAY)


def _wait(pause: Pause) -> Wait:
    code = "snoozed" if pause.verb is Verb.SNOOZE else "muted"
    return Wait(Reason(code, {"person": first_name(pause.by)}), pause.until)


def _asked_today(course: Course, to: Person, situation: Situation) -> Action | None:
    today = to.calendar.local(situation.now).date()
    for comment in reversed(tuple(bot_comments(course.card, situation.snapshot))):
        if to.calendar.local(comment.at).date() != today:
            return None
        if addresses(comment, to) and _is_request(comment, course):
            return comment
    return None


def _is_request(comment: Action, course: Course) -> bool:
    kind = kind_of_comment(comment, course.card, course.board)
    return kind is None or kind in _REQUESTS


def _next_day(calendar: Calendar, now: Instant) -> Instant:
    today = calendar.local(now).date()
    return calendar.next_working(instants_of_day(today, calendar.zone)[1])
