import ast

import pytest

from bot.domain import workload
from tests.mutation import scope
from tests.mutation.living import outdated, reasons
from tests.mutation.mutants import Source
from tests.mutation.operators import variants
from tests.mutation.page import Counted
from tests.mutation.patterns import patterns
from tests.mutation.reach import moved
from tests.mutation.swap import function_of, put_in_place


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("a < b", {"a <= b"}),
        ("a and b", {"a or b"}),
        ("not a", {"a"}),
        ("a | b", {"a", "b"}),
        ("a.strip()", {"a.lstrip()", "a.rstrip()", "a"}),
        ("f(a, b=c)", {"f(a)"}),
        ("zip(a, b, strict=False)", set[str]()),
        ("sorted(a)", {"a"}),
        ("{1, 2}", {"{1}", "{2}"}),
        ("a if b else c", {"a if not b else c"}),
    ],
)
def test_an_expression_is_changed_into_others_that_mean_something_else(
    code: str, changed: set[str]
) -> None:
    node = ast.parse(code, mode="eval").body
    assert {ast.unparse(each) for each in variants(node)} == changed


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("told.append(a)", {"pass"}),
        ("a += b", {"a = b", "a -= b"}),
        ("if a:\n    b()", {"if not a:\n    b()"}),
        ("raise Gone(a)", {"pass"}),
        ("continue", {"break"}),
    ],
)
def test_a_statement_is_left_out_or_turned_round(code: str, changed: set[str]) -> None:
    statement = ast.parse(code).body[0]
    assert {ast.unparse(each) for each in variants(statement)} == changed


def test_every_mutant_has_a_key_of_its_own() -> None:
    keys = [site.mutant.key for site in Source("bot/executor.py").sites]
    assert len(keys) == len(set(keys)) > 50


def test_a_file_is_as_it_was_after_its_mutants_have_been_found() -> None:
    source = Source("bot/domain/tokens.py")
    assert ast.dump(source.tree) == ast.dump(Source("bot/domain/tokens.py").tree)


def test_every_mutant_that_may_live_still_exists_and_has_a_reason() -> None:
    named = {each[0] for each in reasons()}
    assert list(outdated(tuple(named))) == []
    assert all(reasons().values())
    assert named <= set(scope.files())


def test_a_mutant_that_no_test_reaches_counts_as_one_that_survived() -> None:
    assert Counted(killed=3, no_test=1).score == "75.0 %"
    assert Counted(killed=3, survived=1, may_live=6).score == "75.0 %"
    assert Counted().score == "–"


@pytest.mark.parametrize(
    ("pattern", "changed"),
    [
        ("a(?=b)", {"a"}),
        ("[ab]+", {"[^ab]+", "[ab]*"}),
        (r"\ba{1,3}[|]", {"a{1,3}[|]", r"\ba{1,4}[|]", r"\ba{1,3}[^|]"}),
        ("(?:a|b)c", {"(?:a)c", "(?:b)c"}),
    ],
)
def test_an_expression_for_texts_loses_a_part_or_repeats_it_otherwise(
    pattern: str, changed: set[str]
) -> None:
    assert set(patterns(pattern)) == changed


def test_a_line_is_found_again_where_it_has_gone_and_what_is_new_in_its_place() -> None:
    before, after = ["a", "b", "c", "d", "e"], ["new", "a", "B", "bb", "c", "e", "f"]
    assert {line: places for line, places in moved(before, after).items() if places} == {
        0: [1],
        1: [2],
        2: [3, 4],
        3: [5],
        5: [6, 7],
    }


def test_a_function_runs_its_change_and_keeps_its_identity() -> None:
    source = Source("bot/domain/workload.py")
    same = next(site.mutant for site in source.sites if not site.mutant.on_import)
    before = function_of(workload, same.function)
    put_in_place(source, same)
    assert function_of(workload, same.function) is before
