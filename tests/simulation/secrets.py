"""G8: neither key, nor token, nor secret ever leaves the process as text."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from tests.simulation.office import SECRET
from tests.simulation.team import Team
from tests.simulation.verdict import Problem


class Overheard(logging.Handler):
    """Keeps what was logged since it was last asked."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(self.format(record))

    def taken(self) -> list[str]:
        """Return the lines, and forget them."""
        lines, self.lines = self.lines, []
        return lines


@cache
def overheard() -> Overheard:
    """Return the one pair of ears on the program's log."""
    return Overheard()


@contextmanager
def listening() -> Iterator[None]:
    """Hear the program's log, and nobody else does, until the block ends."""
    log = logging.getLogger("bot")
    before = log.propagate, log.level
    log.addHandler(overheard())
    log.propagate = False
    log.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        log.removeHandler(overheard())
        log.propagate = before[0]
        log.setLevel(before[1])


def leaks(team: Team) -> Iterator[Problem]:
    """Yield each place where a secret shows."""
    grant = team.office.grant
    secrets = (grant.key, grant.token, SECRET)
    places = {
        "log": overheard().taken(),
        "URL": [each for wire in team.wires for each in wire.addresses],
        "state folder": [
            file.read_text("utf-8", "replace")
            for folder in team.state_folders
            if folder.is_dir()
            for file in folder.iterdir()
            if file.is_file()
        ],
    }
    for place, texts in places.items():
        if any(secret in text for secret in secrets for text in texts):
            yield Problem("secret shown", place)
