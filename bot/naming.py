"""Keeps names turned into ids for as long as neither boards nor the day have changed."""

from datetime import date

from msgspec.structs import replace

from bot.domain.policy import Policy
from bot.resolve import Resolved, SeenBoard, resolve
from bot.settings import Settings


class Naming:
    """Turns configured names into ids; what has not changed stays the very same object."""

    def __init__(self, settings: Settings, policy: Policy) -> None:
        self._settings = settings
        self._policy = policy
        self._seen: list[SeenBoard] = []
        self._day = date.min
        self._resolved: Resolved | None = None

    @property
    def own_account(self) -> str | None:
        """The member whose acts are the bot's alone, once it is known that they are."""
        me = self._resolved.me if self._resolved else None
        return me.member_id if me and not me.shared else None

    @property
    def refused(self) -> frozenset[str]:
        """Ids, or configured references, of boards that could not be served the last time."""
        refusals = self._resolved.refusals if self._resolved else ()
        return frozenset(each.board for each in refusals)

    def resolved(self, seen: list[SeenBoard], member_id: str, today: date) -> Resolved:
        """Return the boards with names turned into ids; ``today`` tells which holidays count."""
        old = self._resolved
        if old and self._day == today and [*map(id, self._seen)] == [*map(id, seen)]:
            return old
        new = resolve(self._settings, seen, member_id, today, self._skill)
        if old:
            same = {key: each for key, each in old.boards.items() if each == new.boards.get(key)}
            new = replace(new, boards={**new.boards, **same})
        self._seen, self._day, self._resolved = seen, today, new
        return new

    def _skill(self, name: str) -> str:
        return self._policy.kind_named(name) or name
