"""A worker's bot, built anew when its configuration or its kinds of brief change on disk.

While what stands there cannot be used nothing is written: half an edit must decide nothing.
"""

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from bot import wiring
from bot.events import ConfigRead, tell
from bot.settings import SettingsError
from bot.wiring import Bot

log = logging.getLogger(__name__)

_State: TypeAlias = tuple[tuple[str, int, int], ...]
"""Path, size and time of change of each file."""


class Reloading:
    """Hands out the bot as its files describe it now; connections and state folder stay."""

    def __init__(self, bot: Bot, file: Path, environ: Mapping[str, str]) -> None:
        self._bot = bot
        self._file = file
        self._environ = environ
        self._problem: SettingsError | None = None
        self._seen = self._state()

    def current(self) -> Bot:
        """Return the bot. Raises `SettingsError` as long as its files cannot be used."""
        state = self._state()
        if state != self._seen:
            self._seen = state
            self._renew()
        if self._problem is not None:
            raise self._problem
        return self._bot

    def _renew(self) -> None:
        try:
            self._bot = wiring.renewed(self._bot, self._file, self._environ)
        except SettingsError as problem:
            self._problem = problem
        else:
            self._problem = None
            # Another folder's kinds may count from now on.
            self._seen = self._state()
            tell(log, ConfigRead())

    def _state(self) -> _State:
        return tuple(_state_of(each) for each in self._files())

    def _files(self) -> Iterator[Path]:
        folder = self._bot.settings.briefs_folder
        yield self._file
        yield from sorted((*folder.glob("*.md"), *folder.glob("*/*")))


def _state_of(file: Path) -> tuple[str, int, int]:
    try:
        found = file.stat()
    except OSError:
        return str(file), -1, -1
    return str(file), found.st_size, found.st_mtime_ns
