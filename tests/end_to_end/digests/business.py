"""What people do: a card every fortnight, from the owner's notes to the archive; one all year.

Every card has a plot of its own, which says when its next scene comes.  Nobody works on a card that
has not been handed over: while the bot is down, it waits.
"""

import heapq
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from random import Random
from typing import TypeAlias

from bot.sandbox.rows import Card
from tests.end_to_end.digests.ledger import Delivery
from tests.end_to_end.digests.owners import Owner
from tests.end_to_end.digests.reckoning import DAY, MINUTE, weeks
from tests.end_to_end.office import COMPLETE, Office

HOUR = timedelta(hours=1)
DONE, REVIEW, TODO = 3, 2, 0

Plot: TypeAlias = Iterator[timedelta]
"""Yields how long it takes until the next scene."""

_AROUND = (-MINUTE, timedelta(), timedelta(seconds=20), 90 * MINUTE)
"""When cards are delivered as seen from a digest: just before, in that moment, just after."""


class Business:
    """The cards of the two years, and who does what on them."""

    def __init__(self, office: Office, owner: Owner, seed: int) -> None:
        self._office, self._owner = office, owner
        self._chance = Random(seed)  # noqa: S311 - a script, no secret
        self._agenda: list[tuple[datetime, int, Plot]] = []
        self._order = count()
        self.cards: list[Card] = []
        self.deliveries: list[Delivery] = []
        self._begin()

    def _begin(self) -> None:
        start = self._office.now
        for year in (2026, 2027):
            begins = max(start, datetime(year, 1, 1, tzinfo=UTC) - 10 * DAY)
            self._enter(begins + HOUR, self._all_year(year))
        plots: Iterator[Callable[[], Plot]] = cycle(
            (
                self._reviewed,
                self._moved_to_done,
                self._ticked,
                self._archived_at_once,
                self._asked,
                self._held,
                self._blank,
                self._reworked,
            )
        )
        at, plot = start + 2 * HOUR, next(plots)
        while at < datetime(2027, 12, 10, tzinfo=UTC):
            self._enter(at, plot())
            at, plot = at + DAY * self._chance.uniform(9, 19), next(plots)

    def _enter(self, at: datetime, plot: Plot) -> None:
        heapq.heappush(self._agenda, (at, next(self._order), plot))

    def live(self, until: datetime) -> None:
        """Let people do all that they do up to an instant, that one included."""
        while self._agenda and self._agenda[0][0] <= until:
            at, _, plot = heapq.heappop(self._agenda)
            self._office.world.clock.move_to(max(at, self._office.now))
            wait = next(plot, None)
            if wait is not None:
                self._enter(self._office.now + wait, plot)
        self._office.world.clock.move_to(until)

    def is_followed(self, card: Card) -> bool:
        """Tell whether the bot has spoken on a card: it asks, or hands over."""
        world, robot = self._office.world, self._office.robot.id
        return any(each.id_member_creator == robot for each in world.comments(card))

    # Scenes

    def _writes(self, name: str, notes: str | None = None) -> Card:
        office = self._office
        due = "due" if self._owner.language == "en" else "pour"
        day = (office.now + 40 * DAY).date()
        body = f"{COMPLETE[office.language]}\n{due}: {day}" if notes is None else notes
        card = office.delegate(f"{name} {len(self.cards) + 1}", body)
        self.cards.append(card)
        return card

    def _followed(self, card: Card) -> Plot:
        yield DAY * self._chance.uniform(0.1, 1)
        while not self.is_followed(card):
            yield DAY

    def _worked_on(self, card: Card) -> Plot:
        """Wait for some days; every other card is finished around the moment of a digest."""
        yield from self._followed(card)
        yield DAY * self._chance.uniform(1, 5)
        if len(self.cards) % 2:
            around = self._chance.choice(_AROUND)
            now = self._office.now
            yield min(w.due + around - now for w in weeks(self._owner) if w.due + around > now)

    def _delivers(self, card: Card, place: int) -> None:
        self._office.mel.comment(card, "https://example.com/resultat")
        self._office.move(card, place, self._office.mel)
        self._arrived(card)

    def _arrived(self, card: Card) -> None:
        self.deliveries.append(Delivery(card.name, self._office.now))

    def _comes_back(self, card: Card) -> None:
        self._office.move(card, TODO)
        last = next(each for each in reversed(self.deliveries) if each.card == card.name)
        place = self.deliveries.index(last)
        self.deliveries[place] = Delivery(last.card, last.at, self._office.now)

    # Plots

    def _all_year(self, year: int) -> Plot:
        notes = {"fr": f"pour : {year}-12-15", "en": f"due: {year}-12-15"}[self._owner.language]
        card = self._writes("Toute l’année", f"{COMPLETE[self._owner.language]}\n{notes}")
        yield datetime(year, 12, 20, tzinfo=UTC) - self._office.now
        self._delivers(card, DONE)
        yield 3 * DAY
        self._office.paul.archive(card)

    def _reviewed(self) -> Plot:
        card = self._writes("À valider")
        yield from self._worked_on(card)
        self._delivers(card, REVIEW)
        yield DAY * self._chance.uniform(0.2, 9)
        self._office.move(card, DONE)
        yield DAY * self._chance.uniform(3, 30)
        self._office.paul.archive(card)

    def _moved_to_done(self) -> Plot:
        card = self._writes("Terminée")
        yield from self._worked_on(card)
        self._delivers(card, DONE)
        yield DAY * self._chance.uniform(0.01, 9)
        self._office.paul.archive(card)

    def _ticked(self) -> Plot:
        card = self._writes("Cochée")
        yield from self._worked_on(card)
        self._office.mel.complete(card)
        self._arrived(card)
        yield 30 * MINUTE
        self._office.paul.archive(card)

    def _archived_at_once(self) -> Plot:
        card = self._writes("Archivée")
        yield from self._worked_on(card)
        self._office.mel.comment(card, "https://example.com/resultat")
        self._office.paul.archive(card)
        self._arrived(card)

    def _asked(self) -> Plot:
        card = self._writes("Questions")
        yield from self._followed(card)
        self._office.mel.comment(card, "Quelle version faut-il prendre ?")
        yield DAY * self._chance.uniform(1, 12)
        self._office.paul.comment(card, "La première.")
        yield from self._worked_on(card)
        self._delivers(card, DONE)
        yield DAY * self._chance.uniform(1, 9)
        self._office.paul.archive(card)

    def _held(self) -> Plot:
        hold = self._office.words.labels["hold"]
        card = self._writes("En attente")
        yield from self._followed(card)
        self._office.paul.label(card, hold)
        yield DAY * self._chance.uniform(4, 20)
        self._office.paul.unlabel(card, hold)
        yield from self._worked_on(card)
        self._delivers(card, DONE)
        yield DAY * self._chance.uniform(1, 9)
        self._office.paul.archive(card)

    def _blank(self) -> Plot:
        card = self._writes("À compléter", "")
        yield from self._followed(card)
        yield DAY * self._chance.uniform(1, 9)
        self._office.paul.comment(card, COMPLETE[self._office.language])
        yield DAY
        while not self._office.world.members(card):
            yield DAY
        yield from self._worked_on(card)
        self._delivers(card, DONE)
        yield DAY * self._chance.uniform(1, 9)
        self._office.paul.archive(card)

    def _reworked(self) -> Plot:
        card = self._writes("À refaire")
        yield from self._worked_on(card)
        self._delivers(card, REVIEW)
        yield DAY * self._chance.uniform(0.2, 9)
        self._comes_back(card)
        yield DAY * self._chance.uniform(0.5, 4)
        self._delivers(card, REVIEW)
        yield DAY * self._chance.uniform(1, 9)
        self._office.paul.archive(card)
