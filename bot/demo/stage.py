"""The stage of the demonstration: a sample board on loopback, and the bot as it really is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.cycle import Report
from bot.domain.model import Instant
from bot.embedded.configuration import configuration
from bot.embedded.work import employed, work
from bot.executor import Effect
from bot.sandbox import SandboxApp, World, create_app, serving
from bot.sandbox.samples import Language, Sample, furnish
from bot.wiring import Bot

MONDAY = date(2026, 11, 23)
_WEEK_BEFORE = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
"""When the owner typed the cards."""


class Stage(Struct, frozen=True):
    """The board, the clock, and the bot that serves the board."""

    sample: Sample
    world: World
    app: SandboxApp
    bot: Bot

    def local(self, day: int, at: time) -> Instant:
        """Return the instant at which it is ``at`` for the owner, ``day`` days after Monday."""
        zone = ZoneInfo(self.sample.text.owner.zone)
        return datetime.combine(MONDAY + timedelta(days=day), at, zone).astimezone(UTC)

    def work(self, seen: Callable[[Effect], None]) -> Report:
        """Let the bot make one pass."""
        return work(self.bot, self.world.clock(), seen)


@contextmanager
def staged(language: Language) -> Iterator[Stage]:
    """Set the stage; leaving the block ends the server and leaves no file behind."""
    world = World(_WEEK_BEFORE)
    sample = furnish(world, language)
    grant = world.grant(sample.robot)
    app = create_app(world.store)
    with TemporaryDirectory(prefix="delegate-bot-demo-") as name, serving(app) as url:
        folder = Path(name)
        written = configuration(world.store, [sample.board], sample.text, folder / "state")
        with employed(written, folder, grant, url) as bot:
            yield Stage(sample, world, app, bot)
