"""What a template may do: print, branch, loop over what it was given. Nothing that can run away.

Jinja's sandbox keeps a template from what it may not touch, not from taking all time and memory:
here everything that a template does is counted (`bot.text.work`), wherever the compiled template
loops, joins, compares, calls or prints.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from types import CodeType
from typing import Any, Final, TypeVar

from jinja2 import Template, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.text.work import LARGEST_NUMBER, MOST_WORK, Work

T = TypeVar("T")
_Body = TypeVar("_Body", ast.For, ast.FunctionDef)

_FILTERS: Final = frozenset(
    {
        *("capitalize", "lower", "title", "trim", "upper", "escape", "e"),
        *("default", "d", "first", "last", "join", "length", "count", "list", "reverse", "unique"),
        *("map", "select", "selectattr", "reject", "rejectattr", "sort"),
        *("abs", "int", "round"),
    }
)
_BINARY: Final = frozenset({"+", "-", "*", "/", "//", "**", "%"})

_MOST_PARTS: Final = 5_000
"""Of one template, for Jinja may take the square of their number to compile; the digest has 900."""

_MOST_DIGITS: Final = 12
"""To which a number is rounded: Jinja reckons with ten to that power."""

_FROM_JINJA: Final = frozenset({"_block_vars", "_loop_vars"})
"""What compiled templates add to each call."""


class Markdown(str):
    """Text that may be printed as it is: ours, or by the owner's own hand in a template file."""

    __slots__ = ()


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox without what makes endless loops and huge texts out of nothing."""

    intercepted_binops = _BINARY

    def __init__(
        self, finalize: Callable[[object], object], most: int = MOST_WORK, **options: object
    ) -> None:
        """Take Jinja's options; keep the harmless filters and no global function.

        ``finalize`` gives what is printed for a value; ``most`` is the work of one rendering.
        """
        self._most = most
        self.work = Work(most)
        """What has been done since the rendering began."""
        super().__init__(finalize=lambda value: finalize(self.look_at(value)), **options)
        self.globals.clear()
        filters: dict[str, Callable[..., Any]] = {name: self.filters[name] for name in _FILTERS}
        tests: Mapping[str, Any] = self.tests
        filters |= {"join": _join, "round": _rounding(filters["round"])}
        self.filters = {name: self._counted(each) for name, each in filters.items()}
        self.tests = {name: self._counted(each) for name, each in tests.items()}

    def begin(self) -> None:
        """Count a rendering from its beginning."""
        self.work = Work(self._most)

    def spend(self, amount: int) -> None:
        """Count a turn of a loop or the run of a block; the compiled template tells of each."""
        self.work.spend(amount)

    def look_at(self, value: T) -> T:
        """Count a value that is printed, compared or looked up, and return it."""
        return self.work.look_at(value)

    def concat(self, parts: Iterable[object]) -> str:
        """Join texts: what ``~``, a block, a macro or ``{% set %}`` brings together."""
        return "".join(str(self.look_at(each)) for each in parts)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Look something up by a name or number that has been counted."""
        return super().getitem(obj, self.look_at(argument))

    def get_template(self, name: Any, *args: Any, **named: Any) -> Template:
        """Find a template by its one name."""
        if not isinstance(name, str):
            raise SecurityError("a template is found by its name")
        return super().get_template(name, *args, **named)

    def select_template(self, names: Any, *args: Any, **named: Any) -> Template:  # noqa: ARG002
        """Find no template by several names."""
        raise SecurityError("a template is found by its name")

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Refuse what takes too long to compile, and imports, whose text cannot be counted."""
        parsed = super()._parse(source, name, filename)
        if sum(1 for _ in parsed.find_all(nodes.Node)) > _MOST_PARTS:
            raise SecurityError(f"more than {_MOST_PARTS:,} words and signs of Jinja's")
        if parsed.find(nodes.Import) or parsed.find(nodes.FromImport):
            raise SecurityError("import is not for templates of briefs; write the macro here")
        return parsed

    def _compile(self, source: str, filename: str) -> CodeType:
        """Compile the template's Python so that whatever it does is counted."""
        tree = ast.fix_missing_locations(_Counting().visit(ast.parse(source, filename)))
        return compile(tree, filename, "exec")

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter or test that counts what it is given and what it returns."""

        @wraps(function)
        def counted(*values: Any, **named: Any) -> Any:
            self.work.apply(values, named)
            result = function(*values, **named)
            return self.work.listed(result) if isinstance(result, Iterator) else look_at(result)

        look_at = self.look_at
        return counted

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
        if max(abs(left), abs(right)) > LARGEST_NUMBER:
            raise SecurityError("a number grows too large")
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, called: object, *args: object, **named: object) -> object:
        """Return what a block or macro printed as it is: its values are harmless already."""
        self.look_at([*args, *(each for name, each in named.items() if name not in _FROM_JINJA)])
        result = super().call(context, called, *args, **named)
        printed = isinstance(called, BlockReference | Macro) and isinstance(result, str)
        return Markdown(result) if printed else result


class _Counting(ast.NodeTransformer):
    """Makes a compiled template count its steps and look at its values one by one."""

    def visit_For(self, node: ast.For) -> ast.For:
        return self._weighed(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        return self._weighed(node)

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in {"str_join", "markup_join"}:
            node.func = _on_environment("concat").func
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.Compare:
        self.generic_visit(node)
        if not all(isinstance(each, ast.Is | ast.IsNot) for each in node.ops):
            node.left = _on_environment("look_at", node.left)
            node.comparators = [_on_environment("look_at", each) for each in node.comparators]
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.Dict:
        self.generic_visit(node)
        node.keys = [each and _on_environment("look_at", each) for each in node.keys]
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        return _on_environment("look_at", node) if isinstance(node.slice, ast.Slice) else node

    def _weighed(self, node: _Body) -> _Body:
        """Count each run of a body by its length, with the text that it holds."""
        inside = [each for each in ast.walk(node) if not isinstance(each, ast.expr_context)]
        texts = [each.value for each in inside if isinstance(each, ast.Constant)]
        weight = len(inside) + sum(len(each) for each in texts if isinstance(each, str))
        self.generic_visit(node)
        node.body.insert(0, ast.Expr(_on_environment("spend", ast.Constant(weight))))
        return node


def _on_environment(method: str, *values: ast.expr) -> ast.Call:
    found = ast.Attribute(ast.Name("environment", ast.Load()), method, ast.Load())
    return ast.Call(found, list(values), [])


def _join(values: Iterable[object], by: str = "") -> str:
    """Join texts and numbers."""
    parts = list(values)
    if not all(isinstance(each, str | int | float) for each in parts):
        raise SecurityError("only texts and numbers can be joined")
    return by.join(str(each) for each in parts)


def _rounding(function: Callable[..., float]) -> Callable[..., float]:
    """Return Jinja's ``round`` for as many digits as make sense."""

    def rounded(value: float, precision: int = 0, method: str = "common") -> float:
        if abs(precision) > _MOST_DIGITS:
            raise SecurityError(f"round takes at most {_MOST_DIGITS} digits")
        return function(value, precision, method)

    return rounded
