"""A small business on a served sandbox, with the real bot at its door.

Everything is real down to the socket; only the clock stands still and no wait takes time.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from werkzeug.wrappers import Request

from bot import paths, wiring
from bot.cycle import Cycle, Report, Writing
from bot.domain.changes import kind_of
from bot.domain.model import Language
from bot.executor import Effect
from bot.kinds import Kinds, load_kinds, policy
from bot.sandbox import Grant, Person, SandboxApp, Store, World, create_app, serving
from bot.sandbox.call import Answer
from bot.sandbox.checklists import checklists_of, items_of
from bot.sandbox.rows import Attachment, Board, Card
from bot.settings import ApiAddress, load
from bot.show import Telling, as_json
from bot.state import StateFolder
from bot.text import library
from bot.text.catalogue import Phrases
from bot.text.writer import Writer
from bot.trello.client import TrelloApi
from bot.trello.connection import Connection
from bot.trello.gateway import Gateway
from bot.trello.rate import Timing
from bot.trello.transport import Transport
from bot.wiring import Bot


class Words(Struct, frozen=True):
    """What one language's owner calls things on the board."""

    lists: tuple[str, ...]
    labels: Mapping[str, str]
    portfolio: str


WORDS: Mapping[Language, Words] = {
    "fr": Words(
        ("À faire", "Questions", "À valider", "Terminé", "Idées"),
        {
            "delegate": "delegate",
            "hold": "en attente",
            "core": "cœur de métier",
            "stalled": "à regarder",
            "important": "important",
        },
        "Portefeuille",
    ),
    "en": Words(
        ("To do", "Questions", "Review", "Done", "Ideas"),
        {
            "delegate": "delegate",
            "hold": "on hold",
            "core": "core business",
            "stalled": "have a look",
            "important": "important",
        },
        "Portfolio",
    ),
}

COMPLETE: Mapping[Language, str] = {
    "fr": "objectif : trois devis\nméthode : appeler trois plombiers\ncharge : 2h",
    "en": "objective: three quotes\nmethod: call three plumbers\nworkload: 2h",
}
"""Notes that leave nothing to ask, with the shortest of methods."""

READING = {"GET", "HEAD"}
_NOWHERE = Path("no-kinds-of-ones-own")


class Peace:
    """No trouble at all; only closes what an upload leaves open."""

    nothing: Answer | None = None

    def before(self, request: Request) -> Answer | None:  # noqa: ARG002
        """Let the service answer."""
        return self.nothing

    def after(self, request: Request, answer: Answer) -> Answer | None:  # noqa: ARG002
        """Let the service's answer pass."""
        request.close()
        return self.nothing


