"""A configuration file as plain values that remember where they stand."""

import re
from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct

from bot.redaction import MASK
from bot.settings.problems import Problem, shown

SECRETS = frozenset({"notify"})
"""Keys whose values are never shown."""

REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
"""``${NAME}``: a value to take from the environment."""

Path: TypeAlias = tuple[str | int, ...]
Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"


class Document(Struct, frozen=True):
    """A file's values, where each stands and how it is written there."""

    name: str
    tree: Value
    lines: Mapping[Path, int]
    texts: Mapping[Path, str]
    """Scalars as written, without quotes."""
    problems: tuple[Problem, ...] = ()
    """Faults that leave the rest readable, such as a duplicate key."""

    def nearest(self, path: Path) -> Path:
        """Return the longest beginning of ``path`` that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return path

    def line(self, path: Path) -> int | None:
        """Return the line, counted from 1, of ``path`` or of what it stands in."""
        return self.lines.get(self.nearest(path))

    def problem(self, path: Path, message: str, hint: str | None = None) -> Problem:
        """Return a problem with what is found at ``path``."""
        return Problem(self.name, self.line(path), dotted(path), self.found(path), message, hint)

    def found(self, path: Path) -> str:
        """Return what is written at ``path``, masked when it may be a secret."""
        text = self.texts.get(path, "")
        if text and SECRETS.intersection(path) and not REFERENCE.fullmatch(text.strip()):
            return MASK
        return shown(text)


def dotted(path: Path) -> str:
    """Return ``path`` as people write it: ``people.assistants[0].hours``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{shown(part)}" for part in path)
    return "".join(parts).removeprefix(".")


def undotted(path: str) -> Path:
    """Return the path that ``dotted`` writes so; keys with dots of their own are not undone."""
    parts = re.findall(r"\[(\d+)\]|([^.\[\]]+)", path)
    return tuple(int(index) if index else key for index, key in parts)
