"""What people typed into descriptions: each marked line is still there, or a person took it out.

A marked line holds a word such as ``m0007`` that stands nowhere else.
"""

import re
from collections.abc import Iterator, Sequence

from bot.sandbox import Person
from bot.sandbox.rows import Card
from tests.simulation.office import QuietOffice
from tests.simulation.scenarios import cards_of
from tests.simulation.silence import Silenced
from tests.simulation.verdict import Problem
from tests.simulation.wire import Heard

MARK = re.compile(r"\bm\d{4}\b")


class Ledger:
    """Follows the marked lines of every card."""

    def __init__(self, office: QuietOffice) -> None:
        self._office = office
        self._typed = {each.id: set(MARK.findall(each.desc)) for each in cards_of(office)}
        self.silenced: list[Silenced] = []
        self.requests: Sequence[Heard] = ()
        """What has been asked so far."""
        self._next = 5000

    def mark(self) -> str:
        """Return a word that stands nowhere yet."""
        self._next += 1
        return f"m{self._next}"

    def save(self, who: Person, card: Card, seen: str, text: str) -> None:
        """Let a person who has ``seen`` a description save another.

        What they saw, or what stood there when they saved, and is not in their text, they replaced.
        """
        replaced = {*MARK.findall(seen), *MARK.findall(card.desc)}
        who.describe(card, text)
        kept = self._typed.get(card.id, set()) - replaced
        self._typed[card.id] = kept | set(MARK.findall(text))

    def silence(self, card: Card, what: str) -> None:
        """Note that a person took a card out of the bot's hands."""
        self.silenced.append(Silenced(card.id, len(self.requests), what))

    def speak(self, card: Card) -> None:
        """Note that a card may be spoken on again."""
        self.silenced = [each for each in self.silenced if each.card_id != card.id]

    def forget(self, card: Card) -> None:
        """Follow a card no longer that a person has deleted."""
        self._typed.pop(card.id, None)

    def lost(self) -> Iterator[Problem]:
        """Yield each marked line that stands nowhere on its card any more (G3)."""
        store = self._office.app.store
        for card_id, marks in self._typed.items():
            card = store.cards[card_id]
            texts = [card.desc, *self._office.world.texts(card)]
            there = {mark for text in texts for mark in MARK.findall(text)}
            for mark in sorted(marks - there):
                yield Problem("text lost", f"{card.name}: the line with {mark} is gone")
