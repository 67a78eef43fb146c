"""What a template may do: print, branch, loop over what it was given. Nothing that can run away."""

from typing import Final

from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

_FILTERS: Final = frozenset(
    {
        *("capitalize", "lower", "title", "trim", "upper", "replace", "escape", "e"),
        *("default", "d", "first", "last", "join", "length", "count", "list", "reverse", "unique"),
        *("map", "select", "selectattr", "reject", "rejectattr", "sort"),
        *("abs", "int", "round", "string"),
    }
)
_BINARY: Final = frozenset({"*", "**", "%", "+"})


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
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Allow no method but those of a loop: ``"x".center(10**9)`` is a text of a gigabyte."""
        method = callable(value) and not isinstance(obj, LoopContext)
        return not method and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: object) -> None:  # noqa: ARG002 - Jinja's signature
        """Keep ``str.format`` a method like others: Jinja would let its own version pass."""
        return

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Calculate with numbers only."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "**" or not numbers:
            raise SecurityError(f"{operator} is for numbers; join texts with ~")
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, called: object, *args: object, **named: object) -> object:
        """Return what a block or macro printed as it is: its values are harmless already."""
        result = super().call(context, called, *args, **named)
        printed = isinstance(called, BlockReference | Macro) and isinstance(result, str)
        return Markdown(result) if printed else result
