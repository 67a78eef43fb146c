"""What befalls the processes of one run of the campaign, drawn from a seed."""

import signal
from collections.abc import Mapping
from random import Random
from typing import Literal, TypeAlias

from msgspec import Struct

from tests.processes.strikes import Fate, Strike

Phase: TypeAlias = Literal[
    "before a write is carried out",
    "after it is carried out, before its answer",
    "carried out only at the next start",
    "between two writes",
    "while a lost answer settles",
    "at a random moment",
]
KIND_OF_PHASE: Mapping[Phase, tuple[Fate, bool]] = {
    "before a write is carried out": ("dropped", True),
    "after it is carried out, before its answer": ("applied", True),
    "carried out only at the next start": ("late", True),
    "between two writes": ("answered", False),
    "while a lost answer settles": ("applied", True),
}
"""What becomes of the request in hand, and whether only writes are counted to find it."""
TIMED: tuple[Phase, ...] = ("while a lost answer settles", "at a random moment")


class Blow(Struct, frozen=True):
    """One kill or stop."""

    phase: Phase
    number: int
    """Which write or request, from the process's start."""
    signals: tuple[signal.Signals, ...]
    delay: float
    """Seconds from the start, or from the lost answer, for the phases that know no request."""
    forget: bool
    """Whether the state folder is emptied afterwards."""

    def __str__(self) -> str:
        """Say it in one line."""
        names = "+".join(each.name for each in self.signals)
        when = f"{self.delay:.3f} s" if self.phase in TIMED else ""
        after = ", folder emptied" if self.forget else ""
        return f"{names} {self.phase} #{self.number} {when}{after}"

    @property
    def is_timed(self) -> bool:
        """Whether a clock strikes, not a request."""
        return self.phase in TIMED

    @property
    def is_kill(self) -> bool:
        """Whether the process dies at once."""
        return self.signals[0] == signal.SIGKILL

    @property
    def strike(self) -> Strike | None:
        """What befalls a request."""
        if self.phase == "at a random moment":
            return None
        fate, writes = KIND_OF_PHASE[self.phase]
        return Strike(self.number, fate, () if self.is_timed else self.signals, writes=writes)


def drawn(chance: Random, most: int) -> Blow:
    """Draw a blow; ``most``: about as many writes as an undisturbed run makes."""
    phase: Phase = chance.choices(
        [*KIND_OF_PHASE, "at a random moment"], weights=(4, 4, 3, 4, 1, 3)
    )[0]
    kill = chance.random() < 0.8
    terms = [signal.SIGTERM, signal.SIGTERM, signal.SIGINT, signal.SIGTERM]
    # The next process has less left to write than the first: small numbers strike more often.
    return Blow(
        phase=phase,
        number=min(chance.randint(1, most), chance.randint(1, most)),
        signals=(signal.SIGKILL,) if kill else tuple(terms[: chance.randint(1, 4)]),
        delay=chance.uniform(0, 0.9),
        forget=chance.random() < 0.3,
    )
