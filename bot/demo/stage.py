"""The stage of the demonstration: a sample board on loopback, and the bot as it really is."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from bot import wiring
from bot.cycle import Report
from bot.domain.model import Instant
from bot.executor import Effect
from bot.sandbox import SandboxApp, World, create_app, serving
from bot.sandbox.samples import Language, Sample, furnish
from bot.trello.rate import Limits

MONDAY = date(2026, 11, 23)
_WEEK_BEFORE = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
"""When the owner typed the cards."""

TICK = timedelta(minutes=1)
"""The worker looks every minute: longer than that nobody waits for the bot."""

FIRST_CAPACITY, SECOND_CAPACITY = "4h", "3h"

EMBEDDED = Limits(interval=0.05)
"""The embedded sandbox refuses nobody, and a week in ten seconds would wait for windows that are
meant for the real service, whose headers it sends.  So many requests never fit this interval."""


class Stage(Struct, frozen=True):
    """The board, the clock, and the bot that serves the board."""

    sample: Sample
    world: World
    app: SandboxApp
    bot: wiring.Bot

    def local(self, day: int, at: time) -> Instant:
        """Return the instant at which it is ``at`` for the owner, ``day`` days after Monday."""
        zone = ZoneInfo(self.sample.text.owner.zone)
        return datetime.combine(MONDAY + timedelta(days=day), at, zone).astimezone(UTC)

    def work(self, seen: Callable[[Effect], None]) -> Report:
        """Let the bot make one pass."""
        writing = wiring.writing(self.bot, threading.Event())
        with self.bot.state.lease(1):
            return self.bot.cycle.applied(
                self.world.clock(), msgspec.structs.replace(writing, seen=seen)
            )


@contextmanager
def staged(language: Language) -> Iterator[Stage]:
    """Set the stage; leaving the block ends the server and leaves no file behind."""
    world = World(_WEEK_BEFORE)
    sample = furnish(world, language)
    grant = world.grant(sample.robot)
    app = create_app(world.store)
    with TemporaryDirectory(prefix="delegate-bot-demo-") as folder, serving(app) as url:
        file = Path(folder) / "bot.yaml"
        file.write_text(_configuration(sample, Path(folder) / "state"), encoding="utf-8")
        environ = {
            "TRELLO_API_KEY": grant.key,
            "TRELLO_API_TOKEN": grant.token,
            "TRELLO_API_URL": url,
        }
        with closing(wiring.build(file, environ, EMBEDDED)) as bot:
            yield Stage(sample, world, app, bot)


def _configuration(sample: Sample, state: Path) -> str:
    """Return a configuration file as an owner writes one: what has a default is left out."""
    text = sample.text
    hours = "mon-fri 08:00-12:00 13:00-17:00"
    return f"""\
language: {text.language}
timezone: {text.owner.zone}
boards:
  - board: {sample.board.short_link}
    lists:
      ignored: ["{text.lists["ideas"]}"]
labels:
  hold: "{text.labels["hold"]}"
  core: "{text.labels["core"]}"
  stalled: "{text.labels["stalled"]}"
people:
  owner: {{username: {text.owner.username}, holidays: {text.owner.holidays}}}
  assistants:
    - username: {text.first.username}
      timezone: {text.first.zone}
      hours: {hours}
      holidays: {text.first.holidays}
      capacity: {FIRST_CAPACITY}
    - username: {text.second.username}
      timezone: {text.second.zone}
      hours: {hours}
      holidays: {text.second.holidays}
      capacity: {SECOND_CAPACITY}
state: '{str(state).replace("'", "''")}'
writes: {{settle: 1s}}
"""
