"""The bot's year: when it looks, when it loses its memory, when it is down; and the whole run."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.sandbox import Store, VirtualClock
from tests.end_to_end.year.helper import Helper
from tests.end_to_end.year.owner import Owner
from tests.end_to_end.year.people import ASSISTANTS, CLOCK_CHANGES
from tests.end_to_end.year.stage import HALF_MINUTE, Stage
from tests.end_to_end.year.tasks import tasks_of_the_year
from tests.simulation.office import QuietOffice

SEED = 2026
START = datetime(2026, 1, 1, 0, 0, 30, tzinfo=UTC)
END = datetime(2027, 1, 1, tzinfo=UTC)

DOWN = (
    (datetime(2026, 5, 19, 14, 0, tzinfo=UTC), datetime(2026, 5, 20, 9, 10, 30, tzinfo=UTC)),
    (datetime(2026, 9, 11, 12, 0, tzinfo=UTC), datetime(2026, 9, 14, 7, 40, 30, tzinfo=UTC)),
    (datetime(2026, 11, 17, 10, 0, tzinfo=UTC), datetime(2026, 11, 19, 10, 0, 30, tzinfo=UTC)),
)
"""Times without a bot: a night, a weekend, two days."""


class Year:
    """Looks every six hours (every twelve at weekends), also at night; forgets every two weeks."""

    def __init__(self) -> None:
        self._forgets = sorted(_forgets())

    def following(self, now: datetime) -> datetime:
        """Return the next regular look after ``now``, or when the bot is up again."""
        up = next((end for start, end in DOWN if start <= now < end), None)
        if up is not None:
            return up
        hours = 12 if now.weekday() >= 5 else 6
        midnight = now.replace(hour=0, minute=0, second=30, microsecond=0)
        done = (now - midnight) // timedelta(hours=hours)
        return midnight + timedelta(hours=hours) * (done + 1)

    def restarts(self, now: datetime) -> bool:
        """Tell, once for each, whether the bot is to lose its memory now."""
        over = [each for each in self._forgets if each <= now]
        self._forgets = self._forgets[len(over) :]
        return bool(over)

    def asleep(self, now: datetime) -> bool:
        """Tell whether the bot is down."""
        return any(start <= now < end for start, end in DOWN)


def _forgets() -> Iterator[datetime]:
    day = START + timedelta(days=9, hours=10, minutes=7)
    while day < END:
        yield day
        day += timedelta(days=13, hours=1, minutes=11)
    for change in CLOCK_CHANGES:
        yield datetime(change.year, change.month, change.day, 12, tzinfo=UTC)
    yield from (end for _, end in DOWN)


@contextmanager
def whole_year(folder: Path, seed: int = SEED, until: date | None = None) -> Iterator[Stage]:
    """Live the year and yield its stage with the board as it ends.

    A line within the process takes the place of sockets, and no time: that spares a third.
    """
    with closing(QuietOffice(folder, Store(VirtualClock(START - HALF_MINUTE), seed))) as office:
        office.one_way = 0.0
        office.app.windows.enforced = False
        stage = Stage(office, tasks_of_the_year(seed))
        owner = Owner(stage)
        stage.agents["paul"] = owner
        for who in ASSISTANTS:
            stage.agents[who.username] = Helper(stage, who, owner, seed)
        end = END if until is None else datetime(until.year, until.month, until.day, tzinfo=UTC)
        stage.run(end, Year())
        yield stage
