"""How a page is looked at: language, zone, moment, and where links lead."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.sandbox.clock import Stamp, instant
from bot.sandbox.page.words import WORDS, Language


@dataclass(frozen=True, slots=True)
class Scene:
    """The reader's side of a page."""

    language: Language
    zone: ZoneInfo
    now: datetime
    """Aware, UTC."""
    whole: bool = False
    """Everything in one file: links lead to anchors."""
    other_language: str = ""
    """Where the same page is in the other language; empty: nowhere."""

    def say(self, key: str) -> str:
        """Return the page's own word for ``key``."""
        return WORDS[self.language][key]

    @property
    def query(self) -> str:
        """What links carry on: language and zone."""
        return urlencode({"lang": self.language, "zone": self.zone.key})

    def card_link(self, short_link: str) -> str:
        """Return where a card's back is."""
        return f"#c-{short_link}" if self.whole else f"/c/{short_link}?{self.query}"

    def board_link(self, short_link: str) -> str:
        """Return where a board is."""
        return "#" if self.whole else f"/b/{short_link}?{self.query}"

    def when(self, text: Stamp, zone: ZoneInfo | None = None) -> str:
        """Return date and time as people of this language write them, the year if not this one."""
        return self._written(instant(text).astimezone(zone or self.zone))

    def in_both_zones(self, text: Stamp) -> str:
        """Return date and time in the reader's zone, then the time in UTC."""
        here = f"{self.when(text)} ({self.zone.key})"
        if self.zone.key == "UTC":
            return f"{self.when(text)} UTC"
        return f"{here} · {self.when(text, ZoneInfo('UTC'))} UTC"

    def _written(self, local: datetime) -> str:
        day = self.say("days").split()[local.weekday()]
        month = self.say("months").split()[local.month - 1]
        year = f" {local.year}" if local.year != self.now.year else ""
        return f"{day} {local.day} {month}{year} {local:%H:%M}"

    def day(self, text: Stamp) -> str:
        """Return day and month, for the front of a card."""
        local = instant(text).astimezone(self.zone)
        return f"{local.day} {self.say('months').split()[local.month - 1]}"
