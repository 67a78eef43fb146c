"""Types of configuration values: each reads what an owner writes and says what is allowed.

Every type also describes itself to editors through the JSON schema.
"""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Annotated, Any, TypeAlias

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
from bot.settings import durations, hours, places, written, zones
from bot.settings.problems import Wrong

Schema: TypeAlias = dict[str, Any]


def as_written(text: str | list[str] | dict[str, Any]) -> Any:
    """Return a default as an owner would write it; it is read like any other value."""
    return Field(default=text, validate_default=True)


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


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    words = {"yes": "true", "oui": "true", "on": "true", "no": "false", "non": "false"}
    word = words.get(str(value).lower())
    raise _refusal(Wrong("true or false is expected here", word and f"write {word}"))


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


_DURATION_SCHEMA: Schema = {
    "type": "string",
    "pattern": r"^\s*(\d+ ?[dDjJ].*|\d+ ?[hH].*|\d+ ?[mM].*)$",
    "examples": ["2d", "3h", "45m", "1h30"],
}
_NAME_SCHEMA: Schema = {"type": "string", "minLength": 1}

Name = Annotated[str, PlainValidator(_reader(written.name)), WithJsonSchema(_NAME_SCHEMA)]
Names = Annotated[tuple[Name, ...], BeforeValidator(as_list), several(_NAME_SCHEMA)]
Text = Annotated[str, PlainValidator(_reader(written.passage)), WithJsonSchema(_NAME_SCHEMA)]
Links = Annotated[
    tuple[Annotated[str, PlainValidator(_reader(written.link))], ...], BeforeValidator(as_list)
]
Flag = Annotated[bool, PlainValidator(_flag)]
Username = Annotated[str, PlainValidator(_reader(written.username)), _string(r"^@?\S+$")]
Usernames = Annotated[tuple[Username, ...], BeforeValidator(as_list), several(_NAME_SCHEMA)]
BoardReference = Annotated[
    str,
    PlainValidator(_reader(written.board)),
    _string(examples=["AbCd1234", "https://trello.com/b/AbCd1234/name"]),
]
Zone = Annotated[str, PlainValidator(_reader(zones.zone)), _string(examples=["Europe/Paris"])]
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
    timedelta, PlainValidator(_number_as_text(written.capacity)), _string(examples=["4h"])
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
AwayDays = Annotated[
    written.Away, PlainValidator(_reader(written.away_days)), _string(examples=["2026-12-24"])
]
AwayList = Annotated[tuple[AwayDays, ...], BeforeValidator(as_list), several({"type": "string"})]
Shares = Annotated[
    tuple[Annotated[int, PlainValidator(_number_as_text(written.percent))], ...],
    BeforeValidator(as_list),
    several({"type": "string", "pattern": r"^\d{1,2} ?%$"}),
]
Weekday = Annotated[
    int, PlainValidator(_reader(hours.weekday)), _string(examples=["monday", "lundi"])
]
ClockTime = Annotated[
    time, PlainValidator(_number_as_text(written.clock)), _string(examples=["09:00"])
]
Notify = Annotated[
    SecretStr, PlainValidator(_reader(written.notify)), _string(examples=["${OWNER_NOTIFY}"])
]
