"""The last lines: the week in numbers, where the pages are, how to go on."""

from pathlib import Path

from msgspec import Struct
from rich.table import Table
from rich.text import Text

from bot.demo.outcome import Event
from bot.demo.telling import Teller
from bot.demo.week import Tally

_HAND_OVERS: tuple[Event, ...] = ("handed", "copied", "told")
_ASKED: tuple[Event, ...] = ("asked", "asked_core")
_COUNTED: tuple[Event, ...] = (
    "passed",
    "checked_in",
    "offered_help",
    "asked_date",
    "delivered",
    "digest",
)
"""One line each."""


class Pages(Struct, frozen=True):
    """Where the board can be looked at."""

    before: Path
    after: Path


def show_ending(teller: Teller, tally: Tally, pages: Pages) -> None:
    """Print the ending."""
    teller.heading(teller.say("sum"))
    _columns(teller, _numbers(teller, tally))
    teller.console.print()
    teller.heading(teller.say("pages"))
    for name, page in (("before", pages.before), ("after", pages.after)):
        # A path that is wrapped cannot be copied or clicked.
        shown = page.resolve()
        line = Text(f"  {teller.say(name):<8}").append(str(shown), style=f"link {shown.as_uri()}")
        teller.console.print(line, soft_wrap=True)
    teller.console.print()
    teller.heading(teller.say("go_on"))
    _columns(
        teller,
        {
            "delegate-bot sandbox": teller.say("go_on_sandbox"),
            teller.say("readme"): teller.say("go_on_readme"),
        },
    )


def _numbers(teller: Teller, tally: Tally) -> dict[str, str]:
    requests = teller.say(
        "sum_requests_value", requests=str(tally.requests), writes=str(tally.writes)
    )
    handed = sum(tally.events[each] for each in _HAND_OVERS)
    numbers = {
        teller.say("sum_handed"): str(handed),
        teller.say("sum_asked", owner=teller.owner): str(
            sum(tally.events[each] for each in _ASKED)
        ),
    }
    for each in _COUNTED:
        numbers[teller.say(f"sum_{each}", owner=teller.owner)] = str(tally.events[each])
    numbers[teller.say("sum_alone")] = str(tally.alone)
    numbers[teller.say("sum_requests")] = requests
    return numbers


def _columns(teller: Teller, rows: dict[str, str]) -> None:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for left, right in rows.items():
        grid.add_row(Text(f"  {left}"), Text(right, style="bold"))
    teller.console.print(grid)
