"""Which week's digest is due, and since when: one an ISO week, on the configured day.

A holiday or a day away moves it on to the next working day; the week keeps its name.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from bot.domain.calendar import Calendar
from bot.domain.local_time import resolve_local
from bot.domain.model import Instant
from bot.domain.policy import Policy

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
LONGEST_AWAY = 8
"""Weeks looked back: whoever is away longer gets the digest of their return."""


def week_name(day: date) -> str:
    """Return a day's ISO week, such as ``2026-W53``: the first of January may lie in it."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_after(name: str) -> str:
    """Return the name of the week that follows a week."""
    year, week = name.split("-W")
    return week_name(date.fromisocalendar(int(year), int(week), 1) + _WEEK)


def digest_instant(day: date, policy: Policy, calendar: Calendar) -> Instant:
    """Return when the digest of the configured ``day`` is due."""
    working = calendar.first_working_day_on_or_after(day)
    wall = datetime.combine(working, policy.digest_time)
    return calendar.next_working(resolve_local(wall, calendar.zone))


class Week(Struct, frozen=True):
    """A week's digest: the week's name, and from when on it is due."""

    name: str
    due: Instant


def latest_digest(now: Instant, policy: Policy, calendar: Calendar) -> Week | None:
    """Return the newest week whose digest is due."""
    return next(latest_digests(now, policy, calendar), None)


def latest_digests(now: Instant, policy: Policy, calendar: Calendar) -> Iterator[Week]:
    """Yield the weeks whose digests are due, the newest first, as far back as one looks."""
    today = calendar.local(now).date()
    monday = today - timedelta(days=today.weekday())
    for back in range(LONGEST_AWAY):
        day = monday + timedelta(days=policy.digest_day) - back * _WEEK
        due = digest_instant(day, policy, calendar)
        if due <= now:
            yield Week(week_name(day), due)


def week_to_tell(now: Instant, policy: Policy, calendar: Calendar) -> Week | None:
    """Return the week whose digest may be posted now.

    One that comes a day late or more, less than a day before the next, is left out: it would tell
    its reader the same twice.
    """
    week = latest_digest(now, policy, calendar)
    if week is None or now - week.due < _DAY:
        return week
    return week if next_digest(now, policy, calendar).due - now >= _DAY else None


def next_digest(now: Instant, policy: Policy, calendar: Calendar) -> Week:
    """Return the first week whose digest is due after ``now``."""
    today = calendar.local(now).date()
    day = today - timedelta(days=today.weekday()) + timedelta(days=policy.digest_day) - _WEEK
    while (due := digest_instant(day, policy, calendar)) <= now:
        day += _WEEK
    return Week(week_name(day), due)
