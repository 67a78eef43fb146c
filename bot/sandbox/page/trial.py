"""A bot on trial: the clock moves on demand, and the bot makes its passes on the way."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from threading import Lock
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.sandbox.clock import Movable
from bot.sandbox.page.passes import Pass, Round, Worker

Step: TypeAlias = Literal["pass", "hour", "day", "monday"]

TICK = timedelta(minutes=1)
"""A bot looks every minute, so a minute goes by before each pass that somebody asks for."""

MOST_PASSES = 200
"""Between two looks at the page; what comes later waits for the next one."""

OPENING = time(9)
"""When Monday begins."""


@dataclass(slots=True)
class Trial:
    """Who is on trial, and what it did last."""

    zone: str = "UTC"
    """The owner's IANA zone: the page shows it unless asked for another, and Monday is theirs."""
    zones: Mapping[str, str] = field(default_factory=dict)
    """Where people live, by username, as far as it is known."""
    robot: str = ""
    """The bot's username: nobody can be it."""
    worker: Worker | None = None
    round: Round | None = None
    """What it did last."""
    lock: Lock = field(default_factory=Lock)
    """One round at a time."""

    def go_on(self, clock: Movable, step: Step) -> None:
        """Move the clock by a step; if there is a bot, it makes its passes meanwhile."""
        with self.lock:
            until = _TARGETS[step](clock(), ZoneInfo(self.zone))
            if self.worker is not None:
                self.round = Round(tuple(_passes(self.worker, clock, until)))
            clock.move_to(max(until, clock()))


def _passes(worker: Worker, clock: Movable, until: datetime) -> Iterator[Pass]:
    """Yield a pass for what people have done, one whenever time brings something, and a last one.

    A pass that nothing has happened before and that time brings nothing for would write nothing.
    """
    clock.advance(TICK)
    made = worker.look()
    yield made
    for _ in range(MOST_PASSES):
        if made.problem or made.next_look is None or made.next_look >= until:
            break
        clock.move_to(max(made.next_look, clock()))
        made = worker.look()
        yield made
    if until > clock() and not made.problem:
        clock.move_to(until)
        yield worker.look()


def _next_monday(now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone)
    day = local.date() + timedelta(days=-local.weekday() % 7)
    monday = datetime.combine(day, OPENING, zone)
    if monday <= local:
        monday = datetime.combine(day + timedelta(days=7), OPENING, zone)
    return monday


_TARGETS: Mapping[Step, Callable[[datetime, ZoneInfo], datetime]] = {
    "pass": lambda now, _: now,
    "hour": lambda now, _: now + timedelta(hours=1),
    "day": lambda now, _: now + timedelta(days=1),
    "monday": _next_monday,
}
