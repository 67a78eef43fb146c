"""Wall clocks: what a zone's clock shows at an instant, and when it first shows a time.

Instants are aware datetimes in UTC; zones are IANA names.
A wall time stands for the first instant at which the clock shows it or has gone past it: in a gap
the first valid instant after it, and of two equal readings the first.
So a later wall time never stands for an earlier instant.
An instant beyond the years 1 to 9999 becomes the nearest one inside them.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

_EARLIEST = datetime.combine(date.min, time.min, tzinfo=UTC)
_LATEST = datetime.combine(date.max, time.max, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


@cache
def zone_named(name: str) -> ZoneInfo:
    """Return the zone with this IANA name; ``ZoneInfoNotFoundError`` when there is none."""
    return ZoneInfo(name)


def local_time(at: datetime, zone: str) -> datetime:
    """Return what the clock of ``zone`` shows at the instant ``at``."""
    try:
        return at.astimezone(zone_named(zone))
    except OverflowError:
        return _nearest_extreme(at).replace(tzinfo=zone_named(zone))


def resolve_local(wall: datetime, zone: str) -> datetime:
    """Return the first instant at which the clock of ``zone`` shows the naive ``wall`` or later."""
    reading = wall.replace(tzinfo=zone_named(zone), fold=0)
    try:
        first, second = reading.astimezone(UTC), reading.replace(fold=1).astimezone(UTC)
    except OverflowError:
        return _nearest_extreme(wall)
    # In a gap the two readings change places: fold 0 takes the offset before, which is smaller.
    return first if first <= second else _end_of_gap(wall, zone, (second, first))


def start_of_day(day: date) -> datetime:
    """Return the naive wall time at which ``day`` begins."""
    return datetime.combine(day, time.min)


def instants_of_day(day: date, zone: str) -> tuple[datetime, datetime]:
    """Return the first instant of the local date ``day`` and that of the date after it.

    The clock need not show 00:00 then: in Cairo, Havana, Beirut and Santiago one date a year
    begins at 01:00.
    """
    first = resolve_local(start_of_day(day), zone)
    if day == date.max:
        return first, _LATEST
    return first, resolve_local(start_of_day(day + timedelta(days=1)), zone)


def _end_of_gap(wall: datetime, zone: str, around: tuple[datetime, datetime]) -> datetime:
    """Halve the time around a gap until the clock's jump over ``wall`` is found.

    Clocks change on whole seconds.
    """
    early, late = (instant.replace(microsecond=0) for instant in around)
    while late - early > _SECOND:
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if local_time(middle, zone).replace(tzinfo=None) < wall:
            early = middle
        else:
            late = middle
    return late


def _nearest_extreme(moment: datetime) -> datetime:
    return _EARLIEST if moment.year == date.min.year else _LATEST
