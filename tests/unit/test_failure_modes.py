"""Each way to fail, and each threat, has a test that names it, or a reason why it has none."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests import failure_modes, security_rows
from tests.contract.trello_facts import folder

TESTS = Path(__file__).parents[1]
ROWS = (*failure_modes.ROWS, *security_rows.ROWS)
OTHERS = {**failure_modes.OTHERS, **security_rows.OTHERS}
LISTS: Mapping[str, Mapping[str, str]] = {"OTHERS": OTHERS, "MISSING": failure_modes.MISSING}

Tests = Mapping[str, list[str]]
"""For each row that a test names: where those tests stand."""


def covered() -> Tests:
    """Read the marks off the sources of all tests."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for test, row in _marks(ast.parse(path.read_text("utf-8"))):
            found.setdefault(row, []).append(f"{path.relative_to(TESTS)}::{test}")
    return found


def _marks(module: ast.Module) -> Iterator[tuple[str, str]]:
    for each in ast.walk(module):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            for row in (row for mark in each.decorator_list for row in _rows(mark)):
                yield each.name, row


def _rows(mark: ast.expr) -> Iterator[str]:
    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.covers":
        yield from (str(ast.literal_eval(each)) for each in mark.args)


def problems(tests: Tests, lists: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Tell of each row that is not accounted for once, and of each row that there is not."""
    found = []
    for row in ROWS:
        places = [*tests.get(row, ())[:1], *(name for name, rows in lists.items() if row in rows)]
        if not places:
            found.append(f"{row}: no test names it, and no list tells why")
        elif len(places) > 1:
            found.append(f"{row}: stands in {' and in '.join(places)}")
    for place, row in _named(tests, lists):
        if row not in ROWS:
            found.append(f"{row}: there is no such row ({place})")
        elif place not in lists and not place.rpartition("::")[2].startswith("test_"):
            found.append(f"{row}: {place} is no test")
    return found


def _named(tests: Tests, lists: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    yield from ((place, row) for row, places in tests.items() for place in places)
    yield from ((name, row) for name, rows in lists.items() for row in rows)


def test_every_way_to_fail_and_every_threat_is_covered_or_listed_with_its_reason() -> None:
    found = problems(covered(), LISTS)
    assert not found, "\n" + "\n".join(found)
    for row, reason in [*OTHERS.items(), *failure_modes.MISSING.items()]:
        assert reason.endswith("."), row


@pytest.mark.parametrize(
    ("tests", "lists", "said"),
    [
        ({}, {}, "A1: no test names it"),
        (
            {"A1": ["x::test_a"]},
            {"OTHERS": {"A1": "Why."}},
            "A1: stands in x::test_a and in OTHERS",
        ),
        ({}, {"OTHERS": {"A1": "Why."}, "MISSING": {"A1": "What."}}, "A1: stands in OTHERS and in"),
        ({"A23": ["x::test_a"]}, {}, "A23: there is no such row (x::test_a)"),
        ({"S1d": ["x::test_a"]}, {}, "S1d: there is no such row (x::test_a)"),
        ({}, {"OTHERS": {"a1": "Why."}}, "a1: there is no such row (OTHERS)"),
        ({"A1": ["x::helper"]}, {}, "A1: x::helper is no test"),
    ],
)
def test_a_row_that_is_forgotten_doubled_or_unknown_is_told(
    tests: Tests, lists: Mapping[str, Mapping[str, str]], said: str
) -> None:
    assert any(each.startswith(said) for each in problems(tests, lists))


@pytest.mark.parametrize("rows", [failure_modes.ROWS, security_rows.ROWS])
def test_the_rows_are_those_of_the_table(rows: tuple[str, ...]) -> None:
    tables = [_rows_in(each) for each in folder().parent.glob("*.md")]
    table = next((each for each in tables if each[:1] == [rows[0]]), None)
    if table is None:
        pytest.skip("the table of rows is not here (set TRELLO_FACTS)")
    assert table == list(rows)


def _rows_in(document: Path) -> list[str]:
    return re.findall(r"^\| ([A-Z]\d+[a-z]?) \|", document.read_text("utf-8"), re.MULTILINE)
