"""What key and token open, as Trello tells it: for ``check`` and ``setup`` alone.  Pure."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from msgspec import Struct

from bot.domain.model import Instant
from bot.resolve import SeenMember

EXPIRES_SOON: Final = timedelta(days=14)
"""How long before a token's end a new one is asked for."""


class Door(Struct, frozen=True):
    """An open board that the token's member is on."""

    id: str
    name: str
    short_link: str
    activity: Instant | None = None
    is_public: bool = False


class Access(Struct, frozen=True):
    """Whose token it is, and how far it reaches."""

    member: SeenMember
    doors: tuple[Door, ...]
    """The boards that somebody may choose, the liveliest first."""
    may_write: bool = True
    expires: Instant | None = None
    """``None``: never."""
    reaches_account: bool = False
    """Whether it opens the account itself (scope ``account``), which the bot never needs."""

    def ends_soon(self, now: Instant) -> bool:
        """Tell whether it is time for a new token."""
        return self.expires is not None and self.expires - now < EXPIRES_SOON

    def beyond(self, served: Iterable[str]) -> tuple[Door, ...]:
        """Return the boards that the token opens besides the served ones (their ids)."""
        known = frozenset(served)
        return tuple(each for each in self.doors if each.id not in known)
