"""The office without sockets: every wait is virtual, and a prepared board can be kept."""

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from bot import wiring
from bot.cycle import Cycle, Report
from bot.domain.model import Language
from bot.kinds import policy
from bot.sandbox import Grant, Store, create_app
from bot.sandbox.clock import VirtualClock
from bot.sandbox.world import START, World
from bot.settings import ApiAddress, Settings, load
from bot.state import StateFolder
from bot.trello.client import TrelloApi
from bot.trello.connection import Connection
from bot.trello.gateway import Gateway
from bot.trello.rate import Timing
from bot.trello.transport import Transport
from bot.wiring import Bot
from tests.end_to_end import office as served
from tests.end_to_end.office import Office
from tests.simulation.hours import Hours
from tests.simulation.shifts import SharedHours
from tests.simulation.stale import bring_back, kept
from tests.simulation.wire import ONE_WAY, URL, Wire

SECRET = "canary-secret-of-the-application-5c1f"
OTHER = "other"
"""The state folder of a second host, beside that of the first."""
PEOPLE = (("paul", "Paul Durand"), ("mel", "Mel Rakoto"), ("delegatebot", "Delegate Bot"))


class Kept(Struct, frozen=True):
    """A board at a moment, with what the bot's installation remembers."""

    language: Language
    grant: Grant
    settings: dict[str, Any]
    board: bytes
    at: float
    """Seconds since the epoch, in UTC."""
    state: dict[str, bytes]
    """The state folder's files."""


class QuietOffice(Office):
    """An office in one process: the same people and boards, a line instead of a socket."""

    def __init__(self, folder: Path, store: Store, language: Language = "fr") -> None:
        self.hours: Hours = SharedHours(_clock_of(store))
        for username, name in PEOPLE:
            if store.member_named(username) is None:
                World(store=store).add_person(username, name)
        app = create_app(store)
        app.windows.enforced = True
        self.wires: list[Wire] = []
        self.one_way = ONE_WAY
        self.jitter: Callable[[], float] = lambda: 0.5
        super().__init__(folder, URL, app, language)
        self.settings["writes"] = {"settle": "35s"}

    @property
    def wire(self) -> Wire:
        """The line of the bot at work."""
        return self.wires[-1]

    def fresh_bot(self, *, forget: bool = False, worker: str = "a") -> Bot:
        """Start the bot anew; ``forget`` empties its state folder first."""
        if forget:
            shutil.rmtree(self.state, ignore_errors=True)
        wire = Wire(self.app, self.hours, worker)
        wire.latency = lambda: self.one_way
        if self.wires:
            wire.sent = self.wire.sent
        self.wires.append(wire)
        self._bot = self.built(wire, self.state)
        return self._bot

    def built(self, wire: Wire, state: Path) -> Bot:
        """Return a bot at the end of a line, with a state folder of its own."""
        settings = self._configured()
        own = settings.briefs_folder if settings.briefs_folder.is_dir() else served._NOWHERE
        kinds, texts = served._kinds_and_texts(own, served._state_of(own))
        connection = Connection(self.grant.key, self.grant.token, SECRET, url=self.url)
        timing = Timing(self.hours.monotonic, self.hours.wait, self._jittered)
        api = TrelloApi(Transport(connection, timing, adapter=wire))
        gateway = Gateway(api, lambda kind, name: wiring.read_kind_file(kinds, kind, name))
        bot = Bot(
            settings=settings,
            kinds=kinds,
            cycle=Cycle(settings, policy(settings, kinds), gateway, texts),
            gateway=gateway,
            api=api,
            address=ApiAddress(self.url, is_trello=False),
            state=StateFolder(state),
            phrases=served._phrases(),
            texts=texts,
        )
        self.bots.append(bot)
        return bot

    def _jittered(self) -> float:
        return self.jitter()

    def _configured(self) -> Settings:
        text = json.dumps(self.settings, ensure_ascii=False, indent=1)
        environment = tuple(self.environment.items())
        return _settings(self.config, text, environment)

    def settle(self) -> bool:
        """Wait until a lost write has taken effect or never will."""
        self.hours.wait(self.bot.settings.writes.settle.total_seconds())
        return True

    def apply(self, *, force: bool = False, board: str | None = None, **more: Any) -> Report:
        """Make one pass."""
        return super().apply(force=force, board=board, **{"settle": self.settle} | more)

    def later(self, minutes: float = 6) -> Any:
        """Let time pass; by default enough for a question about blanks."""
        self.hours.wait(minutes * 60)
        return self.now

    def keep(self) -> Kept:
        """Return this moment."""
        files = sorted(self.state.glob("*")) if self.state.is_dir() else []
        return Kept(
            language=self.language,
            grant=self.grant,
            settings=self.settings,
            board=kept(self.app.store),
            at=self.now.timestamp(),
            state={each.name: each.read_bytes() for each in files if each.name != "lease"},
        )

    def close(self) -> None:
        """End every bot."""
        for bot in self.bots:
            bot.close()
        self.bots.clear()


def reopened(moment: Kept, folder: Path) -> QuietOffice:
    """Return an office as it was at a kept moment."""
    store = Store(VirtualClock(START))
    bring_back(store, moment.board)
    at = START.fromtimestamp(moment.at, START.tzinfo)
    store.clock = VirtualClock(at)
    folder.mkdir(parents=True, exist_ok=True)
    office = QuietOffice(folder, store, moment.language)
    office.settings, office.grant = moment.settings, moment.grant
    for each in (office.state, office.state.with_name(OTHER)):
        shutil.rmtree(each, ignore_errors=True)
    if moment.state:
        office.state.mkdir(parents=True)
    for name, content in moment.state.items():
        office.state.joinpath(name).write_bytes(content)
    return office


def opened(folder: Path, language: Language = "fr", at: Any = START) -> QuietOffice:
    """Return an office on its first morning."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return QuietOffice(folder, Store(VirtualClock(at)), language)


def _clock_of(store: Store) -> VirtualClock:
    assert isinstance(store.clock, VirtualClock)
    return store.clock


# Checking a configuration takes longer than a pass; it holds no state.
@cache
def _settings(file: Path, text: str, environment: tuple[tuple[str, str], ...]) -> Settings:
    file.write_text(text, "utf-8")
    return load(file, dict(environment))
