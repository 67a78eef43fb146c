"""The stage: the office under a virtual clock, what people have in mind, and the bot's passes."""

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Protocol

from msgspec import Struct

from bot.cycle import Report
from bot.domain.changes import Planned, PostComment, Rule, Skip
from bot.sandbox import Person
from tests.end_to_end.office import Office
from tests.end_to_end.year.people import ASSISTANTS, HOURS, PAUL
from tests.end_to_end.year.tasks import Side, Task

MINUTE = timedelta(minutes=1)
HALF_MINUTE = timedelta(seconds=30)
"""Passes come half a minute after the full one, when people have acted."""

LABELS = {
    "delegate": "delegate",
    "stalled": "à regarder",
    "hold": "en attente",
    "important": "important",
    "core": "cœur de métier",
}
TODO, QUESTIONS, REVIEW, DONE = "À faire", "Questions", "À valider", "Terminé"


class Act(Struct, frozen=True):
    """What somebody did on a card."""

    at: datetime
    who: str
    number: int
    """The card's."""
    what: str
    gives: Side | None
    """To whom it passes the ball."""
    expects: Rule | None
    """The rule that must answer it with a comment in the very next pass."""
    counts: bool
    """False for labels, which the contract does not call acts."""


class Done(Struct, frozen=True):
    """What the bot did in a pass."""

    at: datetime
    number: int
    """The card's; 0 for the portfolio card."""
    planned: Planned
    note: str
    """What the script knew about the card at that moment."""


class Agent(Protocol):
    """A person who is told by Trello that the bot mentioned them."""

    def told(self, task: Task, news: Planned) -> None:
        """Take notice of a comment."""
        ...


