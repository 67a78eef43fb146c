"""What a run showed."""

from hashlib import sha256

from msgspec import Struct

from tests.simulation.spec import Spec
from tests.simulation.wire import Heard


class Problem(Struct, frozen=True, order=True):
    """One promise broken: its code names the promise, the text says where."""

    code: str
    text: str

    def __str__(self) -> str:
        """Tell it in one line."""
        return f"{self.code}: {self.text}"


class Outcome(Struct, frozen=True):
    """A run, what it broke, and every request it made."""

    spec: Spec
    problems: tuple[Problem, ...]
    trace: tuple[Heard, ...]
    struck: tuple[tuple[str, str], ...] = ()

    @property
    def digest(self) -> str:
        """Return a hash of the whole trace: the same seed gives the same."""
        return sha256("\n".join(map(repr, self.trace)).encode()).hexdigest()

    def told(self) -> str:
        """Tell what was broken, how to repeat it, and all that was asked of Trello."""
        lines = [f"python -m tests.simulation replay '{self.spec}'"]
        lines += [f"  {each}" for each in self.problems]
        lines += [f"    {each}" for each in self.trace]
        return "\n".join(lines)
