"""One run as data: enough to repeat it to the last request."""

from typing import Literal

import msgspec
from msgspec import Struct

When = Literal["any", "write", "text"]
"""Which requests are counted: all, those that change something, or those that replace a text."""

Team = Literal["one", "lease", "apart"]
"""One worker; two that share a lease; two hosts with a state folder each."""


class Strike(Struct, frozen=True):
    """A fault, and the request it befalls: the first it can strike from ``at`` on, from 1."""

    fault: str
    at: int
    times: int = 1
    before: When = "any"


class Deed(Struct, frozen=True):
    """What a person does, and before which request; ``pick`` chooses card and words."""

    what: str
    at: int
    """Before which request of the kind ``before``, from 1."""
    pick: int = 0
    before: When = "any"
    """``text``: a write that replaces a description."""


class Spec(Struct, frozen=True, omit_defaults=True):
    """Everything that a run depends on."""

    scenario: str
    seed: int = 0
    strikes: tuple[Strike, ...] = ()
    deeds: tuple[Deed, ...] = ()
    forget: bool = False
    """Whether a crash also empties the state folder."""
    team: Team = "one"
    every: float = 60.0
    """Seconds between two passes while there is trouble."""
    skew: float = 0.0
    """Minutes that the bot's clock is off while there is trouble."""

    def __str__(self) -> str:
        """Return what ``replay`` takes."""
        return msgspec.json.encode(self).decode()


def read_spec(text: str) -> Spec:
    """Return the run that a line of ``replay`` describes."""
    return msgspec.json.decode(text, type=Spec)
