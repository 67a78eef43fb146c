"""When each week's digest is due, by the simplest means: days counted, then minutes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache

from msgspec import Struct

from tests.end_to_end.digests.owners import OWNERS, Owner

FIRST = date(2026, 1, 1)
LAST = date(2027, 12, 31)

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


class Week(Struct, frozen=True):
    """An ISO week by its name, such as ``2026-W53``, and when its digest is due."""

    name: str
    due: datetime


def due(owner: Owner, monday: date) -> datetime:
    """Return the first minute of work at or after the hour, on the first working day."""
    clock = owner.clock
    day = monday + owner.weekday * DAY
    while not clock.works_on(day):
        day += DAY
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) - DAY
    wanted = datetime.fromisoformat(f"{day} {owner.time}")
    while clock.local(at).replace(tzinfo=None) < wanted or not clock.working(at):
        at += MINUTE
    return at


def weeks(owner: Owner) -> tuple[Week, ...]:
    """Return every week that touches the two years, oldest first."""
    (name,) = (key for key, each in OWNERS.items() if each is owner)
    return _weeks(name)


@cache
def _weeks(name: str) -> tuple[Week, ...]:
    return tuple(
        Week(f"{monday:%G-W%V}", due(OWNERS[name], monday)) for monday in _mondays(FIRST, LAST)
    )


def _mondays(first: date, last: date) -> Iterator[date]:
    day = first - first.weekday() * DAY
    while day <= last:
        yield day
        day += 7 * DAY
