"""How a page is looked at: language, zone, moment, and where links lead."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.sandbox.clock import Stamp, instant
from bot.sandbox.errors import LimitError, RefusedError
from bot.sandbox.page.passes import Round
from bot.sandbox.page.words import WORDS, Language


@dataclass(frozen=True, slots=True)
class Scene:
    """The reader's side of a page."""

    language: Language
    zone: ZoneInfo
    now: datetime
    """Aware, UTC."""
    whole: bool = False
    """Everything in one file: links lead to anchors, and nothing can be done."""
    path: str = "/"
    """The page's own address."""
    player: str = ""
    """Username of the person that the reader is; empty: nobody, who can only look."""
    token: str = ""
    """What proves that a form is this page's."""
    round: Round | None = None
    """What the bot did last."""

    def say(self, key: str) -> str:
        """Return the page's own word for ``key``."""
        return WORDS[self.language][key]

    def refusal(self, why: RefusedError) -> str:
        """Return what to say about something that could not be done."""
        if isinstance(why, LimitError):
            return self.say("refused_limit")
        return self.say(f"refused_{why.status}" if why.status in {403, 404, 413} else "refused")

    @property
    def query(self) -> str:
        """What links carry on: language, zone and who the reader is."""
        return self._query()

    def _query(self, **other: str) -> str:
        carried = {"lang": self.language, "zone": self.zone.key, "as": self.player} | other
        return urlencode({name: each for name, each in carried.items() if each})

    @property
    def here(self) -> str:
        """Where this page is, and where its forms go."""
        return f"{self.path}?{self.query}"

    @property
    def front_link(self) -> str:
        """Return where all boards are."""
        return f"/?{self.query}"

    @property
    def other_language(self) -> str:
        """Where the same page is in the other language; empty: nowhere."""
        other = "en" if self.language == "fr" else "fr"
        return "" if self.whole else f"{self.path}?{self._query(lang=other)}"

    def as_link(self, username: str) -> str:
        """Return where this page is for another person."""
        return f"{self.path}?{self._query(**{'as': username})}"

    def card_link(self, short_link: str) -> str:
        """Return where a card's back is."""
        return f"#c-{short_link}" if self.whole else f"/c/{short_link}?{self.query}"

    def board_link(self, short_link: str) -> str:
        """Return where a board is."""
        return "#" if self.whole else f"/b/{short_link}?{self.query}"

    def typed(self, text: Stamp) -> str:
        """Return date and time as a form's field holds it."""
        return _local(text, self.zone).replace(tzinfo=None).isoformat(timespec="minutes")

    def when(self, text: Stamp, zone: ZoneInfo | None = None) -> str:
        """Return date and time as people of this language write them, the year if not this one."""
        return self._written(_local(text, zone or self.zone))

    def hour(self, text: Stamp, zone: ZoneInfo) -> str:
        """Return the hour in another zone, with its day where that is another one too."""
        local = _local(text, zone)
        same = local.date() == _local(text, self.zone).date()
        return f"{local:%H:%M}" if same else self._written(local)

    def in_both_zones(self, text: Stamp) -> str:
        """Return date and time in the reader's zone, then the time in UTC."""
        if _local(text, self.zone).tzname() == "UTC":
            return f"{self.when(text)} UTC"
        there = self.hour(text, ZoneInfo("UTC"))
        return f"{self.when(text)} {place_of(self.zone.key)} · {there} UTC"

    def _written(self, local: datetime) -> str:
        day = self.say("days").split()[local.weekday()]
        month = self.say("months").split()[local.month - 1]
        year = f" {local.year}" if local.year != self.now.year else ""
        return f"{day} {local.day} {month}{year} {local:%H:%M}"

    def day(self, text: Stamp) -> str:
        """Return day and month, for the front of a card."""
        local = _local(text, self.zone)
        return f"{local.day} {self.say('months').split()[local.month - 1]}"


def _local(text: Stamp, zone: ZoneInfo) -> datetime:
    """Return an instant in a zone; in UTC where the zone's own date would leave the calendar."""
    known = instant(text)
    try:
        return known.astimezone(zone)
    except OverflowError:
        return known


def place_of(zone: str) -> str:
    """Return the place that an IANA zone is named after."""
    return zone.rpartition("/")[2].replace("_", " ")
