"""What the bot has just written on a card, found again among all that stands there."""

from itertools import groupby

from bot.sandbox.page.passes import Part, Written
from bot.sandbox.page.scene import Scene
from bot.sandbox.page.words import Language
from bot.sandbox.rows import Card


class Marks:
    """The bot's last round on one card, in the reader's language."""

    def __init__(self, scene: Scene, card: Card) -> None:
        self._language = scene.language
        self._written = tuple(scene.round.written(card.id)) if scene.round else ()

    def why(self, part: Part, name: str = "") -> str:
        """Return why the bot wrote this part of the card; empty if it did not."""
        for each in reversed(self._written):
            if (part, name) in each.marks:
                return each.reason[self._language]
        return ""

    @property
    def headline(self) -> str:
        """The reason that tells most: that of the last comment, or else of what came last."""
        told = [each for each in self._written if any(part == "comment" for part, _ in each.marks)]
        last = (told or self._written)[-1:]
        return last[0].reason[self._language] if last else ""

    @property
    def deeds(self) -> tuple[tuple[str, str, int], ...]:
        """What was done and why, in order; the same thing several times stands once, counted."""
        return deeds(self._written, self._language)


def deeds(written: tuple[Written, ...], language: Language) -> tuple[tuple[str, str, int], ...]:
    """Return what was done, why, and how often in a row."""
    said = ((each.doing[language], each.reason[language]) for each in written)
    return tuple((*what, len(list(same))) for what, same in groupby(said))