class Stage:
    """Everything that happens, in order."""

    def __init__(self, office: Office, tasks: list[Task]) -> None:
        self.office, self.world = office, office.world
        self.tasks = tasks
        self.agents: dict[str, Agent] = {}
        self.acts: list[Act] = []
        self.done: list[Done] = []
        self.passes: list[datetime] = []
        self.restarts: list[datetime] = []
        self._by_card: dict[str, Task] = {}
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._furnish()

    def _furnish(self) -> None:
        office = self.office
        known = self.world.labels(office.add_card("Notes"))  # no portfolio: a year of its own
        missing = set(LABELS.values()) - set(office.words.labels.values()) - set(known)
        for name in sorted(missing):
            office.paul.add_label(office.board, name)
        for each in ASSISTANTS[1:]:
            self.world.invite(office.board, self.world.add_person(each.username, each.full_name))
        office.settings["labels"] = dict(LABELS)
        office.settings["people"] = {
            "owner": PAUL.configured(),
            "assistants": [each.configured() for each in ASSISTANTS],
        }
        # Every board that moves is read at once anyway; this only spares requests.
        office.settings["worker"] = {"reconcile": "24h"}

    # What people do

    @property
    def now(self) -> datetime:
        """The hour on the stage."""
        return self.office.now

    @property
    def written(self) -> list[Task]:
        """The cards that stand on the board by now."""
        return list(self._by_card.values())

    def person(self, username: str) -> Person:
        """Return somebody's hands on the board."""
        return self.world.person(username)

    def at(self, when: datetime, step: Callable[[], None]) -> None:
        """Let a step happen then, or now if that is over."""
        minute = max(when, self.now).astimezone(UTC)
        if minute.second or minute.microsecond:
            minute = minute.replace(second=0, microsecond=0) + MINUTE
        heapq.heappush(self._agenda, (minute, next(self._order), step))

    def enter(self, task: Task, make: Callable[[], object]) -> None:
        """Let the owner write a card."""
        self._act("paul", task, f"writes the card: {task.notes!r}", make, counts=True)
        self._by_card[task.card.id] = task

    def act(
        self,
        who: str,
        task: Task,
        what: str,
        do: Callable[[], object],
        *,
        gives: Side | None = None,
        expects: Rule | None = None,
    ) -> None:
        """Let somebody act on a card."""
        self._act(who, task, what, do, gives=gives, expects=expects, counts=True)

    def label(self, task: Task, name: str, *, on: bool) -> None:
        """Let the owner put a label on a card or take it off: no act by the contract."""
        paul = self.office.paul
        change = paul.label if on else paul.unlabel
        verb = "puts on" if on else "takes off"
        self._act("paul", task, f"{verb} « {name} »", lambda: change(task.card, name), counts=False)

    def _act(
        self,
        who: str,
        task: Task,
        what: str,
        do: Callable[[], object],
        *,
        gives: Side | None = None,
        expects: Rule | None = None,
        counts: bool,
    ) -> None:
        do()
        if gives is not None:
            task.ball = gives
        self.acts.append(Act(self.now, who, task.number, what, gives, expects, counts))

    # The bot

    def run(self, until: datetime, rhythm: "Rhythm") -> None:
        """Let the time pass until then."""
        wake = self.now
        while wake < until:
            self._perform(wake)
            wake = min(self._pass(rhythm), self._next_act())

    def _next_act(self) -> datetime:
        return (
            self._agenda[0][0] + HALF_MINUTE if self._agenda else datetime.max.replace(tzinfo=UTC)
        )

    def _perform(self, until: datetime) -> None:
        """Let people do all they have in mind up to then."""
        while self._agenda and self._agenda[0][0] <= until:
            when, _, step = heapq.heappop(self._agenda)
            self.world.clock.move_to(max(when, self.now))
            step()
        self.world.clock.move_to(max(until, self.now))

    def _pass(self, rhythm: "Rhythm") -> datetime:
        """Make a pass and return when the next one is due without an act of anybody's."""
        if rhythm.asleep(self.now):
            return rhythm.following(self.now)
        if rhythm.restarts(self.now):
            self.office.fresh_bot(forget=True)
            self.restarts.append(self.now)
        report = self.office.apply()
        self.passes.append(self.now)
        wrote = self._note(report)
        if wrote:
            return self.now + MINUTE
        return min(rhythm.following(self.now), self._announced(report))

    def _announced(self, report: Report) -> datetime:
        """Return the first instant at which a rule said that it would speak."""
        later = [each.until for each in report.plan.skips if _is_later(each, self.now)]
        soonest = min((each for each in later if each), default=self.now + timedelta(days=1))
        return _after_half(max(soonest, self.now))

    def _note(self, report: Report) -> bool:
        wrote = False
        for effect in report.effects:
            if effect.outcome != "applied":
                message = f"{self.now}: {effect}"
                raise AssertionError(message)
            wrote = True
            planned = effect.planned
            task = self._by_card.get(planned.card_id)
            note = self._known_about(task, planned) if task else ""
            self.done.append(Done(self.now, task.number if task else 0, planned, note))
            if task and isinstance(planned.change, PostComment):
                for name in planned.change.mentions:
                    self.agents[name].told(task, planned)
        return wrote

    def _known_about(self, task: Task, planned: Planned) -> str:
        """Return the date as it stands, on the clock of the person who is to keep it."""
        change, due = planned.change, task.card.due
        if due is None or not isinstance(change, PostComment) or planned.rule == "stall":
            return ""
        keeper = change.mentions[0] if change.mentions[0] != PAUL.username else task.assistant
        if not keeper or planned.rule in {"answers", "delivery", "commands"}:
            return ""
        return f"due {HOURS[keeper].local(datetime.fromisoformat(due)):%a %d %b %H:%M}"


class Rhythm(Protocol):
    """When the bot looks although nobody has acted, restarts, or is down."""

    def following(self, now: datetime) -> datetime:
        """Return the next regular look after ``now``."""
        ...

    def restarts(self, now: datetime) -> bool:
        """Tell, once for each, whether the bot is to lose its memory now."""
        ...

    def asleep(self, now: datetime) -> bool:
        """Tell whether the bot is down."""
        ...


def _is_later(skip: Skip, now: datetime) -> bool:
    return skip.until is not None and skip.until > now


def _after_half(at: datetime) -> datetime:
    """Return the first pass from ``at`` on: passes come at half past each minute."""
    half = at.replace(second=30, microsecond=0)
    return half if half >= at else half + MINUTE
