"""Ids as the service makes them, but the same ones in every run."""

from datetime import datetime

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ROUNDS = 4


class Ids:
    """A source of object ids and short links, fixed by its seed.

    An object id is 24 hex digits: eight for the second of creation, ten for the maker
    (here the seed) and six for a counter.
    """

    def __init__(self, seed: int = 0, counter: int = 0) -> None:
        self.seed = seed
        self.counter = counter

    def new(self, at: datetime) -> str:
        """Return a fresh id created at ``at``."""
        self.counter += 1
        maker = _scramble(self.seed + 1, bits=40)
        return f"{int(at.timestamp()):08x}{maker:010x}{self.counter % 2**24:06x}"

    def short_link(self) -> str:
        """Return a fresh short link: eight letters and digits."""
        self.counter += 1
        number = _scramble(self.counter + (self.seed << 24), bits=46)
        letters = ""
        for _ in range(8):
            number, digit = divmod(number, 62)
            letters += BASE62[digit]
        return letters


def _scramble(number: int, *, bits: int) -> int:
    """Map ``number`` one to one onto ``bits`` bits, so that neighbours look unlike."""
    half = bits // 2
    mask = (1 << half) - 1
    left, right = (number >> half) & mask, number & mask
    for turn in range(ROUNDS):
        mixed = ((right + turn + 1) * 0x9E3779B1 >> 5) & mask
        left, right = right, left ^ mixed
    return left << half | right
