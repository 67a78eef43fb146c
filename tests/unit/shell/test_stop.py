"""Being told to stop: by signals at any moment, also by several at once."""

import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from bot.stopping import Stop


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


@pytest.mark.covers("F2")
def test_f2_a_second_signal_while_the_first_is_heard_stops_nothing_but_the_bot() -> None:
    stop = Stop()
    assert _interrupted(stop.set, stop.set)
    assert stop.is_set()


@pytest.mark.covers("F2")
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


def test_f1_a_signal_that_wakes_nobody_is_heard_within_moments() -> None:
    """A signal that comes just before the main thread falls asleep is noted, but wakes nobody.

    So does one that the system gives to another thread, which is what this test can bring about.
    """
    stop, main = Stop(), threading.main_thread().ident
    assert main is not None

    def signalled_elsewhere() -> None:
        while sys._current_frames()[main].f_code is not Stop.wait.__code__:
            threading.Event().wait(0.01)
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, lambda *_: stop.set())
    other = threading.Thread(target=signalled_elsewhere)
    began = time.monotonic()
    try:
        other.start()
        assert stop.wait(60)
        other.join()
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert time.monotonic() - began < 30


def test_a_wait_ends_when_its_time_is_over() -> None:
    stop = Stop()
    assert not stop.wait(0.01)
    assert not stop.is_set()
