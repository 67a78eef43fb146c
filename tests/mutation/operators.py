"""What is changed: for each node of the syntax tree the nodes that may stand in its place."""

import ast
from collections.abc import Iterator

from tests.mutation.conditions import changes_anyway, negated
from tests.mutation.expressions import EXPRESSIONS
from tests.mutation.nodes import but, without


def variants(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what may stand in the place of ``node``."""
    if isinstance(node, ast.stmt):
        yield from _statements(node)
    for kind, variants_of in EXPRESSIONS.items():
        if isinstance(node, kind):
            yield from variants_of(node)
    match node:
        case ast.comprehension(ifs=ifs):
            for place, test in enumerate(ifs):
                yield but(node, ifs=without(ifs, place))
                if not changes_anyway(test):
                    yield but(node, ifs=[*ifs[:place], negated(test), *ifs[place + 1 :]])
        case ast.ExceptHandler(type=ast.Tuple(elts=elts) as kinds):
            for place in range(len(elts)):
                yield but(node, type=but(kinds, elts=without(elts, place)))
        case ast.match_case(guard=ast.expr()):
            yield but(node, guard=None)
        case _:
            pass


def _statements(node: ast.stmt) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield but(node, value=ast.copy_location(ast.Constant(None), value))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()) | ast.Raise():
            yield ast.copy_location(ast.Pass(), node)
        case ast.If(test=test) | ast.While(test=test) if not changes_anyway(test):
            yield but(node, test=negated(test))
        case ast.AugAssign(op=op, target=target, value=value):
            yield ast.copy_location(ast.Assign([target], value), node)
            if isinstance(op, ast.Add | ast.Sub):
                yield but(node, op=ast.Sub() if isinstance(op, ast.Add) else ast.Add())
        case ast.Break():
            yield ast.copy_location(ast.Continue(), node)
        case ast.Continue():
            yield ast.copy_location(ast.Break(), node)
        case ast.Match(cases=cases) if len(cases) > 1:
            for place, case in enumerate(cases):
                if not _is_impossible(case):
                    yield but(node, cases=without(cases, place))
        case _:
            pass


def _is_impossible(case: ast.match_case) -> bool:
    """Tell whether this case is there for the type checker alone."""
    match case.body:
        case [ast.Expr(value=ast.Call(func=ast.Name(id="assert_never")))]:
            return True
        case _:
            return False
