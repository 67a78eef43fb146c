"""A call leads to a pass at once, many calls to few, and never are there two at a time."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.bell import Bell
from bot.worker import run

SELDOM = timedelta(hours=1)
"""Between two ticks: what happens in a test's moments is the bell's doing."""


class Passes:
    """Makes passes that last as long as they are let, and counts them."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.begun = 0
        self.at_once = self.most_at_once = 0
        self.go_on = threading.Event()
        self.go_on.set()
        self._changed = threading.Condition()

    def __call__(self) -> None:
        with self._changed:
            self.begun += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            self._changed.notify_all()
        self.go_on.wait(10)
        with self._changed:
            self.at_once -= 1
            self._changed.notify_all()

    def reach(self, number: int) -> bool:
        """Wait until so many have begun."""
        with self._changed:
            return self._changed.wait_for(lambda: self.begun >= number, 10)

    def rest(self) -> None:
        """Wait until none is under way, and a little longer."""
        with self._changed:
            assert self._changed.wait_for(lambda: self.at_once == 0, 10)
        threading.Event().wait(0.3)


def during(passes: Passes, bell: Bell, do: Callable[[], None], every: timedelta = SELDOM) -> None:
    """Run a worker, and stop it when something has been done."""

    def then_stop() -> None:
        try:
            do()
        finally:
            passes.go_on.set()
            passes.stopped.set()

    doing = threading.Thread(target=then_stop)
    doing.start()
    run(passes, every, passes.stopped, bell)
    doing.join()


def test_a_ring_leads_to_a_pass_at_once_though_the_next_tick_is_an_hour_away() -> None:
    passes = Passes()
    bell = Bell(passes)

    def ring() -> None:
        assert passes.reach(1)
        passes.rest()
        bell.ring()
        assert passes.reach(2)

    during(passes, bell, ring)


@pytest.mark.covers("E7")
def test_rung_while_a_pass_is_under_way_one_more_follows_and_never_two_at_a_time() -> None:
    passes = Passes()
    bell = Bell(passes, rest=0.0)
    passes.go_on.clear()

    def ring() -> None:
        assert passes.reach(1)
        for _ in range(1000):
            bell.ring()
        passes.go_on.set()
        assert passes.reach(2)
        passes.rest()

    during(passes, bell, ring)
    assert passes.begun == 2
    assert passes.most_at_once == 1


def test_rung_amid_the_pass_that_a_ring_brought_about_another_follows() -> None:
    passes = Passes()
    bell = Bell(passes, rest=0.0)

    def ring() -> None:
        assert passes.reach(1)
        passes.rest()
        passes.go_on.clear()
        bell.ring()
        assert passes.reach(2)
        bell.ring()
        passes.go_on.set()
        assert passes.reach(3)

    during(passes, bell, ring)
    assert passes.most_at_once == 1


def test_s11_a_flood_of_rings_makes_few_passes() -> None:
    passes = Passes()
    bell = Bell(passes, rest=0.2)

    def ring() -> None:
        until = threading.Event()
        threading.Timer(1.0, until.set).start()
        while not until.is_set():
            bell.ring()

    during(passes, bell, ring)
    assert 3 <= passes.begun <= 9


def test_ticks_and_rings_share_one_thread() -> None:
    passes = Passes()
    bell = Bell(passes, rest=0.0)

    def ring() -> None:
        while passes.begun < 60:
            bell.ring()
            threading.Event().wait(0.002)

    during(passes, bell, ring, timedelta(milliseconds=5))
    assert passes.most_at_once == 1


def test_rung_before_anybody_listens_it_is_heard_afterwards() -> None:
    passes = Passes()
    bell = Bell(passes)
    bell.ring()
    during(passes, bell, lambda: None if passes.reach(2) else pytest.fail("never heard"))


def test_told_to_stop_nobody_answers_the_bell_any_more() -> None:
    passes = Passes()
    bell = Bell(passes)

    def ring() -> None:
        assert passes.reach(1)
        passes.rest()
        passes.stopped.set()
        bell.ring()

    during(passes, bell, ring)
    assert passes.begun == 1


def test_a_failing_pass_silences_the_bell_for_none_of_the_next() -> None:
    passes = Passes()
    failed = threading.Event()

    def early() -> None:
        passes()
        if not failed.is_set():
            failed.set()
            raise ZeroDivisionError

    bell = Bell(early, rest=0.0)

    def ring() -> None:
        assert passes.reach(1)
        bell.ring()
        assert passes.reach(2)
        passes.rest()
        bell.ring()
        assert passes.reach(3)

    during(passes, bell, ring)
