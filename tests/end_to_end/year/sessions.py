"""When an assistant sits down to work, and how long a brief says that its task takes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from tests.end_to_end.year.hours import STEP
from tests.end_to_end.year.people import Worker
from tests.end_to_end.year.tasks import LAST

_WHOLE_DAY = 7.0
"""Hours for this owner when no capacity is agreed."""


def sessions(who: Worker, chance: Random, start: datetime) -> Iterator[tuple[datetime, float]]:
    """Yield one session in each stretch of working time of the year, and its hours of work.

    Each begins at some moment of the stretch, not in its first or last quarter of an hour.
    """
    day = start
    while day.date() <= LAST:
        spans = _spans(who, day)
        whole = sum((end - begin for begin, end in spans), timedelta())
        for begin, end in spans:
            at = begin + STEP * chance.randrange(3, (end - begin) // STEP - 2)
            yield at, (who.capacity or _WHOLE_DAY) * ((end - begin) / whole)
        day += timedelta(days=1)


def _spans(who: Worker, day: datetime) -> list[tuple[datetime, datetime]]:
    hours = who.clock
    local = hours.local(day)
    if not hours.works_on(local.date()):
        return []
    return [
        (_at(local, opens), _at(local, closes))
        for opens, closes in hours.week.get(local.weekday(), ())
    ]


def _at(local: datetime, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return local.replace(hour=hour, minute=minute, second=0, microsecond=0).astimezone(UTC)


def stated_hours(description: str) -> float:
    """Return the workload that stands in a brief, in hours."""
    for line in reversed(description.splitlines()):
        head, _, said = line.replace("*", "").replace("\xa0", " ").partition(":")
        if head.strip() in {"Charge", "Workload"}:
            hours, found, minutes = said.replace(" ", "").replace("min", "").partition("h")
            return float(hours) + float(minutes or 0) / 60 if found else float(hours) / 60
    message = f"no workload in {description!r}"
    raise LookupError(message)
