"""Durations as owners write them: ``2d``, ``3h``, ``45m``, ``1h30``; ``60s`` for the machine."""

import re
from datetime import timedelta

from bot.domain.calendar import Duration, WorkingDays, WorkingTime
from bot.domain.words import fold
from bot.settings.problems import Wrong

MOST_DAYS = 250
"""Working days; about a year."""
MOST_TIME = timedelta(hours=2000)
"""Working time; about a year."""

_DAYS = re.compile(r"(\d{1,6}) ?(?:d|days?|j|jours?)")
_TIME = re.compile(r"(?:(\d{1,6}) ?h(?:ours?|eures?)?)? ?(?:(\d{1,6}) ?(?:m|min|minutes?)?)?")
_REAL = re.compile(r"(?:(\d{1,6}) ?h)? ?(?:(\d{1,6}) ?(?:m|min))? ?(?:(\d{1,6}) ?(?:s|sec))?")
_ALLOWED = "a duration is expected: 2d (working days), 3h, 45m or 1h30 (working time)"


def duration(text: str) -> Duration:
    """Return working days or working time, more than nothing and at most about a year."""
    found = _DAYS.fullmatch(fold(text))
    if found is None:
        return WorkingTime(working_time(text, _ALLOWED))
    days = int(found[1])
    if not 1 <= days <= MOST_DAYS:
        raise Wrong(f"between 1d and {MOST_DAYS}d is allowed")
    return WorkingDays(days)


def working_time(
    text: str, allowed: str = "working time is expected: 3h, 45m or 1h30"
) -> timedelta:
    """Return an amount of working time, more than nothing and at most about a year."""
    folded = fold(text)
    if folded.isdecimal():
        raise Wrong(allowed, f"add the unit, such as {_with_units(folded)}")
    found = _TIME.fullmatch(folded)
    if found is None or not folded:
        raise Wrong(allowed, _unit_hint(folded))
    amount = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))
    if not timedelta() < amount <= MOST_TIME:
        raise Wrong("between 1m and 2000h of working time is allowed")
    return amount


def real_time(text: str) -> timedelta:
    """Return time as any clock counts it; ranges are the caller's business."""
    allowed = "a time is expected such as 60s, 5m or 1h"
    folded = fold(text)
    if folded.isdecimal():
        raise Wrong(allowed, f"add the unit, such as {folded}s")
    found = _REAL.fullmatch(folded)
    if found is None or not folded:
        raise Wrong(allowed)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _with_units(number: str) -> str:
    return f"{number[:6]}m or {number[:6]}h"


def _unit_hint(folded: str) -> str | None:
    if re.fullmatch(r"\d{1,6}[.,]\d{1,3} ?h", folded):
        return "write hours and minutes: 1h30"
    if re.fullmatch(r"\d{1,6} ?(s|sec)", folded):
        return "seconds are for worker and writes only; the shortest here is 1m"
    if re.fullmatch(r"\d{1,6} ?(w|weeks?|semaines?)", folded):
        return "a week is 5d"
    return None
