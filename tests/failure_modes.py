"""Ways to fail, by number: which need no test here, with the reason, and which are still open.

A test that shows the right behaviour of a row bears ``@pytest.mark.covers("A3")``.  Every other row
stands below, and `tests.unit.test_failure_modes` checks that each row is accounted for once.
"""

from collections.abc import Mapping

COUNTS: Mapping[str, int] = {
    "A": 22,  # the service's API
    "B": 9,  # partial writes and crashes
    "C": 12,  # duplicates
    "D": 20,  # clocks, zones, holidays
    "E": 9,  # several at once
    "F": 10,  # restarts and the platform
    "G": 15,  # configuration
    "H": 17,  # hostile or odd text
    "I": 14,  # people who edit meanwhile
    "J": 9,  # size
    "K": 15,  # peculiarities of the service
    "L": 6,  # notices outside the boards
    "M": 6,  # silence
}
"""How many rows each group has, numbered from 1."""

ROWS = tuple(f"{group}{n}" for group, count in COUNTS.items() for n in range(1, count + 1))

OTHERS: Mapping[str, str] = {
    "M2": "A board without the delegation label has nothing to do, and `check` says so: it may be "
    "listed before anybody delegates on it.",
    # Rows that do not apply.
    "E4": "There is no database whose locks could leak: the lease is a file lock.",
    "E5": "There is no lock behind a connection: a file lock ends with its process.",
    "F9": "References have had one format only, so no older version can meet a newer one.",
    "H13": "The bot writes no tables for spreadsheets.",
    "H14": "The bot writes no calendar files.",
    "I12": "There is no database of comments: one that a person edits counts as it now reads.",
    "K13": "What plugins keep on cards cannot be written by the API, and the bot reads none of it.",
    # Rows whose subject comes with a later part of the project.
    "F8": "Boards are kept whole in memory: reading by cursors, and its measurements, come later.",
    "J4": "A board of a thousand visible cards counts as cut: larger ones need reading by cursors.",
}
"""Rows without a test, each with the reason."""

MISSING: Mapping[str, str] = {}
"""Rows whose right behaviour is not built yet, with what is missing."""
