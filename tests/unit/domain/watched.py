"""What the tests of the rule ``check_in`` share.

An important card of Mel's, from Monday 30 November, 08:00 UTC, to the end of her next Monday.

Half of her working time is over on Thursday 06:30.  A working day before due is half an hour before
the end of her Friday.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.domain.changes import Verdict
from bot.domain.model import Action, Card, Instant
from bot.domain.policy import CheckInPolicy, Policy
from bot.domain.rules.check_in import before_delivery, mid_course
from bot.domain.situation import Situation
from bot.domain.traces import check_in_reference
from tests.builders import (
    policy,
    utc,
)
from tests.unit.domain.handed import (
    DUE,
    IMPORTANT,
    comments,
    handed,
    said_with,
)

HALF = utc("2026-12-03 06:30")
EVE = utc("2026-12-04 13:30")
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
CARD = handed(labels=(IMPORTANT,))
SMALL = handed()
ON_TRACK, WAITING = "En bonne voie", "J’attends quelque chose ou quelqu’un"


def check_in(on: Card, situation: Situation) -> Iterator[Verdict]:
    """Both halves of the rule, one after the other."""
    yield from before_delivery(on, situation)
    yield from mid_course(on, situation)


def asked_at(on: Card, now: Instant, **parts: Any) -> list[str]:
    """Return the references of the check-ins that are wanted at an instant."""
    return [each.ref for each in comments(check_in, on, now, **parts)]


def offsets(**parts: Any) -> Policy:
    return policy(check_ins=CheckInPolicy(**parts))


def ref(offset: str, due: Instant = DUE, on: Card = CARD) -> str:
    return check_in_reference(on.id, due, offset)


def check_in_of(offset: str, at: Instant, on: Card = CARD) -> Action:
    return said_with(ref(offset, on=on), at)
