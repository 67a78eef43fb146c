"""Reads of every kind of feed: to the end, never an empty answer believed at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import Final, TypeVar

import msgspec

from bot.domain.commands import acknowledged
from bot.domain.model import Action
from bot.domain.tokens import reference_at_end
from bot.ports import RetryLaterError
from bot.trello.client import TrelloApi
from bot.trello.decode import decode, reactions_of
from bot.trello.wire import WireAction, WireId, WireReaction

MOST: Final = 1000
"""Cards or actions that one answer can hold; exactly as many means: there may be more."""

WHEN: Final = attrgetter("date")

T = TypeVar("T")


class Reads:
    """What reading a board and reading a card have in common."""

    def __init__(self, api: TrelloApi) -> None:
        self._api = api

    def _confirm_empty(self, path: str, types: str = "visible") -> None:
        """Ask once more, in another way, before an answer that shows nothing is believed.

        Raises `RetryLaterError` when the two answers contradict each other.
        """
        if self._read(path, tuple[WireId, ...], fields="id", limit=1, filter=types):
            message = "Trello's answer shows nothing where there is something"
            raise RetryLaterError(message, route=f"GET {path}")

    def _every_action(
        self, path: str, asked: Mapping[str, str], page: tuple[WireAction, ...] | None = None
    ) -> tuple[WireAction, ...]:
        """Read a feed to its end, from the first ``page`` on; pages overlap."""
        pages = self._pages(path, {"limit": MOST, **asked}, page)
        return tuple(each for page in pages for each in page)

    def _pages(
        self, path: str, asked: Mapping[str, str | int], page: tuple[WireAction, ...] | None = None
    ) -> Iterator[tuple[WireAction, ...]]:
        """Yield a feed page by page; a full one means that there may be more."""
        if page is None:
            page = self._read(path, tuple[WireAction, ...], **asked)
        yield page
        while len(page) == MOST:
            page = self._read(path, tuple[WireAction, ...], before=_oldest(page), **asked)
            yield page

    def _with_reactions(self, log: tuple[Action, ...]) -> tuple[Action, ...]:
        """Ask for reactions to commands, which acknowledge them, and to what stands twice.

        Nobody's reaction goes with a double that is taken off.
        """
        refs = Counter(reference_at_end(each.text) for each in log)

        def matters(action: Action) -> bool:
            ref = reference_at_end(action.text)
            return acknowledged(action.text) or (ref is not None and refs[ref] > 1)

        return tuple(self._reacted(each) if matters(each) else each for each in log)

    def _reacted(self, action: Action) -> Action:
        found = self._read(f"/actions/{action.id}/reactions", tuple[WireReaction, ...])
        return msgspec.structs.replace(action, reactions=reactions_of(found))

    def _read(self, path: str, shape: type[T], **params: str | int) -> T:
        return decode(self._api.get(path, params), shape, f"GET {path}")


def _oldest(page: tuple[WireAction, ...]) -> str:
    since = min(map(WHEN, page))
    return min(each.id for each in page if each.date == since)
