"""Where runs keep their state folders: in memory where the system has such a place."""

import gc
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


_SWEPT_EVERY = 200_000
"""Objects made and not freed before memory is swept; a run leaves little behind."""


@contextmanager
def playground() -> Iterator[Path]:
    """Yield a folder for runs, gone afterwards: a disk's syncing would take most of the time."""
    parent = str(_IN_MEMORY) if _IN_MEMORY.is_dir() else None
    with _seldom_swept(), tempfile.TemporaryDirectory(prefix="simulation-", dir=parent) as name:
        yield Path(name)


@contextmanager
def _seldom_swept() -> Iterator[None]:
    """Let memory be swept seldom: looking for cycles would take a tenth of each run."""
    before = gc.get_threshold()
    gc.set_threshold(_SWEPT_EVERY, *before[1:])
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
