"""Cards at rest take up little: what stands on them is packed when nobody has looked at it lately.

As objects a card that is handed over takes up some 25 kB, packed half of one: most of what stands
on it stands on the next one too, word for word.  Who has no more cards in hand than may lie open
does without.
"""

import sys
from collections.abc import Mapping
from typing import Final
from weakref import WeakValueDictionary

import msgspec
from msgspec.structs import replace

from bot.domain.model import Card, Contents

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MOST_OPEN: Final = 512
"""Contents that lie open unless told otherwise: rule after rule looks at the same card."""

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Contents)
_FAST: Final = -1
"""A level of zstd's: to press a card costs as much as to encode it, at level 1 twice that."""
_TELLING: Final = 1 << 10
"""Bytes from which on a card tells what others may look like."""
_KEPT: Final = 1 << 15
"""Bytes of it that are kept for that: its last ones, with its log."""


class Packed:
    """Contents that are unpacked when they are read, and stay so for a while."""

    __slots__ = ("__weakref__", "_body", "_open", "_packer")

    has_log: Final = True
    """Only cards at rest are packed, with their whole log."""

    def __init__(self, contents: Contents, packer: "Packer") -> None:
        """Take them open, and who packs them."""
        self._open: Contents | None = contents
        self._body = b""
        self._packer = packer

    def read(self) -> Contents:
        """Return the contents."""
        opened = self._open
        if opened is None:
            opened = self._open = self._packer.unpacked(self._body)
            self._packer.was_opened(self)
        return opened

    def close(self) -> None:
        """Let go of the open contents until they are read again.

        Not while another thread reads them: whoever works on boards does so alone (`bot.hands`).
        """
        if self._open is not None:
            self._body = self._body or self._packer.pressed(self._open)
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

    def __init__(self, most_open: int = MOST_OPEN) -> None:
        """Take how many contents may lie open."""
        self._most = most_open
        self._like: zstd.ZstdDict | None = None
        self._press = zstd.ZstdCompressor(_FAST)
        self._lately: WeakValueDictionary[int, Packed] = WeakValueDictionary()
        """Those that lie open, the latest last; whoever is gone is gone from here too."""

    def packed(self, cards: Mapping[str, Card]) -> dict[str, Card]:
        """Return the same cards, each packed where its log is known to its end."""
        return {key: self._with_packed(each) for key, each in cards.items()}

    def _with_packed(self, card: Card) -> Card:
        if not card.contents.has_log or isinstance(card.contents, Packed):
            return card
        packed = Packed(card.contents.read(), self)
        # Where there is no room it is packed at once: the others may have been looked at since.
        if len(self._lately) < self._most:
            self._lately[id(packed)] = packed
        else:
            packed.close()
        return replace(card, contents=packed)

    def was_opened(self, packed: Packed) -> None:
        """Take note that contents lie open; those that were opened first are closed."""
        self._lately[id(packed)] = packed
        if len(self._lately) > self._most:
            first = next(iter(self._lately.values()))
            del self._lately[id(first)]
            first.close()

    def pressed(self, contents: Contents) -> bytes:
        """Return contents as few bytes."""
        body = _ENCODER.encode(contents)
        if self._like is None and len(body) >= _TELLING:
            self._like = zstd.ZstdDict(body[-_KEPT:], is_raw=True)
            # Digested once: for each card anew that would take longer than to press it.
            self._press = zstd.ZstdCompressor(_FAST, zstd_dict=self._like.as_digested_dict)
        return self._press.compress(body, zstd.ZstdCompressor.FLUSH_FRAME)

    def unpacked(self, body: bytes) -> Contents:
        """Return what was pressed; what was so before anything was known reads the same."""
        return _DECODER.decode(zstd.decompress(body, self._like))
