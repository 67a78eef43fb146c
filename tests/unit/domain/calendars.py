"""Calendars of people for tests, and short ways to write instants and durations."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.calendar import Calendar, Duration, WorkingDays, WorkingTime, weekly


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def hours(*pairs: tuple[float, float]) -> tuple[tuple[timedelta, timedelta], ...]:
    return tuple((timedelta(hours=start), timedelta(hours=end)) for start, end in pairs)


def calendar(zone: str, *pairs: tuple[float, float], weekdays: range = range(7)) -> Calendar:
    return weekly(zone, {weekday: hours(*pairs) for weekday in weekdays})


def days(count: int) -> Duration:
    return WorkingDays(count)


def time(**parts: float) -> Duration:
    return WorkingTime(timedelta(**parts))


OFFICE = weekly(
    "Europe/Paris",
    {weekday: hours((9, 12), (14, 18)) for weekday in range(4)} | {4: hours((9, 12))},
    frozenset({date(2026, 5, 1), date(2026, 5, 14)}),
)
"""Monday to Thursday with a lunch break, Friday morning; 1 and 14 May 2026 are holidays.

In May Paris is two hours ahead of UTC. Monday is 4 May.
"""
