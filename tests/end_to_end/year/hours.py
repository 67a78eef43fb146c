"""Working hours by the simplest means: a clock on the wall, a list of days off, minutes counted.

Made apart from the bot's own calendar on purpose, so that the two cannot share a mistake.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

STEP = timedelta(minutes=5)
"""All scripted hours are multiples of this, in every zone of the year."""


class Hours(Struct, frozen=True):
    """When somebody works: by weekday (0 is Monday) pairs such as ``("09:00", "12:00")``."""

    zone: str
    week: Mapping[int, tuple[tuple[str, str], ...]]
    off: frozenset[date]

    def local(self, at: datetime) -> datetime:
        """Return what their clock shows."""
        return at.astimezone(ZoneInfo(self.zone))

    def works_on(self, day: date) -> bool:
        """Tell whether they work on this day of theirs."""
        return day not in self.off and bool(self.week.get(day.weekday()))

    def working(self, at: datetime) -> bool:
        """Tell whether this is their working time; the end of an interval is not."""
        local = self.local(at)
        clock = f"{local:%H:%M}"
        spans = self.week.get(local.weekday(), ())
        return local.date() not in self.off and any(a <= clock < b for a, b in spans)

    def opens(self, at: datetime) -> datetime:
        """Return the first working instant from ``at`` on, on the grid of five minutes."""
        return self.later(at, timedelta())

    def later(self, at: datetime, worked: timedelta) -> datetime:
        """Return the working instant by which that much has been worked since ``at``."""
        now = at if self.working(at) else _on_grid(at)
        left = worked
        while left > timedelta() or not self.working(now):
            if self.working(now):
                left -= STEP
            now += STEP
        return now

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two instants, to five minutes."""
        now, found = start, timedelta()
        while now < end:
            found += STEP * self.working(now)
            now += STEP
        return found

    def days_worked(self, start: datetime, end: datetime) -> int:
        """Count the working days after the day of ``start`` up to the day of ``end``."""
        day, last, count = self.local(start).date(), self.local(end).date(), 0
        while day < last:
            day += timedelta(days=1)
            count += self.works_on(day)
        return count


def _on_grid(at: datetime) -> datetime:
    late = timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    return at + (STEP - late if late else late)
