"""When the bot looks, and what befalls its worker: all around the moments that matter."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum
from itertools import cycle
from random import Random

from msgspec import Struct

from tests.end_to_end.digests.owners import Owner
from tests.end_to_end.digests.reckoning import DAY, MINUTE, Week, weeks

HOUR = timedelta(hours=1)


class Death(Enum):
    """Where a worker dies as it posts a digest."""

    UNSENT = "before Trello has it"
    UNHEARD = "when Trello has it, before the answer"
    TOLD = "after the answer, before the dashboard"


class Look(Struct, frozen=True):
    """An instant at which the bot makes a pass."""

    at: datetime
    forgets: bool = False
    """It starts anew with an empty disk."""
    dies: Death | None = None
    """Where, if this pass posts a digest."""


class Trouble(Struct, frozen=True):
    """What befalls the worker in a week, told from when the digest is due."""

    down: tuple[timedelta, timedelta] | None = None
    """From when to when there is no pass; the first comes at the end."""
    forgets: frozenset[timedelta] = frozenset()
    dies: Death | None = None


_JUST_BEFORE, _NOW, _JUST_AFTER = -MINUTE, timedelta(), MINUTE

TROUBLES = (
    Trouble(),
    Trouble(down=(-3 * MINUTE, 17 * MINUTE)),
    Trouble(forgets=frozenset((_JUST_BEFORE, _NOW, _JUST_AFTER))),
    Trouble(down=(-HOUR, 4 * HOUR)),
    Trouble(dies=Death.TOLD),
    Trouble(down=(-2 * HOUR, 25 * HOUR), forgets=frozenset((25 * HOUR,))),
    Trouble(dies=Death.UNHEARD, forgets=frozenset((_JUST_AFTER,))),
    Trouble(),
    Trouble(down=(-20 * HOUR, 66 * HOUR)),
    Trouble(dies=Death.UNSENT, forgets=frozenset((_JUST_AFTER,))),
    Trouble(dies=Death.TOLD, forgets=frozenset((_JUST_AFTER,))),
    Trouble(down=(-2 * DAY, 3 * DAY + 10 * MINUTE)),
    Trouble(dies=Death.UNHEARD),
    Trouble(dies=Death.UNSENT),
)
"""One week after the other."""

_WEEK, _THREE_WEEKS = 7 * DAY, 20 * DAY + 5 * HOUR

OF_THEIR_OWN = {
    "2026-W10": Trouble(down=(-DAY, _WEEK - 2 * HOUR), forgets=frozenset((_WEEK - 2 * HOUR,))),
    "2026-W24": Trouble(down=(-DAY, _THREE_WEEKS), forgets=frozenset((_THREE_WEEKS,))),
    "2026-W44": Trouble(down=(-DAY, _WEEK + 3 * HOUR)),
    "2026-W51": Trouble(),
    "2026-W52": Trouble(),
    "2026-W53": Trouble(dies=Death.TOLD),
    "2027-W10": Trouble(down=(-3 * HOUR, _WEEK - MINUTE)),
    "2027-W36": Trouble(down=(-DAY, _THREE_WEEKS + DAY)),
}
"""Weeks with another trouble: outages in which digests are left out, and the turn of the year."""


def looks(owner: Owner, seed: int, end: datetime) -> tuple[Look, ...]:
    """Return every pass of the two years, oldest first."""
    chance = Random(seed)  # noqa: S311 - a script, no secret
    found: dict[datetime, Look] = {}
    for week, trouble in _troubles(weeks(owner)):
        for look in (*_around(week, trouble), *_anywhere(week, trouble, owner, chance)):
            known = found.get(look.at, look)
            found[look.at] = look if look.forgets or look.dies else known
    down = _downtimes(weeks(owner))
    return tuple(
        found[at]
        for at in sorted(found)
        if at < end and not any(start <= at < over for start, over in down)
    )


def _around(week: Week, trouble: Trouble) -> Iterator[Look]:
    """Yield the passes at a week's digest, and those after an outage."""
    for after in (_JUST_BEFORE, _NOW, _JUST_AFTER):
        dies = trouble.dies if after == _NOW else None
        yield Look(week.due + after, after in trouble.forgets, dies)
    if trouble.down is not None:
        _, up = trouble.down
        yield Look(week.due + up, up in trouble.forgets)
        for hours in (0.1, 5, 13):
            yield Look(week.due + up + hours * HOUR)


def _anywhere(week: Week, trouble: Trouble, owner: Owner, chance: Random) -> Iterator[Look]:
    """Yield a pass at any hour of the week, one when the owner is at work, more after an outage."""
    clock = owner.clock
    yield Look(week.due + MINUTE * chance.randrange(2, 7 * 24 * 60))
    for day in (0, 1, 2) if trouble.down else (0,):
        up = trouble.down[1] if trouble.down else timedelta()
        start = week.due + max(up, timedelta()) + day * DAY
        minutes = [n for n in range(2, 4 * 24 * 60, 7) if clock.working(start + n * MINUTE)]
        if minutes:
            yield Look(start + MINUTE * chance.choice(minutes))


def _troubles(every: Sequence[Week]) -> Iterator[tuple[Week, Trouble]]:
    for week, trouble in zip(every, cycle(TROUBLES), strict=False):
        yield week, OF_THEIR_OWN.get(week.name, trouble)


def _downtimes(every: Sequence[Week]) -> list[tuple[datetime, datetime]]:
    return [
        (week.due + trouble.down[0], week.due + trouble.down[1])
        for week, trouble in _troubles(every)
        if trouble.down is not None
    ]
