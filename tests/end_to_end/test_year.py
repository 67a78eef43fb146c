"""The simulated year: nobody is bothered out of turn, and nobody is forgotten.

The year is lived in one test: test runners that share work out would live it once for each part.
"""

import re
from pathlib import Path

import pytest

from tests.end_to_end.year import oracle, patience
from tests.end_to_end.year.figures import restraint
from tests.end_to_end.year.season import whole_year
from tests.end_to_end.year.telling import TIMELINE, table

RULES = {
    "answers", "brief", "changes", "check_in", "commands", "delivery", "late", "stall", "triage",
}  # fmt: skip


@pytest.mark.longest
def test_in_a_whole_year_nobody_is_bothered_out_of_turn_and_nobody_is_forgotten(
    tmp_path: Path,
) -> None:
    with whole_year(tmp_path) as stage:
        promises = (*oracle.PROMISES, *patience.PROMISES)
        broken = {each.__name__: wrong for each in promises if (wrong := list(each(stage)))}
        told, found = table(stage), restraint(stage)
    assert broken == {}
    assert (found.timed_outside, found.other_mentions) == (0, 0)
    assert {name.partition(":")[0] for name in found.by_rule} == RULES
    assert told == TIMELINE.read_text("utf-8"), "python -m tests.end_to_end.year writes it anew"


def test_the_bot_speaks_little_in_that_year() -> None:
    figures = re.search(r"median ([\d.]+), 95th percentile (\d+)", TIMELINE.read_text("utf-8"))
    assert figures is not None
    assert float(figures[1]) <= 2
    assert int(figures[2]) <= 5
