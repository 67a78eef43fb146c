"""Conditions turned round, where no other change does that anyway."""

import ast


def changes_anyway(test: ast.expr) -> bool:
    """Tell whether some other change turns this condition round."""
    match test:
        case ast.Compare(ops=[ast.Eq() | ast.NotEq() | ast.In() | ast.NotIn()]):
            return True
        case ast.Compare(ops=[ast.Is() | ast.IsNot()]) | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Call(func=ast.Name(id="any" | "all")) | ast.Constant():
            return True
        case _:
            return False


def negated(test: ast.expr) -> ast.expr:
    """Return the condition turned round."""
    return ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
