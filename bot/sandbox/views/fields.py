"""Choosing fields: ``id`` is always there, ``all`` means all, an unknown name is refused."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from bot.sandbox import errors
from bot.sandbox.rows import Json
from bot.sandbox.store import Store

Row = TypeVar("Row")
Viewer: TypeAlias = str
"""Id of the member who looks; empty for nobody."""
Field: TypeAlias = Callable[[Store, Row, Viewer], Any]
Table: TypeAlias = Mapping[str, Callable[[Store, Row, Viewer], Any]]


@lru_cache(maxsize=1 << 8)
def chosen(wanted: str | None, known: tuple[str, ...], default: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the fields to show.

    ``wanted`` is the request's comma list, ``all``, or ``None`` for the default.
    Refusing unknown names is inferred; it finds misspelt requests.
    """
    if wanted is None:
        return default
    if wanted == "all":
        return known
    names = tuple(each.strip() for each in wanted.split(",") if each.strip() not in {"", "id"})
    if any(each not in known for each in names):
        raise errors.invalid_value("fields")
    return names


def shown(store: Store, row: Any, table: Table[Any], names: Sequence[str], viewer: Viewer) -> Json:
    """Return ``row`` with its id and the named fields."""
    view: Json = {"id": row.id}
    for each in names:
        view[each] = table[each](store, row, viewer)
    return view
