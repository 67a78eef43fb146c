"""Working hours as owners write them: ``lun-ven 09:00-12:00 14:00-18:00``.

Days come in French or English, whole or short, alone, in lists or as ranges; each run of days is
followed by its intervals. Commas, semicolons and words such as ``de`` or ``and`` only separate.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import time, timedelta
from itertools import pairwise
from typing import TypeAlias

from bot.domain.calendar import Interval
from bot.domain.words import fold
from bot.settings.problems import Wrong, did_you_mean, shown

Week: TypeAlias = tuple[tuple[Interval, ...], ...]
"""Seven days, Monday first; the intervals of a day ascending and disjoint."""

USUAL_HOURS = "lun-ven 09:00-12:00 14:00-18:00"

_NAMES = (
    ("lundi", "lun", "monday", "mon"),
    ("mardi", "mar", "tuesday", "tue", "tues"),
    ("mercredi", "mer", "wednesday", "wed"),
    ("jeudi", "jeu", "thursday", "thu", "thur", "thurs"),
    ("vendredi", "ven", "friday", "fri"),
    ("samedi", "sam", "saturday", "sat"),
    ("dimanche", "dim", "sunday", "sun"),
)
_DAYS = {name: number for number, names in enumerate(_NAMES) for name in names}
_FILLERS = {"et", "and", "de", "du", "from", "le"}
_RANGE_WORDS = re.compile(r"(?<= )(?:au|a|to|until)(?= )")
_TIME = re.compile(r"(\d{1,2})(?:[:h](\d{2})|h)")
_EXAMPLE = f"hours look like {USUAL_HOURS}"
_MIDNIGHT = timedelta(hours=24)


def weekday(text: str) -> int:
    """Return the day's number, 0 for Monday, from its French or English name."""
    word = fold(text).rstrip(".")
    if word in _DAYS:
        return _DAYS[word]
    message = f"“{shown(text)}” is no day of the week; monday or lundi is expected"
    raise Wrong(message, did_you_mean(word, _DAYS))


def clock(text: str) -> time:
    """Return a time of day from ``09:00``, ``9:30`` or ``9h30``."""
    moment = _since_midnight(fold(text))
    if moment == _MIDNIGHT:
        raise Wrong("24:00 is no time of a day; write 00:00 of the next day, or 23:59")
    return time(moment.seconds // 3600, moment.seconds // 60 % 60)


def week(text: str) -> Week:
    """Return the working hours of a week; every rule broken raises ``Wrong``."""
    days: list[list[Interval]] = [[] for _ in range(7)]
    for numbers, intervals in _groups(_words(text)):
        for number in numbers:
            days[number] += intervals
    return tuple(_joined(sorted(day, key=lambda part: part.start), n) for n, day in enumerate(days))


def _words(text: str) -> list[str]:
    plain = re.sub("[,;]", " ", fold(text))
    ranges = _RANGE_WORDS.sub("-", " ".join(word for word in plain.split() if word not in _FILLERS))
    return re.sub(" ?- ?", "-", ranges).split()


def _groups(words: Iterable[str]) -> Iterator[tuple[list[int], list[Interval]]]:
    """Yield days with their intervals: a day's name after an interval begins a new group."""
    days: list[int] = []
    intervals: list[Interval] = []
    for word in words:
        if word[0].isdigit():
            intervals.append(_interval(word))
            continue
        if intervals:
            yield _complete(days, intervals)
            days, intervals = [], []
        days += _day_range(word)
    yield _complete(days, intervals)


def _complete(days: list[int], intervals: list[Interval]) -> tuple[list[int], list[Interval]]:
    if not days:
        raise Wrong("the hours do not say on which days", _EXAMPLE)
    if not intervals:
        raise Wrong("the days have no hours", _EXAMPLE)
    return sorted(set(days)), intervals


def _day_range(word: str) -> list[int]:
    first, dash, last = word.partition("-")
    start = weekday(first)
    if not dash:
        return [start]
    length = (weekday(last) - start) % 7
    return [(start + step) % 7 for step in range(length + 1)]


def _interval(word: str) -> Interval:
    first, dash, last = word.partition("-")
    if not dash:
        raise Wrong(f"“{shown(word)}” is no interval; write its start and end, 09:00-12:00")
    start, end = _since_midnight(first), _since_midnight(last)
    if start == end:
        raise Wrong(f"{shown(word)} ends when it begins")
    if end < start:
        hint = f"over midnight, write two: {first}-24:00 on one day and 00:00-{last} on the next"
        raise Wrong(f"{shown(word)} ends before it begins", hint)
    return Interval(start, end)


def _since_midnight(word: str) -> timedelta:
    found = _TIME.fullmatch(word)
    if found is None:
        raise Wrong(f"“{shown(word)}” is no time; 09:00 is expected")
    hours, minutes = int(found[1]), int(found[2] or 0)
    moment = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or moment > _MIDNIGHT:
        raise Wrong(f"“{shown(word)}” is no time; 00:00 to 24:00 is expected")
    return moment


def _joined(intervals: list[Interval], day: int) -> tuple[Interval, ...]:
    """Refuse overlaps, join intervals that touch."""
    for one, other in pairwise(intervals):
        if other.start < one.end:
            raise Wrong(f"two intervals overlap on {_NAMES[day][0]} ({_NAMES[day][2]})")
    joined: list[Interval] = []
    for part in intervals:
        if joined and joined[-1].end == part.start:
            joined[-1] = Interval(joined[-1].start, part.end)
        else:
            joined.append(part)
    return tuple(joined)
