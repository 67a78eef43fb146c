"""The owner: writes cards, answers when there is time, accepts work, and changes their mind."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.domain.changes import Planned
from tests.end_to_end.year.people import ASSISTANTS, HOURS, PAUL
from tests.end_to_end.year.stage import DONE, LABELS, TODO, Stage
from tests.end_to_end.year.tasks import Task

DAY = 7.0
"""Hours of work in a day of the owner's."""


class Owner:
    """Paul, as far as his cards go."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._me = stage.office.paul
        for task in stage.tasks:
            stage.at(task.created, lambda task=task: self._write(task))  # type: ignore[misc]

    # What reaches him

    def told(self, task: Task, news: Planned) -> None:
        """Take notice of a comment of the bot's, and mean to act on it."""
        code = news.reason.code
        if news.rule == "triage":
            self._soon(task, self._decide_core)
        elif news.rule == "brief":
            self._soon(task, self._fill_blanks)
        elif news.rule == "answers" and code == "owner_pause":
            self._soon(task, self._consider_date)
        elif news.rule == "answers":
            self._soon(task, self._reply)
        elif news.rule == "delivery":
            self._soon(task, self._review)
        elif news.rule == "stall":
            self._in(task, task.chance.uniform(0.2, 4), self._settle)
        elif news.rule == "late":
            self._soon(task, self._take_in_hand)

    def called(self, task: Task) -> None:
        """Take notice of an assistant's comment that mentions him."""
        self._soon(task, self._reply)

    def shown(self, task: Task) -> None:
        """Take notice of a delivery whose comment mentions him."""
        self._soon(task, self._review)

    def handed(self, task: Task) -> None:
        """Come back to a card that has been handed over, some way on."""
        for turn, step in (
            ("edited", self._edit),
            ("held", self._hold),
            ("owner_command", self._command),
            ("unlabelled", self._unlabel),
            ("archived", self._archive_open),
            ("own_flag", self._flag),
        ):
            if task.takes(turn):
                when = self._part_of_the_way(task)
                self._stage.at(when, _if_open(task, step))

    def _part_of_the_way(self, task: Task) -> datetime:
        due = task.card.due
        end = datetime.fromisoformat(due) if due else self._stage.now + timedelta(days=2)
        way = max(end - self._stage.now, timedelta(hours=2))
        at = self._stage.now + way * task.chance.uniform(0.05, 0.5)
        return HOURS["paul"].opens(at)

    def _soon(self, task: Task, step: Callable[[Task], None]) -> None:
        """Within half a day in 55 of 100 cases, in two days in 30, later in 15."""
        drawn = task.chance.random()
        low, high = (0.2, 3.5) if drawn < 0.55 else (4, 14) if drawn < 0.85 else (17, 32)
        self._in(task, task.chance.uniform(low, high), step)

    def _in(self, task: Task, hours: float, step: Callable[[Task], None]) -> None:
        when = HOURS["paul"].later(self._stage.now, timedelta(hours=hours))
        self._stage.at(when, lambda: step(task))

    # What he does

    def _write(self, task: Task) -> None:
        stage = self._stage
        labels = [LABELS["delegate"]]
        labels += [LABELS[name] for name in ("important", "core") if task.takes(name)]
        member = [stage.person(task.wanted)] if task.choice == "member" else []
        todo = stage.world.list_named(stage.office.board, TODO)

        def make() -> None:
            task.card = self._me.add_card(
                todo, task.title, desc=task.notes, labels=labels, members=member, due=task.due
            )

        stage.enter(task, make)

    def _decide_core(self, task: Task) -> None:
        if task.chance.random() < 0.6:
            self._comment(task, "/go", expects="brief" if not task.missing else None)
        else:
            self._stage.label(task, LABELS["core"], on=False)

    def _fill_blanks(self, task: Task) -> None:
        if task.missing and task.state == "asked":
            self._comment(task, task.missing + self._new_wish(task), expects="brief")

    def _new_wish(self, task: Task) -> str:
        """Return a line with another date when the one in the notes has gone by meanwhile."""
        _, found, rest = task.notes.partition("pour : ")
        today = HOURS[PAUL.username].local(self._stage.now).date()
        if not found or date.fromisoformat(rest[:10]) > today:
            return ""
        return f"\n\npour : {today + timedelta(days=7)}"

    def _consider_date(self, task: Task) -> None:
        drawn = task.chance.random()
        if task.state != "handed":
            return
        if drawn < 0.7:
            self._comment(task, "/go")
        elif drawn < 0.85:
            self._postpone(task, 1)

    def _reply(self, task: Task) -> None:
        if task.state != "handed" or task.ball != "owner":
            return
        words = task.chance.choice(
            (
                "Prenez la version de mars, elle fait foi.",
                "Oui, faites comme pour le dernier.",
                "J’ai ajouté l’accès, vous pouvez continuer.",
            )
        )
        if self._stage.world.store.lists[task.card.id_list].name == TODO:
            self._comment(task, words, gives=True)
        else:
            self._comment(task, words, gives=True)
            self._move(task, TODO, gives=True)
        if task.takes("new date"):
            self._postpone(task, 1)

    def _review(self, task: Task) -> None:
        if task.state != "review":
            return
        if task.takes("rework"):
            self._comment(task, "Presque : il manque la dernière partie. Merci de compléter.")
            task.state, task.worked = "handed", 0.75 * task.effort
            task.awake = True
            if task.card.due_complete:
                self._act(task, "unticks « complete »", self._uncomplete(task), gives=True)
            else:
                self._move(task, TODO, gives=True)
            return
        task.state = "done"
        self._move(task, DONE)
        self._in(task, DAY, self._archive)

    def _uncomplete(self, task: Task) -> Callable[[], None]:
        return lambda: self._me.complete(task.card, done=False)

    def _settle(self, task: Task) -> None:
        """Do what a card has waited for."""
        if task.state == "review":
            self._review(task)
        else:
            self._reply(task)

    def _take_in_hand(self, task: Task) -> None:
        if task.state != "handed":
            return
        if task.mood == "gone" and task.chance.random() < 0.6:
            self._reassign(task)
        elif task.mood == "gone":
            task.state = "gone"
            self._act(task, "archives the card", lambda: self._me.archive(task.card))
        else:
            self._comment(task, "Dites-moi quand vous pensez finir.", gives=True)

    def think_of_another(self, task: Task) -> None:
        """Give the card to somebody else before it is done, for reasons of one's own."""
        self._stage.at(self._part_of_the_way(task), _if_open(task, self._change_mind))

    def _change_mind(self, task: Task) -> None:
        if task.state == "handed":
            self._reassign(task)

    def _reassign(self, task: Task) -> None:
        others = [each.username for each in ASSISTANTS if each.username != task.assistant]
        heir = task.chance.choice(others)
        old, new = self._stage.person(task.assistant), self._stage.person(heir)
        task.mood, task.awake, task.assistant = "smooth", True, heir
        task.said.discard("acknowledged")
        self._act(task, "takes the assistant off", lambda: self._me.unassign(task.card, old))
        self._stage.act(
            "paul",
            task,
            f"puts {heir} on the card",
            lambda: self._me.assign(task.card, new),
            gives="assistant",
            expects="brief",
        )

    # Second thoughts

    def _edit(self, task: Task) -> None:
        card, chance = task.card, task.chance
        drawn = chance.random()
        gives = task.state == "handed"
        if drawn < 0.4:
            text = f"Précision : suivre le modèle de l’an dernier.\n{card.desc}"
            self._act(
                task, "adds a line to the notes", lambda: self._me.describe(card, text), gives=gives
            )
        elif drawn < 0.7:
            self._postpone(task, chance.choice((-1, 1, 2)))
        else:
            url = f"https://exemple.fr/ajout-{task.number}.pdf"
            self._act(task, "attaches a file", lambda: self._me.attach(card, url), gives=gives)

    def _postpone(self, task: Task, days: int) -> None:
        """Set the date some days later, by the assistant's calendar and clock."""
        before = task.card.due
        if before is None:
            return
        hours = HOURS[task.assistant]
        local, step = hours.local(datetime.fromisoformat(before)), timedelta(days=1)
        left = abs(days)
        while left:
            local += step if days > 0 else -step
            left -= hours.works_on(local.date())
        if local <= self._stage.now:
            return
        gives = task.state == "handed"
        what = f"sets due to {local:%a %d %b %H:%M}"
        self._act(task, what, lambda: self._me.set_due(task.card, local), gives=gives)

    def _hold(self, task: Task) -> None:
        task.held = True
        self._stage.label(task, LABELS["hold"], on=True)

        def release(task: Task) -> None:
            task.held = False
            self._stage.label(task, LABELS["hold"], on=False)

        self._in(task, DAY * task.chance.uniform(1, 5), release)

    def _command(self, task: Task) -> None:
        command = task.chance.choice(("/pourquoi", "/pause 2j", "/silence", "/pose 2j", "/aide"))
        answered = command in {"/pourquoi", "/pose 2j", "/aide"}
        self._comment(task, command, expects="commands" if answered else None)
        if command == "/silence":
            self._in(task, 2 * DAY, lambda task: self._comment(task, "/reprendre"))

    def _unlabel(self, task: Task) -> None:
        self._stage.label(task, LABELS["delegate"], on=False)
        if task.chance.random() < 0.5:
            self._in(
                task, 2 * DAY, lambda task: self._stage.label(task, LABELS["delegate"], on=True)
            )

    def _flag(self, task: Task) -> None:
        """Set the stalled label by hand: it is not the bot's to take off."""
        if LABELS["stalled"] not in self._stage.world.labels(task.card):
            self._stage.label(task, LABELS["stalled"], on=True)

    def _archive_open(self, task: Task) -> None:
        task.state = "gone"
        self._archive(task)

    def _archive(self, task: Task) -> None:
        self._act(task, "archives the card", lambda: self._me.archive(task.card))

    # His hands

    def _comment(
        self, task: Task, text: str, *, gives: bool = False, expects: str | None = None
    ) -> None:
        if task.card.closed:
            return
        self._stage.act(
            "paul",
            task,
            f"writes {text!r}",
            lambda: self._me.comment(task.card, text),
            gives="assistant" if gives else None,
            expects=expects,  # type: ignore[arg-type]
        )

    def _move(self, task: Task, place: str, *, gives: bool = False) -> None:
        stage = self._stage
        target = stage.world.list_named(stage.office.board, place)
        self._act(
            task, f"moves it to « {place} »", lambda: self._me.move(task.card, target), gives=gives
        )

    def _act(self, task: Task, what: str, do: Callable[[], object], *, gives: bool = False) -> None:
        if not task.card.closed:
            self._stage.act("paul", task, what, do, gives="assistant" if gives else None)


def _if_open(task: Task, step: Callable[[Task], None]) -> Callable[[], None]:
    return lambda: step(task) if task.state in {"handed", "review"} else None
