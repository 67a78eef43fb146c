"""Decoding alone: the bot's decoders on the bytes of its answers, and nothing kept."""

import json
import time

import requests

from bot.trello.decode import decode, decode_board, decode_cards
from bot.trello.wire import WireAction, WireBoardFrame, WireMark, WireSelf
from tests.benchmarks.line import Line


class DecodingLine(Line):
    """Decodes each answer alone, a moment after the bot has worked on it.

    So both have the same bytes, in the same process, at the same speed of the machine, which may
    change from one second to the next.
    """

    decoding = 0.0
    """Seconds of computing that decoding alone has taken."""
    parsing = 0.0
    """And that the standard library's parser has, which other tools use."""
    carrying = 0.0
    """And that it has taken to answer, which is nobody's."""
    _answered: tuple[str, bytes] | None = None

    def send(
        self, request: requests.PreparedRequest, *args: object, **kwargs: object
    ) -> requests.Response:
        """Decode the answer before, then carry one request there and its answer back."""
        self.decode_last()
        began = time.process_time()
        answer = super().send(request, *args, **kwargs)
        self.carrying += time.process_time() - began
        self._answered = (request.path_url, answer.content)
        return answer

    def decode_last(self) -> None:
        """Decode the last answer, if that has not been done."""
        if self._answered is None:
            return
        target, body = self._answered
        self._answered = None
        began = time.process_time()
        _decode(target, body)
        decoded = time.process_time()
        json.loads(body)
        self.decoding += decoded - began
        self.parsing += time.process_time() - decoded


def _decode(target: str, body: bytes) -> None:
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
