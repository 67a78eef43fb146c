"""Tell the week on a console: who did what, people and the bot set apart, a few lines a card."""

from collections.abc import Iterable, Sequence
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

from bot.demo.outcome import Outcome
from bot.demo.retelling import BLANK, Retelling, top_of_brief
from bot.demo.stage import Stage
from bot.demo.story import Act, first_name
from bot.demo.words import said
from bot.domain.model import Card, Instant
from bot.domain.tokens import before_signature
from bot.domain.written import brief_text
from bot.embedded.configuration import FIRST_CAPACITY, SECOND_CAPACITY
from bot.executor import Effect
from bot.sandbox.samples import Language
from bot.show import printable
from bot.text import times

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
        self._retelling = Retelling(stage)
        self._day = ""
        self._picture_told = False

    def say(self, name: str, /, **values: str) -> str:
        """Return one of the demonstration's own sentences."""
        return said(self._language, name, **values)

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

    def passed(
        self, at: Instant, outcomes: Iterable[Outcome], *, unasked: bool, redrawn: bool
    ) -> None:
        """Print what the bot's pass did; ``unasked``: nobody had just acted.

        ``redrawn``: it wrote the picture on the portfolio card, which is told once in the week.
        """
        parts = [
            line for found in outcomes for line in self._retelling.lines(found, at, unasked=unasked)
        ]
        if parts and parts[-1] is BLANK:
            parts.pop()
        parts = parts or [Text(self.say(self._silence(redrawn=redrawn)), style=_ASIDE)]
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

    def brief(self, found: Outcome) -> None:
        """Print the top of a brief as its reader sees it, and what stands below."""
        name = first_name(self._stage.world.person(found.deeds[0].to))
        top = top_of_brief(before_signature(brief_text(found.card.desc)))
        headings = ", ".join(top.headings)
        below = self.say("brief_goes_on", count=str(top.steps_left), headings=headings)
        shown = Group(Markdown(printable(top.text)), Text(), Text(below, style=_ASIDE))
        panel = Panel(
            shown,
            title=self.say("first_brief", name=name),
            subtitle=found.card.name,
            border_style="green",
            padding=(1, 2),
        )
        self.console.print(Constrain(panel, WIDEST))
        self.console.print()

    def _silence(self, *, redrawn: bool) -> str:
        """Return what to say of a pass that people notice nothing of."""
        if not redrawn:
            return "nothing"
        first, self._picture_told = not self._picture_told, True
        return "dashboard_only" if first else "silent"

    def _row(self, at: Instant, who: tuple[str, str], parts: Sequence[RenderableType]) -> None:
        row = Table.grid(padding=(0, 2, 0, 0), expand=True)
        row.add_column(width=5, style=_ASIDE)
        row.add_column(width=6)
        row.add_column(ratio=1)
        self._day_of(at)
        row.add_row(times.hour(at, self._zone, self._language), Text(*who), Group(*parts))
        self.console.print(Constrain(row, WIDEST))

    def _day_of(self, at: Instant) -> None:
        """Print a heading when another day has begun for the owner."""
        day = _capitalised(times.long_date(at, self._zone, self._language).split(",")[0])
        if day != self._day:
            self._day = day
            self.heading(day)


def _quoted(text: Text) -> Padding:
    return Padding(Panel(text, box=box.ROUNDED, border_style=_ASIDE, expand=False), (0, 0, 0, 2))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spaced(hours: str) -> str:
    return f"{hours[:-1]}\u00a0{hours[-1]}"
