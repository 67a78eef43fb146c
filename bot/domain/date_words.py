"""The words people use for days and times of day, in French and English.

Everything here reads folded text without commas, marks and remarks.
"""

import re
from datetime import time
from typing import TypeAlias

from msgspec import Struct

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan",
            "fevrier february fevr fev feb",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "lundi monday lun mon",
            "mardi tuesday mar tues tue",
            "mercredi wednesday mer wed",
            "jeudi thursday jeu thurs thur thu",
            "vendredi friday ven fri",
            "samedi saturday sam sat",
            "dimanche sunday dim sun",
        )
    )
    for name in names.split()
}
_RELATIVE = {
    **dict.fromkeys(("aujourd'hui", "aujourdhui", "today"), 0),
    **dict.fromkeys(("demain", "tomorrow"), 1),
    **dict.fromkeys(("apres-demain", "apres demain", "day after tomorrow"), 2),
}


_CLOCK = (
    r"(?:(?P<hour>\d{1,2}) ?(?:h|heures?)(?: ?(?P<past>[0-5]\d))?"
    r"|(?P<hour12>1[0-2]|0?[1-9])(?::(?P<minute12>[0-5]\d))? ?(?P<half>[ap])\.?m\.?"
    r"|(?P<hour24>\d{1,2}):(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d{1,6})?)?"
    r"|(?P<noon>midi|noon))"
)
_CLOCK_LAST = re.compile(rf" (?:(?:a|at|@) ?)?{_CLOCK}$")
_CLOCK_FIRST = re.compile(rf"(?:(?:a|at|@) ?)?{_CLOCK} ")
_LEADING = re.compile(r"(?:(?:pour|d'ici|au plus tard|jusqu'au?|au|by|due|until|on|ce|this) )*+")
_THE = r"(?:(?:le|the) )?"
_WEEKDAY = re.compile(rf"{_THE}(?:next )?(?P<name>{'|'.join(_WEEKDAYS)})\.?(?: prochain)?(?: |$)")
_NTH = r"(?P<day>\d{1,2})(?:er|st|nd|rd|th|e)?"
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})\.?"
_YEAR_AFTER = r"(?: (?P<year>\d{4}))?"
_DAY_ALONE = re.compile(_NTH)
_DATES = (
    re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})(?:\2(?P<year>\d{4}|\d{2}))?\.?"),
    re.compile(rf"{_NTH} ?(?:of |de )?{_MONTH}{_YEAR_AFTER}"),
    re.compile(rf"{_MONTH} (?:the )?{_NTH}{_YEAR_AFTER}"),
    _DAY_ALONE,
)


class InDays(Struct, frozen=True):
    """Tomorrow is in one day."""

    count: int


class NextWeekday(Struct, frozen=True):
    """The next Friday after today."""

    weekday: int


class CalendarDate(Struct, frozen=True):
    """A date as far as it was said."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None


SaidDay: TypeAlias = InDays | NextWeekday | CalendarDate


def split_clock(said: str) -> tuple[str, time | None]:
    """Return the words around a time of day, and the time; ``ValueError``: no clock shows it."""
    if found := _CLOCK_LAST.search(said):
        return said[: found.start()], _time(found)
    if found := _CLOCK_FIRST.match(said):
        return said[found.end() :], _time(found)
    return said, None


def _time(found: re.Match[str]) -> time:
    if found["noon"]:
        return time(12)
    if found["hour12"]:
        afternoon = 12 if found["half"] == "p" else 0
        return time(int(found["hour12"]) % 12 + afternoon, int(found["minute12"] or 0))
    hour, minute = found["hour"] or found["hour24"], found["past"] or found["minute"]
    return time(int(hour), int(minute or 0))


def day_said(words: str) -> SaidDay | None:
    """Return the day that ``words`` name; ``None``: they name none, or one of two."""
    said = _LEADING.sub("", f"{words} ", count=1).strip()
    named = _WEEKDAY.match(said)
    if named is None:
        return _day_without_weekday(said)
    weekday, rest = _WEEKDAYS[named["name"]], said[named.end() :]
    if not rest:
        return NextWeekday(weekday)
    if named["name"] == "mar" and _DAY_ALONE.fullmatch(rest):  # mardi 4 or March 4
        return None
    return _date_said(rest.removeprefix("le ").removeprefix("the "), weekday)


def _day_without_weekday(words: str) -> SaidDay | None:
    bare = words.removeprefix("le ").removeprefix("the ")
    if bare in _RELATIVE:
        return InDays(_RELATIVE[bare])
    if bare == words and _DAY_ALONE.fullmatch(words):  # "4" alone may be anything
        return None
    return _date_said(bare)


def _date_said(words: str, weekday: int | None = None) -> CalendarDate | None:
    for shape in _DATES:
        if found := shape.fullmatch(words):
            parts = found.groupdict()
            month = _MONTHS.get(parts.get("name") or "") or parts.get("month")
            year = parts.get("year")
            return CalendarDate(
                int(parts["day"]),
                int(month) if month else None,
                int(year) + (2000 if len(year) == 2 else 0) if year else None,
                weekday,
            )
    return None
