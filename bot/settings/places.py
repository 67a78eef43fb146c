"""Public holidays of countries and regions, by the names that owners write."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays
from babel import Locale
from msgspec import Struct

from bot.domain.model import LANGUAGES
from bot.domain.words import fold
from bot.settings.problems import Wrong, closest, did_you_mean


class Region(Struct, frozen=True):
    """A country, or a part of one, whose public holidays somebody keeps."""

    country: str
    """ISO 3166-1, two letters."""
    subdivision: str | None = None
    """As in ISO 3166-2, without the country."""

    def __str__(self) -> str:
        """Write it as in the configuration."""
        return self.country if self.subdivision is None else f"{self.country}-{self.subdivision}"


def region(text: str) -> Region:
    """Return the region written in ``text``: ``FR`` or ``CA-QC``."""
    country, dash, subdivision = text.strip().upper().partition("-")
    known = _countries()
    if country not in known:
        message = "this is no country whose holidays are known; FR or CA-QC is expected"
        raise Wrong(message, _country_hint(text))
    if not dash:
        return Region(country)
    if subdivision in known[country]:
        return Region(country, subdivision)
    raise Wrong(_subdivisions_allowed(country), _subdivision_hint(country, subdivision))


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, tuple[str, ...]]:
    supported = holidays.list_supported_countries(include_aliases=False)
    return {country: tuple(parts) for country, parts in supported.items() if len(country) == 2}


def _subdivisions_allowed(country: str) -> str:
    known = _countries()[country]
    if not known:
        return f"{country} has no regions with holidays of their own; write {country}"
    some = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return f"{country} has no such region; allowed: {some}"


def _subdivision_hint(country: str, subdivision: str) -> str | None:
    guess = closest(subdivision, _countries()[country])
    return None if guess is None else f"did you mean {country}-{guess}?"


def _country_hint(text: str) -> str | None:
    """Guess from a country's name in French or English, then from a similar code."""
    names = {
        fold(name): code
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if code in _countries()
    }
    name = closest(text, names)
    if name is not None:
        return f"did you mean {names[fold(name)]}?"
    first = re.split("[-_ ]", text.strip(), maxsplit=1)[0]
    return did_you_mean(first, _countries())


@lru_cache(maxsize=64)
def public_holidays(where: Region, years: range) -> tuple[frozenset[date], tuple[int, ...]]:
    """Return the public holidays of ``years`` and those of the years that have no data."""
    found: set[date] = set()
    empty: list[int] = []
    for year in years:
        days = holidays.country_holidays(where.country, subdiv=where.subdivision, years=year)
        found.update(days)
        if not any(day.year == year for day in days):
            empty.append(year)
    return frozenset(found), tuple(empty)
