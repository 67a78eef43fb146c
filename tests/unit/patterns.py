"""Every regular expression of the program with the ways in which it is used, found by itself."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import Struct

import bot

WAYS = {
    **dict.fromkeys(("search", "sub", "subn", "split", "findall", "finditer"), "finditer"),
    **{way: way for way in ("match", "fullmatch")},
}
"""What a use comes to: whoever searches, seeks from every place on until the end."""

MADE_OF_WORDS = {"bot.redaction": "secrets", "bot.trello.routes": "routes, kept in a table"}
"""Modules that make an expression of words which they escape; nothing else in them repeats."""


class Used(Struct, frozen=True):
    """An expression, where it stands, and how it is used."""

    where: str
    pattern: re.Pattern[Any]
    ways: frozenset[str]


def every_pattern() -> Iterator[Used]:
    """Yield each expression that a module keeps or a function writes down."""
    for module, tree in _modules():
        asked = _asked(tree)
        for name, value in vars(module).items():
            for pattern in _inside(value):
                ways = asked.get(name) or frozenset().union(*asked.values())
                yield Used(f"{module.__name__}.{name}", pattern, ways or frozenset(WAYS.values()))
        yield from _written_down(module.__name__, tree)


def unknown_makings() -> list[str]:
    """Return where a function makes an expression that cannot be read off its source."""
    return [
        f"{module.__name__}: {ast.unparse(call)}"
        for module, tree in _modules()
        for call in _calls(tree)
        if _source(call) is None and module.__name__ not in MADE_OF_WORDS
    ]


@cache
def _modules() -> list[tuple[ModuleType, ast.Module]]:
    """Return every module of the program with its source."""
    names = [each.name for each in pkgutil.walk_packages(bot.__path__, "bot.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    sources = (Path(each.__file__ or "").read_text("utf-8") for each in modules)
    return [(each, ast.parse(text)) for each, text in zip(modules, sources, strict=True)]


def _asked(tree: ast.AST) -> dict[str, frozenset[str]]:
    """Return by name what is asked of expressions in a module."""
    found: dict[str, set[str]] = {}
    for each in ast.walk(tree):
        match each:
            case ast.Attribute(value=ast.Name(id=name), attr=way) if way in WAYS and name != "re":
                found.setdefault(name, set()).add(WAYS[way])
    return {name: frozenset(ways) for name, ways in found.items()}


def _inside(value: object) -> Iterator[re.Pattern[Any]]:
    match value:
        case re.Pattern():
            yield value
        case tuple() | list() | set() | frozenset():
            for each in value:
                yield from _inside(each)
        case dict():
            yield from _inside([*value.values()])
        case Struct():
            yield from _inside([getattr(value, field) for field in value.__struct_fields__])
        case _:
            pass


def _written_down(module: str, tree: ast.AST) -> Iterator[Used]:
    for call in _calls(tree):
        source = _source(call)
        assert isinstance(call.func, ast.Attribute)
        if source is not None:
            ways = WAYS.get(call.func.attr)
            every = frozenset({ways} if ways else WAYS.values())
            yield Used(f"{module}: {source}", re.compile(source, re.IGNORECASE), every)


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield each call of `re` in a function."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for each in ast.walk(function):
                if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
                    of_re = isinstance(each.func.value, ast.Name) and each.func.value.id == "re"
                    if of_re and each.func.attr in {"compile", *WAYS}:
                        yield each


def _source(call: ast.Call) -> str | None:
    """Return the expression that a call writes down, with a word in each place left open."""
    match call.args[0]:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            texts = (each.value if isinstance(each, ast.Constant) else "mel" for each in parts)
            return "".join(str(each) for each in texts)
        case _:
            return None
