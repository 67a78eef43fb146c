"""Workloads and priorities as people write them, and workloads back into text."""

import re
from datetime import timedelta
from fractions import Fraction

from bot.domain.markdown import unescape
from bot.domain.recall import recalled_by_value
from bot.domain.words import fold

LEAST = timedelta(minutes=1)
MOST_DAYS = 60

_FRACTIONS = str.maketrans({"½": ".5", "¼": ".25", "¾": ".75"})
_NUMBER_WORDS = {
    **dict.fromkeys(("un", "une", "a", "an", "one"), "1"),
    **dict.fromkeys(("deux", "two"), "2"),
    **dict.fromkeys(("trois", "three"), "3"),
    **dict.fromkeys(("quatre", "four"), "4"),
    **dict.fromkeys(("cinq", "five"), "5"),
    **dict.fromkeys(("demi", "demie", "half"), "1/2"),
}
_HALVES = re.compile(r"^(?:une |a )?(?:demi[- ]|half[- ](?:an? )?)")
_AND_A_HALF = re.compile(r"^(\S+) (\S+) et demie?$")
_ABOUT = re.compile(r"^(?:~|≈|environ |env\.? |about )\s*")

_PRIORITY = re.compile(r"(?:p|n°|#)? ?([1-9])")

_NUMBER = r"(?:\d{1,5}(?:[.,]\d{1,4})?|[.,]\d{1,4}|\d{1,2}/\d{1,2})"
_DAYS = rf"(?P<days>{_NUMBER}) ?(?:j|jours?|journees?|d|days?)"
_HOURS = rf"(?P<hours>{_NUMBER}) ?(?:h|hrs?|heures?|hours?)"
_MINUTES = rf"(?P<minutes>{_NUMBER}) ?(?:m|mn|min|mins|minutes?)\.?"
_CLOCK = r"(?P<whole>\d{1,5}) ?(?:h|heures?) ?(?P<past>[0-5]\d) ?(?:m|mn|min|minutes?)?"
_SUM = re.compile(rf"(?:{_DAYS})?(?: ?{_HOURS})?(?: ?{_MINUTES})?")
_HOURS_PAST = re.compile(_CLOCK)


@recalled_by_value(most=1 << 10)
def read_workload(text: str, day: timedelta) -> timedelta | None:
    """Return the working time that ``text`` states, to the minute; ``None``: cannot be read.

    ``day`` is the working time that one day stands for.  Less than a minute or more than
    60 days is nobody's workload and cannot be read either.
    """
    amount = _amount(_plain(text), day)
    if amount is None or not LEAST <= amount <= MOST_DAYS * day:
        return None
    return amount


def write_workload(time: timedelta) -> str:
    """Return working time to the minute as ``3h``, ``1h30`` or ``45 min``, in either language."""
    hours, minutes = divmod(round(time / timedelta(minutes=1)), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours}h{minutes:02d}" if minutes else f"{hours}h"


def _plain(text: str) -> str:
    """Leave out remarks and write halves and number words in digits."""
    folded = fold(re.split(r" \(| — ", unescape(text).translate(_FRACTIONS), maxsplit=1)[0])
    said = _ABOUT.sub("", folded.rstrip(" .!"))
    said = _HALVES.sub("1/2 ", said)
    number, space, unit = said.partition(" ")
    return _AND_A_HALF.sub(r"\1.5 \2", _NUMBER_WORDS.get(number, number) + space + unit)


def _amount(said: str, day: timedelta) -> timedelta | None:
    if clock := _HOURS_PAST.fullmatch(said):
        return timedelta(hours=int(clock["whole"]), minutes=int(clock["past"]))
    total = _SUM.fullmatch(said)
    if total is None:
        return None
    units = {"days": day, "hours": timedelta(hours=1), "minutes": timedelta(minutes=1)}
    minutes = sum(
        (_number(total[unit]) * _minutes(each) for unit, each in units.items()), Fraction(0)
    )
    return timedelta(minutes=round(minutes))


def _minutes(time: timedelta) -> Fraction:
    return Fraction(time // timedelta(microseconds=1), 60_000_000)


def _number(digits: str | None) -> Fraction:
    """Read ``2``, ``0,5`` or ``1/2``; nothing and a division by nothing are 0."""
    above, _, below = (digits or "0").partition("/")
    divisor = int(below or 1)
    return Fraction(above.replace(",", ".")) / divisor if divisor else Fraction(0)


def read_priority(text: str) -> int | None:
    """Return the priority that ``text`` states, 1 (first) to 9; ``None``: cannot be read."""
    stated = _PRIORITY.fullmatch(fold(unescape(text)))
    return int(stated[1]) if stated else None
