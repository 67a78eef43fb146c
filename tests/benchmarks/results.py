"""RESULTS.md: each goal beside what was measured, then all figures."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from bot import wiring
from tests.benchmarks.campaign import Findings, Large
from tests.benchmarks.figures import Figures
from tests.benchmarks.job import BOT, DECODED, PARSED, Result
from tests.benchmarks.line import LATENCY, demanded
from tests.benchmarks.premises import DESCRIPTION, ENTRIES, Size
from tests.benchmarks.sweeps import PY_TRELLO
from tests.provenance import commit, machine

RESULTS = Path(__file__).with_name("RESULTS.md")


_METHOD = f"""\
Waiting is virtual: {LATENCY * 1000:.0f} ms for each request, and the limits.
CPU and memory are real, of a process in which nothing else runs; what answers runs in another.
Each card has {DESCRIPTION:,} characters of description and {ENTRIES} log entries.
Of the largest boards each figure is that of the run, of three, which computed least.
Shared machines change their speed from one second to the next, so what is compared is measured in
turn, in one process: each answer is decoded once more, alone and with the bot's own decoders, when
the bot has worked on it; the ratio is the median of three runs, one board after the other.  Ticks
on many and on few cards take turns likewise.
An answer with exactly 1,000 cards may be cut: they are asked for again page by page, with two more
requests than the goal has; no single request could tell.
"""

_COMPARED = """\
![Requests and time against cards](cost.svg)

