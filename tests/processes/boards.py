"""The boards that processes work on, made once and saved: one card, a busy morning, and today."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import wiring
from bot.sandbox import Store
from bot.sandbox.clock import VirtualClock
from bot.sandbox.files import save
from tests.end_to_end.kinds import QUOTE, add_file
from tests.end_to_end.office import Office, open_office
from tests.processes.morning import live_through

MOMENT = "2026-11-26T15:30"
"""A Thursday in Paris: when the two boards that stand still are to be worked on."""


def add_kinds(folder: Path) -> None:
    """Write the owner's own kinds of brief, with a file and a link, into ``folder / "briefs"``."""
    briefs = folder / "briefs"
    briefs.mkdir()
    (briefs / "devis.md").write_text(QUOTE, encoding="utf-8")
    add_file(briefs, "devis")


def one_card(folder: Path) -> Path:
    """Save a board with one card to be handed over, with everything a hand-over can hold."""

    def furnish(office: Office) -> None:
        office.at(MOMENT.replace("T", " "))
        portfolio = office.add_portfolio()
        office.paul.describe(portfolio, "# Mes notes")
        office.delegate("Devis du toit", "Notes de Paul\r\n\npièces : https://example.com/plan")

    return _saved(folder, "one_card", furnish)


def busy_morning(folder: Path) -> Path:
    """Save a board on which one pass writes every kind of change."""
    return _saved(folder, "busy_morning", live_through)


def today(folder: Path) -> Path:
    """Save a board for a real clock: two cards and a question, all set ten minutes ago."""
    ago = wiring.clock() - timedelta(minutes=10)
    until = (ago + timedelta(days=60)).date().isoformat()

    def furnish(office: Office) -> None:
        for number in (1, 2):
            notes = f"objectif : un devis\nméthode : appeler\ncharge : 1h\npour : {until}"
            office.delegate(f"Appel {number}", notes)
        office.delegate("Sans rien", "Merci !")

    return _saved(folder, "today", furnish, Store(VirtualClock(ago)))


def _saved(
    folder: Path, name: str, furnish: Callable[[Office], object], store: Store | None = None
) -> Path:
    file = folder / f"{name}.json"
    with TemporaryDirectory() as own, open_office(Path(own), store=store) as office:
        office.settings["briefs"] = {"folder": str(folder / "briefs")}
        furnish(office)
        save(office.world.store, file)
    return file
