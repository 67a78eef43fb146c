"""When the bot asks how a task is going: in working hours, before due, never twice in a row."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import assert_never

from msgspec import Struct

from bot.domain.calendar import Calendar, Duration, NoWorkingTime, WorkingDays, WorkingTime
from bot.domain.model import Instant
from bot.domain.policy import CheckInPolicy

CLOSING = timedelta(minutes=30)
"""The end of an interval of working time, too late for a question."""
APART = timedelta(hours=2)
"""Working time; of two instants no further apart the earlier is dropped."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class CheckInInstant(Struct, frozen=True):
    """A moment to ask the assistant."""

    at: Instant
    offset: str
    """Where it comes from: ``50%`` of the way, ``1d`` or ``90m`` before due."""
    mid_course: bool
    """True for a share of the way; False for a time before due."""


def check_in_instants(
    calendar: Calendar, handed: Instant, due: Instant, policy: CheckInPolicy, *, mid_course: bool
) -> tuple[CheckInInstant, ...]:
    """Return when the assistant with this calendar is to be asked, ascending.

    All lie in working time after ``handed`` and before ``due``, more than ``APART`` from each
    other.  ``mid_course``: whether the card is important or long, so that ``policy.at`` counts.
    """
    if not calendar.works_between(handed, due):
        return ()
    wanted = list(_before(calendar, due, policy))
    if mid_course:
        wanted += _on_the_way(calendar, handed, due, policy)
    possible = [each for each in wanted if handed < each.at < due]
    # At the same moment the one before due is kept: a silence does not cover it.
    return _spread(sorted(possible, key=lambda each: (each.at, not each.mid_course)), calendar)


def known_offsets() -> tuple[str, ...]:
    """Return every offset that a configuration, past or present, may reasonably bear."""
    return (
        *(f"{percent}%" for percent in range(1, 100)),
        *(f"{days}d" for days in range(1, 61)),
        *(f"{minutes}m" for minutes in range(5, 24 * 60 + 1, 5)),
    )


def offset_name(duration: Duration) -> str:
    """Return by what a time before due is known: ``1d``, or ``90m`` in whole minutes."""
    match duration:
        case WorkingDays(days=days):
            return f"{days}d"
        case WorkingTime(time=time):
            return f"{time // _MINUTE}m"
        case _:
            assert_never(duration)


def _before(calendar: Calendar, due: Instant, policy: CheckInPolicy) -> Iterator[CheckInInstant]:
    for duration in policy.before:
        # What ten years before due do not hold lies before the hand-over too.
        with suppress(NoWorkingTime):
            at = _opportunity(calendar, calendar.before(due, duration))
            yield CheckInInstant(at, offset_name(duration), mid_course=False)


def _on_the_way(
    calendar: Calendar, handed: Instant, due: Instant, policy: CheckInPolicy
) -> Iterator[CheckInInstant]:
    way = calendar.working_time(handed, due)
    for percent in policy.at:
        reached = calendar.after(handed, WorkingTime(way * percent // 100))
        yield CheckInInstant(_opportunity(calendar, reached), f"{percent}%", mid_course=True)


def _opportunity(calendar: Calendar, at: Instant) -> Instant:
    """Return the last moment up to ``at`` that is at least ``CLOSING`` before an interval's end.

    In an interval shorter than that it is its start.
    """
    today = calendar.local(at).date()
    # Where clocks go back over midnight, an interval of the next date may have begun.
    latest = today if today == date.max else today + _DAY
    spans = (
        span
        for day in calendar.working_days_back_from(latest)
        for span in reversed(calendar.intervals(day))
    )
    opens, closes = next(span for span in spans if span[0] <= at)
    return min(at, max(opens, closes - CLOSING))


def _spread(ascending: list[CheckInInstant], calendar: Calendar) -> tuple[CheckInInstant, ...]:
    kept: list[CheckInInstant] = []
    for each in reversed(ascending):
        if not kept or calendar.working_time(each.at, kept[-1].at) > APART:
            kept.append(each)
    return tuple(reversed(kept))
