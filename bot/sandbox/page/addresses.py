"""What an address names: all boards (``/``), one (``/b/…``), a card (``/c/…``), and for whom."""

from dataclasses import dataclass
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from werkzeug.wrappers import Request

from bot.sandbox.errors import not_found
from bot.sandbox.page.drawing.cast import actors
from bot.sandbox.page.scene import Scene
from bot.sandbox.page.trial import Trial
from bot.sandbox.page.words import LANGUAGES, Language
from bot.sandbox.rows import Board, Card
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """What an address names."""

    boards: tuple[Board, ...] = ()
    board: Board | None = None
    card: Card | None = None


NOWHERE = Place()


def place_of(store: Store, path: str) -> Place:
    """Return what a path names; refuses with 404."""
    kind, _, ref = path.strip("/").partition("/")
    if kind == "b":
        board = store.board(ref)
        return Place((board,), board)
    if kind == "c":
        card = store.card(ref)
        board = store.boards[card.id_board]
        return Place((board,), board, card)
    if kind:
        raise not_found()
    return Place(tuple(store.boards.values()))


def scene_of(store: Store, trial: Trial, request: Request, place: Place, token: str) -> Scene:
    """Return language, zone and reader as a request asks; failing that French, the owner."""
    wanted = request.args.get("lang", "")
    if wanted not in LANGUAGES:
        wanted = request.accept_languages.best_match(LANGUAGES, "fr") or "fr"
    names = [each.username for each in actors(store, trial, place.boards)]
    player = request.args.get("as", "")
    return Scene(
        language=cast("Language", wanted),
        zone=_zone(request.args.get("zone", ""), trial.zone),
        now=store.clock(),
        path=request.path,
        player=player if player in names else next(iter(names), ""),
        token=token,
        round=trial.round,
    )


def _zone(wanted: str, default: str) -> ZoneInfo:
    for name in (wanted, default):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")
