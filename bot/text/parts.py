"""What a kind's template says in vain: text outside the layout's parts, and parts it does not have.

Jinja leaves both out without a word.
"""

from collections.abc import Iterable, Iterator
from itertools import dropwhile

from jinja2 import Environment, TemplateSyntaxError, nodes
from msgspec import Struct

_PARSER = Environment(autoescape=True)
"""Only parses: nothing is rendered with it."""


class Unseen(Struct, frozen=True):
    """Something in a template that no brief will ever show."""

    line: int
    part: str | None = None
    """A part that the layout does not have; ``None``: text outside every part."""


def parts_of(source: str) -> frozenset[str]:
    """Return the names of a layout's parts: its blocks."""
    return frozenset(each.name for each in _PARSER.parse(source).find_all(nodes.Block))


def unseen(source: str, parts: Iterable[str]) -> Iterator[Unseen]:
    """Yield what a template that extends a layout with these parts says in vain.

    A template that cannot be parsed shows nothing at all, which rendering it tells.
    """
    try:
        written = _PARSER.parse(source).body
    except (TemplateSyntaxError, RecursionError, ValueError):  # the last: a number of 5,000 digits
        return
    known = set(parts)
    # What stands above {% extends %} is printed above the layout.
    below = dropwhile(lambda each: not isinstance(each, nodes.Extends), written)
    yield from (found for each in below if (found := _unseen(each, known)))


def _unseen(node: nodes.Node, parts: set[str]) -> Unseen | None:
    match node:
        case nodes.Block(name=name) if name not in parts:
            return Unseen(node.lineno, name)
        case nodes.Output(nodes=[*pieces]):
            lines = (line for each in pieces if (line := _first_line_of(each)))
            line = next(lines, None)
            return Unseen(line) if line else None
        case _:
            return None


def _first_line_of(piece: nodes.Node) -> int | None:
    """Return the line on which something is printed; ``None`` where only white space is."""
    if not isinstance(piece, nodes.TemplateData):
        return piece.lineno
    blank = len(piece.data) - len(piece.data.lstrip())
    return piece.lineno + piece.data[:blank].count("\n") if piece.data.strip() else None
