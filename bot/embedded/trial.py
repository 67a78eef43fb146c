"""The bot on trial: what the sandbox's page lets pass."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.embedded.configuration import configuration
from bot.embedded.retelling import retold
from bot.embedded.work import employed, work
from bot.ports import TrelloError
from bot.sandbox import Person, SandboxApp, Store, World
from bot.sandbox.page.passes import Pass
from bot.sandbox.samples import SampleText
from bot.state import LeaseHeldError
from bot.text.neutral import plain
from bot.wiring import Bot


class EmployedBot:
    """The bot as the page lets it work."""

    def __init__(self, bot: Bot, store: Store) -> None:
        self._bot = bot
        self._store = store

    def look(self) -> Pass:
        """Make one pass at the sandbox's hour."""
        now = self._store.clock()
        try:
            return retold(self._bot, work(self._bot, now), now)
        except (TrelloError, LeaseHeldError) as problem:
            return Pass(now, problem=plain(str(problem)))


@contextmanager
def on_trial(app: SandboxApp, robot: Person, url: str, text: SampleText) -> Iterator[None]:
    """Hand the page a bot that serves all boards it is on, and tell it who lives where.

    A bot that is on no board has nothing to do: then the page has no button for it.
    """
    store, trial = app.store, app.site.trial
    boards = [each for each in store.boards.values() if store.role_of(robot.id, each)]
    trial.robot, trial.zone = robot.member.username, text.owner.zone
    trial.zones = {each.username: each.zone for each in (text.owner, text.first, text.second)}
    if not boards:
        yield
        return
    grant = World(store=store).grant(robot)
    with TemporaryDirectory(prefix="delegate-bot-sandbox-") as name:
        folder = Path(name)
        written = configuration(store, boards, text, folder / "state")
        with employed(written, folder, grant, url) as bot:
            trial.worker = EmployedBot(bot, store)
            yield
