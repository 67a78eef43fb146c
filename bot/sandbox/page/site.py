"""Which page answers which address: ``/``, ``/b/<short link>``, ``/c/<short link>``."""

from typing import cast, get_args
from urllib.parse import urlencode
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from werkzeug.wrappers import Request

from bot.sandbox.call import Answer
from bot.sandbox.errors import RefusedError
from bot.sandbox.page.drawing.backs import back
from bot.sandbox.page.drawing.fronts import board_shown
from bot.sandbox.page.drawing.html import drawn, policy
from bot.sandbox.page.scene import Scene
from bot.sandbox.page.words import Language
from bot.sandbox.rows import Board
from bot.sandbox.store import Store

LANGUAGES = get_args(Language)


def page_answer(store: Store, request: Request, zone: str) -> Answer:
    """Answer a request outside ``/1``; ``zone`` is shown unless ``?zone=`` names another."""
    scene = scene_of(store, request, zone)
    kind, _, ref = request.path.strip("/").partition("/")
    try:
        body = _page(store, scene, kind, ref)
    except RefusedError:
        return _answer(404, drawn("nothing.html", scene))
    return _answer(200, body)


def scene_of(store: Store, request: Request, zone: str) -> Scene:
    """Return language and zone as the request asks, French and ``zone`` failing that."""
    wanted = request.args.get("lang", "")
    if wanted not in LANGUAGES:
        wanted = request.accept_languages.best_match(LANGUAGES, "fr") or "fr"
    found = _zone(request.args.get("zone", ""), zone)
    other = "en" if wanted == "fr" else "fr"
    link = f"{request.path}?{urlencode({'lang': other, 'zone': found.key})}"
    return Scene(cast("Language", wanted), found, store.clock(), other_language=link)


def _zone(wanted: str, default: str) -> ZoneInfo:
    for name in (wanted, default):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def _page(store: Store, scene: Scene, kind: str, ref: str) -> str:
    if kind == "b":
        board = store.board(ref)
        return drawn("board.html", scene, board=board_shown(store, scene, board), backs=())
    if kind == "c":
        return drawn("card.html", scene, back=back(store, scene, store.card(ref)))
    if kind:
        raise RefusedError(404, "")
    boards = [board_shown(store, scene, each) for each in store.boards.values()]
    return drawn("boards.html", scene, boards=boards)


def _answer(status: int, body: str) -> Answer:
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": f"{policy()}; frame-ancestors 'none'",
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
        return drawn("board.html", scene, board=board_shown(store, scene, board), backs=backs)
