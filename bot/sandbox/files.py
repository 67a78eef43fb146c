"""The store in a JSON file: saved whole or not at all, and loaded again."""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from bot.sandbox import rows
from bot.sandbox.clock import AheadClock, Clock, instant, stamp
from bot.sandbox.json_in import json_in
from bot.sandbox.store import Store

FORMAT = 1
TABLES: dict[str, type[Any]] = {
    "members": rows.Member,
    "applications": rows.Application,
    "tokens": rows.Token,
    "memberships": rows.Membership,
    "boards": rows.Board,
    "lists": rows.BoardList,
    "labels": rows.Label,
    "cards": rows.Card,
    "checklists": rows.Checklist,
    "check_items": rows.CheckItem,
    "attachments": rows.Attachment,
    "actions": rows.Action,
    "webhooks": rows.Webhook,
}


class StateFileError(ValueError):
    """The file is not a state that this version wrote."""


def save(store: Store, path: Path) -> None:
    """Write the store to ``path``; a crash leaves the old file or the new one, never half.

    Raises ``OSError`` if it cannot be written.
    """
    with store.lock:
        text = json.dumps(_state(store), ensure_ascii=False, separators=(",", ":"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path) as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
        Path(draft.name).replace(path)


@contextmanager
def _beside(path: Path) -> Iterator[Any]:
    """Open a new file in the same folder; unless it took a name of its own, it is gone after."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=path.name, delete=False
    ) as draft:
        try:
            yield draft
        finally:
            Path(draft.name).unlink(missing_ok=True)


def load(path: Path, clock: Clock) -> Store:
    """Return the store that ``path`` holds, running on ``clock``, which is set as far ahead.

    Raises ``OSError`` if it cannot be read and :class:`StateFileError` if it is something else.
    """
    try:
        state = json_in(path.read_bytes())
    except ValueError as error:
        message = f"{path} is not JSON: {error}"
        raise StateFileError(message) from error
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        message = f"{path} is not a sandbox state of format {FORMAT}"
        raise StateFileError(message)
    try:
        return _store(state, clock)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = f"{path} is damaged: {error!r}"
        raise StateFileError(message) from error


def _state(store: Store) -> dict[str, Any]:
    state: dict[str, Any] = {
        "format": FORMAT,
        "seed": store.ids.seed,
        "counter": store.ids.counter,
        "last": stamp(store.last) if store.last else None,
    }
    if isinstance(store.clock, AheadClock):
        state["ahead"] = store.clock.ahead.total_seconds()
    for name in TABLES:
        state[name] = [asdict(each) for each in getattr(store, name).values()]
    state["uploads"] = {key: b64encode(each).decode() for key, each in store.uploads.items()}
    return state


def _store(state: dict[str, Any], clock: Clock) -> Store:
    if isinstance(clock, AheadClock):
        clock.advance(timedelta(seconds=state.get("ahead", 0)))
    store = Store(clock, state["seed"])
    store.ids.counter = state["counter"]
    store.last = instant(state["last"]) if state["last"] else None
    for name, row in TABLES.items():
        put_all(store, name, [row(**values) for values in state[name]])
    store.uploads = {key: b64decode(each) for key, each in state["uploads"].items()}
    return store


def put_all(store: Store, name: str, made: Iterable[Any]) -> None:
    """Put rows into the table of that name."""
    for each in made:
        if isinstance(each, rows.Board):
            store.put_board(each)
        elif isinstance(each, rows.Card):
            store.put_card(each)
        elif isinstance(each, rows.Action):
            store.put_action(each)
        else:
            getattr(store, name)[_key(each)] = each


def _key(row: Any) -> str:
    if isinstance(row, rows.Application):
        return row.key
    if isinstance(row, rows.Token):
        return row.secret
    key: str = row.id
    return key
