from threading import Barrier

import pytest
from rich.console import Console

from bot.hands import Hands
from bot.progress import reading_shown


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_found_comes_in_the_order_of_the_things(number: int) -> None:
    assert Hands(number).each("boards", range(20), str) == [str(each) for each in range(20)]


def test_several_things_are_under_way_at_once() -> None:
    all_there = Barrier(3, timeout=5)
    assert Hands(3).each("boards", range(3), lambda each: all_there.wait() * 0 + each) == [0, 1, 2]


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