Other tools pace nothing and would be refused.
Here the line holds their requests back until the limit lets them pass: they could do no better.
*limit* is what the limit alone demands for so many requests; *time* is latency, limits and CPU.
"""


def page(found: Findings, seconds: float) -> str:
    """Return the page."""
    lines = [
        "# What reading and writing cost",
        "",
        f"`make bench` at commit {commit()}, {wiring.clock():%d %B %Y}, on {machine()}.",
        f"It took {seconds / 60:.1f} minutes.",
        "",
        _METHOD,
        "## Goals",
        "",
        "| | goal | measured | |",
        "|---|---|---|---|",
        *(f"| {what} | {goal} | {shown} | {_met(ok)} |" for what, goal, shown, ok in goals(found)),
        "",
        "## Beside other tools",
        "",
        _COMPARED,
    ]
    for size, results in found.compared.items():
        lines += [f"### {_boards(size)}", "", *_compared(results), ""]
    lines += ["## The largest boards", "", *_large(found.large), ""]
    lines += ["## Reading and decoding in turn, CPU", "", *_beside(found.large), ""]
    return "\n".join(lines).rstrip() + "\n"


def _boards(size: Size) -> str:
    boards = "one board" if size.boards == 1 else f"{size.boards} boards"
    return f"{size.cards:,} cards on {boards}, {size.delegated:.0%} delegated".replace("%", " %")


Goal: TypeAlias = tuple[str, str, str, bool | None]
"""What, how much, what was measured, and whether that is met; ``None``: it is only reported."""


def goals(found: Findings) -> Iterator[Goal]:
    """Yield each goal."""
    yield from _requests(found)
    yield from _computing(found)
    for each in _whole(found):
        peak = each.ours.steps["idle"].peak
        shown = f"{peak:.0f} MB ({each.ours.base:.0f} MB of them before the first request)"
        yield f"peak memory, {_named(each.size)}", "≤ 300 MB", shown, peak <= 300
    forced = found.forced.steps["force"]
    ratio = forced.waited / demanded(forced.requests)
    shown = f"{ratio:.2f} × ({forced.requests:,} requests in {forced.waited:.0f} s)"
    what = "time of `apply --force`, 100 cards labelled at once, against what the limits demand"
    yield what, "≤ 1.2 ×", shown, ratio <= 1.2


def _requests(found: Findings) -> Iterator[Goal]:
    idle = {each[BOT].steps["idle"].requests for each in found.compared.values()}
    idle |= {each.ours.steps["idle"].requests for each in found.large}
    yield "requests, idle, any number of boards", "1", _all(idle), idle == {1}
    cold = found.full[BOT].steps["cold"].requests
    most = 2 + -(-found.entries // 1000)
    for count, asked in (("999", found.nearly.steps["cold"].requests), ("1,000", cold)):
        what = f"requests, cold, one board of {count} delegated cards with {ENTRIES} entries each"
        yield what, f"≤ {most}", str(asked), asked <= most
    theirs = found.full[PY_TRELLO].steps["cold"].requests
    shown = f"{theirs:,} requests: {theirs / cold:,.0f} : 1 cold, {theirs:,} : 1 idle"
    yield "the py-trello loop on the same board", "reported", shown, None


def _computing(found: Findings) -> Iterator[Goal]:
    for each in _whole(found):
        what = f"CPU, cold, {_named(each.size)}, against decoding the same bytes alone"
        alone, parsed = each.ratio(DECODED), each.ratio(PARSED)
        yield what, "≤ 2 : 1", f"{alone:.2f} : 1", alone <= 2
        yield f"{what} with `json.loads`", "reported", f"{parsed:.2f} : 1", None
    for each in _whole(found):
        cpu = each.ours.steps["idle"].cpu * 1000
        yield f"CPU, idle, {_named(each.size)}", "≤ 10 ms", f"{cpu:.1f} ms", cpu <= 10
    for pair in found.growth:
        what = f"growth of an idle tick from {pair.small.cards:,} to {_named(pair.large)}"
        yield f"{what}, on 100 boards", "≤ 1.2 ×", f"{pair.ratio:.2f} ×", pair.ratio <= 1.2


def _whole(found: Findings) -> list[Large]:
    most = max(each.size.cards for each in found.large)
    return [each for each in found.large if each.size.cards == most]


def _named(size: Size) -> str:
    return f"{size.cards:,} cards, {size.delegated:.0%} handed over".replace("%", " %")


def _all(numbers: set[int]) -> str:
    return ", ".join(str(each) for each in sorted(numbers))


def _met(ok: bool | None) -> str:
    return "" if ok is None else "met" if ok else "**missed**"


def _compared(results: Mapping[str, Result]) -> Iterator[str]:
    yield "| | requests | MB | time | limit | CPU | peak memory |"
    yield "|---|---|---|---|---|---|---|"
    for name, result in results.items():
        for step, figures in result.steps.items():
            called = f"{name}, {step}" if name == BOT else name
            yield f"| {called} | {' | '.join(_cells(figures))} |"


def _cells(figures: Figures) -> tuple[str, ...]:
    return (
        f"{figures.requests:,}",
        f"{figures.bytes / 1e6:,.2f}",
        f"{figures.waited + figures.cpu:,.1f} s",
        f"{demanded(figures.requests):,.0f} s",
        f"{figures.cpu:,.3f} s",
        f"{figures.peak:.0f} MB",
    )


def _large(large: tuple[Large, ...]) -> Iterator[str]:
    yield "| boards × cards | handed over | | requests | MB | limit | CPU | peak memory |"
    yield "|---|---|---|---|---|---|---|---|"
    for each in large:
        for step, figures in each.ours.steps.items():
            share = f"{each.size.delegated:.0%}".replace("%", " %")
            requests, carried, _, *rest = _cells(figures)
            cells = " | ".join((requests, carried, *rest))
            yield f"| {each.size} | {share} | {step} | {cells} |"


def _beside(large: tuple[Large, ...]) -> Iterator[str]:
    yield f"| boards × cards | handed over | cold | {DECODED} | ratio | cold | {PARSED} | ratio |"
    yield "|---|---|---|---|---|---|---|---|"
    for each in large:
        cells = [str(each.size), f"{each.size.delegated:.0%}".replace("%", " %")]
        for way in (DECODED, PARSED):
            steps = each.usual(way).steps
            cells += [f"{steps[step].cpu:,.3f} s" for step in ("cold", way)]
            cells.append(f"{each.ratio(way):.2f} : 1")
        yield f"| {' | '.join(cells)} |"
