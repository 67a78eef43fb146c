"""Files written whole or not at all: a crash or a full disk leaves what was there before."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from bot.ports import StopError


@contextmanager
def replacing(file: Path) -> Iterator[TextIO]:
    """Open what takes a file's place once it is whole; only its owner can ever read it.

    Raises `OSError`.
    """
    with _beside(file) as (whole, stream):
        yield stream
        _finish(stream)
        whole.replace(file)


def keep_new(file: Path, text: str) -> None:
    """Write a file that must not be there yet. Raises `StopError` if it is, or cannot be."""
    with telling(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with _beside(file) as (whole, stream):
            stream.write(text)
            _finish(stream)
            whole.chmod(0o644)
            _name(whole, file)


def refuse_unwritable(file: Path) -> None:
    """Raise `StopError` where it is plain beforehand that a file cannot be written."""
    with telling(file):
        if file.is_symlink() and not file.exists():
            raise FileNotFoundError(errno.ENOENT, "it is a link that leads nowhere")
        if file.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        above = next(each for each in file.absolute().parents if each.exists())
        if not above.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, f"{above} is no folder")


@contextmanager
def telling(file: Path) -> Iterator[None]:
    """Raise `StopError` where a file cannot be written."""
    try:
        yield
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is no UTF-8 text"
        raise StopError(f"{file} cannot be written: {reason}") from problem


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


def _name(whole: Path, file: Path) -> None:
    """Give what is whole its name, unless somebody has made a file of that name meanwhile."""
    try:
        # Unlike a replacement, a link fails then.
        file.hardlink_to(whole)
    except FileExistsError:
        raise
    except OSError:
        # Memory cards and sticks (FAT) know no links: the name is taken first.
        file.touch(exist_ok=False)
        whole.replace(file)
