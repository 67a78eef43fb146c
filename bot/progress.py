"""Shows on a terminal how far a first reading of many boards is."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from bot.hands import Hands, What

FEW = 4
"""Things that are read so soon that a bar would only flicker."""

_SAID: dict[What, str] = {"boards": "Reading boards", "logs": "Reading what happened before"}


@contextmanager
def reading_shown(hands: Hands, console: Console) -> Iterator[None]:
    """Show a bar for as long as something is read; elsewhere than on a terminal nothing."""
    if not console.is_terminal:
        yield
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[tuple[What, int], TaskID] = {}

        def show(what: What, done: int, number: int) -> None:
            if number < FEW:
                return
            if (what, number) not in tasks:
                tasks[what, number] = bars.add_task(_SAID[what], total=number)
            bars.update(tasks[what, number], completed=done)

        hands.shown = show
        try:
            yield
        finally:
            hands.shown = lambda *_: None
