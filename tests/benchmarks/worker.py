"""The real bot at the end of a line, and its passes one after the other."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from bot import wiring
from bot.cycle import Report, Writing
from bot.hands import Hands
from bot.reading import Reading
from bot.settings import ApiAddress
from bot.trello.client import TrelloApi
from bot.trello.connection import Connection
from bot.trello.rate import TRELLO_LIMITS, Limits, Timing
from bot.trello.transport import Transport
from tests.benchmarks.line import Line

NONE = Limits(token=10**6, key=10**6)
URL = "http://127.0.0.1/1"


class BotAtWork:
    """A worker whose hours are those of its line.

    ``at_once``: it reads several boards at once, as the program does.  The waits of all threads
    would add up on the line's clock: then no limit holds, and its time means nothing.
    """

    def __init__(
        self,
        file: Path,
        grant: Mapping[str, str],
        line: Line,
        began: datetime,
        *,
        at_once: bool = False,
    ) -> None:
        self.line, self.began = line, began
        environ = {
            "TRELLO_API_KEY": grant["key"],
            "TRELLO_API_TOKEN": grant["token"],
            "TRELLO_API_URL": URL,
        }
        timing = Timing(line.hours.monotonic, line.hours.wait, lambda: 0.5)
        connection = Connection(grant["key"], grant["token"], url=URL)
        transport = Transport(connection, timing, NONE if at_once else TRELLO_LIMITS, line)
        api = TrelloApi(transport, Hands(wiring.READS_AT_ONCE) if at_once else None)
        settings, kinds = wiring.load_settings(file, environ)
        self.bot = wiring.assemble(settings, kinds, api, ApiAddress(URL, is_trello=False))

    @property
    def now(self) -> datetime:
        """The hour."""
        return self.began + timedelta(seconds=self.line.hours.seconds)

    def read(self) -> Reading:
        """Read all boards; the next pass reads what has moved since."""
        return self.bot.cycle.read(self.now, self.bot.state.remembered())

    def apply(self, *, force: bool = False) -> Report:
        """Make one pass."""
        seconds = self.bot.settings.writes.settle.total_seconds()

        def settle() -> bool:
            self.line.hours.wait(seconds)
            return True

        return self.bot.cycle.applied(self.now, Writing(self.bot.state, settle), force=force)
