"""Writes ``.env``: secrets, for their owner only."""

import os
import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

from bot.files import refuse_unwritable, replacing, telling

ENV_FILE = Path(".env")

_BARE = re.compile(r"[^\s'\"#\\$`]+")
_OTHERS = 0o077
"""Permission bits of everybody but the owner."""


def with_values(text: str, values: Mapping[str, str]) -> str:
    """Return the text of ``.env`` with these values; every other line stays as it is."""
    parts: list[str] = []
    left = dict(values)
    for binding in parse_stream(StringIO(text)):
        line = binding.original.string
        if binding.key is not None and binding.key in values:
            before = re.match(r"\s*(?:export\s+)?", line)
            line = f"{before[0] if before else ''}{_assigned(binding.key, values[binding.key])}"
            left.pop(binding.key, None)
        parts.append(line)
    whole = "".join(parts)
    if left and whole and not whole.endswith("\n"):
        whole += "\n"
    return whole + "".join(_assigned(*each) for each in left.items())


def _assigned(name: str, value: str) -> str:
    if _BARE.fullmatch(value):
        return f"{name}={value}\n"
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"{name}='{escaped}'\n"


def refuse_unkeepable(file: Path) -> None:
    """Raise `StopError` where it is plain beforehand that ``.env`` cannot be written."""
    refuse_unwritable(file.resolve() if file.is_symlink() else file)


def keep_secrets(file: Path, values: Mapping[str, str]) -> None:
    """Write values into ``.env``, readable by its owner only from its first moment on.

    Raises `StopError` where that is not possible.
    """
    place = file.resolve()  # a link to the file stays a link
    with telling(file):
        text = place.read_bytes().decode("utf-8-sig") if place.exists() else ""
        with replacing(place) as stream:
            stream.write(with_values(text, values))


def open_to_others(file: Path) -> bool:
    """Tell whether others on this machine may read a file."""
    return os.name == "posix" and file.is_file() and bool(file.stat().st_mode & _OTHERS)
