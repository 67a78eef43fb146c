"""A small business on the emulated service, and a client that speaks to it without a socket."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import Client, TestResponse

from bot.sandbox import Grant, Person, SandboxApp, Store, World, create_app
from bot.sandbox.rows import Board, BoardList, Card

ABSENT = "0123456789abcdef01234567"


@dataclass(frozen=True)
class Reply:
    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Api:
    """A member's client."""

    app: SandboxApp
    grant: Grant | None

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> Reply:
        headers = {}
        if self.grant:
            pair = f'oauth_consumer_key="{self.grant.key}", oauth_token="{self.grant.token}"'
            headers["Authorization"] = f"OAuth {pair}"
        answer = Client(self.app).open(
            "/1" + path, method=method, json=body, query_string=query or None, headers=headers
        )
        return reply(answer)

    def get(self, path: str, **query: Any) -> Any:
        """Return the body of an answer that must be a success."""
        return self.ok("GET", path, **query)

    def ok(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Return the body of an answer that must be a success."""
        answer = self(method, path, body, **query)
        assert answer.status == 200, answer
        return answer.body


def reply(answer: TestResponse) -> Reply:
    text = answer.get_data(as_text=True)
    body = answer.get_json() if answer.mimetype == "application/json" else text
    return Reply(answer.status_code, body, dict(answer.headers))


@dataclass(frozen=True)
class Shop:
    world: World
    paul: Person
    mel: Person
    olga: Person
    robot: Person
    stranger: Person
    board: Board
    todo: BoardList
    doing: BoardList
    done: BoardList
    card: Card
    app: SandboxApp
    apis: dict[str, Api] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        return self.world.store

    @property
    def api(self) -> Api:
        """The bot's client."""
        return self.as_(self.robot)

    def as_(self, who: Person) -> Api:
        """A client of that person, through the same application."""
        if who.id not in self.apis:
            self.apis[who.id] = Api(self.app, self.world.grant(who))
        return self.apis[who.id]

    def label(self, name: str) -> str:
        return next(each.id for each in self.store.labels_of(self.board) if each.name == name)

    def types(self, card: Card | None = None) -> list[str]:
        """Types of a card's log, oldest first, hidden ones too."""
        return [each.type for each in self.store.log((card or self.card).id)]


def open_shop(seed: int = 0) -> Shop:
    """Paul (admin), Mel (normal), Olga (observer), a robot (normal), and a stranger."""
    world = World(seed=seed)
    paul, mel = world.add_person("paul", "Paul Martin"), world.add_person("mel", "Mel Rakoto")
    olga, robot = world.add_person("olga"), world.add_person("robot")
    board = paul.add_board(
        "Atelier", lists=["À faire", "En cours", "Terminé"], labels=["delegate", "important"]
    )
    world.invite(board, mel)
    world.invite(board, robot)
    world.invite(board, olga, "observer")
    todo, doing, done = (
        world.list_named(board, each) for each in ("À faire", "En cours", "Terminé")
    )
    card = paul.add_card(todo, "Facture Dubois", desc="pour lundi")
    return Shop(
        world, paul, mel, olga, robot, world.add_person("stranger"),
        board, todo, doing, done, card, create_app(world.store),
    )  # fmt: skip
