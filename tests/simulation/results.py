"""Writes `RESULTS.md`: what was run, for how long, on what, and what it showed."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from tests.provenance import commit, machine
from tests.simulation.campaign import HANDS, Part
from tests.simulation.planted import BUGS
from tests.simulation.soak import ZONES, Soak, months

FILE = Path(__file__).with_name("RESULTS.md")


class Hunted(Struct, frozen=True):
    """How a planted bug was found; ``seed`` is ``None`` when it was not."""

    seed: int | None
    told: str


class Results(Struct, frozen=True):
    """Everything that a campaign has shown."""

    parts: tuple[Part, ...]
    soak: Soak | None
    hunted: Mapping[str, Hunted]
    minutes: float


def write(results: Results) -> Path:
    """Write the file and return where it stands."""
    FILE.write_text("\n".join(_lines(results)) + "\n", "utf-8")
    return FILE


def _lines(results: Results) -> Iterator[str]:
    yield "# What the simulation has shown"
    yield ""
    yield "Written by `python -m tests.simulation campaign`; do not edit."
    yield ""
    yield f"- Commit: {commit()}"
    yield f"- Machine: {machine()}, {HANDS} processes"
    yield f"- Time asked for: {results.minutes:g} minutes"
    yield ""
    yield from _of_parts(results.parts)
    if results.soak is not None:
        yield from _of_soak(results.soak)
    yield from _of_bugs(results.hunted)


def _of_parts(parts: tuple[Part, ...]) -> Iterator[str]:
    yield "## Runs"
    yield ""
    yield "| part | runs | requests | ms of computing a run | broke a promise |"
    yield "|---|---|---|---|---|"
    for each in parts:
        cost = f"{1000 * each.seconds / max(each.runs, 1):.0f}"
        figures = f"{each.runs} | {each.requests} | {cost} | {len(each.broken)}"
        yield f"| {each.name} | {figures} |"
    yield ""
    for each in parts:
        for told in each.broken[:3]:
            yield f"Broken in {each.name}:"
            yield ""
            yield "```"
            yield from told.splitlines()[:6]
            yield "```"
            yield ""


def _of_soak(shown: Soak) -> Iterator[str]:
    yield "## Soak"
    yield ""
    yield f"{shown.days} simulated days in {len(ZONES)} zones in {shown.seconds:.0f} s: "
    yield f"{shown.cards} cards, {shown.passes} passes, {shown.requests} requests, "
    yield f"{shown.kills} kills, {shown.comments} comments, {shown.check_ins} check-ins, "
    yield f"{len(shown.problems)} promises broken."
    yield ""
    yield from (f"- {line}" for line in months(shown))
    yield from (f"- broken: {line}" for line in shown.problems[:5])
    yield ""


def _of_bugs(hunted: Mapping[str, Hunted]) -> Iterator[str]:
    if not hunted:
        return
    found = sum(each.seed is not None for each in hunted.values())
    yield "## Planted bugs"
    yield ""
    yield f"{found} of {len(hunted)} found within a hundred seeds."
    yield ""
    yield "| bug | what it breaks | seed | found as |"
    yield "|---|---|---|---|"
    for name, each in hunted.items():
        seed = "not found" if each.seed is None else str(each.seed)
        yield f"| {name} | {BUGS[name].breaks} | {seed} | {each.told.replace('|', '/')[:110]} |"
    yield ""
