"""Exactly one digest a week over two years, whatever befalls the worker and the calendar.

Each owner's two years are lived in one test: test runners that share work out would live them once
for each promise.
"""

from pathlib import Path

import pytest

from tests.end_to_end.digests import oracle
from tests.end_to_end.digests.ledger import Ledger
from tests.end_to_end.digests.owners import OWNERS, Owner
from tests.end_to_end.digests.reckoning import DAY, weeks
from tests.end_to_end.digests.two_years import two_years


@pytest.mark.parametrize("name", OWNERS)
def test_in_two_years_each_week_has_its_one_digest_in_its_place(name: str, tmp_path: Path) -> None:
    owner = OWNERS[name]
    ledger = two_years(tmp_path, owner, 2026)
    assert oracle.broken(owner, ledger) == {}
    assert _went_through(owner, ledger) == {
        "told": True,
        "week 53": True,
        "three weeks down": True,
        "late by a day": True,
        "died with it": True,
        "died without it": True,
        "delivered": True,
    }


def _went_through(owner: Owner, ledger: Ledger) -> dict[str, bool]:
    """Tell whether the two years hold what they are lived for."""
    posted = dict(oracle.posted(owner, ledger))
    due = {each.name: each.due for each in weeks(owner)}
    return {
        "told": len(posted) > 80,
        "week 53": "2026-W53" in posted,
        "three weeks down": not {"2026-W24", "2026-W25", "2027-W36", "2027-W37"} & set(posted),
        "late by a day": sum(at - due[week] > DAY for week, at in posted.items()) > 5,
        "died with it": sum(each.died and not each.unsent for each in ledger.passes) > 5,
        "died without it": sum(each.unsent for each in ledger.passes) > 2,
        "delivered": len(ledger.deliveries) > 50,
    }
