"""Answers that stand in files, one for each address: nothing of them is kept in memory."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from tests.benchmarks.line import Answered, Asked


def address(url: str) -> str:
    """Return path and query."""
    return "/" + url.split("/", 3)[3]


def name_of(target: str) -> str:
    """Return the name of the file that answers an address."""
    return sha256(target.encode()).hexdigest()[:20] + ".json"


class FromFiles:
    """Answers from a folder, and keeps nothing."""

    def __init__(self, folder: Path, began: datetime) -> None:
        self._folder, self._began = folder, began

    def __call__(self, asked: Asked) -> Answered:
        """Return what the file for that address holds."""
        at = round((self._began.timestamp() + asked.at) * 1000)
        body = (self._folder / name_of(address(asked.url))).read_bytes()
        headers = {"Content-Type": "application/json; charset=utf-8", "x-server-time": str(at)}
        return Answered(200, headers, body)
