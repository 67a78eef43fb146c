"""Decoding alone: the bot's decoders on the bytes of its answers, and nothing kept."""

from collections.abc import Iterable

import requests

from bot.trello.decode import decode, decode_board, decode_cards
from bot.trello.wire import WireAction, WireBoardFrame, WireMark, WireSelf
from tests.benchmarks.line import Line

_HOST = "http://127.0.0.1"


def decoded(line: Line, targets: Iterable[str]) -> None:
    """Ask for each address and decode what it answers, as the bot does."""
    for target in targets:
        request = requests.Request("GET", _HOST + target).prepare()
        _decode(line.send(request).content, target)


def _decode(body: bytes, target: str) -> None:
    path = target.partition("?")[0]
    if path == "/1/members/me":
        decode(body, WireSelf, path)
    elif path == "/1/members/me/boards":
        decode(body, tuple[WireMark, ...], path)
    elif path.endswith("/actions"):
        decode(body, tuple[WireAction, ...], path)
    elif path.endswith("/cards"):
        decode_cards(body, path)
    elif "cards=visible" in target:
        decode_board(body, path)
    else:
        decode(body, WireBoardFrame, path)
