"""Ten simulated years in twelve zones, with a kill every day: does anything grow, or go wrong?

Paul hands out three cards a week, in turn to twelve assistants in twelve zones.  Each works in
their own hours, answers most check-ins, and delivers; what is done leaves the board after
two weeks.
"""

import gc
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as hour_of
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from bot.cycle import Report
from bot.domain.changes import PostComment
from bot.sandbox import Person
from bot.sandbox.rows import Card
from tests.simulation.faults import Crash
from tests.simulation.line import Troubled
from tests.simulation.office import opened
from tests.simulation.oracle import ALWAYS, changed_last, comments_twice
from tests.simulation.secrets import leaks
from tests.simulation.spec import Spec, Strike
from tests.simulation.team import Team
from tests.simulation.tokens import token_of

ZONES = (
    "Europe/Paris",
    "Indian/Antananarivo",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/Havana",
    "Pacific/Auckland",
    "America/Santiago",
    "Asia/Kolkata",
)
HOURS = ((hour_of(8), hour_of(12)), (hour_of(13), hour_of(17)))
KINDS = ("crash before", "crash after", "crash in flight")
CARDS_A_WEEK = 3
DAY = timedelta(days=1)
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


class Reading(Struct, frozen=True):
    """Memory and time at the end of a simulated half-year."""

    day: int
    megabytes: float
    """Resident, now."""
    seconds: float
    """Since the start."""


class Soak(Struct):
    """What the years showed."""

    days: int = 0
    passes: int = 0
    requests: int = 0
    kills: int = 0
    cards: int = 0
    comments: int = 0
    check_ins: int = 0
    seconds: float = 0.0
    readings: list[Reading] = msgspec.field(default_factory=list)
    problems: list[str] = msgspec.field(default_factory=list)


