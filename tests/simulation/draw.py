"""Runs by number: each seed is a run, and the same seed is always the same run."""

from random import Random

from tests.simulation.faults import FAULTS
from tests.simulation.people import DEEDS
from tests.simulation.scenarios import SCENARIOS
from tests.simulation.spec import Deed, Spec, Strike

_TEAMS = ("one", "one", "one", "lease", "apart")
_NAMES = tuple(SCENARIOS)
_KINDS = tuple(each.name for each in FAULTS)
_ACTS = tuple(DEEDS)


def drawn(seed: int) -> Spec:
    """Return the run of a seed: every scenario and every kind of fault comes in turn."""
    rng = Random(seed)  # noqa: S311 - the same seed, the same run
    length = 24
    kinds = [_KINDS[seed % len(_KINDS)], *rng.choices(_KINDS, k=rng.choice((0, 0, 1, 2)))]
    acts = rng.choices(_ACTS, k=rng.choice((0, 0, 0, 1, 2, 4)))
    return Spec(
        scenario=_NAMES[seed * 7 % len(_NAMES)],
        seed=seed,
        strikes=tuple(
            Strike(kind, rng.randrange(1, length), rng.choice((1, 1, 1, 3))) for kind in kinds
        ),
        deeds=tuple(Deed(act, rng.randrange(1, length), rng.randrange(1000)) for act in acts),
        forget=rng.random() < 0.5,
        team=rng.choice(_TEAMS),  # type: ignore[arg-type]
    )
