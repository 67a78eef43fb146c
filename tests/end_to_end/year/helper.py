"""An assistant: works twice a day on what lies in front, and answers when asked."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from bot.domain.changes import Planned, Rule
from bot.sandbox.checklists import checklists_of, items_of
from bot.sandbox.rows import CheckItem
from tests.end_to_end.year.owner import Owner
from tests.end_to_end.year.people import Worker
from tests.end_to_end.year.sessions import sessions, stated_hours
from tests.end_to_end.year.stage import QUESTIONS, REVIEW, Stage
from tests.end_to_end.year.tasks import Side, Task
from tests.end_to_end.year.words import SAID, Words

ASKED_FOR = 0.7
"""Share of the deliveries that come as each brief asks: a comment that mentions the owner."""


class Helper:
    """One assistant and the cards in their hands."""

    def __init__(self, stage: Stage, who: Worker, owner: Owner, seed: int) -> None:
        self._stage, self._who, self._owner = stage, who, owner
        self._hours = who.clock
        self._me = stage.person(who.username)
        self._words: Words = SAID[who.language]
        self._chance = Random(f"{who.username} {seed}")  # noqa: S311 - a script, no secret
        for at, hours in sessions(who, self._chance, stage.now):
            stage.at(at, lambda hours=hours: self._work(hours))  # type: ignore[misc]

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
        slack = self._slack(task)
        due = datetime.fromisoformat(task.card.due) if task.card.due else task.handed
        begins = task.handed + max(due - task.handed, timedelta()) * slack
        task.begins = self._hours.opens(begins)
        stated = stated_hours(task.card.desc)
        factor = (1.6, 2.6) if task.mood == "slow" else (0.6, 1.1)
        task.effort = stated * task.chance.uniform(*factor)
        task.awake = task.mood not in {"forgotten", "gone"}
        if task.awake and task.chance.random() < 0.75:
            self._in(task, task.chance.uniform(0.1, 2.5), self._acknowledge)
        if first:
            self._owner.handed(task)
        if task.takes("reassigned"):
            self._owner.think_of_another(task)

    def _slack(self, task: Task) -> float:
        """Return after which share of the time the work begins: at once on half of the cards."""
        dated = "pour : " in task.notes or task.due is not None
        at_once = task.chance.random() < 0.5
        return 0 if at_once or not dated else task.chance.uniform(0, 0.5)

    def _asked(self, task: Task, *, late: bool = False) -> None:
        if task.mood == "gone" or task.chance.random() < 0.1:
            return
        step = self._new_date if late else self._answer
        self._in(task, task.chance.uniform(0.2, 4), step)

    def _in(self, task: Task, hours: float, step: Callable[[Task], object]) -> None:
        when = self._hours.later(self._stage.now, timedelta(hours=hours))

        def happens() -> None:
            if task.assistant == self._who.username and task.state in {"handed", "review"}:
                step(task)

        self._stage.at(when, happens)

    # What they do

    def _acknowledge(self, task: Task) -> None:
        if task.state != "handed" or task.worked:
            return
        if task.mood == "curious" and task.chance.random() < 0.5 and task.first("asked"):
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
        if half_way and task.mood == "curious" and task.first("asked"):
            task.worked = task.effort / 2
            self._ask(task)
        elif half_way and task.mood == "stuck" and task.first("stopped"):
            task.worked = task.effort / 2
            task.awake = False
        elif task.worked >= task.effort - 0.01:
            self._deliver(task)
        elif task.number % 3:
            self._tick_along(task)

    def _tick_along(self, task: Task) -> None:
        steps = self._steps(task)
        reached = int(len(steps) * task.worked / task.effort)
        new = [each for each in steps[:reached] if not each.done]
        if new:
            self._act(
                task, f"ticks {len(new)} of {len(steps)} steps", lambda: self._tick(task, new)
            )

    def _tick(self, task: Task, items: list[CheckItem]) -> None:
        for each in items:
            self._me.tick(task.card, each)

    def _steps(self, task: Task) -> list[CheckItem]:
        store = self._stage.world.store
        lists = [
            each for each in checklists_of(store, task.card) if each.name in {"Étapes", "Steps"}
        ]
        return [item for each in lists for item in items_of(store, each)]

    def _deliver(self, task: Task) -> None:
        told = not task.takes("empty") and self._bring(task)
        task.state = "review"
        expects: Rule | None = None if told else "delivery"
        if task.takes("completed"):
            self._act(
                task,
                "marks it complete",
                lambda: self._me.complete(task.card),
                expects=expects,
            )
            return
        self._move(task, REVIEW, expects=expects)

    def _bring(self, task: Task) -> bool:
        """Hand in the work, and tell whether that called the owner by name."""
        link = f"https://docs.exemple.fr/{task.number}"
        drawn = task.chance.random()
        if drawn < ASKED_FOR:
            self._comment(task, f"@paul {self._words.delivered} {link}", gives="owner")
            self._owner.shown(task)
        elif drawn < 0.85:
            self._comment(task, f"{self._words.delivered} {link}")
        else:
            self._act(task, "attaches the result", lambda: self._me.attach(task.card, link))
        return drawn < ASKED_FOR

    def _answer(self, task: Task) -> None:
        """Answer a check-in or an offer of help, and begin if that has not happened yet."""
        if task.state != "handed" or task.ball != "assistant":
            return
        task.begins = self._stage.now
        if task.takes("assistant_command"):
            self._command(task)
        elif task.mood == "stuck" and not task.awake:
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
            self._act(
                task, what, lambda: self._me.tick(task.card, items[0]), gives=gives, expects=expects
            )
        else:
            self._comment(task, name.partition(":")[0].strip(), gives=gives, expects=expects)

    def _new_date(self, task: Task) -> None:
        if task.state != "handed" or task.ball != "assistant":
            return
        was_stuck = task.mood == "stuck" and not task.awake
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
        self._act(
            task, what, lambda: self._me.comment(task.card, text), gives=gives, expects=expects
        )

    def _move(
        self, task: Task, place: str, gives: Side = "owner", expects: Rule | None = None
    ) -> None:
        stage = self._stage
        target = stage.world.list_named(stage.office.board, place)
        what = f"moves it to « {place} »"
        self._act(
            task, what, lambda: self._me.move(task.card, target), gives=gives, expects=expects
        )

    def _act(
        self,
        task: Task,
        what: str,
        do: Callable[[], object],
        gives: Side | None = None,
        expects: Rule | None = None,
    ) -> None:
        if not task.card.closed:
            self._stage.act(self._who.username, task, what, do, gives=gives, expects=expects)


def _urgency(task: Task) -> tuple[str, int]:
    due = task.card.due if hasattr(task, "card") else None
    return (due or "9", task.number)
