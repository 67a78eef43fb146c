"""Exactly one digest a week over two years, whatever befalls the worker and the calendar.

Each owner's two years are lived in one test: test runners that share work out would live them once
for each promise.  One of the four owners is enough for every day; ``python -m
tests.end_to_end.digests`` lives the years of all.
"""

from pathlib import Path

import pytest

from tests.end_to_end.digests import oracle
from tests.end_to_end.digests.oracle import went_through
from tests.end_to_end.digests.owners import OWNERS
from tests.end_to_end.digests.two_years import two_years

EVERY_DAY = ("Paris, Monday at nine",)


@pytest.mark.longest
@pytest.mark.parametrize("name", EVERY_DAY)
def test_in_two_years_each_week_has_its_one_digest_in_its_place(name: str, tmp_path: Path) -> None:
    owner = OWNERS[name]
    ledger = two_years(tmp_path, owner, 2026)
    assert oracle.broken(owner, ledger) == {}
    assert all(went_through(owner, ledger).values())
