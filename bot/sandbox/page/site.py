"""The page: each address is drawn from the store, and a form goes to the address it stands at.

Once a form's act is done, the browser is sent back to where it was.
"""

import secrets
from collections.abc import Mapping
from typing import cast, get_args
from zoneinfo import ZoneInfo

from werkzeug.wrappers import Request

from bot.sandbox.call import Answer
from bot.sandbox.clock import Movable
from bot.sandbox.errors import RefusedError
from bot.sandbox.page.acting import on_board, on_card
from bot.sandbox.page.acting.form import Form
from bot.sandbox.page.addresses import NOWHERE, Place, place_of, scene_of
from bot.sandbox.page.door import form_of, from_here
from bot.sandbox.page.drawing.backs import back
from bot.sandbox.page.drawing.cast import controls
from bot.sandbox.page.drawing.fronts import board_shown
from bot.sandbox.page.drawing.html import drawn, policy
from bot.sandbox.page.drawing.told import told
from bot.sandbox.page.scene import Scene
from bot.sandbox.page.trial import Step, Trial
from bot.sandbox.page.words import Language
from bot.sandbox.people import Person
from bot.sandbox.rows import Board
from bot.sandbox.store import Store

STEPS = get_args(Step)


class Site:
    """Everything outside ``/1``."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.trial = Trial()
        self.done = 0
        """How many forms have been sent."""
        self._token = secrets.token_urlsafe(24)

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        if not from_here(request):
            return Answer(421, b"This page is at http://localhost.\n")
        if request.method not in {"GET", "HEAD", "POST"}:
            return Answer(
                405, b"This page is read, or sent a form.\n", {"Allow": "GET, HEAD, POST"}
            )
        try:
            return self._acted(request) if request.method == "POST" else self._drawn(request)
        except RefusedError as refusal:
            return self._drawn(request, refusal)

    def _drawn(self, request: Request, refused: RefusedError | None = None) -> Answer:
        """Return a page; ``refused``: with what could not be done, and its status."""
        with self.store.lock:
            try:
                place = place_of(self.store, request.path)
            except RefusedError:
                scene = self._scene(request, NOWHERE)
                return _written(404, scene, drawn("nothing.html", scene, above=None))
            scene = self._scene(request, place)
            status = refused.status if refused else 200
            return _written(status, scene, self._page(scene, place, refused))

    def _page(self, scene: Scene, place: Place, refused: RefusedError | None) -> str:
        store = self.store
        shown = {
            "above": controls(store, scene, self.trial, place.boards),
            "refused": scene.refusal(refused) if refused else "",
        }
        if place.board is None:
            boards = [board_shown(store, scene, each) for each in place.boards]
            return drawn("boards.html", scene, boards=boards, **shown)
        if place.card is not None:
            return drawn("card.html", scene, back=back(store, scene, place.card), **shown)
        board = board_shown(store, scene, place.board)
        last = told(store, scene, place.board)
        return drawn("board.html", scene, board=board, backs=(), told=last, **shown)

    def _acted(self, request: Request) -> Answer:
        values = form_of(request, self._token)
        with self.store.lock:
            place = place_of(self.store, request.path)
            scene = self._scene(request, place)
        part = self._do(values, scene, place)
        self.done += 1
        return Answer(303, b"", {"Location": f"{scene.here}#{part}"})

    def _do(self, values: Mapping[str, str], scene: Scene, place: Place) -> str:
        """Do what a form asks for; return the part of the page that shows it."""
        act = values.get("act", "")
        if act in STEPS:
            # The bot reads and writes through this very server, so nothing may be locked.
            return self._go_on(cast("Step", act))
        with self.store.lock:
            who = self.store.member_named(scene.player)
            if who is None:
                raise RefusedError(401, "nobody is chosen")
            form = Form(self.store, Person(self.store, who), scene.zone, values)
            if place.card is not None and act in on_card.ACTS:
                return on_card.ACTS[act](form, form.card(place.card))
            if place.board is not None and act in on_board.ACTS:
                return on_board.ACTS[act](form, place.board)
        raise RefusedError(400, "unknown act")

    def _go_on(self, step: Step) -> str:
        clock = self.store.clock
        if not isinstance(clock, Movable) or (step == "pass" and self.trial.worker is None):
            raise RefusedError(400, "unknown act")
        self.trial.go_on(clock, step)
        return "bot"

    def _scene(self, request: Request, place: Place) -> Scene:
        return scene_of(self.store, self.trial, request, place, self._token)


def _written(status: int, scene: Scene, body: str) -> Answer:
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": f"{policy(scene)}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Vary": "Accept-Language",
    }
    return Answer(status, body, headers)


def snapshot_page(store: Store, board: Board, language: Language = "fr", zone: str = "UTC") -> str:
    """Return one self-contained HTML file: a board with the backs of all its open cards."""
    with store.lock:
        scene = Scene(language, ZoneInfo(zone), store.clock(), whole=True)
        cards = [each for each in store.cards_of(board) if not each.closed]
        backs = [back(store, scene, each) for each in cards]
        shown = board_shown(store, scene, board)
        return drawn("board.html", scene, board=shown, backs=backs, told=None, above=None)
