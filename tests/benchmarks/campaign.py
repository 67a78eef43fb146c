"""Everything that is measured, one part after the other."""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec import Struct

from bot.sandbox import Grant
from tests.benchmarks.apart import run
from tests.benchmarks.copies import printed, write
from tests.benchmarks.job import BOT, DECODED, FORCE, GROWTH, PARSED, Job, Result
from tests.benchmarks.premises import ENTRIES, Premises, Size, furnished
from tests.benchmarks.sweeps import PY_TRELLO, SWEEPS

SIZES = (
    Size(1, 100),
    Size(1, 1000),
    Size(1, 5000),
    Size(20, 1000),
    Size(100, 1000),
    Size(100, 5000),
)
"""Of the boards on which everybody is compared."""

FULL = Size(1, 1000, delegated=1.0)
"""As many cards as one answer can hold: whether it holds all nobody can tell from it."""

NEARLY_FULL = Size(1, 999, delegated=1.0)
"""One card less, and the answer is known to be whole."""

CARDS = 1000
"""On each of the largest boards."""

SHARE = 0.2
TIMES = 3
"""How often the largest boards are read: a ratio is no better than its worse half."""

MANY = 100


class Large(Struct, frozen=True):
    """What boards of so many cards cost us, and how that compares to decoding their answers."""

    size: Size
    ours: Result
    beside: Mapping[str, tuple[Result, ...]]
    """By the way in which they were decoded."""

    def usual(self, way: str) -> Result:
        """Return the run with the median of the ratios of reading to decoding alone."""
        return sorted(self.beside[way], key=partial(_quotient, one="cold", other=way))[TIMES // 2]

    def ratio(self, way: str) -> float:
        """Return reading to decoding alone, in CPU: the median of the runs."""
        return _quotient(self.usual(way), "cold", way)


class Growth(Struct, frozen=True):
    """What an idle tick costs on large and on small boards."""

    large: Size
    small: Size
    ticks: Result

    @property
    def ratio(self) -> float:
        """Return the one to the other, in CPU."""
        return _quotient(self.ticks, "large", "small")


def _quotient(found: Result, one: str, other: str) -> float:
    return found.steps[one].cpu / found.steps[other].cpu


class Findings(Struct, frozen=True):
    """What a campaign has found."""

    compared: Mapping[Size, Mapping[str, Result]]
    full: Mapping[str, Result]
    entries: int
    """In the log of the full board."""
    nearly: Result
    """What the board costs us that lacks one card to be full."""
    forced: Result
    large: tuple[Large, ...]
    growth: tuple[Growth, ...]


def campaign() -> Findings:
    """Measure everything."""
    full, entries = full_board()
    none, its_growth = large(CARDS, 0.0)
    some, their_growth = large(CARDS, SHARE)
    return Findings(
        compared={size: compared(size) for size in SIZES},
        full=full,
        entries=entries,
        nearly=compared(NEARLY_FULL, (BOT,))[BOT],
        forced=labelled_at_once(MANY),
        large=(*none, *some),
        growth=(its_growth, their_growth),
    )


def compared(size: Size, names: tuple[str, ...] = (BOT, *SWEEPS)) -> dict[str, Result]:
    """Run our passes and other tools' sweeps over the same boards, each in its own process."""
    premises = furnished(size)
    return {name: _on(premises, name) for name in names}


def full_board(size: Size = FULL) -> tuple[dict[str, Result], int]:
    """Return what a board costs on which every card is delegated, and how long its log is."""
    return compared(size, (BOT, PY_TRELLO)), size.cards * ENTRIES


def labelled_at_once(cards: int) -> Result:
    """Return what ``apply --force`` costs after so many cards have been labelled at once."""
    premises = Premises()
    premises.fill(premises.add_board(), cards, cards, ("delegate",))
    premises.settle()
    return _on(premises, FORCE)


def large(cards: int, share: float) -> tuple[list[Large], Growth]:
    """Measure boards of which a share is handed over: one, a hundred, a hundred small ones."""
    many, few = Size(100, 100 * cards, share), Size(100, cards, share)
    found: list[Large] = []
    with ExitStack() as stack:
        jobs: dict[Size, Job] = {}
        for each in (cards, cards // 100):
            one = printed(_folder(stack), each, share)
            for boards in (1, 100) if each == cards else (100,):
                folder = _folder(stack)
                write(one, boards, folder)
                job = _job(BOT, folder, one.premises.grant, one.premises.world.clock())
                jobs[Size(boards, boards * each, share)] = job
        for size in (Size(1, cards, share), many, few):
            ours = _least(msgspec.structs.replace(jobs[size], at_once=True))
            beside = {
                way: tuple(run(msgspec.structs.replace(jobs[size], name=way)) for _ in range(TIMES))
                for way in (DECODED, PARSED)
            }
            found.append(Large(size, ours, beside))
        both = msgspec.structs.replace(jobs[many], name=GROWTH, small=jobs[few])
        return found, Growth(many, few, run(both))


def _folder(stack: ExitStack) -> Path:
    return Path(stack.enter_context(TemporaryDirectory()))


def _least(job: Job) -> Result:
    """Return of several runs the one that computed least: what else the machine does only adds."""
    return min((run(job) for _ in range(TIMES)), key=lambda each: each.steps["cold"].cpu)


def _on(premises: Premises, name: str) -> Result:
    """Run a job against a sandbox; the next one finds its limits unused."""
    answerer = premises.answerer()
    with TemporaryDirectory() as folder:
        premises.configure(Path(folder))
        found = run(_job(name, Path(folder), premises.grant, answerer.began), answerer)
    premises.world.advance(timedelta(minutes=1))
    return found


def _job(name: str, folder: Path, grant: Grant, began: datetime) -> Job:
    return Job(name, str(folder / "bot.yaml"), grant.key, grant.token, began)
