"""What fails is left alone for longer each time, and never for Trello's own trouble (J6)."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.quarantine import FIRST, LONGEST, Quarantine

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def failing(times: int, activity: datetime | None = None) -> tuple[Quarantine, datetime]:
    """Return a quarantine after so many passes in which one card failed and another did not."""
    found, now = Quarantine(), NOW
    found.begin_pass(now)
    for _ in range(times):
        found.failed("poison", activity)
        found.served("other")
        found.begin_pass(now)
    return found, now


@pytest.mark.covers("J6")
@pytest.mark.parametrize(
    ("times", "pause"),
    [(0, None), (1, None), (2, FIRST), (3, 2 * FIRST), (4, 4 * FIRST), (7, LONGEST), (99, LONGEST)],
)
def test_the_pause_doubles_from_the_second_failure_on_up_to_an_hour(
    times: int, pause: timedelta | None
) -> None:
    found, now = failing(times)
    assert found.until("poison", now) == (now + pause if pause else None)
    assert found.until("other", now) is None


def test_when_the_pause_is_over_it_is_tried_again() -> None:
    found, now = failing(3)
    assert found.until("poison", now + 2 * FIRST - MINUTE) is not None
    assert found.until("poison", now + 2 * FIRST) is None


@pytest.mark.parametrize(("minutes", "until"), [(1, NOW + FIRST), (5, None)])
def test_a_pause_runs_from_the_pass_that_failed_however_late_the_next_one_comes(
    minutes: int, until: datetime | None
) -> None:
    found, _ = failing(1)
    found.failed("poison")
    found.served("other")
    next_pass = NOW + minutes * MINUTE
    found.begin_pass(next_pass)
    assert found.until("poison", next_pass) == until


def test_a_card_that_somebody_touched_is_tried_at_once_and_counted_anew() -> None:
    found, now = failing(5, activity=NOW)
    assert found.until("poison", now, NOW) is not None
    assert found.until("poison", now, NOW + MINUTE) is None
    found.failed("poison", NOW + MINUTE)
    found.served("other")
    found.begin_pass(now)
    assert found.until("poison", now, NOW + MINUTE) is None


def test_success_forgets_what_failed_before() -> None:
    found, now = failing(5)
    found.served("poison")
    found.begin_pass(now)
    found.failed("poison")
    found.served("other")
    found.begin_pass(now)
    assert found.until("poison", now) is None


def test_when_most_of_what_was_tried_fails_nobody_is_left_alone() -> None:
    found = Quarantine()
    found.begin_pass(NOW)
    for _ in range(9):
        for name in ("one", "two", "three"):
            found.failed(name)
        found.served("four")
        found.begin_pass(NOW)
    assert [found.until(name, NOW) for name in ("one", "two", "three")] == [None] * 3


def test_a_card_that_succeeds_and_fails_in_one_pass_has_failed() -> None:
    found = Quarantine()
    found.begin_pass(NOW)
    for _ in range(2):
        found.served("poison")
        found.failed("poison")
        found.served("other")
        found.begin_pass(NOW)
    assert found.until("poison", NOW) == NOW + FIRST


def test_what_is_no_longer_there_is_forgotten() -> None:
    found, now = failing(5)
    found.forget_all_but({"other"})
    assert found.until("poison", now) is None
    assert not found.names()
