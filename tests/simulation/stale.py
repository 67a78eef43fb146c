"""The whole board kept and brought back: for runs that begin alike, and for reads that lag."""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager

from bot.sandbox import Store

_TABLES = (
    "members", "applications", "tokens", "memberships", "boards", "lists", "labels", "cards",
    "checklists", "check_items", "attachments", "actions", "webhooks", "uploads", "last", "ids",
    "_by_short_link", "_logs",
)  # fmt: skip


def kept(store: Store) -> bytes:
    """Return everything that the store knows, apart from its clock."""
    tables = {name: getattr(store, name) for name in _TABLES}
    return pickle.dumps(tables, pickle.HIGHEST_PROTOCOL)


def bring_back(store: Store, state: bytes) -> None:
    """Make the store what it was when ``state`` was kept."""
    vars(store).update(pickle.loads(state))  # noqa: S301 - written by this process


@contextmanager
def as_it_was(store: Store, state: bytes) -> Iterator[None]:
    """Show the store as it was when ``state`` was kept, for one read."""
    now = {name: getattr(store, name) for name in _TABLES}
    bring_back(store, state)
    try:
        yield
    finally:
        vars(store).update(now)
