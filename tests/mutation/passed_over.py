"""What is not changed: types, documentation, and the wording of errors."""

import ast

_FIELDS = {"annotation", "returns", "decorator_list", "exc", "cause"}


def is_passed_over(field: str) -> bool:
    """Tell whether a field of a node holds types, decorators, or the wording of an error."""
    return field in _FIELDS


def is_for_types(statement: ast.stmt) -> bool:
    """Tell whether a statement at the top is there for readers and the type checker alone."""
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.Expr() | ast.If():
            return True
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case _:
            return False


def is_for_people_or_types(node: ast.AST) -> bool:
    """Tell whether nothing inside a node is changed."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id="assert_never"))):
            return True
        case ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case ast.Constant() if node.value is Ellipsis:
            return True
        case _:
            return False
