"""Reads boards: one that has not moved not at all, one that has in two requests.

A board is read whole the first time, and then one board in turn every now and then, since some
edits may move neither its date nor its log.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from msgspec.structs import replace

from bot.domain.model import Card, Instant
from bot.hands import Hands
from bot.kept import OVERLAP, KeptBoard, Served, after_own_writes, gone_on
from bot.logs import LogReader
from bot.ports import (
    BoardService,
    Entry,
    Mark,
    PassOverError,
    RetryLaterError,
    SkipError,
)
from bot.resolve import SeenBoard, Weighed, lightness
from bot.settings import Settings

log = logging.getLogger(__name__)

_NEVER = datetime.min.replace(tzinfo=UTC)

Read: TypeAlias = tuple[SeenBoard, tuple[Card, ...], Instant | None]
"""A board, its visible cards, and when it last moved."""


class BoardReader:
    """Keeps the boards as they were last read, and reads what has moved since."""

    def __init__(
        self, service: BoardService, settings: Settings, hands: Hands, logs: LogReader
    ) -> None:
        """Take where to read, what matters, and how many reads may be under way at once."""
        self._service = service
        self._logs = logs
        self._packer = logs.packer
        self._lightness = lightness(settings)
        self._hands = hands
        self._reconcile = settings.worker.reconcile
        self._kept: dict[str, KeptBoard] = {}
        """By a board's name in the configuration."""
        self._marks: Mapping[str, Mark] = {}
        self._now = _NEVER
        self._own: str | None = None
        self._refused = frozenset[str]()
        self._turns: dict[str, Instant] = {}
        """When it was each board's turn to be read whole."""
        self._in_turn: str | None = None
        """The board that is read whole in this pass."""
        self._uncertain: set[str] = set()
        """Ids of cards on which a turn of the bot's has begun and not ended well."""

    def begin_pass(
        self, marks: Sequence[Mark], now: Instant, own: str | None, refused: frozenset[str]
    ) -> None:
        """Take what the list of boards shows at the beginning of a pass.

        ``own``: the member whose acts are the bot's alone; ``None``: a person uses the account too.
        ``refused``: ids or references of boards that the pass before could not serve.
        """
        self._own = own
        self._refused = refused
        self._marks = {name: each for each in marks for name in (each.id, each.short_link)}
        self._now = now
        self._in_turn = self._due(now)

    def in_turn(self, names: Iterable[str]) -> list[str]:
        """Return configured boards in the order in which they have waited to be read."""
        return sorted(
            names, key=lambda name: self._kept[name].heard if name in self._kept else _NEVER
        )

    def are_still(self, names: Iterable[str], marks: Sequence[Mark], now: Instant) -> bool:
        """Tell whether all boards are known, none has moved, and none is to be read whole."""
        shown = {name: each for each in marks for name in (each.id, each.short_link)}
        known = ((self._kept.get(name), shown.get(name)) for name in names)
        moved = any(kept is None or kept.mark != mark for kept, mark in known)
        return not moved and self._due(now) is None

    def board(self, name: str) -> KeptBoard:
        """Return a configured board as it stands, each log that its own tells to the end with it.

        Raises as `BoardService.board` does, then also `SkipError` when the bot's account is not on
        the board: no list of boards would show that it has moved.
        """
        kept = self._kept.get(name)
        heard = self._service.server_time or self._now
        mark = self._marks.get(name)
        if kept is None or mark is None or name == self._in_turn:
            # Also one that cannot be read has had its turn: the others do not wait for it.
            self._turns[name] = self._now
            kept = self._whole(name, mark, heard)
        elif mark != kept.mark:
            kept = self._moved(name, kept, mark, heard)
        # At once: until its log is known a card lies open, and those of one board are enough.
        if kept is not self._kept.get(name):
            self._kept[name] = kept = self._at_rest(name, kept)
        return kept

    def _at_rest(self, name: str, kept: KeptBoard) -> KeptBoard:
        """Return a board just read with the logs that its own tells, and its cards packed.

        Of a refused board nobody asks for a log.  What the board's has not told once it does not
        tell later: those cards are asked for theirs.
        """
        lacking: dict[str, Card] = {}
        if self._refused.isdisjoint((name, kept.seen.id)):
            lacking = self._lightness(kept.seen).without_log(kept.cards.values())
        asked = {key: each for key, each in lacking.items() if key not in kept.untold}
        begun = self._logs.on_board(kept.seen.id, asked, self._now)
        return replace(
            kept,
            cards=self._packer.packed({**kept.cards, **begun}),
            untold=kept.untold & lacking.keys() | asked.keys() - begun.keys(),
        )

    def forget_what_is_gone(self) -> None:
        """Let go of what is noted about cards that have left the boards."""
        here = {key for kept in self._kept.values() for key in kept.cards}
        self._uncertain &= here
        self._logs.forget_all_but(here)

    def begin_turns(self, cards: Iterable[Card]) -> None:
        """Take note that these cards are about to be written to."""
        self._uncertain |= {each.id for each in cards}

    def end_turn(self, served: Served) -> None:
        """Keep a card as a turn that ended well has left it."""
        self._uncertain.discard(served.card.id)
        for name, kept in self._kept.items():
            if kept.seen.id == served.card.board_id and served.card.id in kept.cards:
                cards = {**kept.cards, served.card.id: served.card}
                self._kept[name] = replace(kept, cards=cards, turns=(*kept.turns, served))

    def keep_logs(self, cards: Mapping[str, Card]) -> None:
        """Keep cards whose log has just been read to its end."""
        for name, kept in self._kept.items():
            mine = {key: each for key, each in cards.items() if key in kept.cards}
            if mine:
                self._kept[name] = replace(kept, cards={**kept.cards, **mine})

    def _due(self, now: Instant) -> str | None:
        turns = {name: each for name, each in self._turns.items() if name in self._kept}
        if not turns or now - max(turns.values()) < self._reconcile:
            return None
        return min(turns, key=turns.__getitem__)

    def _whole(self, name: str, mark: Mark | None, heard: Instant) -> KeptBoard:
        read = self._read(name)
        if mark is None:
            message = "The bot's account is no member of this board; invite it"
            raise SkipError(message, why="forbidden", route=f"GET /boards/{name}")
        return self._anew(read, mark, heard)

    def _anew(self, read: Read, mark: Mark, heard: Instant) -> KeptBoard:
        seen, cards, moved_at = read
        return KeptBoard(
            seen=seen,
            cards={each.id: each for each in cards},
            mark=_seen_mark(mark, moved_at),
            heard=heard,
        )

    def _moved(self, name: str, kept: KeptBoard, mark: Mark, heard: Instant) -> KeptBoard:
        if kept.turns and self._own and not self._uncertain & kept.cards.keys():
            entries = self._new(kept)
            alone = None if entries is None else after_own_writes(kept, mark, entries, self._own)
            if alone is not None:
                return replace(alone, heard=heard, ids=_shown_again(entries or (), heard))
            read = self._read(name)
        else:
            # Somebody else has moved it: both are needed, and neither waits for the other.
            entries, read = self._hands.both(lambda: self._new(kept), lambda: self._read(name))
        if entries is None:
            return self._anew(read, mark, heard)
        seen, cards, moved_at = read
        return replace(
            kept,
            # What has not changed stays the very same object: nothing is resolved anew.
            seen=kept.seen if kept.seen == seen else seen,
            cards=gone_on(kept, cards, entries),
            mark=_seen_mark(mark, moved_at),
            heard=heard,
            ids=_shown_again(entries, heard),
            turns=(),
        )

    def _new(self, kept: KeptBoard) -> tuple[Entry, ...] | None:
        """Return what a board's log has to tell; ``None``: the board must do without."""
        try:
            pages = self._service.feed(kept.seen.id, kept.heard - OVERLAP)
            return tuple(each for page in pages for each in page.entries)
        except PassOverError:
            raise
        except (SkipError, RetryLaterError) as problem:
            log.debug("the log of board %s could not be read: %s", kept.seen.id, problem)
            return None

    def _read(self, name: str) -> Read:
        seen, cards, moved_at = self._service.board(name, self._matters)
        if self._uncertain:
            self._uncertain -= {each.id for each in cards}
        return seen, cards, moved_at

    def _matters(self, seen: SeenBoard) -> Callable[[Weighed], bool]:
        return self._lightness(seen).matters


def _seen_mark(mark: Mark, moved_at: Instant | None) -> Mark:
    """Return what counts as seen of a board; an answer older than the mark has not seen that."""
    if mark.activity and moved_at and moved_at < mark.activity:
        return replace(mark, activity=moved_at)
    return mark


def _shown_again(entries: Iterable[Entry], heard: Instant) -> frozenset[str]:
    return frozenset(each.action.id for each in entries if each.action.at >= heard - OVERLAP)