class Office:
    """A board, the people on it, and the bot that serves it."""

    def __init__(self, folder: Path, url: str, app: SandboxApp, language: Language) -> None:
        self.folder, self.url, self.app, self.language = folder, url, app, language
        app.faults = Peace()
        self.words = WORDS[language]
        self.world = World(store=app.store)
        self.paul, self.mel = (self.world.person(name) for name in ("paul", "mel"))
        self.robot = self.world.person("delegatebot")
        self.board = next(iter(app.store.boards.values()), None) or self.add_board("Atelier")
        self.grant = self.world.grant(self.robot)
        self.config = folder / "bot.yaml"
        self.state = folder / "state"
        self.settings: dict[str, Any] = {
            "language": language,
            "boards": [self.board.short_link],
            "labels": dict(self.words.labels),
            "people": {
                "owner": {"username": "paul"},
                "assistants": [{"username": "mel", "timezone": "Indian/Antananarivo"}],
            },
            "state": str(self.state),
            "writes": {"settle": "1s"},
        }
        self.timing: Timing | None = None
        """How time passes for the bot's requests; by default no wait takes any."""
        self.bots: list[Bot] = []
        self._bot: Bot | None = None

    # The boards

    def add_board(self, name: str) -> Board:
        """Add a board of Paul's with Mel and the bot on it."""
        labels = self.words.labels.values()
        board = self.paul.add_board(name, lists=self.words.lists, labels=labels)
        for each in (self.mel, self.robot):
            self.world.invite(board, each)
        return board

    def delegate(self, name: str, desc: str = "", board: Board | None = None, **more: Any) -> Card:
        """Add a card with the delegate label."""
        labels = ["delegate", *more.pop("labels", ())]
        return self.add_card(name, desc, board, labels=labels, **more)

    def complete(self, name: str = "Trouver un plombier") -> Card:
        """Add a delegated card that lacks nothing."""
        return self.delegate(name, COMPLETE[self.language])

    def add_card(self, name: str, desc: str = "", board: Board | None = None, **more: Any) -> Card:
        """Add a card of Paul's to the first list."""
        first = self.world.list_named(board or self.board, self.words.lists[0])
        return self.paul.add_card(first, name, desc=desc, **more)

    def add_portfolio(self) -> Card:
        """Add the portfolio card."""
        return self.add_card(self.words.portfolio)

    def move(self, card: Card, place: int, who: Person | None = None) -> None:
        """Move a card to one of the lists, counted from 0."""
        target = self.world.list_named(self.board, self.words.lists[place])
        (who or self.paul).move(card, target)

    @property
    def now(self) -> datetime:
        """The sandbox's hour."""
        return self.world.clock()

    def at(self, local: str) -> datetime:
        """Let time pass until it is ``2026-11-25 09:00`` in Paris."""
        wanted = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Paris"))
        return self.world.clock.move_to(wanted)

    def later(self, minutes: float = 6) -> datetime:
        """Let time pass; by default enough for a question about blanks."""
        return self.world.advance(timedelta(minutes=minutes))

    # The bot

    @property
    def environment(self) -> dict[str, str]:
        """What a shell would hand to the bot."""
        return {
            "TRELLO_API_KEY": self.grant.key,
            "TRELLO_API_TOKEN": self.grant.token,
            "TRELLO_API_URL": self.url,
        }

    def write_config(self) -> Path:
        """Write the configuration file."""
        self.config.write_text(json.dumps(self.settings, ensure_ascii=False, indent=1), "utf-8")
        return self.config

    def use(self, grant: Grant) -> None:
        """Let the bot work with other credentials from now on."""
        self.grant, self._bot = grant, None

    def fresh_bot(self, *, forget: bool = False) -> Bot:
        """Start the bot anew; ``forget`` empties its state folder first."""
        if forget:
            shutil.rmtree(self.state, ignore_errors=True)
        settings = load(self.write_config(), self.environment)
        own = settings.briefs_folder if settings.briefs_folder.is_dir() else _NOWHERE
        kinds, texts = _kinds_and_texts(own, _state_of(own))
        connection = Connection(self.grant.key, self.grant.token, url=self.url)
        state = StateFolder(self.state)
        api = TrelloApi(Transport(connection, self.timing or waiting_in_no_time()))
        gateway = Gateway(api, lambda kind, name: wiring.read_kind_file(kinds, kind, name))
        self._bot = Bot(
            settings=settings,
            kinds=kinds,
            cycle=Cycle(
                settings, policy(settings, kinds), gateway, texts, unreached=state.unreached
            ),
            gateway=gateway,
            api=api,
            address=ApiAddress(self.url, is_trello=False),
            state=state,
            phrases=_phrases(),
            texts=texts,
        )
        self.bots.append(self._bot)
        return self._bot

    @property
    def bot(self) -> Bot:
        """The bot at work."""
        return self._bot or self.fresh_bot()

    def writing(self, **more: Any) -> Writing:
        """Return what applying needs; waiting for a lost write takes no time."""
        needed: dict[str, Any] = {"state": self.bot.state, "settle": lambda: True}
        return Writing(**needed | more)

    def apply(self, *, force: bool = False, board: str | None = None, **more: Any) -> Report:
        """Make one pass."""
        bot = self.bot
        with bot.state.lease(1):
            return bot.cycle.applied(self.now, self.writing(**more), board, force=force)

    def plan(self) -> Report:
        """Return what a pass would do."""
        bot = self.bot
        return bot.cycle.planned(self.now, bot.state.remembered())

    def settled(self) -> Report:
        """Let passes follow each other until one writes nothing; return that one."""
        for _ in range(6):
            before = len(self.writes)
            report = self.apply()
            if len(self.writes) == before:
                return report
            self.later()
        message = "the bot does not come to rest"
        raise AssertionError(message)

    # Looking

    @property
    def writes(self) -> list[str]:
        """Every request so far that was no read, oldest first."""
        return [f"{s.method} {s.path}" for s in self.app.requests if s.method not in READING]

    def written_by(self, step: Callable[[], object]) -> list[str]:
        """Return the writes that ``step`` makes."""
        before = len(self.writes)
        step()
        return self.writes[before:]

    def attachments(self, card: Card) -> list[Attachment]:
        """Return a card's attachments."""
        return [self.world.store.attachments[each] for each in card.id_attachments]

    def checklists(self, card: Card) -> list[tuple[str, list[str]]]:
        """Return names and items of a card's checklists in the order people see."""
        store = self.world.store
        return [
            (each.name, [item.name for item in items_of(store, each)])
            for each in checklists_of(store, card)
        ]

    def face(self, card: Card) -> dict[str, object]:
        """Return all that people see of a card, without ids and hours: to compare boards."""
        return {
            "name": card.name,
            "desc": card.desc.replace(card.id, "ID"),
            "due": card.due,
            "start": card.start,
            "labels": self.world.labels(card),
            "members": self.world.members(card),
            "checklists": self.checklists(card),
            "ticked": [each.name for each in self.world.items(card) if each.done],
            "reactions": [len(each.reactions) for each in self.world.comments(card)],
            "attachments": [(each.name, each.url) for each in self.attachments(card)],
            "comments": self.world.texts(card),
        }

    def json(self, report: Report, effects: tuple[Effect, ...] | None = None) -> dict[str, Any]:
        """Return what ``--json`` prints about a pass."""
        telling = Telling(self.bot.phrases, self.language, report.reading.snapshot)
        shown: dict[str, Any] = json.loads(as_json(report.plan, telling, effects))
        return shown


