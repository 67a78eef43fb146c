"""What a template may do: print, branch, loop over what it was given. Nothing that can run away.

Jinja's sandbox keeps a template from what it may not touch, not from taking all time and memory:
here loops are counted, texts and numbers bounded.
"""

import ast
from collections.abc import Iterable
from types import CodeType
from typing import Final

from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

_FILTERS: Final = frozenset(
    {
        *("capitalize", "lower", "title", "trim", "upper", "escape", "e"),
        *("default", "d", "first", "last", "join", "length", "count", "list", "reverse", "unique"),
        *("map", "select", "selectattr", "reject", "rejectattr", "sort"),
        *("abs", "int", "round"),
    }
)
_BINARY: Final = frozenset({"*", "**", "%", "+"})

MOST_STEPS: Final = 100_000
"""Turns of all loops of one rendering: a brief with 200 steps takes some hundreds."""

LONGEST_TEXT: Final = 1_000_000
"""Characters that a template may join into one text."""

_LARGEST_NUMBER: Final = 10**12


class Markdown(str):
    """Text that may be printed as it is: ours, or by the owner's own hand in a template file."""

    __slots__ = ()


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox without what makes endless loops and huge texts out of nothing."""

    intercepted_binops = _BINARY

    def __init__(self, **options: object) -> None:
        """Take Jinja's options; keep the harmless filters and no global function."""
        super().__init__(**options)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS} | {"join": _join}
        self.steps = 0
        """Turns of loops since the rendering began."""

    def step(self) -> None:
        """Count a turn of a loop, or a call; the compiled template tells of each turn."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise SecurityError(f"more than {MOST_STEPS:,} turns of loops")

    def joined(self, parts: Iterable[object]) -> str:
        """Join with ``~``; called by the compiled template."""
        return _bounded([str(each) for each in parts], "")

    def _compile(self, source: str, filename: str) -> CodeType:
        """Compile the template's Python so that loops count their turns and ``~`` its length."""
        tree = ast.fix_missing_locations(_Counting().visit(ast.parse(source, filename)))
        return compile(tree, filename, "exec")

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Allow no method but those of a loop: ``"x".center(10**9)`` is a text of a gigabyte."""
        method = callable(value) and not isinstance(obj, LoopContext)
        return not method and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: object) -> None:  # noqa: ARG002 - Jinja's signature
        """Keep ``str.format`` a method like others: Jinja would let its own version pass."""
        return

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Calculate with numbers only."""
        if operator == "**" or not (
            isinstance(left, int | float) and isinstance(right, int | float)
        ):
            raise SecurityError(f"{operator} is for numbers; join texts with ~")
        if max(abs(left), abs(right)) > _LARGEST_NUMBER:
            raise SecurityError("a number grows too large")
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, called: object, *args: object, **named: object) -> object:
        """Return what a block or macro printed as it is: its values are harmless already."""
        self.step()
        result = super().call(context, called, *args, **named)
        printed = isinstance(called, BlockReference | Macro) and isinstance(result, str)
        return Markdown(result) if printed else result


class _Counting(ast.NodeTransformer):
    """Makes each loop of a compiled template count its turns, and each ``~`` mind its length."""

    def visit_For(self, node: ast.For) -> ast.For:
        self.generic_visit(node)
        step = ast.copy_location(ast.Expr(_on_environment("step")), node)
        node.body.insert(0, step)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in {"str_join", "markup_join"}:
            node.func = ast.copy_location(_on_environment("joined").func, node)
        return node


def _on_environment(method: str) -> ast.Call:
    found = ast.Attribute(ast.Name("environment", ast.Load()), method, ast.Load())
    return ast.Call(found, [], [])


def _join(values: Iterable[object], by: str = "") -> str:
    """Join texts and numbers; a list of lists could hold more than there is memory."""
    parts = list(values)
    if not all(isinstance(each, str | int | float) for each in parts):
        raise SecurityError("only texts and numbers can be joined")
    return _bounded([str(each) for each in parts], by)


def _bounded(parts: list[str], by: str) -> str:
    if sum(map(len, parts)) + len(by) * len(parts) > LONGEST_TEXT:
        raise SecurityError(f"a text grows longer than {LONGEST_TEXT:,} characters")
    return by.join(parts)
