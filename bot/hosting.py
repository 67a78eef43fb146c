"""The ``sandbox`` command: serve the emulated Trello for people, with everything to try the bot."""

import secrets
import threading
from pathlib import Path

from msgspec import Struct
from rich.console import Console

from bot import wiring
from bot.embedded.trial import on_trial
from bot.exits import CONFIGURATION, failed
from bot.files import telling
from bot.ports import StopError
from bot.sandbox import (
    AheadClock,
    Clock,
    Grant,
    Person,
    SandboxApp,
    Store,
    World,
    create_app,
    delivering,
    serving,
)
from bot.sandbox.files import StateFileError, load, save
from bot.sandbox.import_export import NotAnExportError, import_board
from bot.sandbox.json_in import json_in
from bot.sandbox.rows import Board
from bot.sandbox.samples import COLORS, SAMPLES, Language, SampleText, furnish
from bot.sandbox.server import PortError
from bot.settings import Problem, SettingsError
from bot.text.neutral import plain

BOT = "delegatebot"


class Sandbox(Struct, frozen=True):
    """What is served."""

    state: Path | None = None
    """File that the boards are kept in; loaded when it is there."""
    export: Path | None = None
    """A real board's export to start from, instead of the sample board."""
    port: int = 0
    language: Language = "fr"
    clock: Clock = wiring.clock
    """What the sandbox's own clock follows, until somebody moves it on."""


def serve(sandbox: Sandbox, stopped: threading.Event, console: Console) -> None:
    """Serve until stopped; with a state file, save whenever something has changed.

    Raises `SettingsError` for a file that is no state or no export, and `StopError` for a port that
    cannot be had and for a state file that cannot be written, at the start or at the end.
    """
    world = _world(sandbox)
    _save(world.store, sandbox.state)
    app = create_app(world.store)
    robot, text = world.person(BOT), SAMPLES[_language(world, sandbox)]
    try:
        with serving(app, sandbox.port) as url, delivering(app), on_trial(app, robot, url, text):
            _tell(world, url, console)
            _keep(app, sandbox.state, stopped)
    except PortError as problem:
        raise StopError(f"{problem}; give another one with --port") from problem
    _save(world.store, sandbox.state)


def _keep(app: SandboxApp, state: Path | None, stopped: threading.Event) -> None:
    """Save after each change until stopped; trouble with it is told once and tried again."""
    saved, told = _turns(app), ""
    while not stopped.wait(1.0):
        turns = _turns(app)
        if turns == saved:
            continue
        try:
            _save(app.store, state)
        except StopError as problem:
            if str(problem) != told:
                failed(f"{problem}; trying again until it can", CONFIGURATION)
            told = str(problem)
        else:
            saved, told = turns, ""


def _save(store: Store, state: Path | None) -> None:
    if state is not None:
        with telling(state):
            save(store, state)


def _turns(app: SandboxApp) -> int:
    """Return how often anybody may have changed something."""
    return len(app.requests) + app.site.done


def _language(world: World, sandbox: Sandbox) -> Language:
    """Return the language of the sample that is served: a state file may hold the other one."""
    names = {each.name for each in world.store.boards.values()}
    return next((key for key, each in SAMPLES.items() if each.board in names), sandbox.language)


def _world(sandbox: Sandbox) -> World:
    clock = AheadClock(sandbox.clock)
    if sandbox.state is not None:
        try:
            if sandbox.state.exists():
                return World(store=load(sandbox.state, clock))
        except (OSError, StateFileError) as problem:
            raise _unusable(sandbox.state, problem) from problem
    # Ids of their own for each sandbox: the bot remembers what it has posted by card id.
    world = World(store=Store(clock, secrets.randbits(32)))
    if sandbox.export is None:
        furnish(world, sandbox.language)
        return world
    try:
        board = import_board(world.store, json_in(sandbox.export.read_bytes()))
    except (OSError, ValueError, NotAnExportError) as problem:
        raise _unusable(sandbox.export, problem) from problem
    world.invite(board, world.person(BOT))
    _set_up(world, board, SAMPLES[sandbox.language])
    return world


def _set_up(world: World, board: Board, text: SampleText) -> None:
    """Give an imported board what `setup` would make on it: the labels and the portfolio card."""
    places = world.store.memberships_of(board)
    admin = next((each.id_member for each in places if each.role == "admin"), None)
    owner = Person(world.store, world.store.members[admin]) if admin else world.person(BOT)
    names = {each.name.casefold() for each in world.store.labels_of(board)}
    for key, name in text.labels.items():
        if name.casefold() not in names:
            owner.add_label(board, name, COLORS[key])
    portfolio = text.cards[0].name
    lists = [each for each in world.store.lists_of(board) if not each.closed]
    if lists and all(each.name != portfolio for each in world.store.cards_of(board)):
        owner.add_card(lists[0], portfolio)


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
    console.print(
        "\nOpen the page to try the bot. Or let one work from another terminal, as long as"
    )
    console.print("nobody moves the clock on (it would see that the clocks differ, and stop):")
    console.print(f"  export TRELLO_API_URL={url}", highlight=False, soft_wrap=True)
    console.print(f"  export TRELLO_API_KEY={grant.key}", highlight=False, soft_wrap=True)
    console.print(f"  export TRELLO_API_TOKEN={grant.token}", highlight=False, soft_wrap=True)
    console.print(f"  export TRELLO_API_SECRET={grant.secret}", highlight=False, soft_wrap=True)
    console.print(f"  echo 'boards: [{links}]' > sandbox.yaml", markup=False, soft_wrap=True)
    console.print("  delegate-bot plan --config sandbox.yaml", highlight=False)
    console.print("\nThese are no secrets: they open this sandbox alone. Ctrl-C stops it.")
