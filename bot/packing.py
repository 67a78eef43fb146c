"""Cards at rest take up little: what stands on them is packed until somebody looks at it.

As objects a card that is handed over takes up some 25 kB, packed not one: most of what stands on
it stands on the next one too, word for word.
"""

import zlib
from collections import deque
from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Final
from weakref import ref

import msgspec
from msgspec.structs import replace

from bot.domain.model import Card, Contents

MOST_OPEN: Final = 256
"""Contents that stay unpacked: rule after rule looks at the same card."""

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Contents)
_FAST: Final = 1
_RAW: Final = -zlib.MAX_WBITS
"""Without a head and a sum: nothing is written or sent."""
_WINDOW: Final = 1 << zlib.MAX_WBITS
"""Bytes that a dictionary can have."""


class Packed:
    """Contents that are unpacked when they are read, and stay so for a while."""

    __slots__ = ("__weakref__", "_block", "_end", "_open", "_packer", "_start")

    has_log: Final = True
    """Only cards at rest are packed, with their whole log."""

    def __init__(self, block: bytes, start: int, end: int, packer: "Packer") -> None:
        """Take where they are, and who has packed them."""
        self._block = block
        self._start, self._end = start, end
        self._packer = packer
        self._open: Contents | None = None

    def read(self) -> Contents:
        """Return the contents."""
        found = self._open
        if found is None:
            body = self._packer.unpacked(self._block[self._start : self._end])
            found = self._open = _DECODER.decode(body)
            self._packer.was_opened(self)
        return found

    def close(self) -> None:
        """Forget the contents until they are read again."""
        self._open = None

    def __eq__(self, other: object) -> bool:
        """Tell whether the other holds the same, packed or not."""
        return self is other or self.read() == (
            other.read() if isinstance(other, Packed) else other
        )

    def __hash__(self) -> int:
        return hash(self.read())


class Packer:
    """Packs cards alike: the first one tells what is to be expected of all the others.

    If that was an odd one, the others take up more room, and are the same cards all the while.
    """

    def __init__(self) -> None:
        self._like: bytes | None = None
        self._lately: deque[ref[Packed]] = deque()
        """Those that are unpacked, the latest last; it keeps nothing of a card that is gone."""

    def packed(self, cards: Mapping[str, Card]) -> dict[str, Card]:
        """Return the same cards, their contents packed where the log is known to its end.

        What is packed for the first time lies together: many small pieces, scattered over where the
        answers of one board have just been, would keep their room from the next one's.  The whole
        is let go with the last of its cards, so what is packed later lies by itself.
        """
        opened = {key: each for key, each in cards.items() if _is_open(each)}
        if not opened:
            return dict(cards)
        bodies = [_ENCODER.encode(each.contents.read()) for each in opened.values()]
        if self._like is None:
            self._like = bodies[0][-_WINDOW:]
        pressed = [_pressed(each, self._like) for each in bodies]
        if any(isinstance(each.contents, Packed) for each in cards.values()):
            places = [(each, 0, len(each)) for each in pressed]
        else:
            block, ends = b"".join(pressed), accumulate(map(len, pressed), initial=0)
            places = [(block, start, end) for start, end in pairwise(ends)]
        made = {
            key: replace(card, contents=Packed(*place, self))
            for (key, card), place in zip(opened.items(), places, strict=True)
        }
        return {**cards, **made}

    def unpacked(self, body: bytes) -> bytes:
        """Return what was packed."""
        return zlib.decompressobj(_RAW, zdict=self._like or b"").decompress(body)

    def was_opened(self, packed: Packed) -> None:
        """Take note that contents lie open; those that were opened first are closed again."""
        self._lately.append(ref(packed))
        if len(self._lately) > MOST_OPEN and (first := self._lately.popleft()()):
            first.close()


def _pressed(body: bytes, like: bytes) -> bytes:
    press = zlib.compressobj(_FAST, zlib.DEFLATED, _RAW, zdict=like)
    return press.compress(body) + press.flush()


def _is_open(card: Card) -> bool:
    return card.contents.has_log and not isinstance(card.contents, Packed)
