"""Promises that are not kept yet, each with its reason: this table must only shrink.

`test_gaps` repeats the run of each: once it passes, the line has to go.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct

from tests.simulation.spec import Spec, Strike
from tests.simulation.verdict import Problem


class Gap(Struct, frozen=True):
    """One promise not kept: which problems it explains, and the smallest run that shows it."""

    reason: str
    explains: Callable[[Spec, Problem], bool]
    shows: Spec


def _fuller_list_taken(spec: Spec, problem: Problem) -> bool:
    return problem.code == "differs: checklists" and spec.team == "apart"


GAPS: Mapping[str, Gap] = {
    "fuller list taken off": Gap(
        "of two doubled checklists the older stays, even when a crash left it unfinished",
        _fuller_list_taken,
        Spec(
            "hand_over",
            seed=310,
            strikes=(Strike("crash in flight", 22),),
            forget=True,
            team="apart",
        ),
    ),
}


def unexplained(spec: Spec, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return the problems that no known gap explains."""
    return tuple(
        each for each in problems if not any(gap.explains(spec, each) for gap in GAPS.values())
    )
