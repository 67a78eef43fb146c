"""Due dates as people write them, in French and English.

A day without a year is always the next such day: a weekday the next one after today, today's
own date today only while its time is still to come.
Numeric dates put the day first in both languages; what cannot be read that way, what contradicts
itself ("lundi 4 décembre" on a Friday) and what does not exist is not guessed at.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import product
from typing import TypeAlias, assert_never

from bot.domain.date_words import CalendarDate, InDays, NextWeekday, SaidDay, day_said, split_clock
from bot.domain.local_time import local_time, resolve_local
from bot.domain.markdown import unescape
from bot.domain.words import fold

EndOfDay: TypeAlias = Callable[[date], datetime]
"""The end of the working day on a local date, as an instant."""

_At: TypeAlias = Callable[[date], datetime]

_YEARS = range(1970, 2200)
_ENOUGH_YEARS = 9
"""29 February may be eight years away: 2100 is no leap year."""
_LONGEST = 100
_LEFT_OUT = str.maketrans(",*_", "   ")
_REMARK = re.compile(r"[(—].*")
_ISO_T = re.compile(r"(?<=\d)t(?=\d)")
_ISO_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d(?:\.\d{1,6})?)? ?(?:z|[+-]\d\d:?\d\d)"
)


def read_due(text: str, today_at: datetime, zone: str, end_of_day: EndOfDay) -> datetime | None:
    """Return the instant in UTC that ``text`` names, seen from ``today_at`` in ``zone``.

    Without a time it is ``end_of_day`` of the local date.  ``None``: cannot be read.
    A date with its year is taken as it stands, also when it has passed.
    Remarks in brackets or after a long dash are left out.
    """
    said = _plain(text)
    if len(said) > _LONGEST:
        return None
    if _ISO_INSTANT.fullmatch(said):
        return _iso_instant(said)
    try:
        words, clock = split_clock(said)
    except ValueError:  # 25:00
        return None
    day = day_said(words)
    if day is None:
        return None
    at = partial(_instant, clock=clock, zone=zone, end_of_day=end_of_day)
    return _next(day, local_time(today_at, zone).date(), today_at, at)


def _plain(text: str) -> str:
    """Return ``text`` folded, without remarks, marks and commas."""
    one_line = " ".join(unescape(text).split())
    folded = fold(_REMARK.sub("", one_line).translate(_LEFT_OUT))
    return _ISO_T.sub(" ", " ".join(folded.replace(" - ", " ").split())).rstrip(" .;!")


def _iso_instant(said: str) -> datetime | None:
    iso = said.upper().replace(" ", "T", 1).replace(" ", "")
    try:
        at = datetime.fromisoformat(iso).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if at.year in _YEARS else None


def _next(said: SaidDay, today: date, now: datetime, at: _At) -> datetime | None:
    """Return the instant on the day that is meant, if that is the weekday that was said."""
    may_have_passed = not isinstance(said, CalendarDate) or said.year is not None
    for day in _days(said, today):
        instant = at(day)
        if may_have_passed or instant > now:
            return instant if _fits(said, day) else None
    return None


def _fits(said: SaidDay, day: date) -> bool:
    return not isinstance(said, CalendarDate) or said.weekday in (None, day.weekday())


def _days(said: SaidDay, today: date) -> Iterator[date]:
    """Yield the days that may be meant, the nearest first."""
    match said:
        case InDays():
            yield today + timedelta(days=said.count)
        case NextWeekday():
            yield today + timedelta(days=(said.weekday - today.weekday() - 1) % 7 + 1)
        case CalendarDate():
            yield from _possible(said, today)
        case _:
            assert_never(said)


def _possible(said: CalendarDate, today: date) -> Iterator[date]:
    """Yield the dates that fit what was said; without a year none before today."""
    next_years = range(today.year, today.year + _ENOUGH_YEARS)
    years = next_years if said.year is None else [said.year]
    months = range(1, 13) if said.month is None else [said.month]
    for year, month in product(years, months):
        try:
            day = date(year, month, said.day)
        except ValueError:  # 31/02
            continue
        if year in _YEARS and (said.year is not None or day >= today):
            yield day


def _instant(day: date, clock: time | None, zone: str, end_of_day: EndOfDay) -> datetime:
    if clock is None:
        return end_of_day(day)
    return resolve_local(datetime.combine(day, clock), zone)
