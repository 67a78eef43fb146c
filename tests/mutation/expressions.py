"""What is changed inside expressions."""

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.mutation.conditions import changes_anyway, negated
from tests.mutation.nodes import but, without
from tests.mutation.patterns import is_pattern, patterns

_SWAPPED: Mapping[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_METHODS = {
    "strip": ("lstrip", "rstrip"),
    "split": ("rsplit",),
    "rsplit": ("split",),
    "partition": ("rpartition",),
    "rpartition": ("partition",),
    "startswith": ("endswith",),
    "endswith": ("startswith",),
    "find": ("rfind",),
    "rfind": ("find",),
    "fullmatch": ("match",),
    "match": ("fullmatch",),
}
_LEFT_OUT = {"strip", "lstrip", "rstrip", "lower", "upper", "casefold"}
_PASSED_THROUGH = {"sorted", "reversed"}


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for place, op in enumerate(node.ops):
        yield but(node, ops=[*node.ops[:place], _SWAPPED[type(op)](), *node.ops[place + 1 :]])


def _bool_op(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield but(node, op=_SWAPPED[type(node.op)]())


def _unary_op(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield node.operand


def _bin_op(node: ast.BinOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.BitOr):  # of types, sets or flags
        yield from (node.left, node.right)
    elif type(node.op) in _SWAPPED:
        yield but(node, op=_SWAPPED[type(node.op)]())


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool(value):
            yield but(node, value=not value)
        case int(value) | float(value):
            yield but(node, value=value + 1)
        case str(value) if is_pattern(value):
            yield from (but(node, value=each) for each in patterns(value))
        case str(value):
            yield but(node, value=f"XX{value}XX")
        case _:
            pass


def _call(node: ast.Call) -> Iterator[ast.AST]:
    for place, each in enumerate(node.keywords):
        if each.arg is not None and not _is_default(each):
            yield but(node, keywords=without(node.keywords, place))
    match node.func:
        case ast.Name(id=name) if name in _NAMES:
            yield but(node, func=but(node.func, id=_NAMES[name]))
        case ast.Name(id=name) if name in _PASSED_THROUGH:
            yield node.args[0]
        case ast.Attribute(attr=name, value=receiver):
            for other in () if _is_split_whole(node, name) else _METHODS.get(name, ()):
                yield but(node, func=but(node.func, attr=other))
            if name in _LEFT_OUT:
                yield receiver
        case _:
            pass


def _is_split_whole(node: ast.Call, name: str) -> bool:
    """Tell whether a text is split everywhere, which is the same from either end."""
    return name in {"split", "rsplit"} and len(node.args) + len(node.keywords) < 2


def _if_exp(node: ast.IfExp) -> Iterator[ast.AST]:
    if not changes_anyway(node.test):
        yield but(node, test=negated(node.test))


def _set(node: ast.Set) -> Iterator[ast.AST]:
    if len(node.elts) > 1:
        yield from (but(node, elts=without(node.elts, each)) for each in range(len(node.elts)))


def _lambda(node: ast.Lambda) -> Iterator[ast.AST]:
    yield but(node, body=ast.copy_location(ast.Constant(None), node.body))


def _is_default(keyword: ast.keyword) -> bool:
    """Tell whether a keyword says to a reader what holds without it, too."""
    return keyword.arg == "strict" and ast.unparse(keyword.value) == "False"


EXPRESSIONS: Mapping[type[ast.AST], Callable[[Any], Iterator[ast.AST]]] = {
    ast.Compare: _compare,
    ast.BoolOp: _bool_op,
    ast.UnaryOp: _unary_op,
    ast.BinOp: _bin_op,
    ast.Constant: _constant,
    ast.Call: _call,
    ast.IfExp: _if_exp,
    ast.Set: _set,
    ast.Lambda: _lambda,
}