@contextmanager
def open_office(
    folder: Path, language: Language = "fr", store: Store | None = None
) -> Iterator[Office]:
    """Open an office whose sandbox is served until the block ends.

    Its clock stands still until somebody moves it, unless the ``store`` handed in has another.
    No webhook is delivered: `bot.sandbox.delivering` does that.
    """
    world = World(store=store)
    for username, name in (
        ("paul", "Paul Durand"),
        ("mel", "Mel Rakoto"),
        ("delegatebot", "Delegate Bot"),
    ):
        world.add_person(username, name)
    app = create_app(world.store)
    folder.mkdir(exist_ok=True)
    with serving(app) as url:
        office = Office(folder, url, app, language)
        try:
            yield office
        finally:
            for bot in office.bots:
                bot.close()


def waiting_in_no_time() -> Timing:
    """Return a time in which waits are over at once."""
    hour = [0.0]

    def sleep(seconds: float) -> None:
        hour[0] += seconds

    return Timing(monotonic=lambda: hour[0], sleep=sleep, jitter=lambda: 0.5)


def outcomes(report: Report) -> list[tuple[str, str]]:
    """Return each effect's change and outcome."""
    return [(kind_of(each.planned.change), each.outcome) for each in report.effects]


def _state_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what changes when a file of the folder does."""
    files = [(each.name, each.stat()) for each in sorted(folder.glob("*.md"))]
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in files)


# Reading the kinds and the phrases takes longer than a whole pass; both are read anew when files
# change, and otherwise hold no state.
@cache
def _kinds_and_texts(own: Path, _: object) -> tuple[Kinds, Writer]:
    kinds = load_kinds((paths.built_in_briefs(), own))
    return kinds, library.writer(paths.templates_folder(), kinds.sources)


@cache
def _phrases() -> Phrases:
    return library.phrases(paths.templates_folder() / "messages")
