"""The owners whose digests are followed, and the public holidays that concern them.

Holidays stand here as dates, typed from official lists; the bot gets them by the region's name.
Those of Morocco that follow the moon are estimates, the same ones as everywhere until the moon is
seen.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from bot.domain.model import Language
from tests.end_to_end.year.hours import Hours


class Owner(Struct, frozen=True):
    """An owner's settings, as the bot is told and as the oracle knows them."""

    language: Language
    zone: str
    hours: str
    week: Mapping[int, tuple[tuple[str, str], ...]]
    """The same hours as ``hours``, by weekday; 0 is Monday."""
    region: str
    holidays: frozenset[date]
    away: tuple[tuple[date, date], ...]
    """First and last days of absences."""
    day: str
    weekday: int
    """The same day as ``day``."""
    time: str

    @property
    def clock(self) -> Hours:
        """Their working time."""
        away = {
            first + timedelta(days=n)
            for first, last in self.away
            for n in range((last - first).days + 1)
        }
        return Hours(self.zone, self.week, self.holidays | away)

    def configured(self) -> dict[str, object]:
        """Return what stands in the configuration about the person."""
        return {
            "username": "paul",
            "language": self.language,
            "timezone": self.zone,
            "hours": self.hours,
            "holidays": self.region,
            "away": [f"{first}/{last}" for first, last in self.away],
        }


def _dates(*texts: str) -> frozenset[date]:
    """Return dates from ``2026 01-01 04-06``: a year, then its days."""
    parts = [(text.split()[0], each) for text in texts for each in text.split()[1:]]
    return frozenset(date.fromisoformat(f"{year}-{each}") for year, each in parts)


def _days(*texts: str) -> tuple[tuple[date, date], ...]:
    """Return absences from ``2026-02-16/2026-02-20``."""
    pairs = (each.split("/") for each in texts)
    return tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in pairs)


PARIS = Owner(
    language="fr",
    zone="Europe/Paris",
    hours="lun-ven 09:00-12:00 14:00-18:00",
    week=dict.fromkeys(range(5), (("09:00", "12:00"), ("14:00", "18:00"))),
    region="FR",
    holidays=_dates(
        "2026 01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25",
        "2027 01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25",
    ),
    away=_days("2026-02-16/2026-02-20", "2026-08-03/2026-08-21", "2027-04-05/2027-04-05"),
    day="lundi",
    weekday=0,
    time="09:00",
)
"""A Monday digest: all but one holiday on a Monday move it, and so does the summer."""

MONTREAL = Owner(
    language="en",
    zone="America/Montreal",
    hours="mon-fri 08:30-12:00 13:00-17:00",
    week=dict.fromkeys(range(5), (("08:30", "12:00"), ("13:00", "17:00"))),
    region="CA-QC",
    holidays=_dates(
        "2026 01-01 04-03 05-18 06-24 07-01 09-07 10-12 12-25",
        "2027 01-01 03-26 05-24 06-24 07-01 09-06 10-11 12-25 12-27",
    ),
    away=_days("2026-07-20/2026-08-07", "2026-12-28/2027-01-01", "2027-06-11/2027-06-11"),
    day="friday",
    weekday=4,
    time="16:30",
)
"""A digest half an hour before the weekend: whoever misses it by that much gets it on Monday."""

CASABLANCA = Owner(
    language="fr",
    zone="Africa/Casablanca",
    hours="dim-jeu 08:15-12:45 14:30-18:00",
    week=dict.fromkeys((6, 0, 1, 2, 3), (("08:15", "12:45"), ("14:30", "18:00"))),
    region="MA",
    holidays=_dates(
        "2026 01-01 01-11 01-14 03-20 03-21 05-01 05-27 05-28 06-16 07-30 08-14 08-20 08-21 08-25",
        "2026 08-26 10-31 11-06 11-18",
        "2027 01-01 01-11 01-14 03-09 03-10 05-01 05-16 05-17 06-06 07-30 08-14 08-15 08-20 08-21",
        "2027 10-31 11-06 11-18",
    ),
    away=_days("2026-05-20/2026-05-26", "2027-02-10/2027-02-10", "2027-07-12/2027-07-29"),
    day="mercredi",
    weekday=2,
    time="13:30",
)
"""At lunch on Wednesday: due when work begins again; clocks change around Ramadan."""

LORD_HOWE = Owner(
    language="en",
    zone="Australia/Lord_Howe",
    hours="sun-thu 01:30-05:00",
    week=dict.fromkeys((6, 0, 1, 2, 3), (("01:30", "05:00"),)),
    region="AU-NSW",
    holidays=_dates(
        "2026 01-01 01-26 04-03 04-04 04-05 04-06 04-25 04-27 06-08 10-05 12-25 12-26 12-28",
        "2027 01-01 01-26 03-26 03-27 03-28 03-29 04-25 04-26 06-14 10-04 12-25 12-26 12-27 12-28",
    ),
    away=_days("2026-09-13/2026-09-20", "2027-01-31/2027-02-25"),
    day="sunday",
    weekday=6,
    time="02:15",
)
"""At night on Sunday: half an hour that is left out once a year and comes twice once a year."""

OWNERS: Mapping[str, Owner] = {
    "Paris, Monday at nine": PARIS,
    "Montréal, Friday at half past four": MONTREAL,
    "Casablanca, Wednesday at lunch": CASABLANCA,
    "Lord Howe, Sunday at night": LORD_HOWE,
}
