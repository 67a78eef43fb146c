"""Where runs keep their state folders: in memory where the system has such a place."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


@contextmanager
def playground() -> Iterator[Path]:
    """Yield a folder for runs, gone afterwards: a disk's syncing would take most of the time."""
    parent = str(_IN_MEMORY) if _IN_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="simulation-", dir=parent) as name:
        yield Path(name)
