"""Scene after scene: people act, and at the next minute the bot makes its pass."""

from collections.abc import Callable
from datetime import timedelta

from msgspec import Struct
from rich.progress import BarColumn, Progress, TextColumn

from bot.cycle import Report
from bot.demo.outcome import left_alone, outcomes
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
    bar = _Bar(teller)
    with bar.progress:
        for number, scene in enumerate(WEEK):
            if scene.day != day:
                day = scene.day
                teller.day(day)
            report = _scene(scene, stage, play, teller, bar.wrote)
            code = code or report.exit_code
            _count(report, tally)
            if number == 0:
                _first_pass(report, stage, teller, tally)
            bar.scene_ended()
    writes = [each for each in stage.app.requests if each.method != "GET"]
    tally.requests, tally.writes = len(stage.app.requests), len(writes)
    return code


def _scene(
    scene: Scene, stage: Stage, play: Play, teller: Teller, wrote: Callable[[Effect], None]
) -> Report:
    stage.world.clock.move_to(stage.local(scene.day, scene.at))
    teller.acts(stage.world.clock(), scene.play(play))
    now = stage.world.advance(TICK)
    before = len(stage.app.requests)
    report = stage.work(wrote)
    asked = stage.app.requests[before:]
    teller.passed(now, report, (len(asked), sum(each.method != "GET" for each in asked)))
    return report


def _first_pass(report: Report, stage: Stage, teller: Teller, tally: Tally) -> None:
    """Show what is shown once: the cards left alone, and one brief in full."""
    left = list(left_alone(report))
    tally.alone = len(left)
    teller.alone(stage.world.clock(), left)
    teller.whole_brief(next(each for each in outcomes(report) if each.event == "handed"))


def _count(report: Report, tally: Tally) -> None:
    events = [each.event for each in outcomes(report)]
    tally.asked += events.count("asked")
    tally.handed += len(events) - events.count("asked")


class _Bar:
    """A bar on a terminal while the week goes by; nothing elsewhere."""

    def __init__(self, teller: Teller) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[card]}"),
        )
        console = teller.console
        self.progress = Progress(
            *columns, console=console, transient=True, disable=not console.is_terminal
        )
        self._teller = teller
        self._task = self.progress.add_task(teller.say("progress"), total=len(WEEK), card="")

    def wrote(self, effect: Effect) -> None:
        """Show which card has just been written to."""
        self.progress.update(self._task, card=self._teller.card_name(effect))

    def scene_ended(self) -> None:
        """Move on."""
        self.progress.advance(self._task)
