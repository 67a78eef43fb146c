"""The long campaign: single faults of all scenarios, pairs, triples, two workers, drawn runs."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path
from random import Random

import msgspec
from msgspec import Struct

from tests.simulation.draw import drawn
from tests.simulation.faults import FAULTS
from tests.simulation.place import playground
from tests.simulation.run import run
from tests.simulation.scenarios import SCENARIOS
from tests.simulation.secrets import listening
from tests.simulation.singles import singles
from tests.simulation.spec import Spec, Strike

HANDS = 2
"""Processes that work at once."""

PORTION = 64
"""Runs handed out at once."""

_KINDS = tuple(each.name for each in FAULTS)
_NAMES = tuple(SCENARIOS)


class Part(Struct):
    """What one part of the campaign showed."""

    name: str
    runs: int = 0
    requests: int = 0
    seconds: float = 0.0
    """Of computing, on all hands together."""
    broken: list[str] = msgspec.field(default_factory=list)
    """Each run that broke a promise, with its trace."""
    codes: dict[str, int] = msgspec.field(default_factory=dict)
    """How often each promise was broken."""


class Shown(Struct, frozen=True):
    """What one run showed, as it travels between processes."""

    requests: int
    seconds: float
    codes: tuple[str, ...]
    told: str


def pairs(first: int) -> Iterator[Spec]:
    """Yield runs with two faults."""
    return _several(2, first)


def triples(first: int) -> Iterator[Spec]:
    """Yield runs with three faults."""
    return _several(3, first)


def _several(number: int, first: int) -> Iterator[Spec]:
    for seed in count(first):
        rng = Random(seed)  # noqa: S311 - the same seed, the same run
        strikes = tuple(
            Strike(rng.choice(_KINDS), rng.randrange(1, 24), before=rng.choice(("any", "write")))
            for _ in range(number)
        )
        yield Spec(
            rng.choice(_NAMES),
            seed,
            strikes,
            forget=rng.random() < 0.5,
            every=rng.choice((10.0, 60.0)),
        )


def two_workers(first: int) -> Iterator[Spec]:
    """Yield drawn runs with two workers, with and without a common lease."""
    for seed in count(first):
        yield msgspec.structs.replace(drawn(seed), team="lease" if seed % 2 else "apart")


def others(first: int) -> Iterator[Spec]:
    """Yield runs as the seeds draw them."""
    return (drawn(seed) for seed in count(first))


def every_single(_: int) -> Iterator[Spec]:
    """Yield every single fault of every scenario."""
    return (spec for name in SCENARIOS for spec in singles(name, _folder()))


PARTS: dict[str, tuple[Callable[[int], Iterable[Spec]], float]] = {
    "all single faults of all scenarios": (every_single, 0.3),
    "pairs of faults": (pairs, 0.15),
    "triples of faults": (triples, 0.15),
    "two workers": (two_workers, 0.2),
    "drawn runs": (others, 0.2),
}
"""What is run, and its share of the time."""


def campaign(minutes: float, first: int) -> list[Part]:
    """Run every part for its share of so many minutes, with seeds from ``first`` on."""
    with get_context("spawn").Pool(HANDS, initializer=_begin) as pool:
        found = []
        for name, (specs, share) in PARTS.items():
            part, until = Part(name), time.monotonic() + minutes * 60 * share
            found.append(part)
            left = iter(specs(first))
            # In portions: a pool draws from an endless list without end.
            while time.monotonic() < until and (portion := list(islice(left, PORTION))):
                for shown in pool.imap_unordered(one_run, portion, chunksize=4):
                    _count(part, shown)
        return found


def _count(part: Part, shown: Shown) -> None:
    part.runs += 1
    part.requests += shown.requests
    part.seconds += shown.seconds
    for code in set(shown.codes):
        part.codes[code] = part.codes.get(code, 0) + 1
    if shown.codes:
        part.broken.append(shown.told)


def one_run(spec: Spec) -> Shown:
    """Make one run in this process."""
    started = time.process_time()
    outcome = run(spec, _folder())
    return Shown(
        requests=len(outcome.trace),
        seconds=time.process_time() - started,
        codes=tuple(each.code for each in outcome.problems),
        told=outcome.told() if outcome.problems else "",
    )


_open = ExitStack()
_places: list[Path] = []


def _begin() -> None:
    _open.enter_context(listening())
    _folder()


def _folder() -> Path:
    """Return this process's playground, made once and gone with the process."""
    if not _places:
        _places.append(_open.enter_context(playground()))
    return _places[0]
