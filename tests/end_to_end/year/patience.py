"""What must have been said: the bot that stays silent breaks no rule of restraint, but its word.

Only plain cases are judged, where a person can tell at a glance that a comment was due.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from tests.end_to_end.year.ledger import Holding, acts_on, handed_over, holdings, labelled, posted
from tests.end_to_end.year.people import HOURS
from tests.end_to_end.year.season import DOWN
from tests.end_to_end.year.stage import Stage
from tests.end_to_end.year.tasks import Task

_LONG = 5
"""Working days without an act after which anybody must have been offered help."""


def never_offered_help(stage: Stage) -> Iterator[str]:
    """Whoever has had the ball for five working days without an act has been offered help."""
    for task in plain(stage):
        for holding, end in _spans(stage, task):
            hours = HOURS[holding.who]
            mine = [a.at for a in acts_on(stage, task.number) if a.who == holding.who and a.counts]
            moments = [holding.since, *(at for at in mine if holding.since < at < end), end]
            for start, stop in pairwise(moments):
                long = hours.days_worked(start, stop) >= _LONG
                if long and not _helped(stage, task, holding.who, start, stop):
                    yield f"{task.name}: {holding.who} from {start:%a %d %b} to {stop:%a %d %b}"


def never_asked_before_due(stage: Stage) -> Iterator[str]:
    """On the working day before due the assistant is asked, or has just been spoken to."""
    for task in plain(stage):
        due = _unchanged_due(stage, task)
        morning = due and _morning_of(due, task.assistant)
        if due is None or morning is None or not _with_first_assistant(stage, task, morning):
            continue
        handed = holdings(stage, task.number)[0].since
        roomy = HOURS[task.assistant].days_worked(handed, morning) >= 3
        spoken = [p for p in posted(stage) if p.number == task.number and p.is_timed]
        near = [p for p in spoken if HOURS[p.to].days_worked(p.at, morning) <= 1]
        asked = [p for p in spoken if p.rule == "check_in"]
        if roomy and not asked and not [p for p in near if p.at < due]:
            yield f"{task.name}: due {due:%a %d %b %H:%M}Z, no check-in"


def never_called_late(stage: Stage) -> Iterator[str]:
    """When due has passed in the assistant's hands, they are asked for another date."""
    for task in plain(stage):
        due = _unchanged_due(stage, task)
        late = [p for p in posted(stage) if p.number == task.number and p.rule == "late"]
        if due is None or late or not _with_first_assistant(stage, task, due):
            continue
        if _still_open(stage, task, due):
            yield f"{task.name}: due {due:%a %d %b %H:%M}Z, never called late"


def _morning_of(due: datetime, who: str) -> datetime:
    """Return the first instant of the day of due, on the clock of who is to keep it."""
    return HOURS[who].local(due).replace(hour=0, minute=0, second=0).astimezone(UTC)


def _with_first_assistant(stage: Stage, task: Task, at: datetime) -> bool:
    """Tell whether the ball had never left the assistant by then, and the card was open."""
    before = [each for each in holdings(stage, task.number) if each.since < at]
    return len(before) == 1 and not [each for each in _ends(stage, task) if each < at]


def plain(stage: Stage) -> Iterator[Task]:
    """Yield cards handed over once, without a command and without a label that ever silenced."""
    for task in stage.written:
        acts = acts_on(stage, task.number)
        commands = any(a.what.startswith("writes '/") for a in acts)
        silent = [*labelled(stage, task, "delegate"), *labelled(stage, task, "hold")]
        if len(handed_over(stage, task.number)) == 1 and not commands and not silent:
            yield task


def _spans(stage: Stage, task: Task) -> Iterator[tuple[Holding, datetime]]:
    found = holdings(stage, task.number)
    last = min(_ends(stage, task), default=stage.now)
    for n, each in enumerate(found):
        end = found[n + 1].since if n + 1 < len(found) else stage.now
        if each.since < last:
            yield each, min(end, last)


def _ends(stage: Stage, task: Task) -> list[datetime]:
    """Return when the card was done, by the script."""
    over = ("moves it to « Terminé", "archives", "marks it complete")
    return [a.at for a in acts_on(stage, task.number) if a.what.startswith(over)]


def _helped(stage: Stage, task: Task, who: str, start: datetime, stop: datetime) -> bool:
    return any(
        p.number == task.number and p.rule == "stall" and p.to == who and start < p.at < stop
        for p in posted(stage)
    )


def _unchanged_due(stage: Stage, task: Task) -> datetime | None:
    edited = any(
        action.type == "updateCard" and action.data.get("old", {}).get("due")
        for action in stage.world.store.log(task.card.id)
    )
    due = None if edited or task.card.due is None else datetime.fromisoformat(task.card.due)
    near_outage = due and any(a - timedelta(days=3) < due < b for a, b in DOWN)
    return None if near_outage or due is None or due > stage.now else due.astimezone(UTC)


def _still_open(stage: Stage, task: Task, due: datetime) -> bool:
    """Tell whether the assistant still had the ball when their next working time began."""
    opens = HOURS[task.assistant].opens(due) + timedelta(minutes=2)
    later = [each for each in holdings(stage, task.number) if due <= each.since <= opens]
    return opens < stage.now and not later and not [e for e in _ends(stage, task) if e <= opens]


PROMISES = (never_offered_help, never_asked_before_due, never_called_late)
