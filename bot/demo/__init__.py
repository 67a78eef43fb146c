"""The main job in a week, on an embedded sandbox: no account, no network but this machine's own.

``bot.sandbox.samples`` holds the board, ``story`` what its people do, ``stage`` the bot as it
really is, ``week`` lets both work in turn, ``outcome`` says what a pass did, ``telling``,
``retelling`` and ``ending`` print it in the sentences of ``words``.  The bot is told nothing: it
reads the board, decides and writes, also at hours at which nobody has acted.
"""

from pathlib import Path

from rich.console import Console

from bot.demo.ending import Pages, show_ending
from bot.demo.stage import Stage, staged
from bot.demo.telling import Teller
from bot.demo.week import Tally, play_week
from bot.sandbox.page.site import snapshot_page
from bot.sandbox.samples import Language

__all__ = ["perform", "run"]


def run(language: Language, console: Console, folder: Path) -> int:
    """Play the week, tell it, and leave two pages in ``folder``, which is made if need be.

    Returns 0, the exit code of the first pass that was not complete, or 2 when the folder cannot
    be written to.
    """
    with staged(language) as stage:
        return perform(stage, console, folder)


def perform(stage: Stage, console: Console, folder: Path) -> int:
    """Do what ``run`` does, on a stage that can be looked at afterwards."""
    teller, tally = Teller(stage, console), Tally()
    pages = Pages(folder / "before.html", folder / "after.html")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_page(stage, pages.before)
    except OSError as problem:
        teller.failed(folder, problem)
        return 2
    teller.opening()
    code = play_week(stage, teller, tally)
    _write_page(stage, pages.after)
    show_ending(teller, tally, pages)
    return code


def _write_page(stage: Stage, file: Path) -> None:
    """Write the board as it stands to one file that needs nothing else. Raises `OSError`."""
    text = stage.sample.text
    page = snapshot_page(stage.world.store, stage.sample.board, text.language, text.owner.zone)
    file.write_text(page, encoding="utf-8")
