"""Runs by number: each seed is a run, and the same seed is always the same run."""

from math import lcm
from random import Random

from tests.simulation.faults import DOORS, FAULTS
from tests.simulation.people import DEEDS, TYPING
from tests.simulation.scenarios import SCENARIOS
from tests.simulation.spec import Deed, Spec, Strike, Team, When

_TEAMS: tuple[Team, ...] = ("one", "one", "one", "lease", "apart")
_OFTEN = (
    "hand_over", "two_cards", "two_helpers", "shared_account", "shared_account_doubled", "digest",
    "hand_over", "hand_over", "core_agreed", "check_in", "stalled", "doubled", "two_helpers",
    "another_card",
)  # fmt: skip
"""Scenarios with the longest turns, or in which the most can go wrong."""

_NAMES = (*SCENARIOS, *_OFTEN)
_KINDS = tuple(each.name for each in (*FAULTS, *DOORS))
_ACTS = tuple(DEEDS)
_ROUND = lcm(len(_NAMES), len(_KINDS))
"""Seeds after which the pairs of scenario and first fault would come again."""

_SEVERAL = ("two_cards", "two_helpers", "approved")
"""Scenarios in which a pass writes to one card after another."""
_SILENCING = ("holds", "takes_back", "archives")

LENGTH = 24
"""Requests of a longer pass: trouble comes at any of them."""


_WHEN: tuple[tuple[When, int], ...] = (("any", LENGTH), ("write", 10), ("text", 3))


def drawn(seed: int) -> Spec:
    """Return the run of a seed: every scenario and every kind of fault comes in turn."""
    rng = Random(seed)  # noqa: S311 - the same seed, the same run
    kinds = [_KINDS[seed % len(_KINDS)], *rng.choices(_KINDS, k=rng.choice((0, 0, 1, 2)))]
    acts = rng.choices(_ACTS, k=rng.choice((0, 0, 0, 1, 2, 4)))
    deeds = tuple(_deed(act, rng) for act in acts)
    chance = rng.random()
    if chance < 0.12:
        deeds = (Deed("pastes_reference", 1, rng.randrange(1000)),)
    elif chance < 0.22:
        deeds = (Deed(rng.choice(_SILENCING), rng.randrange(1, 6), rng.randrange(1000), "write"),)
    elif chance < 0.34:
        deeds = (Deed(rng.choice(TYPING), rng.randrange(1, 3), rng.randrange(1000), "text"),)
    # With each round every kind of fault meets the next scenario.
    scenario = _NAMES[(seed * 11 + seed // _ROUND) % len(_NAMES)]
    if kinds[0] == "token refused":
        # Only where another card would be next does it show whether the pass has ended.
        scenario = rng.choice(_SEVERAL)
    return Spec(
        scenario=scenario,
        seed=seed,
        strikes=tuple(_strike(kind, rng) for kind in kinds),
        deeds=deeds,
        forget=rng.random() < 0.5,
        team=rng.choice(_TEAMS),
        every=rng.choice((10.0, 60.0)),
        skew=rng.choice((-5.0, 3.0)) if rng.random() < 0.03 else 0.0,
    )


def _strike(kind: str, rng: Random) -> Strike:
    before: When = rng.choice(("any", "write"))
    at = rng.choice((1, 1, 2, 2, 3, 4, 6, 8, 11, 12, 13, 14)) + (3 if before == "any" else 0)
    return Strike(kind, at, rng.choice((1, 1, 1, 3)), before)


def _deed(act: str, rng: Random) -> Deed:
    """Draw when a person acts: as often as not just before a write, where it hurts most."""
    before, latest = rng.choice(_WHEN)
    return Deed(act, rng.randrange(1, latest), rng.randrange(1000), before)
