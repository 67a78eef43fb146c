"""What a process has said in its log, one JSON object a line, and when."""

import json
import time
from datetime import datetime
from pathlib import Path
from threading import Event

from tests.processes.program import GENEROUS

PASS = '"event": "pass"'
IDLE = '"event": "pass", "changes": 0,'
STOPPING = '"event": "stopping"'
SETTLING = '"event": "settling"'
LEASE_HELD = '"event": "lease_held"'
"""The lines that tests wait for, as far as they tell them."""


def said(log: Path, words: str) -> datetime | None:
    """Return the hour, in UTC, of the first line that holds ``words``; ``None``: there is none."""
    for line in log.read_text("utf-8", errors="replace").splitlines():
        if words in line:
            return datetime.fromisoformat(json.loads(line)["at"])
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
