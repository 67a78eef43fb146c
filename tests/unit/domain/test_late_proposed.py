"""Nobody is asked for a new date while the owner is asked whether a new date suits."""

from datetime import timedelta

import pytest

from bot.domain.model import Card, Instant
from bot.domain.rules.answers import answers
from bot.domain.rules.late import late
from tests.builders import MEL, PAUL, logged, replace, utc
from tests.unit.domain.handed import comments, due_set, handed, log_of, passed, said, skips, without

ASKED, BACK = utc("2026-12-01 08:00"), utc("2026-12-03 08:00")
CARD = handed(due=utc("2026-12-02 14:00"))
RETURNED = logged(CARD, said(MEL, ASKED, "Lequel ?"), said(PAUL, BACK, "le premier"))
PROPOSED = passed(answers, RETURNED, BACK)
PATIENCE = utc("2026-12-04 08:00")
"""A working day of Paul's after the proposal."""
SECOND = timedelta(seconds=1)


def test_the_request_waits_a_working_day_of_the_owners() -> None:
    (waits,) = skips(late, PROPOSED, BACK + SECOND)
    assert (waits.reason.code, waits.until) == ("date_proposed", PATIENCE)
    assert comments(late, PROPOSED, PATIENCE - SECOND) == []
    (asked,) = comments(late, PROPOSED, PATIENCE)
    assert asked.mentions == ("mel",)


@pytest.mark.parametrize(
    ("subject", "now"),
    [
        (RETURNED, BACK + SECOND),
        (without(PROPOSED, log_of(PROPOSED)[-1].id), BACK + SECOND),
        (logged(PROPOSED, said(PAUL, BACK + SECOND, "/go")), BACK + 2 * SECOND),
        (due_set(PROPOSED, BACK + SECOND, BACK + SECOND), BACK + 2 * SECOND),
    ],
)
def test_it_waits_for_nothing_where_no_proposal_is_open(subject: Card, now: Instant) -> None:
    assert len(comments(late, subject, now)) == 1


def test_a_request_that_was_made_is_not_put_off() -> None:
    asked = passed(late, replace(RETURNED, log=log_of(CARD)), utc("2026-12-02 13:00"))
    made = passed(late, asked, utc("2026-12-03 05:00"))
    back = logged(made, said(MEL, BACK, "Lequel ?"), said(PAUL, BACK + SECOND, "le premier"))
    assert "date_proposed" not in [each.reason.code for each in skips(late, back, BACK + SECOND)]
