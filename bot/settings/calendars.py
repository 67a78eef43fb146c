"""From a person's settings to the calendar that the rules calculate with."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from bot.domain.calendar import Calendar
from bot.settings.model import PersonSettings, Settings
from bot.settings.places import public_holidays


class MissingHolidays(Struct, frozen=True):
    """Years for which nobody knows a region's holidays yet; weekends still count."""

    region: str
    years: tuple[int, ...]


def calendar_for(
    person: PersonSettings, settings: Settings, today: date
) -> tuple[Calendar, MissingHolidays | None]:
    """Return the person's calendar, with holidays from last year to two years after ``today``."""
    off = {day for away in person.away for day in _days(away.first, away.last)}
    missing = None
    if person.holidays is not None:
        years = range(max(today.year - 1, 1), min(today.year + 2, date.max.year) + 1)
        holidays, without = public_holidays(person.holidays, years)
        off |= holidays
        missing = MissingHolidays(str(person.holidays), without) if without else None
    zone = person.timezone or settings.timezone
    return Calendar(zone, person.hours, frozenset(off)), missing


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=step) for step in range((last - first).days + 1))
