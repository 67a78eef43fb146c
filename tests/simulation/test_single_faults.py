"""One fault at any request, and an undisturbed pass leaves each change on the board once."""

from pathlib import Path

import pytest

from tests.simulation.run import run
from tests.simulation.singles import singles

SCENARIOS = (
    "hand_over",
    "asked_again",
    "core_agreed",
    "digest",
    "reassigned",
    "shared_account",
    "shared_account_stalled",
    "stalled",
    "moving_again",
    "check_in",
    "late",
    "late_unanswered",
    "passed_by_a_tick",
    "date_accepted",
    "delivered",
    "changed",
    "why",
    "no_longer_delegated",
    "incomplete",
    "crossed",
    "doubled",
)
"""Each kind of change stands in one of them; the campaign runs all scenarios."""


@pytest.mark.covers("A9", "A11", "A12", "A20", "B1", "B2", "B3", "B4", "B6")
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_after_any_single_fault_one_undisturbed_pass_completes_the_board(
    scenario: str, folder: Path
) -> None:
    broken = []
    for spec in singles(scenario, folder):
        outcome = run(spec, folder)
        if outcome.problems:
            broken.append(outcome.told())
    assert not broken, "\n".join(broken)
