"""Troubles that last: each is told once when it comes, and once when it is over."""

import logging
from collections.abc import Iterable, Iterator

from bot.events import Over, Trouble, tell


class Standing:
    """Remembers what one log has been told."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._known: dict[tuple[object, ...], Trouble] = {}

    def __iter__(self) -> Iterator[Trouble]:
        """Go through the troubles that are not over."""
        return iter(self._known.values())

    def came(self, trouble: Trouble, *, trace: bool = False) -> None:
        """Tell of a trouble, unless it stands already; ``trace``: as `tell` has it."""
        if trouble.identity not in self._known:
            self._known[trouble.identity] = trouble
            tell(self._log, trouble, trace=trace)

    def over(self, subject: str = "") -> None:
        """Tell that nothing troubles ``subject`` any more; from any thread."""
        for each in [each for each in list(self._known.values()) if each.subject == subject]:
            if self._known.pop(each.identity, None) is not None:
                tell(self._log, Over(each.name, subject))

    def are(self, troubles: Iterable[Trouble]) -> None:
        """Take these for all that stand: tell of the new ones and of those that are over.

        Who is in trouble for another reason now is not told as mended.
        """
        before, now = list(self), {each.identity: each for each in troubles}
        for each in now.values():
            self.came(each)
        self._known = now
        left = {(each.name, each.subject) for each in now.values()}
        for gone in sorted({(each.name, each.subject) for each in before} - left):
            tell(self._log, Over(*gone))
