from collections.abc import Mapping

import pytest

from bot.ports import RetryLaterError
from bot.trello.rate import TRELLO_LIMITS, Limits, Pace
from tests.unit.trello.doubles import FakeTime

NEVER = float("inf")


def starts(clock: FakeTime, pace: Pace, requests: int) -> list[float]:
    """When each request may start, from 0."""
    begin = clock.now
    moments = []
    for _ in range(requests):
        pace.wait_turn(NEVER)
        moments.append(clock.now - begin)
    return moments


def told(remaining: int, most: int = 100, name: str = "token") -> Mapping[str, str]:
    return {
        f"x-rate-limit-api-{name}-max": str(most),
        f"x-rate-limit-api-{name}-remaining": str(remaining),
    }


@pytest.mark.covers("A4")
def test_no_ten_seconds_hold_more_than_ninety_requests() -> None:
    clock = FakeTime()
    moments = starts(clock, Pace(clock.timing, TRELLO_LIMITS), 500)
    for first, later in zip(moments, moments[90:], strict=False):
        assert later - first >= 10 - 1e-6


def test_ninety_requests_start_at_once() -> None:
    clock = FakeTime()
    assert set(starts(clock, Pace(clock.timing, TRELLO_LIMITS), 90)) == {0.0}


def test_the_narrower_of_the_two_windows_decides() -> None:
    clock = FakeTime()
    moments = starts(clock, Pace(clock.timing, Limits(token=90, key=4)), 9)
    assert moments == [0] * 4 + [10] * 4 + [20]


@pytest.mark.parametrize("name", ["token", "key"])
def test_requests_of_others_count_once_trello_tells_of_them(name: str) -> None:
    clock = FakeTime()
    pace = Pace(clock.timing, Limits(token=90, key=90))
    pace.wait_turn(NEVER)
    pace.learn(told(remaining=30, name=name))
    assert starts(clock, pace, 21) == [0] * 20 + [10]


def test_a_window_that_others_have_filled_is_waited_for_once() -> None:
    clock = FakeTime()
    pace = Pace(clock.timing, TRELLO_LIMITS)
    pace.learn(told(remaining=0))
    assert starts(clock, pace, 2) == [10, 10]


def test_own_requests_are_not_counted_twice() -> None:
    clock = FakeTime()
    pace = Pace(clock.timing, TRELLO_LIMITS)
    for sent in range(1, 91):
        pace.wait_turn(NEVER)
        pace.learn(told(remaining=100 - sent))
    assert clock.slept == []


def test_a_smaller_limit_that_trello_states_is_kept() -> None:
    clock = FakeTime()
    pace = Pace(clock.timing, TRELLO_LIMITS)
    pace.learn(told(remaining=10, most=10))
    assert starts(clock, pace, 10) == [0] * 9 + [10]


@pytest.mark.parametrize(
    "headers", [{}, told(-5), {"x-rate-limit-api-token-max": "x"}, {"retry-after": "3"}]
)
def test_headers_that_say_nothing_change_nothing(headers: Mapping[str, str]) -> None:
    clock = FakeTime()
    pace = Pace(clock.timing, TRELLO_LIMITS)
    pace.learn(headers)
    assert set(starts(clock, pace, 90)) == {0.0}


def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    clock = FakeTime()
    pace = Pace(clock.timing, Limits(token=1))
    pace.wait_turn(NEVER)
    with pytest.raises(RetryLaterError, match="used up"):
        pace.wait_turn(clock.now + 9)
    assert clock.slept == []


def test_nothing_starts_after_the_deadline() -> None:
    clock = FakeTime()
    with pytest.raises(RetryLaterError, match="used up"):
        Pace(clock.timing, TRELLO_LIMITS).wait_turn(clock.now - 1)


def test_a_freeze_outlives_its_pass() -> None:
    clock = FakeTime()
    pace = Pace(clock.timing, TRELLO_LIMITS)
    pace.refused("60")
    pace.begin_pass()
    assert starts(clock, pace, 1) == [60]


def test_a_shorter_freeze_does_not_end_a_longer_one() -> None:
    clock = FakeTime()
    pace = Pace(clock.timing, TRELLO_LIMITS)
    pace.refused("60")
    pace.refused("1")
    assert starts(clock, pace, 1) == [60]


@pytest.mark.covers("F1")
def test_f1_nothing_starts_once_the_worker_is_told_to_stop() -> None:
    clock = FakeTime()
    pace = Pace(clock.timing, TRELLO_LIMITS)
    clock.stopped = True
    with pytest.raises(RetryLaterError, match="about to end"):
        pace.wait_turn(NEVER)
