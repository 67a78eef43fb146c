from functools import partial
from threading import Barrier, Event

import pytest
from rich.console import Console

from bot.hands import Hands
from bot.progress import reading_shown


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_found_comes_in_the_order_of_the_things(number: int) -> None:
    assert Hands(number).each("boards", range(20), str) == [str(each) for each in range(20)]


def test_several_things_are_waited_for_at_once() -> None:
    hands, all_there = Hands(3), Barrier(3, timeout=5)

    def asking(thing: int) -> int:
        with hands.waiting():
            all_there.wait()
        return thing

    assert hands.each("boards", range(3), asking) == [0, 1, 2]


@pytest.mark.parametrize("things", [1, 6])
def test_one_thing_at_a_time_is_worked_on(things: int) -> None:
    hands, never = Hands(3), Event()
    at_work: list[int] = []

    def working(_: int) -> int:
        with hands.waiting():
            pass
        at_work.append(0)
        there = len(at_work)
        # Long enough for another to come in.
        never.wait(0.002)
        at_work.pop()
        return there

    def both(thing: int) -> tuple[int, int]:
        return hands.both(lambda: working(thing), lambda: working(thing))

    assert set(hands.each("boards", range(things), both)) == {(1, 1)}


@pytest.mark.parametrize("number", [1, 3])
def test_of_two_steps_both_are_done_also_within_one_of_many(number: int) -> None:
    hands = Hands(number)
    assert hands.both(lambda: 1, lambda: 2) == (1, 2)
    pairs = hands.each("boards", range(4), lambda each: hands.both(lambda: each, lambda: -each))
    assert pairs == [(each, -each) for each in range(4)]


def test_many_things_may_be_done_within_one_of_many() -> None:
    hands = Hands(3)

    def times(one: int) -> list[int]:
        return hands.each("logs", [3, 4], lambda two: one * two)

    assert hands.each("boards", [1, 2], times) == [[3, 4], [6, 8]]


def test_two_steps_wait_at_once() -> None:
    hands, both_there = Hands(2), Barrier(2, timeout=5)

    def asking() -> bool:
        with hands.waiting():
            both_there.wait()
        return True

    assert hands.each("boards", range(1), lambda _: hands.both(asking, asking)) == [(True, True)]


@pytest.mark.parametrize("number", [1, 3])
def test_a_failure_of_either_step_reaches_whoever_asked(number: int) -> None:
    hands = Hands(number)
    for one, other in ((0, 1), (1, 0)):
        with pytest.raises(ZeroDivisionError):
            hands.each("boards", [1, 2], partial(_divided, hands, one, other))


def _divided(hands: Hands, one: int, other: int, by: int) -> tuple[int, int]:
    return hands.both(lambda: by // one, lambda: by // other)


@pytest.mark.parametrize("number", [1, 3])
def test_what_a_step_raises_reaches_whoever_asked(number: int) -> None:
    with pytest.raises(ZeroDivisionError):
        Hands(number).each("logs", [1, 0, 2], lambda each: 1 // each)


@pytest.mark.parametrize("number", [1, 3])
def test_whoever_watches_is_told_how_far_it_is(number: int) -> None:
    told = []
    hands = Hands(number)
    hands.shown = lambda *how_far: told.append(how_far)
    hands.each("logs", range(4), str)
    assert sorted(told) == [("logs", each, 4) for each in range(1, 5)]


def _shown(number: int, *, terminal: bool) -> str:
    hands = Hands()
    console = Console(force_terminal=terminal, width=80, record=True, file=None, quiet=False)
    with console.capture() as captured, reading_shown(hands, console):
        hands.each("boards", range(number), str)
    return captured.get()


def test_a_terminal_shows_how_far_a_long_reading_is() -> None:
    assert "Reading boards" in _shown(30, terminal=True)
    assert "30/30" in _shown(30, terminal=True)


def test_a_short_reading_and_a_log_file_show_nothing() -> None:
    assert "Reading" not in _shown(2, terminal=True)
    assert _shown(30, terminal=False) == ""
