"""The people of the year, their hours, and every day on which they do not work.

Public holidays stand here as dates, typed from official lists and not asked of any library; the
bot gets them by the region's name.  Only those on a weekday matter, and all of them are listed.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from tests.end_to_end.year.hours import Hours

HOLIDAYS: Mapping[str, Mapping[date, str]] = {
    "FR": {
        date(2026, 1, 1): "Jour de l’an",
        date(2026, 4, 6): "Lundi de Pâques",
        date(2026, 5, 1): "Fête du Travail",
        date(2026, 5, 8): "Victoire 1945",
        date(2026, 5, 14): "Ascension",
        date(2026, 5, 25): "Lundi de Pentecôte",
        date(2026, 7, 14): "Fête nationale",
        date(2026, 11, 11): "Armistice",
        date(2026, 12, 25): "Noël",
    },
    "MG": {
        date(2026, 1, 1): "Jour de l’an",
        date(2026, 4, 6): "Lundi de Pâques",
        date(2026, 5, 1): "Fête du Travail",
        date(2026, 5, 14): "Ascension",
        date(2026, 5, 25): "Lundi de Pentecôte",
        date(2026, 6, 26): "Fête de l’Indépendance",
        date(2026, 12, 11): "Fête de la République",
        date(2026, 12, 25): "Noël",
    },
    "CA-QC": {
        date(2026, 1, 1): "New Year",
        date(2026, 4, 3): "Good Friday",
        date(2026, 5, 18): "Patriots’ Day",
        date(2026, 6, 24): "Saint-Jean-Baptiste",
        date(2026, 7, 1): "Canada Day",
        date(2026, 9, 7): "Labour Day",
        date(2026, 10, 12): "Thanksgiving",
        date(2026, 12, 25): "Christmas",
    },
}
CLOCK_CHANGES: Mapping[date, str] = {
    date(2026, 3, 8): "clocks go forward in Montréal",
    date(2026, 3, 29): "clocks go forward in Paris and London",
    date(2026, 10, 25): "clocks go back in Paris and London",
    date(2026, 11, 1): "clocks go back in Montréal",
}


class Worker(Struct, frozen=True):
    """Somebody with working hours: as the bot is told, and as the script knows it."""

    username: str
    full_name: str
    language: str
    zone: str
    hours: str
    week: Mapping[int, tuple[tuple[str, str], ...]]
    """The same hours as ``hours``, by weekday."""
    away: tuple[tuple[date, date], ...]
    """First and last days of absences."""
    holidays: str | None = None
    capacity: float | None = None
    """Hours a day for this owner."""

    @property
    def clock(self) -> Hours:
        """Their working time."""
        away = {
            first + timedelta(days=n)
            for first, last in self.away
            for n in range((last - first).days + 1)
        }
        public = HOLIDAYS[self.holidays] if self.holidays else {}
        return Hours(self.zone, self.week, frozenset(away | set(public)))

    def configured(self) -> dict[str, object]:
        """Return what stands in the configuration about them."""
        known: dict[str, object] = {
            "username": self.username,
            "language": self.language,
            "timezone": self.zone,
            "hours": self.hours,
            "away": [f"{first}/{last}" for first, last in self.away],
        }
        if self.holidays:
            known["holidays"] = self.holidays
        if self.capacity:
            known["capacity"] = f"{self.capacity:g}h"
        return known


PAUL = Worker(
    username="paul",
    full_name="Paul Durand",
    language="fr",
    zone="Europe/Paris",
    hours="lun-ven 09:00-12:00 14:00-18:00",
    week=dict.fromkeys(range(5), (("09:00", "12:00"), ("14:00", "18:00"))),
    away=(
        (date(2026, 2, 16), date(2026, 2, 20)),
        (date(2026, 8, 3), date(2026, 8, 14)),
        (date(2026, 12, 24), date(2026, 12, 31)),
    ),
    holidays="FR",
)
MEL = Worker(
    username="mel",
    full_name="Mel Rakoto",
    language="fr",
    zone="Indian/Antananarivo",
    hours="lun-ven 08:00-12:00 13:00-17:00",
    week=dict.fromkeys(range(5), (("08:00", "12:00"), ("13:00", "17:00"))),
    away=(
        (date(2026, 3, 9), date(2026, 3, 11)),
        (date(2026, 8, 10), date(2026, 8, 21)),
        (date(2026, 12, 24), date(2026, 12, 31)),
    ),
    holidays="MG",
    capacity=4,
)
NOAH = Worker(
    username="noah",
    full_name="Noah Tremblay",
    language="en",
    zone="America/Toronto",
    hours="mon-fri 08:30-12:00 13:00-16:30",
    week=dict.fromkeys(range(5), (("08:30", "12:00"), ("13:00", "16:30"))),
    away=(
        (date(2026, 3, 2), date(2026, 3, 6)),
        (date(2026, 7, 20), date(2026, 7, 31)),
        (date(2026, 10, 13), date(2026, 10, 14)),
    ),
    holidays="CA-QC",
    capacity=3,
)
TOM = Worker(
    username="tom",
    full_name="Tom Baker",
    language="en",
    zone="Europe/London",
    hours="mon-thu 07:30-10:30 16:00-20:00; fri 07:30-09:30; sun 18:00-20:00",
    week={
        **dict.fromkeys(range(4), (("07:30", "10:30"), ("16:00", "20:00"))),
        4: (("07:30", "09:30"),),
        6: (("18:00", "20:00"),),
    },
    away=((date(2026, 4, 7), date(2026, 4, 10)), (date(2026, 9, 21), date(2026, 9, 25))),
    capacity=3,
)
ASSISTANTS = (MEL, NOAH, TOM)
EVERYBODY: Mapping[str, Worker] = {each.username: each for each in (PAUL, *ASSISTANTS)}
HOURS: Mapping[str, Hours] = {name: each.clock for name, each in EVERYBODY.items()}
