"""Scene after scene: people act, and the bot makes its passes, also while nobody does anything."""

from collections import Counter

from msgspec import Struct, field
from rich.progress import BarColumn, Progress, TextColumn

from bot.cycle import Report
from bot.demo.outcome import Event, deeds, left_alone, outcomes, redraws
from bot.demo.stage import Stage
from bot.demo.story import WEEK, Play
from bot.demo.telling import Teller
from bot.domain.model import Instant
from bot.embedded.work import TICK, next_look
from bot.executor import Effect


class Tally(Struct):
    """The week in numbers."""

    events: Counter[Event] = field(default_factory=Counter)
    alone: int = 0
    requests: int = 0
    writes: int = 0


def play_week(stage: Stage, teller: Teller, tally: Tally) -> int:
    """Play every scene; return 0, or the exit code of the first pass that was not complete."""
    watch = _Watch(stage, teller, tally)
    play = Play(stage)
    with watch.bar.progress:
        for number, scene in enumerate(WEEK):
            watch.keep_until(stage.local(scene.day, scene.at))
            teller.acts(stage.world.clock(), scene.play(play))
            stage.world.advance(TICK)
            report = watch.look(after_act=True)
            if number == 0:
                _first_pass(report, stage, teller, tally)
            watch.bar.scene_ended()
    writes = [each for each in stage.app.requests if each.method != "GET"]
    tally.requests, tally.writes = len(stage.app.requests), len(writes)
    return watch.code


class _Watch:
    """The bot at its post: it looks when people have acted, and when its rules may speak next.

    A worker looks every minute.  When nobody acts, a pass before the earliest instant that the
    last plan's skips name would write nothing, so these are left out.
    """

    def __init__(self, stage: Stage, teller: Teller, tally: Tally) -> None:
        self.bar = _Bar(teller)
        self.code = 0
        self._stage, self._teller, self._tally = stage, teller, tally
        self._next: Instant | None = None

    def keep_until(self, at: Instant) -> None:
        """Make every pass that may have something to say before ``at``."""
        clock = self._stage.world.clock
        while self._next is not None and self._next < at:
            clock.move_to(self._next)
            self.look(after_act=False)
        clock.move_to(at)

    def look(self, *, after_act: bool) -> Report:
        """Make one pass; a silent one is told only if somebody has just acted."""
        now = self._stage.world.clock()
        report = self._stage.work(self.bar.wrote)
        done = deeds(report)
        if done or after_act:
            told, redrawn = outcomes(report), redraws(report)
            self._teller.passed(now, told, unasked=not after_act, redrawn=redrawn)
        self.code = self.code or report.exit_code
        self._tally.events.update(each.event for each in done)
        self._next = next_look(report, now)
        return report


def _first_pass(report: Report, stage: Stage, teller: Teller, tally: Tally) -> None:
    """Show what is shown once: the cards left alone, and the top of one brief."""
    left = list(left_alone(report))
    tally.alone = len(left)
    teller.alone(stage.world.clock(), left)
    teller.brief(next(each for each in outcomes(report) if each.deeds[0].event == "handed"))


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
