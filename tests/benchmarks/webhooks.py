"""How long a label waits for its hand-over, with webhooks and without: writes WEBHOOKS.md.

``python -m tests.benchmarks.webhooks`` runs the real ``serve`` and ``worker`` in processes of their
own against a served sandbox whose every answer takes 100 ms; its webhooks take as long.
"""

import argparse
import signal
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from msgspec import Struct

from bot import wiring
from bot.sandbox import Store
from bot.sandbox.call import Answer
from bot.sandbox.rows import Card
from tests.end_to_end.office import Office, Peace, open_office
from tests.end_to_end.receivers import at_rest, receiver
from tests.end_to_end.shell import started, typed
from tests.end_to_end.test_serve import EIGHT_STEPS
from tests.provenance import commit, machine

RESULTS = Path(__file__).with_name("WEBHOOKS.md")
LATENCY = timedelta(milliseconds=100)
TICK = 10
"""Seconds between two passes of the worker without webhooks."""


class Waited(Struct, frozen=True):
    """One hand-over."""

    seconds: float
    """From the label to the moment at which the comment stands on the board."""
    requests: int
    """All that the bot asked meanwhile."""
    first: float
    """Seconds from the label to the bot's first request."""


class Watch(Peace):
    """Notes when requests arrive and when a comment stands."""

    def __init__(self) -> None:
        self.arrived: list[float] = []
        self.posted = Event()
        self.at = 0.0

    def before(self, request: Any) -> Answer | None:  # noqa: ARG002
        self.arrived.append(time.monotonic())
        return self.nothing

    def after(self, request: Any, answer: Answer) -> Answer | None:
        super().after(request, answer)
        if request.method == "POST" and "/actions/comments" in request.path:
            self.at = time.monotonic()
            self.posted.set()
        return self.nothing


def handed_over(office: Office, card: Card) -> Waited:
    """Let the owner put the label on a card, and wait for the comment."""
    watch = office.app.faults = Watch()
    began = time.monotonic()
    office.paul.label(card, "delegate")
    if not watch.posted.wait(120):
        raise TimeoutError
    meanwhile = [each for each in watch.arrived if began <= each <= watch.at]
    # A request arrives when half of its latency is over; the sandbox takes it all beforehand.
    first = meanwhile[0] - began - LATENCY.total_seconds()
    return Waited(watch.at - began, len(meanwhile), first)


@contextmanager
def live_office(every: str) -> Iterator[Office]:
    """An office in whose sandbox time passes, with its portfolio card."""
    with (
        TemporaryDirectory() as folder,
        open_office(Path(folder), store=Store(wiring.clock)) as office,
    ):
        office.bot.state.end()
        office.settings["worker"] = {"every": every}
        office.add_portfolio()
        office.app.latency = LATENCY
        yield office


def with_webhooks(runs: int) -> list[Waited]:
    """Return what cards waited whose next tick was ten minutes away."""
    with live_office("10m") as office, receiver(office) as (post, process):
        if typed(office, "setup", "--yes", **post.env).exit_code != 0:
            raise RuntimeError
        found = []
        for number in range(runs):
            card = office.add_card(f"Devis {number}", EIGHT_STEPS)
            at_rest(office.app, 2.5)
            found.append(handed_over(office, card))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        return found


def without_webhooks(runs: int) -> list[Waited]:
    """Return what cards waited for the worker's tick."""
    with live_office(f"{TICK}s") as office, started(office, "worker"):
        found = []
        for number in range(runs):
            card = office.add_card(f"Devis {number}", EIGHT_STEPS)
            Event().wait(TICK + TICK * number / runs)
            found.append(handed_over(office, card))
        return found


def page(called: list[Waited], ticked: list[Waited]) -> str:
    """Return the page."""
    lines = [
        "# From the label to the hand-over comment",
        "",
        f"`python -m tests.benchmarks.webhooks --runs {len(called)}`",
        f"at commit {commit()}, {wiring.clock():%d %B %Y}, on {machine()}.",
        "The real program in its own process, and a served sandbox that takes 100 ms an answer.",
        "A card with eight steps and two attachments, each write after the other: nineteen on the",
        "first card of a board, fewer later, when its answers checklist can be copied.",
        "",
        "| | median | slowest | requests | until the first of them |",
        "|---|---|---|---|---|",
        _row("`serve`, the next tick ten minutes away, the first card", called[:1]),
        _row("`serve`, the cards after it", called[1:]),
        _row(f"`worker`, a tick every {TICK} s", ticked),
    ]
    return "\n".join(lines) + "\n"


def _row(name: str, found: list[Waited]) -> str:
    seconds = [each.seconds for each in found]
    first = statistics.median(each.first for each in found)
    requests = max(each.requests for each in found)
    middle = statistics.median(seconds)
    return f"| {name} | {middle:.2f} s | {max(seconds):.2f} s | {requests} | {first:.2f} s |"


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=12)
    runs = parser.parse_args().runs
    text = page(with_webhooks(runs), without_webhooks(runs))
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