class _Years:
    def __init__(self, folder: Path, seed: int) -> None:
        self.rng = Random(seed)  # noqa: S311 - the same seed, the same years
        self.office = opened(folder / "soak", at=START)
        self.zones = {f"helper{n}": zone for n, zone in enumerate(ZONES)}
        self.people: dict[str, Person] = {}
        self._furnish()
        self.shown = Soak()
        self.team = Team(self.office, Spec("soak", seed))
        self.team.watch = self._watch
        self.posted: dict[str, set[str]] = {}
        self.open: list[tuple[Card, str]] = []
        self.gone: list[tuple[datetime, Card]] = []
        self.number = 0

    def _furnish(self) -> None:
        office = self.office
        for name in self.zones:
            self.people[name] = office.world.add_person(name)
            office.world.invite(office.board, self.people[name])
        hours = "mon-fri 08:00-12:00 13:00-17:00"
        office.settings["people"]["assistants"] = [
            {"username": name, "timezone": zone, "hours": hours}
            for name, zone in self.zones.items()
        ]
        office.add_portfolio()

    # One day

    def day(self) -> None:
        """Live through one day: people act, the bot makes its passes and dies once."""
        today = self.office.now
        kill = self.rng.randrange(6)
        if today.weekday() < 5:
            self._hand_out(today)
        for number in range(6):
            self.office.hours.wait(4 * 3600)
            self._act()
            self._pass(killed=number == kill)
        self._clear()
        self.shown.days += 1

    def _hand_out(self, today: datetime) -> None:
        if today.weekday() >= CARDS_A_WEEK:
            return
        name = list(self.zones)[self.number % len(ZONES)]
        self.number += 1
        notes = (
            f"objectif : trois devis\nméthode :\n- appeler\n- comparer\n"
            f"charge : {self.rng.choice((1, 2, 4))}h\nassistant : {name}"
        )
        card = self.office.delegate(f"Travail {self.number}", notes)
        self.open.append((card, name))
        self.shown.cards += 1

    def _act(self) -> None:
        for card, name in list(self.open):
            who = self.people[name]
            if not self._working(name, self.office.now) or self.rng.random() > 0.15:
                continue
            if self.rng.random() < 0.5:
                who.comment(card, self.rng.choice(("ok", "J'avance", "Une question ?")))
            else:
                self.office.move(card, 3, who)
                self.open.remove((card, name))
                self.gone.append((self.office.now, card))

    def _working(self, name: str, at: datetime) -> bool:
        local = at.astimezone(ZoneInfo(self.zones[name]))
        inside = any(start <= local.time() < end for start, end in HOURS)
        return local.weekday() < 5 and inside

    def _pass(self, *, killed: bool) -> None:
        strikes: tuple[Strike, ...] = ()
        if killed:
            strikes = (Strike(self.rng.choice(KINDS), self.rng.randrange(1, 12)),)
        line = Troubled(Spec("soak", self.rng.randrange(10**6), strikes), lambda _: None)
        for wire in self.team.wires:
            wire.line = line
        before = len(self.team.workers[0].reports)
        try:
            self.team.one_pass()
        except Crash:
            self.shown.kills += 1
            self.team.restart(self.team.workers[0], forget=self.rng.random() < 0.5)
            for wire in self.team.wires:
                wire.line = Troubled(Spec("soak"), lambda _: None)
            self.team.one_pass()
        self.shown.passes += 1
        for report in self.team.workers[0].reports[before:]:
            self._note(report)

    def _note(self, report: Report) -> None:
        for effect in report.effects:
            change = effect.planned.change
            if effect.outcome == "applied" and isinstance(change, PostComment):
                self.shown.comments += 1
                if effect.planned.rule == "check_in":
                    self._judge_check_in(effect.planned.card_id, change)

    def _judge_check_in(self, card_id: str, change: PostComment) -> None:
        """G6: before the deadline, in the assistant's working hours."""
        self.shown.check_ins += 1
        card = self.office.app.store.cards[card_id]
        at = next(
            datetime.fromisoformat(each.date)
            for each in self.office.world.comments(card)
            if token_of(each) == change.ref
        )
        name = change.mentions[0]
        if not self._working(name, at):
            self.shown.problems.append(f"{at}: check-in for {name} outside working hours")
        if card.due is None or at >= datetime.fromisoformat(card.due):
            self.shown.problems.append(f"{at}: check-in for {name} after {card.due}")

    def _watch(self) -> None:
        for check in (*ALWAYS, comments_twice):
            for problem in check(self.office, changed_last(self.office)):
                self.shown.problems.append(f"{self.office.now}: {problem}")

    def _clear(self) -> None:
        """Take off the board what was done two weeks ago, and forget what was asked and logged.

        The emulated service's memory is a database that grows; here it forgets what the bot does
        not read again, and digests after half a year.
        """
        store = self.office.app.store
        self.shown.problems += [f"{self.office.now}: {each}" for each in leaks(self.team)]
        while self.gone and self.gone[0][0] < self.office.now - 14 * DAY:
            _, card = self.gone.pop(0)
            for action in list(store.log(card.id)):
                store.drop_action(action)
            self.office.paul.delete(card)
        old, oldest = self.office.now - 60 * DAY, self.office.now - 182 * DAY
        for action in list(store.log(self.office.board.id)):
            at = datetime.fromisoformat(action.date)
            if at >= old:
                break
            # Each dashboard leaves the one before in the log: the service's memory, not the bot's.
            dashboard = "desc" in action.data.get("old", {})
            digest = action.type == "commentCard" and at < oldest
            if action.id_card not in store.cards or dashboard or digest:
                store.drop_action(action)
        self.shown.requests += len(self.team.trace)
        self.team.trace.clear()
        self.office.app.requests.clear()
        self.office.bots.clear()
        self.team.workers[0].reports.clear()
        for wire in self.team.wires:
            wire.addresses.clear()
        if self.office.now.weekday() == 6:
            # A process that is killed leaves cycles behind; here they stay with the next one.
            gc.collect()


def soak(years: float, folder: Path, seed: int = 0) -> Soak:
    """Let so many years pass and return what they showed."""
    life = _Years(folder, seed)
    started = time.monotonic()
    life.team.begin(Troubled(Spec("soak"), lambda _: None))
    for number in range(int(years * 365)):
        life.day()
        if number % 182 == 181:
            now = time.monotonic() - started
            life.shown.readings.append(Reading(number + 1, _megabytes(), now))
    life.shown.seconds = time.monotonic() - started
    life.shown.problems += life.team.problems
    return life.shown


def _megabytes() -> float:
    """Return the resident memory now; where the system does not tell, the most so far."""
    status = Path("/proc/self/statm")
    if status.is_file():
        return int(status.read_text("ascii").split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def months(shown: Soak) -> Iterator[str]:
    """Yield a line for each reading."""
    for each in shown.readings:
        yield f"day {each.day}: {each.megabytes:.1f} MB after {each.seconds:.0f} s"
