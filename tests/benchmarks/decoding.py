"""Decoding alone: the bot's decoders on the bytes of its answers, and nothing kept."""

import gc
import json
import time
from collections.abc import Callable

import requests

from bot.trello.decode import decode, decode_board, decode_cards
from bot.trello.wire import WireAction, WireBoardFrame, WireMark, WireSelf
from tests.benchmarks.line import Answered, Asked, Hours, Line


class DecodingLine(Line):
    """Decodes each answer alone, a moment after the bot has worked on it.

    So both have the same bytes, in the same process, at the same speed of the machine, which may
    change from one second to the next.
    """

    def __init__(
        self, answer: Callable[[Asked], Answered], decoding: Callable[[str, bytes], object]
    ) -> None:
        """Take who answers, and what decodes an answer to an address."""
        super().__init__(answer, Hours(), held_back=False)
        self._decoding = decoding
        self._answered: tuple[str, bytes] | None = None
        self.alone = 0.0
        """Seconds of computing that decoding alone has taken."""
        self.carrying = 0.0
        """And that it has taken to answer, which is neither's."""

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
        # Alone there would be nothing for the collector to walk through but the answer.
        gc.disable()
        began = time.process_time()
        self._decoding(*self._answered)
        self._answered = None
        self.alone += time.process_time() - began
        gc.enable()


def parsed(_: str, body: bytes) -> None:
    """Decode an answer with the standard library's parser, as other tools do."""
    json.loads(body)


def decoded(target: str, body: bytes) -> None:
    """Decode an answer as the bot does."""
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
