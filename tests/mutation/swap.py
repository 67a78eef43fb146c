"""Put a changed syntax tree into the running program, without importing anything anew.

A function keeps its identity and gets new code, so that whoever has imported it runs the change.
What is evaluated on import is evaluated again, with everything in its module that is made from it,
and replaces the old value wherever that has been imported to.  A value that has gone elsewhere
stays: such a mutant may survive by mistake, it never dies by mistake.
"""

import ast
import functools
import gc
import re
import sys
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from bot.domain import recall
from tests.mutation.mutants import Mutant, Source


class CannotSwapError(NotImplementedError):
    """It is to the body of a class, made once, or makes an expression that cannot be read."""


def put_in_place(source: Source, mutant: Mutant) -> None:
    """Make the running program that of ``source``, whose tree holds the mutant."""
    module = sys.modules[mutant.file.removesuffix(".py").replace("/", ".")]
    if not mutant.on_import:
        code = compile(source.tree, mutant.file, "exec")
        for name in mutant.function.split("."):
            code = _within(code, name)
        function_of(module, mutant.function).__code__ = code
    elif in_class_body(source, mutant):
        raise CannotSwapError(mutant.function)
    elif _is_function(source, mutant):
        _give_defaults(module, source, mutant)
    else:
        _bind_again(module, source.tree, mutant.lines[1])
    forget()


def in_class_body(source: Source, mutant: Mutant) -> bool:
    """Tell whether a mutant is part of the body of a class, which is made once."""
    return mutant.on_import and "." in mutant.function and not _is_function(source, mutant)


def forget() -> None:
    """Empty every cache: what it holds was made by the unchanged program."""
    for each in _caches():
        each.cache_clear()
    recall.forget()


@functools.cache
def _caches() -> tuple[Any, ...]:
    kept = (each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper))
    return tuple(each for each in kept if each.__module__.startswith("bot."))


def function_of(module: ModuleType, path: str) -> FunctionType:
    """Return the function behind properties and caches."""
    found: Any = module
    for name in path.split("."):
        found = vars(found)[name]
    while not isinstance(found, FunctionType):
        found = getattr(found, "fget", None) or getattr(found, "func", None) or found.__wrapped__
    return found


def _within(code: CodeType, name: str) -> CodeType:
    return next(e for e in code.co_consts if isinstance(e, CodeType) and e.co_name == name)


def _is_function(source: Source, mutant: Mutant) -> bool:
    name = mutant.function.split(".")[-1]
    at = mutant.lines[1]
    return any(
        isinstance(each, ast.FunctionDef) and each.name == name and each.lineno == at
        for each in ast.walk(source.tree)
    )


def _give_defaults(module: ModuleType, source: Source, mutant: Mutant) -> None:
    made = next(
        each
        for each in ast.walk(source.tree)
        if isinstance(each, ast.FunctionDef) and each.lineno == mutant.lines[1]
    )
    function, args = function_of(module, mutant.function), made.args
    function.__defaults__ = tuple(_value(each, module) for each in args.defaults) or None
    named = zip(args.kwonlyargs, args.kw_defaults, strict=True)
    function.__kwdefaults__ = {
        arg.arg: _value(default, module) for arg, default in named if default
    }


def _value(node: ast.expr, module: ModuleType) -> object:
    return eval(compile(ast.Expression(node), "<default>", "eval"), vars(module))  # noqa: S307


def _bind_again(module: ModuleType, tree: ast.Module, line: int) -> None:
    names: set[str] = set()
    for statement in tree.body:
        is_changed = statement.lineno == line
        if not isinstance(statement, ast.Assign | ast.AnnAssign) and not is_changed:
            continue
        if is_changed or names & set(_names(statement, ast.Load)):
            bound = list(_names(statement, ast.Store))
            old = {name: vars(module).get(name) for name in bound}
            code = compile(ast.Module([statement], []), tree.body[0].__class__.__name__, "exec")
            try:
                exec(code, vars(module))  # noqa: S102 - this is how a module is made, too
            except re.error as error:
                raise CannotSwapError(error) from error
            names |= set(bound)
            for name in bound:
                _spread(name, old[name], vars(module)[name])


def _names(node: ast.AST, how: type[ast.expr_context]) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, how):
            yield each.id


def _spread(name: str, old: object, new: object) -> None:
    for each in list(sys.modules.values()):
        space = getattr(each, "__dict__", {})
        if name in space and space[name] is old and each.__name__.startswith(("bot.", "tests.")):
            space[name] = new
