"""A request's parameters: query, form and JSON body read alike, refused as the service does."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.sandbox import errors
from bot.sandbox.clock import Stamp, stamp

TRUE = frozenset({"true", "1"})
FALSE = frozenset({"false", "0", ""})
DATE_ENDINGS = {" UTC": "+00:00", " +0000": "+00:00", "Z": "+00:00"}


class Params:
    """Named values from query and body, the body first."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        """Tell whether the request names the parameter, even with ``null``."""
        return name in self.values

    def raw(self, name: str) -> Any:
        """Return the value as it came, or ``None``."""
        return self.values.get(name)

    def text(self, name: str, default: str = "") -> str:
        """Return a text; absent and ``null`` give ``default``, other types are refused."""
        value = self.values.get(name)
        if value is None:
            return default
        if not isinstance(value, str):
            raise errors.invalid_value(name)
        return value

    def optional(self, name: str) -> str | None:
        """Return a text, or ``None`` when it is absent."""
        return self.text(name) if self.values.get(name) is not None else None

    def flag(self, name: str, *, default: bool = False, shown_as: str = "") -> bool:
        """Return a truth value."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        text = str(value).lower()
        if text in TRUE or text in FALSE:
            return text in TRUE
        raise errors.invalid_value(shown_as or name)

    def names(self, name: str) -> list[str]:
        """Return a comma list or a JSON array of texts."""
        value = self.values.get(name)
        if isinstance(value, list):
            return [str(each) for each in value]
        return [each.strip() for each in self.text(name).split(",") if each.strip()]

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """Return a whole number within its bounds."""
        value = self.values.get(name)
        if value in (None, ""):
            return default
        try:
            number = int(str(value))
        except ValueError:
            raise errors.invalid_value(name) from None
        if not least <= number <= most:
            raise errors.invalid_value(name)
        return number

    def optional_number(self, name: str) -> int | None:
        """Return a whole number, or ``None`` for ``null``, empty and absent."""
        if self.values.get(name) in (None, "", "null"):
            return None
        return self.number(name, 0, least=-(2**31), most=2**31)

    def date(self, name: str) -> Stamp | None:
        """Return a date; ``null``, empty and absent give ``None``."""
        value = self.values.get(name)
        if value in (None, "", "null"):
            return None
        found = read_date(str(value))
        if found is None:
            raise errors.invalid_value(name)
        return found


def read_date(text: str) -> Stamp | None:
    """Read an ISO date as generously as the service; without a zone it is UTC."""
    for ending, zone in DATE_ENDINGS.items():
        if text.endswith(ending):
            text = text.removesuffix(ending) + zone
            break
    try:
        found = datetime.fromisoformat(text)
        return stamp(found if found.tzinfo else found.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None
