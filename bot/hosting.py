"""The ``sandbox`` command: serve the emulated Trello for people, with everything to try the bot."""

import json
import secrets
import threading
from pathlib import Path

from msgspec import Struct
from rich.console import Console

from bot.sandbox import Grant, Store, World, create_app, delivering, serving
from bot.sandbox.files import StateFileError, load, save
from bot.sandbox.import_export import NotAnExportError, import_board
from bot.sandbox.rows import Board
from bot.sandbox.samples import Language, furnish
from bot.settings import Problem, SettingsError
from bot.text.neutral import plain
from bot.wiring import clock

BOT = "delegatebot"


class Sandbox(Struct, frozen=True):
    """What is served."""

    state: Path | None = None
    """File that the boards are kept in; loaded when it is there."""
    export: Path | None = None
    """A real board's export to start from, instead of the sample board."""
    port: int = 0
    language: Language = "fr"


def serve(sandbox: Sandbox, stopped: threading.Event, console: Console) -> None:
    """Serve until stopped; with a state file, save whenever something has changed.

    Raises `SettingsError` for a file that is no state or no export.
    """
    world = _world(sandbox)
    app = create_app(world.store)
    with serving(app, sandbox.port) as url, delivering(app):
        _tell(world, url, console)
        served = len(app.requests)
        while not stopped.wait(1.0):
            if sandbox.state is not None and len(app.requests) != served:
                served = len(app.requests)
                save(world.store, sandbox.state)
    if sandbox.state is not None:
        save(world.store, sandbox.state)


def _world(sandbox: Sandbox) -> World:
    if sandbox.state is not None and sandbox.state.exists():
        try:
            return World(store=load(sandbox.state, clock))
        except (OSError, StateFileError) as problem:
            raise _unusable(sandbox.state, problem) from problem
    # Ids of their own for each sandbox: the bot remembers what it has posted by card id.
    world = World(store=Store(clock, secrets.randbits(32)))
    if sandbox.export is None:
        furnish(world, sandbox.language)
        return world
    try:
        board = import_board(world.store, json.loads(sandbox.export.read_text(encoding="utf-8")))
    except (OSError, ValueError, NotAnExportError) as problem:
        raise _unusable(sandbox.export, problem) from problem
    world.invite(board, world.person(BOT))
    return world


def _unusable(file: Path, problem: Exception) -> SettingsError:
    hint = "give a file saved by this sandbox, or a board's export from Trello's menu"
    return SettingsError([Problem(str(file), None, "", "", str(problem), hint)])


def _tell(world: World, url: str, console: Console) -> None:
    grant: Grant = world.grant(world.person(BOT))
    boards: list[Board] = list(world.store.boards.values())
    page = url.removesuffix("/1") + "/"
    links = ", ".join(board.short_link for board in boards)
    console.print(f"Page:   {page}", highlight=False)
    names = ", ".join(plain(board.name) for board in boards)
    console.print(f"Boards: {names}", highlight=False, markup=False)
    console.print("\nTo let the bot work here, in another terminal:", highlight=False)
    console.print(f"  export TRELLO_API_URL={url}", highlight=False, soft_wrap=True)
    console.print(f"  export TRELLO_API_KEY={grant.key}", highlight=False, soft_wrap=True)
    console.print(f"  export TRELLO_API_TOKEN={grant.token}", highlight=False, soft_wrap=True)
    console.print(f"  export TRELLO_API_SECRET={grant.secret}", highlight=False, soft_wrap=True)
    console.print(f"  echo 'boards: [{links}]' > sandbox.yaml", markup=False, soft_wrap=True)
    console.print("  delegate-bot plan --config sandbox.yaml", highlight=False)
    console.print("\nThese are no secrets: they open this sandbox alone. Ctrl-C stops it.")
