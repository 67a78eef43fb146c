"""A hundred boards without building them: one board's answers, copied with ids of their own.

The bot works on one board of the sandbox until it is at rest.  Then another bot, new to it, reads
it, and what it was answered is written to files, one for each address.  All ids of a board hold
the same ten digits (facts.md, 6.2) and all its short links here the same four letters, so that
replacing these makes another board's answers; the references in the bot's own texts, which are
hashes of the card's id, are reckoned anew.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct

from bot.domain.tokens import TokenKind, reference
from bot.sandbox import Store
from bot.sandbox.clock import VirtualClock
from bot.sandbox.ids import Ids
from bot.sandbox.world import START
from tests.benchmarks.answers import address, name_of
from tests.benchmarks.line import Answered, Asked, Hours, Line
from tests.benchmarks.premises import Premises
from tests.benchmarks.worker import BotAtWork

_MARK = "Zq00"
"""How every short link of the first board begins."""

_REFERENCE = re.compile(rb"ref ([a-z2-7]{10})")
_MARKS = ("/1/members/me?", "/1/members/me/boards?")
"""Addresses that tell of all boards at once."""


class BoardIds(Ids):
    """Ids of one board's things, which another board's may replace."""

    def __init__(self, place: int) -> None:
        super().__init__(seed=place + 1)
        self._links = 0

    def short_link(self) -> str:
        """Return the next short link."""
        self._links += 1
        return f"{_MARK}{self._links:04d}"

    @property
    def maker(self) -> bytes:
        """The digits that all ids have in common."""
        return self.new(START)[8:18].encode()


class Printed(Struct, frozen=True):
    """What one board's bot was answered."""

    answers: Mapping[str, bytes]
    """By address below the host."""
    delegated: tuple[str, ...]
    """Ids of the cards that the bot has described."""
    hand: str
    """The assistant's id."""
    premises: Premises


def printed(folder: Path, cards: int, share: float) -> Printed:
    """Let the bot hand a share of a board's cards over, and take down what a new bot reads."""
    place = Premises(Store(VirtualClock(START)))
    place.world.store.ids = BoardIds(0)
    board = place.add_board()
    mine = place.fill(board, cards, round(cards * share), ("delegate",))[: round(cards * share)]
    place.settle()
    file = place.configure(folder)
    grant = {"key": place.grant.key, "token": place.grant.token}

    def at_work(answer: Callable[[Asked], Answered], began: datetime) -> BotAtWork:
        return BotAtWork(file, grant, Line(answer, Hours(), held_back=False), began)

    answerer = place.answerer()
    worker = at_work(answerer, answerer.began)
    while worker.apply(force=True).plan.changes:
        pass
    place.world.clock.move_to(worker.now)
    found: dict[str, bytes] = {}
    reader = at_work(partial(_noted, place.answerer(), found), place.world.clock())
    for _ in range(2):
        report = reader.apply()
        assert not report.plan.changes, "the board is not at rest"
    return Printed(found, tuple(each.id for each in mine), place.mel.id, place)


def _noted(answer: Callable[[Asked], Answered], found: dict[str, bytes], asked: Asked) -> Answered:
    answered = answer(asked)
    assert asked.method == "GET"
    assert answered.status == 200
    found[address(asked.url)] = answered.body
    return answered


def write(one: Printed, boards: int, folder: Path) -> None:
    """Write the answers about so many boards like that one, and the bot's configuration."""
    for place in range(boards):
        for target, body in _copied(one, place):
            if not target.startswith(_MARKS):
                (folder / name_of(target)).write_bytes(body)
    for target, body in one.answers.items():
        if target.startswith(_MARKS):
            (folder / name_of(target)).write_bytes(_all_marks(body, boards))
    file = one.premises.configure(folder)
    content = json.loads(file.read_text("utf-8"))
    (link,) = content["boards"]
    content["boards"] = [link.replace(_MARK, _mark(place)) for place in range(boards)]
    file.write_text(json.dumps(content), "utf-8")


def _copied(one: Printed, place: int) -> Iterator[tuple[str, bytes]]:
    refs = {} if place == 0 else dict(_references(one, place))
    for target, body in one.answers.items():
        there = _moved(target.encode(), place).decode()
        moved = _moved(body, place)
        yield (
            there,
            _REFERENCE.sub(lambda found: b"ref " + refs[found[1]], moved) if refs else moved,
        )


def _moved(text: bytes, place: int) -> bytes:
    maker = BoardIds(place).maker
    return text.replace(BoardIds(0).maker, maker).replace(_MARK.encode(), _mark(place).encode())


def _mark(place: int) -> str:
    return f"Zq{place:02d}"


def _references(one: Printed, place: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield each reference that may stand on the board, and what it is on a copy."""
    for each in one.delegated:
        there = _moved(each.encode(), place).decode()
        for kind in get_args(TokenKind):
            for about in ("once", one.hand):
                before, after = (reference(card, kind, about) for card in (each, there))
                yield before.encode(), after.encode()


def _all_marks(body: bytes, boards: int) -> bytes:
    """Return the list of all boards from that of one."""
    shown = json.loads(body)
    (mark,) = shown["boards"] if isinstance(shown, dict) else shown
    text = json.dumps(mark).encode()
    every: list[Any] = [json.loads(_moved(text, place)) for place in range(boards)]
    whole = shown | {"boards": every} if isinstance(shown, dict) else every
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
