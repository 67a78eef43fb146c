"""One installation of the program and the Trello that it works on."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox import SandboxApp, World, create_app, serving
from bot.sandbox.clock import Clock, VirtualClock
from bot.sandbox.files import load
from tests.end_to_end.office import READING, WORDS
from tests.processes.boards import MOMENT
from tests.processes.program import Cold, Command, Running, Start
from tests.processes.strikes import Desk, Strike

ALL = ("read", "write", "account")
"""Scopes that make another token of the same member."""
APPLY = ("apply",)


class Place:
    """A folder with a configuration, a served sandbox, and the processes started here."""

    def __init__(self, folder: Path, app: SandboxApp, url: str, start: Start = Cold) -> None:
        self.folder, self.app, self.url = folder, app, url
        self.world = World(store=app.store)
        robot = self.world.person("delegatebot")
        self._grants = {False: self.world.grant(robot), True: self.world.grant(robot, scopes=ALL)}
        self.desk = Desk(app, self._grants[False].token)
        self.trace: list[str] = []
        """What happened here, one line each: enough to do it again."""
        self._start = start
        (self.board,) = app.store.boards.values()
        self.settings: dict[str, Any] = {
            "language": "fr",
            "boards": [self.board.short_link],
            "labels": dict(WORDS["fr"].labels),
            "people": {
                "owner": {"username": "paul"},
                "assistants": [{"username": "mel", "timezone": "Indian/Antananarivo"}],
            },
            "writes": {"settle": "1s"},
            "worker": {"every": "1s"},
        }
        if (briefs := folder.parent / "briefs").is_dir():
            self.settings["briefs"] = {"folder": str(briefs)}

    @property
    def writes(self) -> int:
        """How many requests so far were no reads."""
        return sum(each.method not in READING for each in self.app.requests)

    @property
    def deletions(self) -> int:
        """How many requests so far took something off."""
        return sum(each.method == "DELETE" and each.status == 200 for each in self.app.requests)

    def settle(self, time: str) -> None:
        """Configure how long a write without an answer may still take effect, such as ``10m``."""
        self.settings["writes"] = {"settle": time}

    def log(self, host: str = "here") -> Path:
        """Return the file with all that processes of one host have printed."""
        return self.folder / f"{host}.log"

    def run(
        self,
        *words: str,
        strike: Strike | None = None,
        host: str = "here",
        env: Mapping[str, str] | None = None,
    ) -> Running:
        """Start the program; each host has a state folder of its own."""
        self.desk.expect(strike)
        process = self._start(self.command(*words, host=host, env=env or {}))
        self.desk.meet(process)
        return process

    def second(self, *words: str, host: str = "here", url: str | None = None) -> Running:
        """Start another process, which no strike concerns."""
        env = {"TRELLO_API_URL": url} if url else {}
        return self._start(self.command(*words, host=host, env=env))

    def command(self, *words: str, host: str = "here", env: Mapping[str, str]) -> Command:
        """Write the configuration of a host and return what is started on it."""
        file = self.folder / f"{host}.yaml"
        settings = self.settings | {"state": str(self.state(host))}
        file.write_text(json.dumps(settings, ensure_ascii=False), "utf-8")
        grant = self._grants[host != "here"]
        shell = {
            "BOT_CONFIG": str(file),
            "TRELLO_API_KEY": grant.key,
            "TRELLO_API_TOKEN": grant.token,
            "TRELLO_API_URL": self.url,
        }
        return Command(self._at_its_hour(words), shell | dict(env), self.folder, self.log(host))

    def _at_its_hour(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Let a second pass before each pass where no time passes by itself, and tell it the hour.

        What an earlier pass did lies in the past then, as it always does in truth.
        """
        if words != APPLY or not isinstance(self.app.store.clock, VirtualClock):
            return words
        return (*words, "--now", self.world.advance(timedelta(seconds=1)).isoformat())

    def state(self, host: str = "here") -> Path:
        """Return a host's state folder."""
        return self.folder / f"{host}-state"

    def forget(self, host: str = "here") -> None:
        """Empty a host's state folder, as a restart on a platform without a disk does."""
        shutil.rmtree(self.state(host), ignore_errors=True)


@contextmanager
def open_place(
    folder: Path, board: Path, clock: Clock | None = None, start: Start = Cold
) -> Iterator[Place]:
    """Serve a saved board; its clock stands at Thursday 15:30 unless another is handed in."""
    folder.mkdir()
    app = create_app(load(board, clock or VirtualClock(thursday())))
    with serving(app) as url:
        yield Place(folder, app, url, start)


def thursday() -> datetime:
    """Return the hour at which the boards were saved that stand still."""
    return datetime.fromisoformat(MOMENT).replace(tzinfo=ZoneInfo("Europe/Paris"))
