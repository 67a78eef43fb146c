"""Each reason that a rule may give has its sentence in both languages, with the same values."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from ruamel.yaml import YAML

import bot.domain
from bot.domain.answers import Answer
from bot.paths import templates_folder

DOMAIN = Path(bot.domain.__file__).parent


def given() -> dict[str, set[str]]:
    """Return the codes in the source of the domain with the names of their values."""
    found: dict[str, set[str]] = {}
    for file in DOMAIN.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for code, values in _reasons(tree):
            # A value that only one of several places gives cannot be counted on.
            found[code] = found.get(code, values) & values
    return found


def _reasons(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason"):
            continue
        first, *values = node.args
        names = {name for each in values for name in _keys(each, tree)}
        yield from ((code, names) for code in _codes(first, tree))


def _codes(given: ast.expr, tree: ast.Module) -> Iterator[str]:
    """Yield what the first argument may be: a text, one of two, a prefix and an answer, a name."""
    match given:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=yes, orelse=no):
            yield from (*_codes(yes, tree), *_codes(no, tree))
        case ast.JoinedStr(values=[ast.Constant(value=str(prefix)), ast.FormattedValue()]):
            yield from (f"{prefix}{each.value}" for each in Answer if each.passes_the_ball)
        case ast.Name(id=name):
            bound = [each for each in _bound_to(name, tree) if not isinstance(each, ast.Call)]
            found = [code for each in bound for code in _codes(each, tree)]
            yield from found or _second_of_pairs(tree)
        case _:
            raise AssertionError(ast.unparse(given))


def _keys(values: ast.expr, tree: ast.Module) -> Iterator[str]:
    dicts = _bound_to(values.id, tree) if isinstance(values, ast.Name) else [values]
    for each in dicts:
        assert isinstance(each, ast.Dict)
        yield from (str(key.value) for key in each.keys if isinstance(key, ast.Constant))


def _bound_to(name: str, tree: ast.Module) -> Iterator[ast.expr]:
    """Yield what a name in a module is set to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            yield node.value


def _second_of_pairs(tree: ast.Module) -> Iterator[str]:
    """Yield the codes that a module keeps beside a condition or a change."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            code = node.elts[1]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value


@cache
def phrases(language: str) -> Mapping[str, str]:
    """Return the catalogue of a language, read once."""
    file = templates_folder() / "messages" / language / "phrases.yaml"
    found: Mapping[str, str] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return found


CODES = given()


def test_the_reasons_are_found_in_the_source() -> None:
    assert {"held", "log_unread", "deadline", "steps", "hand_over", "double"} <= set(CODES)
    assert {"act_blocked", "act_owner", "act_counts", "snoozed", "muted"} <= set(CODES)
    assert {"before_delivery", "mid_course", "late_answered", "request_deleted"} <= set(CODES)
    assert {"delivering_now", "delivery_told", "owner_knows"} <= set(CODES)
    assert CODES["kind_by_keyword"] == {"word"}
    assert len(CODES) > 90


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", sorted(CODES))
def test_each_reason_has_a_sentence_with_its_values(code: str, language: str) -> None:
    wanted = {name for _, name, _, _ in Formatter().parse(phrases(language)[code]) if name}
    assert wanted <= CODES[code]
