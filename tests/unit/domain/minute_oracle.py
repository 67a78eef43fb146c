"""An independent account of working time: look at the clock at every minute and count.

It knows no intervals as instants and no arithmetic, only which minutes are working time.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from bot.domain.calendar import Calendar

MINUTE = timedelta(minutes=1)
_WEEK = timedelta(days=7)
_FOUR_DAYS = timedelta(days=4)


class ClockChange(NamedTuple):
    """The first instant with a zone's new offset."""

    zone: str
    at: datetime


@cache
def clock_changes(first_year: int = 2024, last_year: int = 2030) -> tuple[ClockChange, ...]:
    """Find every clock change of those years, one zone for each kind of change."""
    found: dict[tuple[datetime, timedelta | None, timedelta | None], str] = {}
    start = datetime(first_year, 1, 1, tzinfo=UTC)
    weeks = [start + n * _WEEK for n in range((last_year - first_year + 1) * 53)]
    for name in sorted(available_timezones() - {"localtime", "posixrules"}):
        zone = ZoneInfo(name)
        for early, late in pairwise(weeks):
            before, after = _offset(early, zone), _offset(late, zone)
            if before != after:
                found.setdefault((_change_between(early, late, zone), before, after), name)
    return tuple(ClockChange(zone, at) for (at, _, _), zone in found.items())


def _offset(at: datetime, zone: ZoneInfo) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def _change_between(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    before = _offset(early, zone)
    while late - early > MINUTE:
        middle = early + ((late - early) // MINUTE // 2) * MINUTE
        early, late = (middle, late) if _offset(middle, zone) == before else (early, middle)
    return late


class Minutes:
    """What a clock shows at each UTC minute of some time around its change."""

    def __init__(self, change: ClockChange, around: timedelta = _FOUR_DAYS) -> None:
        zone = ZoneInfo(change.zone)
        self.first = change.at - around
        start, end = (int((change.at + n * around).timestamp()) for n in (-1, 1))
        self.walls = [
            datetime.fromtimestamp(second, zone).replace(tzinfo=None, fold=0)
            for second in range(start, end, 60)
        ]
        self._latest_so_far = list(accumulate(self.walls, max))

    def first_showing(self, wall: datetime) -> int:
        """Return the first minute at which the clock shows ``wall`` or later."""
        return bisect_left(self._latest_so_far, wall)

    def instant(self, minute: int) -> datetime:
        return self.first + minute * MINUTE

    def minute(self, at: datetime) -> int:
        return (at - self.first) // MINUTE


minutes_around = lru_cache(maxsize=32)(Minutes)


class Oracle:
    """Answers a calendar's questions by counting minutes; ``None`` when they are too few."""

    def __init__(self, calendar: Calendar, minutes: Minutes) -> None:
        self.minutes = minutes
        self.working = [False] * len(minutes.walls)
        self.days: list[date] = []
        first, last = minutes.walls[0].toordinal(), minutes.walls[-1].toordinal()
        for day in map(date.fromordinal, range(first + 1, last)):
            if day not in calendar.off:
                self._mark(day, calendar)

    def _mark(self, day: date, calendar: Calendar) -> None:
        midnight = datetime.combine(day, time.min)
        for part in calendar.week[day.weekday()]:
            opens = self.minutes.first_showing(midnight + part.start)
            closes = self.minutes.first_showing(midnight + part.end)
            self.working[opens:closes] = [True] * (closes - opens)
            if opens < closes and day not in self.days:
                self.days.append(day)

    def count(self, start: int, end: int) -> int:
        return sum(self.working[start:end])

    def later(self, minute: int, amount: int) -> int | None:
        """Step forward over ``amount`` working minutes and on to a working one."""
        for here in range(minute, len(self.working)):
            if self.working[here]:
                if amount == 0:
                    return here
                amount -= 1
        return None

    def earlier(self, minute: int, amount: int) -> int | None:
        """Step back over ``amount`` working minutes and on until one is next to here."""
        for here in range(minute, 0, -1):
            if amount == 0 and (self.working[here] or self.working[here - 1]):
                return here
            if self.working[here - 1]:
                amount -= 1
        return None

    def days_later(self, minute: int, count: int) -> int | None:
        start = self.later(minute, 0)
        if start is None or count == 0:
            return start
        wall = self.minutes.walls[start]
        later = [day for day in self.days if day > wall.date()]
        if len(later) < count:
            return None
        same = self.minutes.first_showing(datetime.combine(later[count - 1], wall.time()))
        return self.later(same, 0)

    def days_earlier(self, minute: int, count: int) -> int | None:
        start = self.earlier(minute, 0)
        if start is None or count == 0:
            return start
        wall = self.minutes.walls[start]
        sooner = [day for day in self.days if day < wall.date()]
        if len(sooner) < count:
            return None
        same = self.minutes.first_showing(datetime.combine(sooner[-count], wall.time()))
        return self.earlier(same, 0)
