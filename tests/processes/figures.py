"""What the campaign counts."""

from collections import Counter

from msgspec import Struct, field


class Figures(Struct):
    """Counts of one lane, or of all."""

    runs: Counter[str] = field(default_factory=Counter)
    """By kind."""
    kills: Counter[str] = field(default_factory=Counter)
    """SIGKILL by phase."""
    stops: Counter[str] = field(default_factory=Counter)
    """SIGTERM and SIGINT by phase, however many at once."""
    ends: Counter[str] = field(default_factory=Counter)
    """How the processes that a blow was meant for have ended."""
    starts: Counter[str] = field(default_factory=Counter)
    troubles: Counter[str] = field(default_factory=Counter)
    """Broken connections and odd answers."""
    passes: Counter[int] = field(default_factory=Counter)
    """Passes until rest, the one that writes nothing included."""
    doubled: int = 0
    """Runs in which something was made twice and taken off again."""
    failures: int = 0

    def add(self, other: "Figures") -> None:
        """Count what somebody else has counted."""
        for name in ("runs", "kills", "stops", "ends", "starts", "troubles", "passes"):
            getattr(self, name).update(getattr(other, name))
        self.doubled += other.doubled
        self.failures += other.failures
