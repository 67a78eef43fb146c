"""The demonstration, played once in each language for all tests that look at it."""

import re
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from rich.console import Console

from bot.cycle import Report
from bot.demo import perform
from bot.demo.stage import Stage, staged
from bot.demo.words import WORDS, said
from bot.sandbox.rows import Action, Card
from bot.sandbox.samples import CardKey, Language, Sample

LANGUAGES: tuple[Language, ...] = ("fr", "en")


class Played(Struct, frozen=True):
    """A demonstration that is over, its server included."""

    stage: Stage
    code: int
    output: str
    folder: Path
    """Where the pages were; gone by now."""
    pages: dict[str, str]
    again: Report
    """What one more pass, right after the last, would do."""

    @property
    def sample(self) -> Sample:
        return self.stage.sample

    def card(self, key: CardKey) -> Card:
        return self.sample.cards[key]

    def copied(self) -> Card:
        name = WORDS[self.sample.text.language]["copied_name"]
        return self.stage.world.card_named(self.sample.board, name)

    def by_bot(self, card: Card) -> list[Action]:
        log = self.stage.world.store.log(card.id)
        return [each for each in log if each.id_member_creator == self.sample.robot.id]

    def said_by_bot(self, card: Card) -> list[Action]:
        return [each for each in self.by_bot(card) if each.type == "commentCard"]

    def comments(self, card: Card) -> list[str]:
        return [each.data["text"] for each in self.said_by_bot(card)]

    def readers(self, card: Card) -> list[str]:
        """Return whom the bot's comments speak to, oldest first."""
        return [each.split(",")[0].removeprefix("@") for each in self.comments(card)]

    def by(self, username: str, card: Card) -> list[Action]:
        who = self.stage.world.person(username)
        log = self.stage.world.store.log(card.id)
        return [each for each in log if each.id_member_creator == who.id]

    @property
    def owner(self) -> str:
        return self.sample.text.owner.username

    @property
    def first(self) -> str:
        return self.sample.text.first.username

    @property
    def second(self) -> str:
        return self.sample.text.second.username

    def words(self, name: str) -> str:
        return WORDS[self.sample.text.language][name]

    def tells(self, name: str, /, **values: str) -> bool:
        """Tell whether one of the story's sentences was printed, wherever its lines break."""
        return flat(said(self.sample.text.language, name, **values)) in flat(self.output)

    def page(self, name: str) -> str:
        return self.pages[name]


def terminal(language: Language) -> tuple[Console, StringIO]:
    """Return where French goes, a file, and English, a terminal, both of 80 columns."""
    written = StringIO()
    return Console(file=written, width=80, force_terminal=language == "en"), written


@cache
def played_in(language: Language) -> Played:
    """Return the demonstration after it has been played; nobody may change it."""
    console, written = terminal(language)
    with TemporaryDirectory() as parent, staged(language) as stage:
        folder = Path(parent) / "new" / "board"
        code = perform(stage, console, folder)
        again = stage.bot.cycle.planned(stage.world.clock())
        pages = {each.name: each.read_text(encoding="utf-8") for each in folder.iterdir()}
    return Played(stage, code, written.getvalue(), folder, pages, again)


def thumbed(comment: Action) -> bool:
    return [each["emoji"]["shortName"] for each in comment.reactions] == ["thumbsup"]


def flat(text: str) -> str:
    """Return text without colours, its lines joined: only the terminal's width breaks them."""
    return " ".join(bare(text).split())


def bare(output: str) -> str:
    return re.sub(r"\x1b(\[[0-9;?]*[A-Za-z]|\].*?\x1b\\)", "", output)
