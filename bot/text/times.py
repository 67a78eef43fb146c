"""Dates, hours and places as people write them, by Babel's language data."""

import re
from datetime import datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_datetime, get_timezone_location

from bot.domain.local_time import local_time
from bot.domain.model import Instant, Language, Person
from bot.domain.workload import write_workload

_LOCALES = {"fr": Locale("fr"), "en": Locale("en", "GB")}
_LONG = "EEEE d MMMM y, HH:mm"
_SHORT = "EEE d MMM y, HH:mm"
_NAMES = {"fr": {"fr": "français", "en": "anglais"}, "en": {"fr": "French", "en": "English"}}
_PLACES = {"fr": ("à {}", "{} à {}"), "en": ("in {}", "{} in {}")}
"""Where a date is meant, and what hour that is elsewhere."""


def long_date(at: Instant, zone: str, language: Language) -> str:
    """Return ``vendredi 4 décembre 2026, 17:00``: the form in which a brief holds its date.

    When clocks are put back an hour comes twice and such a date would mean the first one: the
    second is written ``2026-10-25 02:30+01:00``.
    """
    local = _local(at, zone)
    if _comes_twice(local) and local.fold:
        return local.isoformat(" ", "minutes")
    return _written(local, _LONG, language)


def short_date(at: Instant, zone: str, language: Language) -> str:
    """Return ``ven. 4 déc. 2026, 17:00``."""
    return _written(_local(at, zone), _SHORT, language)


def hour(at: Instant, zone: str, language: Language) -> str:
    """Return ``17:00``."""
    return format_datetime(_local(at, zone), "HH:mm", locale=_LOCALES[language])


def weekday_hour(at: Instant, zone: str, language: Language) -> str:
    """Return ``jeudi 17:00``: for an hour that falls on another date elsewhere."""
    return format_datetime(_local(at, zone), "EEEE HH:mm", locale=_LOCALES[language])


@lru_cache(maxsize=256)
def place(zone: str, language: Language) -> str:
    """Return the city that stands for a zone: ``Paris``, ``Buenos Aires``."""
    try:
        location = get_timezone_location(zone, locale=_LOCALES[language], return_city=True)
    except LookupError:  # a zone without language data
        location = zone
    return location.rpartition("/")[2].replace("_", " ")


def language_name(language: Language, told_in: Language) -> str:
    """Return ``français``."""
    return _NAMES[told_in][language]


def duration(time: timedelta) -> str:
    """Return ``1h30``, rounded up to whole minutes."""
    minutes = -(-time // timedelta(minutes=1))
    return write_workload(timedelta(minutes=max(minutes, 1)))


def both_zones(at: Instant, first: Person, second: Person, language: Language) -> str:
    """Return where the date is meant and what hour that is for the other person.

    ``à Antananarivo — 15:00 à Paris``; only the first place when the clocks agree.
    """
    here, there = first.calendar.zone, second.calendar.zone
    mine, other = _local(at, here), _local(at, there)
    at_place, hour_at_place = _PLACES[language]
    told = at_place.format(place(here, language))
    if mine.utcoffset() == other.utcoffset():
        return told
    tell = hour if mine.date() == other.date() else weekday_hour
    return f"{told} — {hour_at_place.format(tell(at, there, language), place(there, language))}"


def _written(local: datetime, pattern: str, language: Language) -> str:
    said = format_datetime(local, pattern, locale=_LOCALES[language])
    return re.sub(r"\b1 (?=[^\W\d_])", "1er ", said, count=1) if language == "fr" else said


def _comes_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _local(at: Instant, zone: str) -> datetime:
    return local_time(at, zone)
