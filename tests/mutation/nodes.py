"""Nodes of a syntax tree that differ a little from others."""

import ast
from collections.abc import Sequence
from copy import copy
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)
Item = TypeVar("Item")


def but(node: Node, **fields: object) -> Node:
    """Return a copy of a node with other fields."""
    changed = copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def without(items: Sequence[Item], place: int) -> list[Item]:
    """Return all but one."""
    return [*items[:place], *items[place + 1 :]]
