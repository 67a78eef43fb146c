"""Where a name that is bound on import is read: who reaches those lines, or reads it, notices."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.mutation.mutants import ROOT

_Statement = ast.Assign | ast.AnnAssign


def lines_reading(name: str, files: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Yield file and line of each place that reads ``name`` or what is made from it on import."""
    names, looked = {name}, set[str]()
    while names - looked:
        looked |= names
        for file in files:
            for each, binds in _reads(file):
                if binds and each[0] in names:
                    names.add(binds)
    for file in files:
        yield from (
            (file, line) for (each, line), binds in _reads(file) if each in names and not binds
        )


def test_file(test: str) -> str:
    """Return the file that a test stands in."""
    return test.partition("::")[0]


@cache
def names(file: str, name: str) -> bool:
    """Tell whether a file of tests names what is bound on import: it may ask for it itself."""
    text = (ROOT / file).read_text("utf-8")
    return re.search(rf"\b{name}\b", text) is not None


@cache
def _reads(file: str) -> tuple[tuple[tuple[str, int], str], ...]:
    """Return name, line, and what is bound by it, for each name read at the top or in a body."""
    return tuple(_all_reads(ast.parse((ROOT / file).read_text("utf-8"))))


def _all_reads(tree: ast.Module) -> Iterator[tuple[tuple[str, int], str]]:
    for statement in tree.body:
        binds = ""
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            bound = (
                e.id
                for e in ast.walk(statement)
                if isinstance(e, ast.Name) and isinstance(e.ctx, ast.Store)
            )
            binds = next(bound, "")
        for node in ast.walk(statement):
            match node:
                case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name):
                    yield (name, node.lineno), binds
                case _:
                    pass
