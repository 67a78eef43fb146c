"""Boards of a given size, and the sandbox that answers for them."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import requests
from msgspec import Struct
from werkzeug.wrappers import Request

from bot.sandbox import Grant, Person, SandboxApp, Store, World, create_app
from bot.sandbox.clock import VirtualClock
from bot.sandbox.rows import Board, BoardList, Card
from bot.sandbox.world import START
from tests.benchmarks.line import Answered, Asked
from tests.end_to_end.office import COMPLETE, WORDS, Peace
from tests.simulation.wire import environ_of

DESCRIPTION = 2000
"""Characters of each card's description."""

ENTRIES = 10
"""Of each card's log."""

LISTS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi")
LINE = "Rappeler le client avant de commander, et noter ici ce qu’il a dit.\n"


class Size(Struct, frozen=True):
    """How much there is."""

    boards: int
    cards: int
    """On all boards together."""
    delegated: float = 0.2
    """The share of cards that bear the label."""

    def __str__(self) -> str:
        """Name it."""
        return f"{self.boards} × {self.cards // self.boards}"


class Premises:
    """A business with its boards, in this process."""

    def __init__(self, store: Store | None = None) -> None:
        self.world = World(store=store or Store(VirtualClock(START)))
        self.paul, self.mel, self.robot = (
            self.world.add_person(name) for name in ("paul", "mel", "delegatebot")
        )
        self.grant: Grant = self.world.grant(self.robot)
        self.app: SandboxApp = create_app(self.world.store)
        self.app.faults = Peace()
        self.app.windows.enforced = True
        self.boards: list[Board] = []

    def add_board(self) -> Board:
        """Add a board with everybody on it."""
        words = WORDS["fr"]
        lists, labels = (*words.lists, *LISTS), words.labels.values()
        board = self.paul.add_board(f"Tableau {len(self.boards)}", lists, labels)
        for each in (self.mel, self.robot):
            self.world.invite(board, each)
        self.boards.append(board)
        return board

    def fill(self, board: Board, cards: int, delegated: int, labels: tuple[str, ...]) -> list[Card]:
        """Add cards with ten entries each to a board; the first ones bear the labels."""
        lists = [self.world.list_named(board, each) for each in LISTS]
        return [
            self._card(lists[place % len(lists)], place, labels if place < delegated else ())
            for place in range(cards)
        ]

    def _card(self, list_: BoardList, place: int, labels: tuple[str, ...]) -> Card:
        notes = f"{COMPLETE['fr']}\n\n" if labels else ""
        desc = notes + LINE * (DESCRIPTION // len(LINE))
        card = self.paul.add_card(list_, f"Travail {place}", desc=desc)
        self.paul.add_checklist(card, "Étapes", ["appeler", "comparer"])
        self.paul.attach(card, f"https://exemple.fr/{place}", "modèle")
        for each in labels:
            self.paul.label(card, each)
        self._talk(card, (self.paul, self.mel), ENTRIES - 3 - len(labels))
        return card

    def _talk(self, card: Card, people: tuple[Person, ...], times: int) -> None:
        for number in range(times):
            people[number % len(people)].comment(card, f"Noté, voir le point {number}.")

    def settle(self) -> None:
        """Let an hour pass: what stands on the boards is no longer fresh."""
        self.world.clock.move_to(START + timedelta(hours=1))

    def configure(self, folder: Path) -> Path:
        """Write a configuration that names all boards."""
        file = folder / "bot.yaml"
        content: Mapping[str, Any] = {
            "language": "fr",
            "boards": [each.short_link for each in self.boards],
            "labels": dict(WORDS["fr"].labels),
            "people": {"owner": {"username": "paul"}, "assistants": [{"username": "mel"}]},
            "state": str(folder / "state"),
            "writes": {"settle": "35s"},
        }
        file.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return file

    def answerer(self) -> "Answerer":
        """Return who answers requests from now on."""
        return Answerer(self.app, self.world.clock)


class Answerer:
    """Answers requests with the sandbox, at the hour in which they arrive."""

    def __init__(self, app: SandboxApp, clock: VirtualClock) -> None:
        self.began = clock()
        self._app, self._clock = app, clock

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        self._clock.move_to(self.began + timedelta(seconds=asked.at))
        answer = self._app.answer(Request(environ_of(_prepared(asked))))
        return Answered(answer.status, answer.headers, answer.body)


def _prepared(asked: Asked) -> requests.PreparedRequest:
    made = requests.PreparedRequest()
    made.method, made.url, made.body = asked.method, asked.url, asked.body
    made.headers = requests.structures.CaseInsensitiveDict(asked.headers)
    return made


def furnished(size: Size) -> Premises:
    """Return boards on which delegated cards are held, so that a pass only reads."""
    found = Premises()
    each = size.cards // size.boards
    for _ in range(size.boards):
        board = found.add_board()
        found.fill(board, each, round(each * size.delegated), ("en attente", "delegate"))
    found.settle()
    return found
