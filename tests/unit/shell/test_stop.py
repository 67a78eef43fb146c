"""Being told to stop: by signals at any moment, also by several at once."""

import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from bot.worker import Stop


def _interrupted(step: Callable[[], object], handler: Callable[[], object]) -> bool:
    """Run ``step`` while ``handler`` comes between any two of its lines, as signals do.

    Returns whether it ended.
    """
    busy = False

    def between(frame: FrameType, event: str, argument: Any) -> Any:  # noqa: ARG001
        nonlocal busy
        if event == "line" and not busy:
            busy = True
            handler()
            busy = False
        return between

    def run() -> None:
        sys.settrace(between)
        step()
        sys.settrace(None)

    running = threading.Thread(target=run, daemon=True)
    running.start()
    running.join(10)
    return not running.is_alive()


def test_f2_a_second_signal_while_the_first_is_heard_stops_nothing_but_the_bot() -> None:
    stop = Stop()
    assert _interrupted(stop.set, stop.set)
    assert stop.is_set()


@pytest.mark.parametrize("seconds", [None, 60.0])
def test_f2_a_signal_while_the_bot_begins_to_wait_ends_the_wait(seconds: float | None) -> None:
    stop = Stop()
    assert _interrupted(lambda: stop.wait(seconds), stop.set)
    assert stop.is_set()


def test_everybody_who_waits_is_told() -> None:
    stop = Stop()
    told = [threading.Thread(target=stop.wait) for _ in range(3)]
    for each in told:
        each.start()
    stop.set()
    for each in told:
        each.join(10)
    assert not any(each.is_alive() for each in told)
    assert stop.wait(0)


def test_a_wait_ends_when_its_time_is_over() -> None:
    stop = Stop()
    assert not stop.wait(0.01)
    assert not stop.is_set()
