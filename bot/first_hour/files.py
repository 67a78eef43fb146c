"""Writes the two files of an installation: whole or not at all, secrets for their owner only."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path
from typing import TextIO

from dotenv.parser import parse_stream

from bot.ports import StopError

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


def keep_secrets(file: Path, values: Mapping[str, str]) -> None:
    """Write values into ``.env``, readable by its owner only from its first moment on.

    Raises `StopError` where that is not possible.
    """
    place = file.resolve()  # a link to the file stays a link
    with _telling(file):
        text = place.read_bytes().decode("utf-8-sig") if place.exists() else ""
        with _beside(place) as (temporary, stream):
            stream.write(with_values(text, values))
            _finish(stream)
            temporary.replace(place)


def keep_new(file: Path, text: str) -> None:
    """Write a file that must not be there yet. Raises `StopError` if it is."""
    with _telling(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with _beside(file) as (temporary, stream):
            stream.write(text)
            _finish(stream)
            temporary.chmod(0o644)
            # Unlike a replacement, a link fails when somebody has made the file meanwhile.
            file.hardlink_to(temporary)


def open_to_others(file: Path) -> bool:
    """Tell whether others on this machine may read a file."""
    return os.name == "posix" and file.is_file() and bool(file.stat().st_mode & _OTHERS)


@contextmanager
def _beside(file: Path) -> Iterator[tuple[Path, TextIO]]:
    """Open a new file in the same folder that nobody else can read; it is gone afterwards."""
    number, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
    temporary = Path(name)
    try:
        with open(number, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123 - a number
            yield temporary, stream
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _finish(stream: TextIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())


@contextmanager
def _telling(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is no UTF-8 text"
        raise StopError(f"{file} cannot be written: {reason}") from problem
