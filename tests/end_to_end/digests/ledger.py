"""What happened in the two years, as plain facts: passes, digests, deliveries."""

import re
from base64 import b32encode
from datetime import datetime
from hashlib import sha256

from msgspec import Struct

_DELIVERED = re.compile(
    r"^\*\*(?:Livré depuis|Delivered since)[^\n]*\n(.*?)\n\n", re.MULTILINE | re.DOTALL
)
_LINKED = re.compile(r"\[([^\]\n]+)\]\(")


class Pass(Struct, frozen=True):
    """A pass of the bot, and the portfolio card's description after it."""

    at: datetime
    shown: frozenset[str] = frozenset()
    """Cards that the dashboard names."""
    true: frozenset[str] = frozenset()
    """Cards that it had to name if it was written in this pass."""
    wrote: bool = False
    """Whether the dashboard was written."""
    unsent: bool = False
    """It died just before its digest, which Trello never got."""
    died: bool = False
    """It died at some moment after it had begun to write."""


class Digest(Struct, frozen=True):
    """A digest as it stands on the portfolio card."""

    at: datetime
    text: str

    @property
    def ref(self) -> str:
        """The reference at its end."""
        return self.text.rsplit(" ", 1)[-1]

    @property
    def delivered(self) -> tuple[str, ...]:
        """The cards that it tells as delivered, by name."""
        found = _DELIVERED.search(self.text)
        return tuple(_LINKED.findall(found[1])) if found else ()


class Delivery(Struct, frozen=True):
    """A card that was delivered, done or archived when it had been handed over."""

    card: str
    at: datetime
    back: datetime | None = None
    """When it went back for more work."""


class Ledger(Struct, frozen=True):
    """Everything that the oracle is given."""

    portfolio: str
    """The id of the portfolio card."""
    handed_over: datetime
    """When the first card was."""
    passes: tuple[Pass, ...]
    digests: tuple[Digest, ...]
    deliveries: tuple[Delivery, ...]


def reference(card_id: str, week: str) -> str:
    """Return the reference of a week's digest, by the contract's own recipe."""
    digest = sha256(f"1|{card_id}|digest|{week}".encode()).digest()
    return b32encode(digest).decode().lower()[:10]


def named_in(text: str) -> frozenset[str]:
    """Return the cards to which a text links, by name."""
    return frozenset(_LINKED.findall(text))
