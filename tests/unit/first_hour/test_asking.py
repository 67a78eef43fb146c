"""What is typed at a question is taken as it stands, or asked for again; never in part."""

import pytest

from bot.first_hour.asking import Unreadable, picked

THINGS = tuple("abcdefghijkl")


@pytest.mark.parametrize(
    ("typed", "things"),
    [("1", "a"), ("2, 1", "ba"), ("3 et 12", "cl"), ("2;2 and 02.", "b")],
)
def test_things_are_picked_by_their_numbers_each_once(typed: str, things: str) -> None:
    assert "".join(picked(typed, THINGS)) == things


@pytest.mark.parametrize(
    "typed", ["", "0", "13", "12345", "1 99999", "9" * 5000, "1-3", "a", "1 a", "-"]
)
def test_an_answer_that_is_not_wholly_numbers_of_the_list_picks_nothing(typed: str) -> None:
    with pytest.raises(Unreadable):
        picked(typed, THINGS)
