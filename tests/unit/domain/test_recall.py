"""What has been worked out for the very same objects is not worked out again."""

from itertools import count

import pytest

from bot.domain.recall import forget, recalled_by_identity, recalled_by_value


def test_the_same_objects_are_worked_out_once() -> None:
    tries = count()
    number = recalled_by_identity(3)(lambda _: next(tries))
    thing = (1, 2)
    assert [number(thing), number(thing)] == [0, 0]


def test_several_objects_are_remembered_at_once() -> None:
    tries = count()
    number = recalled_by_identity(3)(lambda _: next(tries))
    one, two, three = [1], [2], [3]
    assert [number(each) for each in (one, two, three, one, two, three)] == [0, 1, 2, 0, 1, 2]


def test_of_values_only_so_many_answers_are_kept() -> None:
    tries = count()
    number = recalled_by_value(2)(lambda _: next(tries))
    assert [number(each) for each in ("a", "b", "a", "c", "b")] == [0, 1, 0, 2, 3]


def test_an_equal_object_is_not_the_same() -> None:
    tries = count()
    number = recalled_by_identity(3)(lambda _: next(tries))
    things = [[1], [1]]
    assert [number(each) for each in things] == [0, 1]


def test_an_argument_by_name_is_refused_it_would_not_be_told_apart() -> None:
    with pytest.raises(TypeError, match="by position"):
        recalled_by_identity(3)(str)(object=[1])


def test_no_object_is_taken_for_one_that_is_gone() -> None:
    text = recalled_by_identity(3)(str)
    assert all(text([n]) == f"[{n}]" for n in range(99))


def test_only_so_many_answers_are_kept() -> None:
    tries = count()
    number = recalled_by_identity(3)(lambda _: next(tries))
    first = [0]
    others = [[n] for n in range(3)]
    assert number(first) == 0
    for each in others:
        number(each)
    assert number(first) == 4


def test_equal_values_are_worked_out_once_until_all_is_forgotten() -> None:
    tries = count()
    number = recalled_by_value(3)(lambda _: next(tries))
    assert [number("a" * 9), number("a" * 9)] == [0, 0]
    forget()
    assert number("a" * 9) == 1


def test_objects_are_forgotten_too() -> None:
    tries = count()
    number = recalled_by_identity(3)(lambda _: next(tries))
    thing = [1]
    number(thing)
    forget()
    assert number(thing) == 1
