"""Runs by number: each seed is a run, and the same seed is always the same run."""

from random import Random

from tests.simulation.faults import DOORS, FAULTS
from tests.simulation.people import DEEDS
from tests.simulation.scenarios import SCENARIOS
from tests.simulation.spec import Deed, Spec, Strike, Team, When

_TEAMS: tuple[Team, ...] = ("one", "one", "one", "lease", "apart")
_NAMES = tuple(SCENARIOS)
_KINDS = tuple(each.name for each in (*FAULTS, *DOORS))
_ACTS = tuple(DEEDS)


LENGTH = 24
"""Requests of a longer pass: trouble comes at any of them."""


_WHEN: tuple[tuple[When, int], ...] = (("any", LENGTH), ("write", 10), ("text", 3))


def drawn(seed: int) -> Spec:
    """Return the run of a seed: every scenario and every kind of fault comes in turn."""
    rng = Random(seed)  # noqa: S311 - the same seed, the same run
    kinds = [_KINDS[seed % len(_KINDS)], *rng.choices(_KINDS, k=rng.choice((0, 0, 1, 2)))]
    acts = rng.choices(_ACTS, k=rng.choice((0, 0, 0, 1, 2, 4)))
    return Spec(
        scenario=_NAMES[seed * 7 % len(_NAMES)],
        seed=seed,
        strikes=tuple(
            Strike(kind, rng.randrange(1, LENGTH), rng.choice((1, 1, 1, 3))) for kind in kinds
        ),
        deeds=tuple(_deed(act, rng) for act in acts),
        forget=rng.random() < 0.5,
        team=rng.choice(_TEAMS),
        every=rng.choice((10.0, 60.0)),
        skew=rng.choice((-5.0, 3.0)) if rng.random() < 0.03 else 0.0,
    )


def _deed(act: str, rng: Random) -> Deed:
    """Draw when a person acts: as often as not just before a write, where it hurts most."""
    before, latest = rng.choice(_WHEN)
    return Deed(act, rng.randrange(1, latest), rng.randrange(1000), before)
