"""Each reason that a rule may give has its sentence in both languages, with the same values."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from ruamel.yaml import YAML

import bot.domain
from bot.paths import templates_folder

DOMAIN = Path(bot.domain.__file__).parent


def given() -> dict[str, set[str]]:
    """Return the codes in the source of the domain with the names of their values."""
    found: dict[str, set[str]] = {}
    for file in DOMAIN.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for code, values in _reasons(tree):
            found.setdefault(code, set()).update(values)
    return found


def _reasons(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason"):
            continue
        code, *values = node.args
        if isinstance(code, ast.Constant):
            yield str(code.value), {name for each in values for name in _keys(each)}
        else:
            yield from ((name, set()) for name in _second_of_pairs(tree))


def _keys(values: ast.expr) -> Iterator[str]:
    assert isinstance(values, ast.Dict)
    yield from (str(key.value) for key in values.keys if isinstance(key, ast.Constant))


def _second_of_pairs(tree: ast.Module) -> Iterator[str]:
    """Yield the codes that a module keeps beside a condition or a change."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            code = node.elts[1]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                yield code.value


CODES = given()


def test_the_reasons_are_found_in_the_source() -> None:
    assert {"held", "log_unread", "deadline", "steps", "hand_over", "double"} <= set(CODES)
    assert CODES["kind_by_keyword"] == {"word"}
    assert len(CODES) > 40


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", sorted(CODES))
def test_each_reason_has_a_sentence_with_its_values(code: str, language: str) -> None:
    file = templates_folder() / "messages" / language / "phrases.yaml"
    phrases = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    wanted = {name for _, name, _, _ in Formatter().parse(phrases[code]) if name}
    assert wanted <= CODES[code]
