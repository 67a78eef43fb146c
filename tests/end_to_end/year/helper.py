"""An assistant: works twice a day on what lies in front, and answers when asked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from bot.domain.changes import Planned, Rule
from bot.sandbox.checklists import checklists_of, items_of
from bot.sandbox.rows import CheckItem
from tests.end_to_end.year.hours import STEP
from tests.end_to_end.year.owner import Owner
from tests.end_to_end.year.people import Worker
from tests.end_to_end.year.stage import QUESTIONS, REVIEW, Stage
from tests.end_to_end.year.tasks import LAST, Side, Task
from tests.end_to_end.year.words import SAID, Words


class Helper:
    """One assistant and the cards in their hands."""

    def __init__(self, stage: Stage, who: Worker, owner: Owner, seed: int) -> None:
        self._stage, self._who, self._owner = stage, who, owner
        self._hours = who.clock
        self._me = stage.person(who.username)
        self._words: Words = SAID[who.language]
        self._chance = Random(f"{who.username} {seed}")  # noqa: S311 - a script, no secret
        self._plan_sessions()

    def _plan_sessions(self) -> None:
        """Sit down once in each stretch of working time of the year, at some moment of it."""
        day = self._stage.now
        while day.date() <= LAST:
            local = self._hours.local(day)
            for start, end in self._spans(local):
                length = end - start
                share = length / sum((b - a for a, b in self._spans(local)), timedelta())
                at = start + STEP * self._chance.randrange(3, length // STEP - 2)
                hours = (self._who.capacity or 7) * share
                self._stage.at(at, lambda hours=hours: self._work(hours))  # type: ignore[misc]
            day += timedelta(days=1)

    def _spans(self, local: datetime) -> list[tuple[datetime, datetime]]:
        if not self._hours.works_on(local.date()):
            return []
        return [
            (self._at(local, a), self._at(local, b))
            for a, b in self._hours.week.get(local.weekday(), ())
        ]

    def _at(self, local: datetime, clock: str) -> datetime:
        hour, minute = map(int, clock.split(":"))
        return local.replace(hour=hour, minute=minute, second=0, microsecond=0).astimezone(UTC)

    # What reaches them

    def told(self, task: Task, news: Planned) -> None:
        """Take notice of a comment of the bot's, and mean to act on it."""
        code = news.reason.code
        if code == "hand_over":
            self._take_over(task)
        elif news.rule == "delivery":
            self._in(task, task.chance.uniform(0.2, 2), self._bring)
        elif news.rule in {"check_in", "stall"}:
            self._asked(task)
        elif news.rule == "late":
            self._asked(task, late=True)
        elif news.rule == "changes" and task.chance.random() < 0.6:
            self._in(task, task.chance.uniform(0.2, 4), self._confirm)

    def _take_over(self, task: Task) -> None:
        task.state, task.assistant, task.ball = "handed", self._who.username, "assistant"
        first = task.handed is None
        task.handed = self._stage.now
        slack = task.chance.uniform(0, 0.5) if "pour : " in task.notes or task.due else 0
        due = datetime.fromisoformat(task.card.due) if task.card.due else task.handed
        begins = task.handed + max(due - task.handed, timedelta()) * slack
        task.begins = self._hours.opens(begins)
        stated = _stated_hours(task)
        factor = (1.6, 2.6) if task.temper == "slow" else (0.6, 1.1)
        task.effort = stated * task.chance.uniform(*factor)
        task.awake = task.temper not in {"forgotten", "gone"}
        if task.awake and task.chance.random() < 0.75:
            self._in(task, task.chance.uniform(0.1, 2.5), self._acknowledge)
        if first:
            self._owner.handed(task)
        if task.takes("reassigned"):
            self._stage.at(task.begins + timedelta(hours=1), lambda: self._owner.reassign(task))

    def _asked(self, task: Task, *, late: bool = False) -> None:
        if task.temper == "gone" or task.chance.random() < 0.1:
            return
        step = self._new_date if late else self._answer
        self._in(task, task.chance.uniform(0.2, 4), step)

    def _in(self, task: Task, hours: float, step: Callable[[Task], None]) -> None:
        when = self._hours.later(self._stage.now, timedelta(hours=hours))

        def happens() -> None:
            if task.assistant == self._who.username and task.state in {"handed", "review"}:
                step(task)

        self._stage.at(when, happens)

    # What they do

    def _acknowledge(self, task: Task) -> None:
        if task.state != "handed" or task.worked:
            return
        if task.temper == "curious" and task.chance.random() < 0.5 and task.first("asked"):
            self._ask(task)
        else:
            self._comment(task, self._words.acknowledged)

    def _ask(self, task: Task) -> None:
        if task.chance.random() < 0.6:
            self._comment(task, self._words.question, gives="owner", expects="answers")
        else:
            self._comment(task, f"@paul {self._words.question}", gives="owner")
            self._owner.called(task)

    def _work(self, hours: float) -> None:
        """Spend the hours of a session on what lies in front, the most urgent first."""
        for task in sorted(self._stage.tasks, key=_urgency):
            if hours > 0 and self._can_work_on(task):
                spent = min(hours, task.effort - task.worked)
                hours -= spent
                self._go_on(task, spent)

    def _can_work_on(self, task: Task) -> bool:
        mine = task.assistant == self._who.username and task.state == "handed"
        free = task.ball == "assistant" and task.awake and not task.held
        return mine and free and task.begins is not None and task.begins <= self._stage.now

    def _go_on(self, task: Task, spent: float) -> None:
        task.worked += spent
        half_way = task.worked >= task.effort / 2
        if half_way and task.temper == "curious" and task.first("asked"):
            task.worked = task.effort / 2
            self._ask(task)
        elif half_way and task.temper == "stuck" and task.first("stopped"):
            task.worked = task.effort / 2
            task.awake = False
        elif task.worked >= task.effort - 0.01:
            self._deliver(task)
        elif task.number % 3:
            self._tick_along(task)

    def _tick_along(self, task: Task) -> None:
        steps = self._steps(task)
        due = [each for each in steps[: int(len(steps) * task.worked / task.effort)]]
        new = [each for each in due if not each.done]
        if new:
            self._act(task, f"ticks {len(new)} of {len(steps)} steps", lambda: self._tick(task, new))

    def _tick(self, task: Task, items: list[CheckItem]) -> None:
        for each in items:
            self._me.tick(task.card, each)

    def _steps(self, task: Task) -> list[CheckItem]:
        store = self._stage.world.store
        lists = [each for each in checklists_of(store, task.card) if each.name in {"Étapes", "Steps"}]
        return [item for each in lists for item in items_of(store, each)]

    def _deliver(self, task: Task) -> None:
        if not task.takes("empty"):
            self._bring(task)
        task.state = "review"
        if task.takes("completed"):
            self._act(
                task,
                "marks it complete",
                lambda: self._me.complete(task.card),
                expects="delivery",
            )
            return
        self._move(task, REVIEW, expects="delivery")

    def _bring(self, task: Task) -> None:
        link = f"https://docs.exemple.fr/{task.number}"
        if task.chance.random() < 0.7:
            self._comment(task, f"{self._words.delivered} {link}")
        else:
            self._act(task, "attaches the result", lambda: self._me.attach(task.card, link))

    def _answer(self, task: Task) -> None:
        """Answer a check-in or an offer of help."""
        if task.state != "handed" or task.ball != "assistant":
            return
        if task.takes("assistant_command"):
            self._command(task)
        elif task.temper == "stuck" and not task.awake:
            task.awake = True
            self._say_stuck(task)
        else:
            task.awake = True
            self._say_fine(task)

    def _say_stuck(self, task: Task) -> None:
        drawn = task.chance.random()
        if drawn < 0.5:
            words = task.chance.choice(self._words.stuck)
            self._comment(task, words, gives="owner", expects="answers")
        elif drawn < 0.8:
            item = task.chance.choice(self._words.stuck_items)
            self._tick_answer(task, item, gives="owner", expects="answers")
        else:
            self._comment(task, self._words.question, gives="owner", expects="answers")
            self._move(task, QUESTIONS, gives="owner")

    def _say_fine(self, task: Task) -> None:
        drawn = task.chance.random()
        if drawn < 0.55:
            self._comment(task, self._words.fine)
        elif drawn < 0.8:
            self._tick_answer(task, self._words.fine_item)
        else:
            self._comment(task, self._words.going_on)

    def _tick_answer(
        self, task: Task, name: str, gives: Side | None = None, expects: Rule | None = None
    ) -> None:
        items = [each for each in self._stage.world.items(task.card) if each.name == name]
        if items and not items[0].done:
            what = f"ticks the answer « {name} »"
            self._act(task, what, lambda: self._me.tick(task.card, items[0]), gives, expects)
        else:
            self._comment(task, name.partition(":")[0].strip(), gives=gives, expects=expects)

    def _new_date(self, task: Task) -> None:
        if task.state != "handed" or task.ball != "assistant":
            return
        was_stuck = task.temper == "stuck" and not task.awake
        task.awake = True
        drawn = task.chance.random()
        if was_stuck:
            self._say_stuck(task)
        elif drawn < 0.5:
            self._comment(task, self._words.tomorrow)
        else:
            task.turns |= {"new date"}
            self._comment(task, f"@paul {self._words.tomorrow}", gives="owner")
            self._owner.called(task)

    def _confirm(self, task: Task) -> None:
        if task.state == "handed":
            self._comment(task, self._words.fine)

    def _command(self, task: Task) -> None:
        command = task.chance.choice(self._words.commands)
        answered = command.split()[0] not in {"/pause", "/snooze", "/silence", "/mute"}
        self._comment(task, command, expects="commands" if answered else None)
        if command in {"/silence", "/mute"}:
            back = "/reprendre" if command == "/silence" else "/resume"
            self._in(task, 10, lambda task: self._comment(task, back))
        self._in(task, 8, self._answer)

    # Their hands

    def _comment(
        self, task: Task, text: str, gives: Side | None = None, expects: Rule | None = None
    ) -> None:
        what = f"writes {text!r}"
        self._act(task, what, lambda: self._me.comment(task.card, text), gives, expects)

    def _move(
        self, task: Task, place: str, gives: Side = "owner", expects: Rule | None = None
    ) -> None:
        stage = self._stage
        target = stage.world.list_named(stage.office.board, place)
        what = f"moves it to « {place} »"
        self._act(task, what, lambda: self._me.move(task.card, target), gives, expects)

    def _act(
        self,
        task: Task,
        what: str,
        do: Callable[[], object],
        gives: Side | None = None,
        expects: Rule | None = None,
    ) -> None:
        if not task.card.closed:
            self._stage.act(self._who.username, task, what, do, gives, expects)


def _urgency(task: Task) -> tuple[str, int]:
    due = task.card.due if hasattr(task, "card") else None
    return (due or "9", task.number)


def _stated_hours(task: Task) -> float:
    """Return the workload that the brief states, in hours."""
    for line in reversed(task.card.desc.splitlines()):
        head, _, said = line.replace("*", "").replace("\xa0", " ").partition(":")
        if head.strip() in {"Charge", "Workload"}:
            hours, _, minutes = said.replace(" ", "").replace("min", "").partition("h")
            whole = hours if "h" in said else "0"
            rest = minutes if "h" in said else hours
            return float(whole or 0) + float(rest or 0) / 60
    message = f"no workload in {task.name}"
    raise LookupError(message)
