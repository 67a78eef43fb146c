"""What a process has said in its log, and when."""

import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from tests.processes.program import GENEROUS


def said(log: Path, words: str) -> datetime | None:
    """Return the hour, in UTC, of the first line that holds ``words``; ``None``: there is none."""
    for line in log.read_text("utf-8", errors="replace").splitlines():
        if words in line:
            hour = datetime.strptime(line[:23], "%Y-%m-%d %H:%M:%S,%f")  # noqa: DTZ007 - local
            return hour.astimezone(UTC)
    return None


def heard(log: Path, words: str, seconds: float = GENEROUS) -> datetime:
    """Return the hour of the first line with ``words`` as soon as there is one.

    A file tells nobody that it has grown, so it is looked at again and again; `TimeoutError` when
    nothing of the kind is said for so long.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if log.exists() and (hour := said(log, words)) is not None:
            return hour
        Event().wait(0.02)
    message = f"never said: {words}"
    raise TimeoutError(message)
