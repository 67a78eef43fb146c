"""Comparing shapes: which keys an answer has, and of which JSON types."""

from typing import Any


def missing(recorded: Any, ours: Any, path: str = "", *, depth: int = 1) -> list[str]:
    """Name what ``recorded`` has and ``ours`` has not, or has in another type.

    ``null`` on either side fits everything, whole and broken numbers are one type, and of lists
    the first elements are compared. Objects within objects are compared ``depth`` levels down.
    """
    if recorded is None or ours is None:
        return []
    if kind(recorded) != kind(ours):
        return [f"{path}: {kind(recorded)} recorded, {kind(ours)} here"]
    if isinstance(recorded, list):
        if not recorded or not ours:
            return []
        return missing(recorded[0], ours[0], f"{path}[]", depth=depth)
    if not isinstance(recorded, dict):
        return []
    found = [f"{path}.{key}" for key in recorded if key not in ours]
    if depth:
        for key in recorded.keys() & ours.keys():
            found += missing(recorded[key], ours[key], f"{path}.{key}", depth=depth - 1)
    return sorted(found)


def kind(value: Any) -> str:
    """Return the JSON type of a value."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    names = {"str": "string", "list": "array", "dict": "object"}
    return names.get(type(value).__name__, "null")
