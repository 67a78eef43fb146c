"""A disk that has hardly any room left, as the system itself enforces it."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager

ROOM = 16
"""Bytes that a file can still take."""


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file of this process grow beyond a few bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
