"""Types of configuration values: each reads what an owner writes and says what is allowed.

Every type also describes itself to editors through the JSON schema.
"""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Annotated, Any, TypeAlias

from msgspec import Struct
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    SecretStr,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from bot.domain.calendar import Duration
from bot.settings import durations, hours, places
from bot.settings.problems import Wrong

Schema: TypeAlias = dict[str, Any]


def written(text: str | list[str] | dict[str, Any]) -> Any:
    """Return a default as an owner would write it; it is read like any other value."""
    return Field(default=text, validate_default=True)


class Away(Struct, frozen=True, order=True):
    """Days away, the first and the last included."""

    first: date
    last: date


def _reader(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    """Return a validator that gives text to ``read`` and reports ``Wrong`` with its hint."""

    def validate(value: Any) -> Any:
        try:
            return read(_text(value))
        except Wrong as wrong:
            raise _refusal(wrong) from None

    return validate


def _refusal(wrong: Wrong) -> PydanticCustomError:
    context = {"message": wrong.message, "hint": wrong.hint}
    return PydanticCustomError("written", "{message}", context)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        raise Wrong("one value is expected here, not a list")
    if isinstance(value, dict):
        raise Wrong("one value is expected here, not further keys")
    if value is None:
        raise Wrong("this entry is empty")
    raise Wrong("text is expected here", "put it in quotes")


def _number_as_text(read: Callable[[str], Any]) -> Callable[[str | int], Any]:
    """Let a bare number reach ``read``, which knows the unit or the quotes to suggest."""
    validate = _reader(read)

    def validate_number(value: Any) -> Any:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return validate(str(value)[:40] if is_number else value)

    return validate_number


def _string(pattern: str | None = None, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **({"pattern": pattern} if pattern else {}), **more})


def several(item: Schema) -> WithJsonSchema:
    """Describe a list for editors, of which one entry may stand alone."""
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item}]})


