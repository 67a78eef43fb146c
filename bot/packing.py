"""Cards at rest take up little: what stands on them is packed when nobody has looked at it lately.

As objects a card that is handed over takes up some 25 kB, packed not one: most of what stands on
it stands on the next one too, word for word.  Who has no more cards in hand than may lie open does
without.
"""

import zlib
from collections import deque
from collections.abc import Mapping
from typing import Final
from weakref import ref

import msgspec
from msgspec.structs import replace

from bot.domain.model import Card, Contents

TOGETHER: Final = 16
"""Cards in one pack: to prepare for a single one costs as much as to pack it, and whoever reads
one has to unpack all of them."""

MOST_OPEN: Final = 1024
"""Contents that lie open unless told otherwise: rule after rule looks at the same card."""

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(tuple[Contents, ...])
_FAST: Final = 1
_RAW: Final = -zlib.MAX_WBITS
"""Without a head and a sum: nothing is written or sent."""


class Packed:
    """Contents that are unpacked when they are read, and stay so for a while."""

    __slots__ = ("_pack", "_place")

    has_log: Final = True
    """Only cards at rest are packed, with their whole log."""

    def __init__(self, pack: "_Pack", place: int) -> None:
        """Take where they are."""
        self._pack, self._place = pack, place

    def read(self) -> Contents:
        """Return the contents."""
        return self._pack.read()[self._place]

    def __eq__(self, other: object) -> bool:
        """Tell whether the other holds the same, packed or not."""
        return self is other or self.read() == (
            other.read() if isinstance(other, Packed) else other
        )

    def __hash__(self) -> int:
        return hash(self.read())


class _Pack:
    """The contents of a few cards, let go with the last of them."""

    __slots__ = ("__weakref__", "_body", "_open", "_packer")

    def __init__(self, contents: tuple[Contents, ...], packer: "Packer") -> None:
        self._open: tuple[Contents, ...] | None = contents
        self._body = b""
        self._packer = packer

    def read(self) -> tuple[Contents, ...]:
        opened = self._open
        if opened is None:
            opened = self._open = _DECODER.decode(zlib.decompress(self._body, _RAW))
            self._packer.was_opened(self)
        return opened

    def close(self) -> None:
        if self._open is not None:
            self._body = self._body or zlib.compress(_ENCODER.encode(self._open), _FAST, _RAW)
            self._open = None


class Packer:
    """Packs cards, and knows which lie open."""

    def __init__(self, most_open: int = MOST_OPEN) -> None:
        """Take how many contents may lie open."""
        self._most = most_open // TOGETHER
        self._lately: deque[ref[_Pack]] = deque()
        """Packs that lie open, the latest last; it keeps nothing of a card that is gone."""

    def packed(self, cards: Mapping[str, Card]) -> dict[str, Card]:
        """Return the same cards, their contents in packs where the log is known to its end."""
        opened = [(key, each) for key, each in cards.items() if _is_open(each)]
        found = dict(cards)
        for first in range(0, len(opened), TOGETHER):
            few = opened[first : first + TOGETHER]
            pack = _Pack(tuple(card.contents.read() for _, card in few), self)
            self._was_made(pack)
            for place, (key, card) in enumerate(few):
                found[key] = replace(card, contents=Packed(pack, place))
        return found

    def _was_made(self, pack: _Pack) -> None:
        """Leave a new pack open where there is room: the others may have been looked at since."""
        if len(self._lately) < self._most:
            self._lately.append(ref(pack))
        else:
            pack.close()

    def was_opened(self, pack: _Pack) -> None:
        """Take note that a pack lies open; the one that was opened first is closed."""
        self._lately.append(ref(pack))
        if len(self._lately) > self._most and (first := self._lately.popleft()()):
            first.close()


def _is_open(card: Card) -> bool:
    return card.contents.has_log and not isinstance(card.contents, Packed)
