"""Threats, by number: which need no test here, with the reason.

A test that shows how a threat is met bears ``@pytest.mark.covers("S2")``.  Every other row stands
below, and `tests.unit.test_failure_modes` checks that each row is accounted for once.
"""

from collections.abc import Mapping

_LETTERED = {1: ("", "b", "c")}

ROWS = tuple(f"S{n}{part}" for n in range(1, 31) for part in _LETTERED.get(n, ("",)))
"""S1 to S30; templates have three rows."""

OTHERS: Mapping[str, str] = {
    "S15": "The bot writes no calendar files.",
    "S18": "There is no database.",
}
"""Rows without a test, each with the reason."""