def as_list(value: Any) -> Any:
    """Let one entry stand for a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def at_least_one(value: Any) -> Any:
    """Refuse an empty list; let one entry stand for a list of one."""
    entries = as_list(value)
    if not entries:
        raise _refusal(Wrong("at least one entry is needed"))
    return entries


NOT_EMPTY = Field(json_schema_extra={"minItems": 1})


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise Wrong("this text is empty")
    return name


def _passage(text: str) -> str:
    """Keep the lines of a longer text."""
    if not text.strip():
        raise Wrong("this text is empty")
    return text.strip("\n")


def _link(text: str) -> str:
    url = text.strip()
    if re.fullmatch(r"https?://[^\s/]+\S*", url) is None:
        raise Wrong("a link is expected that begins with https://")
    return url


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    words = {"yes": "true", "oui": "true", "on": "true", "no": "false", "non": "false"}
    word = words.get(str(value).lower())
    raise _refusal(Wrong("true or false is expected here", word and f"write {word}"))


def _username(text: str) -> str:
    name = text.strip().removeprefix("@").lower()
    if not name:
        raise Wrong("this text is empty")
    if len(name.split()) > 1:
        raise Wrong("a user name has no spaces; it is the one that Trello shows after @")
    return name


_BOARD_URL = re.compile(r"(?:https?://)?(?:www\.)?trello\.com/b/([A-Za-z0-9]{8})(?:[/?#].*)?")


def _board(text: str) -> str:
    """Normalise to the 24-hex id or the short link."""
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


def _away(text: str) -> Away:
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


def _percent(text: str) -> int:
    found = re.fullmatch(r"(\d{1,3}) ?%?", text.strip())
    if found is None or not 1 <= int(found[1]) <= 99:
        raise Wrong("a share between 1% and 99% is expected")
    if "%" not in text:
        raise Wrong("a share between 1% and 99% is expected", f"write {found[1]}%")
    return int(found[1])


def _clock(text: str) -> time:
    if text.strip().isdecimal():
        raise Wrong("a time of day is expected: 09:00", 'put it in quotes, such as "09:00"')
    return hours.clock(text)


def _notify(text: str) -> SecretStr:
    if "://" not in text:
        raise Wrong("an Apprise address is expected, such as mailto://… or ntfy://…")
    return SecretStr(text.strip())


def _joined_hours(value: Any) -> Any:
    """Let a list of texts stand for one text; anything else is for the reader to refuse."""
    is_texts = isinstance(value, list) and all(isinstance(part, str) for part in value)
    return "; ".join(value) if is_texts else value


def _between(least: timedelta, most: timedelta, allowed: str) -> Callable[[timedelta], timedelta]:
    def check(value: timedelta) -> timedelta:
        if not least <= value <= most:
            raise _refusal(Wrong(allowed))
        return value

    return check


def count(least: int, most: int) -> PlainValidator:
    """Return the type of a whole number between ``least`` and ``most``."""
    allowed = f"a whole number from {least} to {most} is expected"

    def check(value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        is_quoted = isinstance(value, str) and value.strip().isdecimal()
        raise _refusal(Wrong(allowed, "write it without quotes" if is_quoted else None))

    schema = {"type": "integer", "minimum": least, "maximum": most}
    return PlainValidator(check, json_schema_input_type=Annotated[int, WithJsonSchema(schema)])


def _at_most_a_day(text: str) -> timedelta:
    amount = durations.working_time(text)
    if amount > timedelta(hours=24):
        raise Wrong("a day has at most 24h")
    return amount


_DURATION_SCHEMA: Schema = {
    "type": "string",
    "pattern": r"^\s*(\d+ ?[dDjJ].*|\d+ ?[hH].*|\d+ ?[mM].*)$",
    "examples": ["2d", "3h", "45m", "1h30"],
}
_NAME_SCHEMA: Schema = {"type": "string", "minLength": 1}

Name = Annotated[str, PlainValidator(_reader(_name)), WithJsonSchema(_NAME_SCHEMA)]
Names = Annotated[tuple[Name, ...], BeforeValidator(as_list), several(_NAME_SCHEMA)]
Text = Annotated[str, PlainValidator(_reader(_passage)), WithJsonSchema(_NAME_SCHEMA)]
Links = Annotated[
    tuple[Annotated[str, PlainValidator(_reader(_link))], ...], BeforeValidator(as_list)
]
Flag = Annotated[bool, PlainValidator(_flag)]
Username = Annotated[str, PlainValidator(_reader(_username)), _string(r"^@?\S+$")]
Usernames = Annotated[tuple[Username, ...], BeforeValidator(as_list), several(_NAME_SCHEMA)]
BoardReference = Annotated[
    str,
    PlainValidator(_reader(_board)),
    _string(examples=["AbCd1234", "https://trello.com/b/AbCd1234/name"]),
]
Zone = Annotated[str, PlainValidator(_reader(places.zone)), _string(examples=["Europe/Paris"])]
Region = Annotated[
    places.Region, PlainValidator(_reader(places.region)), _string(examples=["FR", "CA-QC"])
]
Hours = Annotated[
    hours.Week,
    PlainValidator(_reader(hours.week)),
    BeforeValidator(_joined_hours),
    several({"type": "string"}),
]
WorkingDuration = Annotated[
    Duration,
    PlainValidator(_number_as_text(durations.duration)),
    WithJsonSchema(_DURATION_SCHEMA),
]
Durations = Annotated[
    tuple[WorkingDuration, ...], BeforeValidator(as_list), several(_DURATION_SCHEMA)
]
WorkingTime = Annotated[
    timedelta, PlainValidator(_number_as_text(durations.working_time)), _string(examples=["4h"])
]
Capacity = Annotated[
    timedelta, PlainValidator(_number_as_text(_at_most_a_day)), _string(examples=["4h"])
]
RealTime = Annotated[
    timedelta, PlainValidator(_number_as_text(durations.real_time)), _string(examples=["60s"])
]
Tick = Annotated[
    RealTime,
    AfterValidator(_between(timedelta(seconds=1), timedelta(hours=1), "1s to 1h is allowed")),
]
Reconcile = Annotated[
    RealTime,
    AfterValidator(_between(timedelta(minutes=1), timedelta(days=1), "1m to 24h is allowed")),
]
Settle = Annotated[
    RealTime, AfterValidator(_between(timedelta(), timedelta(minutes=10), "0s to 10m is allowed"))
]
AwayDays = Annotated[Away, PlainValidator(_reader(_away)), _string(examples=["2026-12-24"])]
AwayList = Annotated[tuple[AwayDays, ...], BeforeValidator(as_list), several({"type": "string"})]
Shares = Annotated[
    tuple[Annotated[int, PlainValidator(_number_as_text(_percent))], ...],
    BeforeValidator(as_list),
    several({"type": "string", "pattern": r"^\d{1,2} ?%$"}),
]
Weekday = Annotated[
    int, PlainValidator(_reader(hours.weekday)), _string(examples=["monday", "lundi"])
]
ClockTime = Annotated[time, PlainValidator(_number_as_text(_clock)), _string(examples=["09:00"])]
Notify = Annotated[
    SecretStr, PlainValidator(_reader(_notify)), _string(examples=["${OWNER_NOTIFY}"])
]
