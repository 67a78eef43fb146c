"""Tell the week on a console: who did what, people and the bot set apart, a few lines a card."""

from collections.abc import Iterable, Sequence
from datetime import time
from pathlib import Path

from rich import box
from rich.console import Console, Group, RenderableType
from rich.constrain import Constrain
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.cycle import Report
from bot.demo.outcome import Outcome, outcomes
from bot.demo.stage import FIRST_CAPACITY, SECOND_CAPACITY, Stage
from bot.demo.story import Act, first_name
from bot.demo.words import WORDS
from bot.domain.model import Card, Instant, Language
from bot.domain.tokens import before_signature
from bot.domain.written import brief_text
from bot.executor import Effect
from bot.show import printable
from bot.text import times
from bot.text.neutral import plain

WIDEST = 100
"""Columns; longer lines are hard to read."""

_PEOPLE, _BOT, _ASIDE = "bold cyan", "bold green", "dim"


class Teller:
    """Prints in one language, about one stage."""

    def __init__(self, stage: Stage, console: Console) -> None:
        self.console = console
        self._stage = stage
        self._language: Language = stage.sample.text.language
        self._zone = stage.sample.text.owner.zone

    def say(self, name: str, /, **values: str) -> str:
        """Return one of the demonstration's own sentences."""
        return WORDS[self._language][name].format_map(values)

    def card_name(self, effect: Effect) -> str:
        """Return the name of the card that has just been written to."""
        return self._stage.world.store.cards[effect.planned.card_id].name

    def failed(self, folder: Path, problem: OSError) -> None:
        """Tell that the pages cannot be written."""
        said = self.say("no_folder", folder=str(folder), problem=problem.strerror or str(problem))
        self.console.print(Text(said, style="red"))

    def opening(self) -> None:
        """Print what is about to be seen."""
        text = self._stage.sample.text
        people = self.say(
            "people",
            owner=text.owner.full_name,
            first=text.first.full_name,
            first_place=times.place(text.first.zone, self._language),
            first_capacity=_spaced(FIRST_CAPACITY),
            second=text.second.full_name,
            second_place=times.place(text.second.zone, self._language),
            second_capacity=_spaced(SECOND_CAPACITY),
        )
        business = self.say("business", board=text.board, trade=text.trade)
        how = self.say("how", place=times.place(text.owner.zone, self._language))
        lines = Group(Text(f"{business} {people}"), Text(), Text(how, style=_ASIDE))
        panel = Panel(lines, title=self.say("title"), border_style="cyan", padding=(1, 2))
        self.console.print(Constrain(panel, WIDEST))

    def day(self, day: int) -> None:
        """Print a day's heading."""
        at = self._stage.local(day, _NOON)
        self.heading(_capitalised(times.long_date(at, self._zone, self._language).split(",")[0]))

    def heading(self, text: str) -> None:
        """Print a heading."""
        rule = Rule(Text(text, style="bold"), align="left", style="cyan")
        self.console.print(Constrain(rule, WIDEST))

    @property
    def owner(self) -> str:
        """The owner's first name."""
        return first_name(self._stage.sample.owner)

    def acts(self, at: Instant, acts: Iterable[Act]) -> None:
        """Print what people have just done."""
        for act in acts:
            parts: list[RenderableType] = [Text(act.did, style="" if act.who else _ASIDE)]
            parts += [Text(f"  · {each}") for each in act.cards]
            if act.wrote:
                parts.append(_quoted(Text(act.wrote)))
            self._row(at, (act.who or "", _PEOPLE), parts)

    def passed(self, at: Instant, report: Report, asked: tuple[int, int]) -> None:
        """Print what the bot's pass did; ``asked``: how many requests, how many of them writes."""
        parts = [each for found in outcomes(report) for each in self._outcome(found)]
        if not parts:
            parts.append(Text(self.say("nothing")))
        requests, writes = (str(each) for each in asked)
        counted = self.say("requests", requests=requests, writes=writes)
        parts.append(Text(counted, style=_ASIDE))
        self._row(at, (self.say("bot"), _BOT), parts)
        self.console.print()

    def alone(self, at: Instant, left: Sequence[tuple[Card, str]]) -> None:
        """Print which delegated cards the bot leaves alone, and why."""
        parts: list[RenderableType] = [Text(self.say("left_alone"))]
        for card, why in left:
            reason = self._stage.bot.phrases.say(why, self._language)
            parts += [Text(f"  · {card.name}"), Padding(Text(reason, style=_ASIDE), (0, 0, 0, 4))]
        self._row(at, (self.say("bot"), _BOT), parts)
        self.console.print()

    def whole_brief(self, found: Outcome) -> None:
        """Print a brief as its reader sees it."""
        title = self.say("whole_brief", name=self._name(found.to))
        brief = Markdown(printable(before_signature(brief_text(found.card.desc))))
        panel = Panel(
            brief, title=title, subtitle=found.card.name, border_style="green", padding=(1, 2)
        )
        self.console.print(Constrain(panel, WIDEST))
        self.console.print()

    def _outcome(self, found: Outcome) -> list[RenderableType]:
        parts: list[RenderableType] = []
        asked = found.event == "asked"
        mark = ("? ", "bold yellow") if asked else ("✓ ", "bold green")
        headline = Text.assemble(mark, (plain(found.card.name), "bold"))
        name = self._name(found.to)
        parts.append(headline)
        if found.go_seen:
            parts.append(_below(Text(self.say("go_seen"))))
        if asked:
            parts.append(_below(Text(self.say("asks", name=name), style="yellow")))
            comment = Markdown(printable(before_signature(found.comment)))
            return [*parts, Padding(comment, (0, 0, 1, 4))]
        parts.append(_below(Text(self.say(found.event, name=name), style="green")))
        return parts + [_below(Text(line, style=_ASIDE)) for line in self._facts(found)]

    def _facts(self, found: Outcome) -> Sequence[str]:
        facts = found.facts
        if facts is None:
            return ()
        kind = self._stage.bot.kinds.files[facts.kind].kind.text(self._language).title
        steps = self.say("steps", count=str(facts.steps))
        due = times.short_date(facts.due, facts.zone, self._language)
        place = times.place(facts.zone, self._language)
        return (
            f"{kind} · {times.duration(facts.workload)} · {steps}",
            self.say("due", date=due, place=place),
        )

    def _name(self, username: str) -> str:
        return first_name(self._stage.world.person(username))

    def _row(self, at: Instant, who: tuple[str, str], parts: Sequence[RenderableType]) -> None:
        row = Table.grid(padding=(0, 2, 0, 0), expand=True)
        row.add_column(width=5, style=_ASIDE)
        row.add_column(width=6)
        row.add_column(ratio=1)
        row.add_row(times.hour(at, self._zone, self._language), Text(*who), Group(*parts))
        self.console.print(Constrain(row, WIDEST))


_NOON = time(12)


def _below(line: Text) -> Padding:
    return Padding(line, (0, 0, 0, 2))


def _quoted(text: Text) -> Padding:
    return Padding(Panel(text, box=box.ROUNDED, border_style=_ASIDE, expand=False), (0, 0, 0, 2))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spaced(hours: str) -> str:
    return f"{hours[:-1]}\u00a0{hours[-1]}"
