"""What time alone brings about on more cards than the limit: the rest waits for the next pass."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.domain.model import Card
from bot.domain.planner import plan
from tests.builders import MEL, PAUL, edit, logged, policy, replace, situation, utc
from tests.unit.domain.handed import DUE, handed, said

FAR = utc("2027-01-29 14:00")


def silent(key: str) -> Card:
    """Return a card on which nobody has done anything since it was handed over."""
    return handed(key=key, due=FAR)


def nearly_due(key: str) -> Card:
    return logged(handed(key=key, due=DUE), said(MEL, utc("2026-12-04 12:00")))


def rewritten(key: str) -> Card:
    """Return a card whose description the owner has changed since Mel has begun."""
    told = handed(key=key, due=FAR)
    change = edit(PAUL.member_id, "desc", utc("2026-12-01 07:00"), old=told.desc)
    begun = said(MEL, utc("2026-12-01 06:00"))
    return logged(replace(told, desc=f"En vert\n{told.desc}"), begun, change)


@pytest.mark.parametrize(
    ("made", "rule", "now"),
    [
        (silent, "stall", utc("2026-12-03 08:00")),
        (nearly_due, "check_in", utc("2026-12-04 13:30")),
        (rewritten, "changes", utc("2026-12-01 08:00")),
    ],
)
def test_on_one_card_the_rule_speaks_and_on_the_others_it_waits(
    made: Callable[[str], Card], rule: str, now: datetime
) -> None:
    cards = [made(f"carte {place}") for place in range(3)]
    found = plan(situation(*cards, now=now, policy=policy(max_cards=1)))
    assert ({each.rule for each in found.changes}, found.withheld) == ({rule}, ())
    assert len({each.card_id for each in found.changes}) == 1
    waiting = [each.rule for each in found.skips if each.reason.code == "spread"]
    assert waiting == [rule, rule]
