"""Values as owners write them, one function each: from text to what it means, or ``Wrong``."""

import re
from datetime import date, time, timedelta

from msgspec import Struct
from pydantic import SecretStr

from bot.settings import durations, hours
from bot.settings.problems import Wrong


class Away(Struct, frozen=True, order=True):
    """Days away, the first and the last included."""

    first: date
    last: date


def name(text: str) -> str:
    """Return a name on one line."""
    name = " ".join(text.split())
    if not name:
        raise Wrong("this text is empty")
    return name


def passage(text: str) -> str:
    """Return a longer text with its lines."""
    if not text.strip():
        raise Wrong("this text is empty")
    return text.strip("\n")


def link(text: str) -> str:
    """Return a web address."""
    url = text.strip()
    if re.fullmatch(r"https?://[^\s/]+\S*", url) is None:
        raise Wrong("a link is expected that begins with https://")
    return url


def username(text: str) -> str:
    """Return a member's name without @, in lower case as Trello keeps it."""
    name = text.strip().removeprefix("@").lower()
    if not name:
        raise Wrong("this text is empty")
    if len(name.split()) > 1:
        raise Wrong("a user name has no spaces; it is the one that Trello shows after @")
    return name


_BOARD_URL = re.compile(r"(?:https?://)?(?:www\.)?trello\.com/b/([A-Za-z0-9]{8})(?:[/?#].*)?")


def board(text: str) -> str:
    """Return the 24-hex id or the short link from any way to name a board."""
    reference = text.strip()
    if re.fullmatch(r"[0-9a-fA-F]{24}", reference):
        return reference.lower()
    url = _BOARD_URL.fullmatch(reference)
    short_link = url[1] if url else reference
    if re.fullmatch(r"[A-Za-z0-9]{8}", short_link):
        return short_link
    allowed = "a board is expected: its address, https://trello.com/b/AbCd1234/…, or AbCd1234"
    is_card = "trello.com/c/" in reference
    raise Wrong(allowed, "this is a card's address; open the board" if is_card else None)


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AWAY_ALLOWED = "a date or two are expected: 2026-12-24 or 2026-12-24/2027-01-02"


def away_days(text: str) -> Away:
    """Return the days from one date, or from two with a slash."""
    first, slash, last = (part.strip() for part in text.partition("/"))
    if re.fullmatch(r"\d{1,2}/\d{1,2}(/\d{2,4})?", text.strip()):
        raise Wrong(_AWAY_ALLOWED, "write the year first, then month and day")
    away = Away(_day(first), _day(last if slash else first))
    if away.last < away.first:
        raise Wrong("the last day comes before the first", f"did you mean {last}/{first}?")
    if (away.last - away.first).days > 3660:
        raise Wrong("at most ten years away can be given")
    return away


def _day(text: str) -> date:
    if _DATE.fullmatch(text) is None:
        raise Wrong(_AWAY_ALLOWED)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Wrong(f"{_AWAY_ALLOWED}; there is no {text}") from None


def percent(text: str) -> int:
    """Return a share in percent, written with its sign."""
    found = re.fullmatch(r"(\d{1,3}) ?%?", text.strip())
    if found is None or not 1 <= int(found[1]) <= 99:
        raise Wrong("a share between 1% and 99% is expected")
    if "%" not in text:
        raise Wrong("a share between 1% and 99% is expected", f"write {found[1]}%")
    return int(found[1])


def clock(text: str) -> time:
    """Return a time of day."""
    if text.strip().isdecimal():
        raise Wrong("a time of day is expected: 09:00", 'put it in quotes, such as "09:00"')
    return hours.clock(text)


def notify(text: str) -> SecretStr:
    """Return an Apprise address; nothing prints it."""
    if "://" not in text:
        raise Wrong("an Apprise address is expected, such as mailto://… or ntfy://…")
    return SecretStr(text.strip())


def capacity(text: str) -> timedelta:
    """Return the working time of a day."""
    amount = durations.working_time(text)
    if amount > timedelta(hours=24):
        raise Wrong("a day has at most 24h")
    return amount
