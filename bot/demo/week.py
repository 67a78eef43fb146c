"""Scene after scene: people act, and at the next minute the bot makes its pass."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from msgspec import Struct
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bot.cycle import Report
from bot.demo.outcome import outcomes
from bot.demo.stage import Stage
from bot.demo.story import WEEK, Play, Scene
from bot.demo.telling import Teller
from bot.executor import Effect

TICK = timedelta(minutes=1)
"""The worker looks every minute: longer than that nobody waits for the bot."""


class Tally(Struct):
    """The week in numbers."""

    handed: int = 0
    asked: int = 0
    alone: int = 0
    requests: int = 0
    writes: int = 0


def play_week(stage: Stage, teller: Teller, tally: Tally) -> int:
    """Play every scene; return 0, or the exit code of the first pass that was not complete."""
    play, code, day = Play(stage), 0, -1
    with _bar(teller) as going_on:
        for number, scene in enumerate(WEEK):
            if scene.day != day:
                day = scene.day
                teller.day(day)
            report = _scene(scene, stage, play, teller, going_on)
            code = code or report.exit_code
            _count(report, tally)
            if number == 0:
                _first_pass(report, stage, teller, tally)
    writes = [each for each in stage.app.requests if each.method != "GET"]
    tally.requests, tally.writes = len(stage.app.requests), len(writes)
    return code


def _scene(
    scene: Scene, stage: Stage, play: Play, teller: Teller, going_on: Callable[[Effect], None]
) -> Report:
    stage.world.clock.move_to(stage.local(scene.day, scene.at))
    teller.acts(stage.world.clock(), scene.play(play))
    now = stage.world.advance(TICK)
    before = len(stage.app.requests)
    report = stage.work(going_on)
    asked = stage.app.requests[before:]
    teller.passed(now, report, (len(asked), sum(each.method != "GET" for each in asked)))
    return report


def _first_pass(report: Report, stage: Stage, teller: Teller, tally: Tally) -> None:
    """Show what is shown once: the cards left alone, and one brief in full."""
    tally.alone = teller.alone(stage.world.clock(), report)
    teller.whole_brief(next(each for each in outcomes(report) if each.event == "handed"))


def _count(report: Report, tally: Tally) -> None:
    events = [each.event for each in outcomes(report)]
    tally.asked += events.count("asked")
    tally.handed += len(events) - events.count("asked")


@contextmanager
def _bar(teller: Teller) -> Iterator[Callable[[Effect], None]]:
    """Show a bar on a terminal while the bot writes; nothing elsewhere."""
    console: Console = teller.console
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[card]}"))
    progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with progress:
        task = progress.add_task(teller.say("progress"), total=None, card="")
        yield lambda effect: progress.update(task, card=teller.card_name(effect))
