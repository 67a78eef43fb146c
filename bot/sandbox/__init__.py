"""An emulated Trello: state, HTTP, people to act in it, and a page to try things on.

Here lives what the real service would do, told from its documentation and from recorded answers.
Nothing here knows the bot or its client, so that it cannot share their mistakes.

``Store`` is the state (``store.py``), the modules named after things hold its transitions,
``views`` show rows as the service does, ``routes`` answer requests, ``app.py`` joins them, and
``server.py`` puts them on a socket. For tests and the demo::

    world = World()                                  # virtual clock, Monday 2026-11-23 08:00 UTC
    paul, mel = world.add_person("paul"), world.add_person("mel", "Mel Rakoto")
    board = paul.add_board("Atelier", lists=["À faire", "Terminé"], labels=["delegate"])
    world.invite(board, mel)
    card = paul.add_card(world.list_named(board, "À faire"), "Écrire", labels=["delegate"])
    grant = world.grant(mel, app="delegate-bot")     # grant.key, grant.token, grant.id_app
    app = create_app(world.store)
    with serving(app) as url:                        # "http://127.0.0.1:PORT/1"
        ...                                          # a client at work; app.requests logs it
    with delivering(app):                            # webhooks, to addresses of this machine
        ...
    world.advance(timedelta(hours=2))
    app.site.trial.worker = bot                      # whatever makes passes (page/passes.py)
    html = snapshot_page(world.store, board, "fr", "Europe/Paris")

A state goes to a file with ``save`` and comes back with ``load``; ``import_board`` takes the real
service's JSON export of a board.

Rows (``Board``, ``Card``, …) are live: after a client's write ``card.desc`` is the new text.
"""

from bot.sandbox.app import Faults, SandboxApp, Seen, create_app
from bot.sandbox.clock import AheadClock, Clock, VirtualClock
from bot.sandbox.deliveries import delivering
from bot.sandbox.errors import RefusedError
from bot.sandbox.files import StateFileError, load, save
from bot.sandbox.import_export import NotAnExportError, import_board
from bot.sandbox.page.site import snapshot_page
from bot.sandbox.people import Person
from bot.sandbox.server import serving
from bot.sandbox.store import Store
from bot.sandbox.world import Grant, World

__all__ = [
    "AheadClock",
    "Clock",
    "Faults",
    "Grant",
    "NotAnExportError",
    "Person",
    "RefusedError",
    "SandboxApp",
    "Seen",
    "StateFileError",
    "Store",
    "VirtualClock",
    "World",
    "create_app",
    "delivering",
    "import_board",
    "load",
    "save",
    "serving",
    "snapshot_page",
]
