"""cost.svg: requests and time against cards, both axes by powers of ten.

A template of forty lines draws it: a plotting library would be a dependency of hundreds of
files for a picture of straight lines, and its output would differ between its versions.
"""

import math
from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct

from tests.benchmarks.campaign import Findings
from tests.benchmarks.figures import Figures
from tests.benchmarks.job import BOT

PLOT = Path(__file__).with_name("cost.svg")

WIDTH, HEIGHT = 360.0, 320.0
"""Of one panel's inner part."""

COLORS = ("#c0392b", "#e67e22", "#b8860b", "#8e44ad", "#2980b9")


class Axis(Struct, frozen=True):
    """A logarithmic axis."""

    least: float
    most: float
    length: float

    def __call__(self, value: float) -> float:
        """Return how far along a value stands."""
        share = math.log(max(value, self.least) / self.least) / math.log(self.most / self.least)
        return round(share * self.length, 1)

    @property
    def marks(self) -> list[float]:
        """One, two and five of each power of ten on it."""
        found = [
            each * figure for each in [self.powers[0] / 10, *self.powers] for figure in (1, 2, 5)
        ]
        return [each for each in found if self.least <= each <= self.most]

    @property
    def powers(self) -> list[float]:
        """The powers of ten on it."""
        first, last = math.ceil(math.log10(self.least)), math.floor(math.log10(self.most))
        return [10.0**each for each in range(first, last + 1)]


class Curve(Struct, frozen=True):
    """One tool's cost on one board, by its cards."""

    name: str
    color: str
    width: float
    dashes: str
    """How its line is broken, in lengths of stroke and gap."""
    points: tuple[tuple[float, float], ...]


class Panel(Struct, frozen=True):
    """What is drawn on one pair of axes."""

    title: str
    x: Axis
    y: Axis
    curves: tuple[Curve, ...]


def plot(found: Findings) -> str:
    """Return the picture."""
    panels = (
        _panel("Requests", found, lambda each: each.requests),
        _panel("Seconds: latency, limits, CPU", found, lambda each: each.waited + each.cpu),
    )
    here = Environment(
        loader=FileSystemLoader(PLOT.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = here.get_template("cost.svg.jinja")
    return template.render(panels=panels, width=WIDTH, height=HEIGHT, label=label) + "\n"


def _panel(title: str, found: Findings, cost: Callable[[Figures], float]) -> Panel:
    one = {size.cards: each for size, each in found.compared.items() if size.boards == 1}
    names = [*next(iter(one.values()))]
    costs: dict[str, dict[int, float]] = {}
    for name in names:
        for cards, results in one.items():
            for step, figures in results[name].steps.items():
                called = f"{name}, {step}" if name == BOT else name
                costs.setdefault(called, {})[cards] = cost(figures)
    every = [each for one_tool in costs.values() for each in one_tool.values()]
    x = Axis(min(one), max(one), WIDTH)
    y = Axis(_power(min(every), math.floor), _power(max(every), math.ceil), HEIGHT)
    return Panel(title, x, y, tuple(_curves(costs, x, y)))


def _curves(costs: Mapping[str, Mapping[int, float]], x: Axis, y: Axis) -> list[Curve]:
    theirs = iter(COLORS)
    return [
        Curve(
            name=name,
            color="#1e8449" if name.startswith(BOT) else next(theirs),
            width=3.0 if name.startswith(BOT) else 1.5,
            dashes="6 4" if name.endswith("idle") else "none",
            points=tuple((x(cards), HEIGHT - y(cost)) for cards, cost in by_cards.items()),
        )
        for name, by_cards in costs.items()
    ]


def _power(value: float, rounded: Callable[[float], int]) -> float:
    return 10.0 ** rounded(math.log10(value))


def label(value: float) -> str:
    """Write a number on an axis."""
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"
