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

    __slots__ = ("__weakref__", "_block", "_end", "_like", "_open", "_start")

    _lately: Final[deque[ref["Packed"]]] = deque()
    """Those that are unpacked, the latest last; it keeps nothing of a card that is gone."""

    is_whole: Final = True
    """Only cards at rest are packed, with their whole log."""

    def __init__(self, block: bytes, start: int, end: int, like: bytes) -> None:
        """Take where they are, and what they were packed with."""
        self._block = block
        self._start, self._end = start, end
        self._like = like
        self._open: Contents | None = None

    def read(self) -> Contents:
        """Return the contents."""
        found = self._open
        if found is None:
            unpacker = zlib.decompressobj(_RAW, zdict=self._like)
            body = unpacker.decompress(self._block[self._start : self._end])
            found = self._open = _DECODER.decode(body)
            self._lately.append(ref(self))
            if len(self._lately) > MOST_OPEN and (first := self._lately.popleft()()):
                first.close()
        return found

    @property
    def size(self) -> int:
        """Bytes that they take up packed."""
        return self._end - self._start

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
    """Packs cards alike: the first one tells what is to be expected of the others."""

    def __init__(self) -> None:
        self._like = b""

    def packed(self, cards: Mapping[str, Card]) -> dict[str, Card]:
        """Return the same cards, their contents packed where the log is known to its end.

        What is packed together lies together: many small pieces, scattered over where the answers
        of one board have just been, would keep their room from the next one's.
        """
        opened = [each for each in cards.values() if _is_open(each)]
        bodies = [self._body(each.contents.read()) for each in opened]
        block = b"".join(bodies)
        places = pairwise(accumulate(map(len, bodies), initial=0))
        packed = {
            card.id: replace(card, contents=Packed(block, start, end, self._like))
            for card, (start, end) in zip(opened, places, strict=True)
        }
        return {key: packed.get(each.id, each) for key, each in cards.items()}

    def _body(self, contents: Contents) -> bytes:
        body = _ENCODER.encode(contents)
        self._like = self._like or body[-_WINDOW:]
        packer = zlib.compressobj(_FAST, zlib.DEFLATED, _RAW, zdict=self._like)
        return packer.compress(body) + packer.flush()


def _is_open(card: Card) -> bool:
    return card.contents.is_whole and not isinstance(card.contents, Packed)
