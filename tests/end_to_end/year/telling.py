"""The year as a table in Markdown that a person can check line by line."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from bot.domain.changes import (
    AddLabel,
    PostComment,
    React,
    RemoveLabel,
    SetDates,
    Untick,
)
from tests.end_to_end.year.figures import Restraint, restraint
from tests.end_to_end.year.ledger import quiet_since
from tests.end_to_end.year.people import CLOCK_CHANGES, EVERYBODY, HOLIDAYS, HOURS
from tests.end_to_end.year.stage import Done, Stage
from tests.end_to_end.year.tasks import FIRST, LAST

HEAD = """# A simulated year

Written by `python -m tests.end_to_end.year`; a test compares it with a fresh run.
The real bot serves a sandbox board from January to December 2026; people are scripted.

`UTC` is the day of the month and the time; `their clock` is local time with its offset from UTC:
of the person who acts, or of the one to whom the bot speaks.
`at work`: whether that is working time of theirs, by the script's own hours, holidays, days away.
Comments of the rules check_in, late, stall and changes may only stand where it says `yes`.
"""
TIMELINE = Path(__file__).with_name("TIMELINE.md")
COLUMNS = "| UTC | their clock | at work | card | who | what |\n|---|---|---|---|---|---|\n"


class Row(Struct, frozen=True):
    """One event."""

    at: datetime
    who: str
    """Whose clock is shown; empty: nobody's."""
    card: str
    actor: str
    what: str

    def __str__(self) -> str:
        """Return the row in Markdown."""
        clock, works = "", ""
        if self.who:
            local = HOURS[self.who].local(self.at)
            clock = f"{local:%a %d %b %H:%M} {_offset(local)}"
            works = "yes" if HOURS[self.who].working(self.at) else "no"
        what = self.what.replace("|", "/").replace("\\n", " ⏎ ")
        return f"| {self.at:%d %H:%M} | {clock} | {works} | {self.card} | {self.actor} | {what} |\n"


def table(stage: Stage) -> str:
    """Return the whole document."""
    rows = sorted(_rows(stage), key=lambda row: row.at)
    parts = [HEAD, _people(), _cards(stage)]
    for month in range(1, 13):
        mine = [row for row in rows if row.at.month == month and row.at.year == FIRST.year]
        parts.append(f"\n## {datetime(2026, month, 1):%B %Y}\n\n")  # noqa: DTZ001 - a heading
        parts.append(COLUMNS + "".join(map(str, mine)))
    return "".join((*parts, _figures(restraint(stage))))


def _rows(stage: Stage) -> Iterator[Row]:
    for act in stage.acts:
        yield Row(act.at, act.who, f"#{act.number:03}", act.who, act.what)
    for done in stage.done:
        yield from _done(done, _since(stage, done) or done.note)
    for at in stage.restarts:
        yield Row(at, "", "", "bot", "*starts anew with an empty state folder*")
    yield from _days()


def _since(stage: Stage, done: Done) -> str:
    """Return since when the addressee of an offer of help has done nothing, on their clock."""
    change = done.planned.change
    if done.planned.rule != "stall" or not isinstance(change, PostComment):
        return ""
    who = change.mentions[0]
    since = quiet_since(stage, done.number, who, done.at)
    return f"quiet since {HOURS[who].local(since):%a %d %b %H:%M}" if since else ""


def _done(done: Done, note: str) -> Iterator[Row]:
    card, change = f"#{done.number:03}", done.planned.change
    match change:
        case PostComment(mentions=mentions):
            code = done.planned.reason.code
            values = ", ".join(done.planned.reason.values.values())
            why = f"**{done.planned.rule}**: {code}" + (f" {values}" if values else "")
            who = mentions[0]
            yield Row(done.at, who, card, f"bot → {who}", f"{why}; {note}" if note else why)
        case AddLabel(name=name):
            yield Row(done.at, "", card, "bot", f"puts on « {name} »")
        case RemoveLabel(name=name):
            yield Row(done.at, "", card, "bot", f"takes off « {name} »")
        case SetDates(due=due):
            yield Row(done.at, "", card, "bot", f"sets due to {due:%a %d %b %H:%M} UTC")
        case Untick(name=name):
            yield Row(done.at, "", card, "bot", f"unticks « {name} »")
        case React():
            yield Row(done.at, "", card, "bot", "👍")
        case _:
            return


def _days() -> Iterator[Row]:
    """Yield a row at the start of each day that is not like the others."""
    day = FIRST
    while day <= LAST:
        at = datetime(day.year, day.month, day.day, tzinfo=HOURS["mel"].local(_noon(day)).tzinfo)
        what = [f"{CLOCK_CHANGES[day]}"] if day in CLOCK_CHANGES else []
        what += [
            f"{name} ({region})" for region, days in HOLIDAYS.items() if (name := days.get(day))
        ]
        for each in EVERYBODY.values():
            what += [f"{each.username} away until {b:%d %b}" for a, b in each.away if a == day]
        if what:
            yield Row(
                at.replace(tzinfo=_noon(day).tzinfo),
                "",
                "",
                "",
                f"*{day:%A %d %B}: {'; '.join(what)}*",
            )
        day += timedelta(days=1)


def _noon(day: object) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


def _people() -> str:
    rows = "".join(
        f"| {each.username} | {each.zone} | {each.hours} | {each.holidays or 'none'} |"
        f" {', '.join(f'{a:%d %b}–{b:%d %b}' for a, b in each.away)} |\n"
        for each in EVERYBODY.values()
    )
    return f"\n## People\n\n| who | zone | hours | holidays | away |\n|---|---|---|---|---|\n{rows}"


def _cards(stage: Stage) -> str:
    rows = "".join(
        f"| #{task.number:03} | {task.title} | {task.temper} | {task.state} |\n"
        for task in stage.written
    )
    return f"\n## Cards\n\n| card | title | how it goes | at the end |\n|---|---|---|---|\n{rows}"


def _figures(found: Restraint) -> str:
    rules = "".join(f"| {name} | {count} |\n" for name, count in found.by_rule.items())
    tempers = "".join(
        f"| {name} | {cards} | {middle:g} |\n" for name, (cards, middle) in found.by_temper.items()
    )
    return f"""
## Restraint

- Cards: {found.cards}, delivered: {found.delivered}
- Bot comments per delivered card: median {found.median:g}, 95th percentile {found.percentile_95},
  most {found.per_card[-1]}
- Comments that time alone brought about: {found.timed}, outside working time: {found.timed_outside}
- Comments that do not mention exactly one person: {found.other_mentions}

| how the card went | delivered | median of comments |
|---|---|---|
{tempers}
| rule: reason | comments |
|---|---|
{rules}"""


def _offset(local: datetime) -> str:
    hours = local.strftime("%z")
    return f"{hours[0]}{int(hours[1:3])}" + (f":{hours[3:]}" if hours[3:] != "00" else "")
