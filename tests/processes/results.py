"""RESULTS.md: what the last campaign has counted."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot import wiring
from tests.processes.figures import Figures
from tests.processes.kinds_of_run import KINDS
from tests.provenance import commit, machine

RESULTS = Path(__file__).with_name("RESULTS.md")


def table(figures: Figures, seed: str, seconds: float, waited: float | None) -> str:
    """Return the page."""
    kills, stops = figures.kills.total(), figures.stops.total()
    minute = "FAILED" if waited is None else f"{waited:.0f} s, exit 3, no request"
    lines = [
        "# The last campaign against real processes",
        "",
        f"`python -m tests.processes --minutes {seconds / 60:.0f} --seed {seed}`",
        f"at commit {commit()}, {wiring.clock():%d %B %Y}, on {machine()}.",
        "Every process is the real program over real HTTP on loopback.",
        "Cold: `python -m bot` in a new interpreter.",
        "Forked: from a process that has imported it and parsed its phrases; then the same `main`.",
        "",
        "| | |",
        "|---|---|",
        f"| runs | {figures.runs.total()} |",
        f"| runs that did not end as an undisturbed one | {figures.failures} |",
        f"| processes killed (SIGKILL) | {kills} |",
        f"| processes told to stop (SIGTERM, SIGINT, up to four at once) | {stops} |",
        f"| broken connections and odd answers | {figures.troubles.total()} |",
        f"| runs in which something stood twice until the next pass | {figures.doubled} |",
        f"| wait for a lease held elsewhere | {minute} |",
        f"| wall time | {seconds / 60:.1f} min |",
        "",
        *_section("Runs by kind", figures.runs),
        *(f"- {name}: {each.kind.__doc__}" for name, each in KINDS.items()),
        "",
        *_section("Runs by start", figures.starts),
        *_section("Kills by moment", figures.kills),
        *_section("Stops by moment", figures.stops),
        *_section("How those processes ended (0: before the blow, or stopped)", figures.ends),
        *_section("Passes until rest, the last of which writes nothing", figures.passes),
        *_section("Broken connections and odd answers", figures.troubles),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _section(title: str, counted: Mapping[Any, int]) -> Iterator[str]:
    yield from (f"## {title}", "", "| | |", "|---|---|")
    yield from (f"| {name} | {times} |" for name, times in sorted(counted.items()))
    yield ""
