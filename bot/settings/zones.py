"""Time zones, by the names that owners write: the zone's own, its city's, its country's."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from bot.domain.model import LANGUAGES
from bot.domain.words import fold
from bot.settings.problems import Wrong, closest

_OFFSET = re.compile(
    r"(?:etc\s*+/)?+\s*+(?:utc|gmt|z)?+\s*+[+\N{MINUS SIGN}-]\s*+\d.*", re.IGNORECASE
)
"""``Etc/GMT+2`` is two hours behind UTC, against what everybody means; none knows summer time."""

_MUCH_ALIKE = 0.8
"""Cities are many and short: less alike, Europe would be the Faeroes, and Mars Paris."""


def zone(text: str) -> str:
    """Return the IANA zone written in ``text``, which the configuration names in full."""
    name = text.strip()
    if name in _usual() or name in _every():
        return name
    guess = guessed_zone(name)
    hint = None if guess is None else f"did you mean {guess}?"
    raise Wrong("this is no time zone; a name such as Europe/Paris is expected", hint)


def is_offset(text: str) -> bool:
    """Tell whether a distance from UTC is written instead of a place."""
    return _OFFSET.fullmatch(text.strip()) is not None


def is_offered(name: str) -> bool:
    """Tell whether a zone is one of a place, or UTC: what may be proposed to a person."""
    return name in _offered()


def zones_meant(text: str) -> tuple[str, ...]:
    """Return the zones that are called so: by their own name, else by city, else by country.

    What follows a comma, as in ``Paris, France``, only says it again.
    """
    called = _words(text.partition(",")[0])
    own = [each for each in _offered() if _words(each) == called]
    return tuple(sorted(own or _of_city(called) or _of_country(called)))


def guessed_zone(text: str) -> str | None:
    """Return the zone that is called so, else the one that is written similarly."""
    if is_offset(text):
        return None
    meant = zones_meant(text)
    if meant:
        return meant[0] if len(meant) == 1 else None
    if "/" in text:
        return closest(text, _offered())
    cities = {_city(each): each for each in sorted(_offered())}
    city = closest(_words(text), cities, _MUCH_ALIKE)
    return None if city is None else cities[city]


def _of_city(called: str) -> list[str]:
    found = [each for each in _offered() if _city(each) == called]
    # Some cities have a second name that is kept for old files: America/Argentina/Buenos_Aires.
    return [each for each in found if each in _territories()] or found


def _of_country(called: str) -> list[str]:
    codes = {
        code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if _words(name) == called
    }
    return [each for each in _offered() if _territories().get(each) in codes]


def _city(name: str) -> str:
    return _words(name.rpartition("/")[2])


def _words(text: str) -> str:
    """Return a name as it is compared: ``new-york`` is called as New_York is."""
    return " ".join(re.findall(r"[^\W_]+|/", fold(text)))


@lru_cache(maxsize=1)
def _usual() -> frozenset[str]:
    """Return the zones that tzdata lists in one file; `_every` reads hundreds for the machine's."""
    return frozenset(files("tzdata").joinpath("zones").read_text("ascii").split())


@lru_cache(maxsize=1)
def _every() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _offered() -> frozenset[str]:
    places: Iterable[str] = (each for each in _every() if "/" in each)
    return frozenset(each for each in places if not each.startswith("Etc/")) | {"UTC"}


def _territories() -> Mapping[str, str]:
    """Return the country of each zone."""
    territories: Mapping[str, str] = get_global("zone_territories")
    return territories
