"""The long campaign: ``python -m tests.processes --minutes N [--seed S] [--run K] [--lanes L]``.

Makes runs until the time is over, prints the whole trace of each that fails, and writes RESULTS.md.
``--run`` makes that one run of the seed again and writes nothing.  Exit code 1: something failed.
"""

import argparse
import sys
import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import wiring
from tests.processes.campaign import Failure, Lane
from tests.processes.figures import Figures
from tests.processes.program import Warm
from tests.processes.results import RESULTS, table
from tests.processes.whole_minute import lease_waited_for


def main() -> int:
    """Run the campaign and return the exit code."""
    asked = _arguments()
    print(f"seed {asked.seed}", flush=True)  # noqa: T201 - this is what it prints
    if asked.run is not None:
        with TemporaryDirectory() as folder, Warm(Path(folder)) as warm:
            failure = Lane(Path(folder), warm).run(f"{asked.seed}:{asked.run}")
            return _told(failure)
    began = time.monotonic()
    figures, waited = campaign(asked.seed, asked.minutes, asked.lanes)
    took = time.monotonic() - began
    RESULTS.write_text(table(figures, asked.seed, took, waited), "utf-8")
    print(RESULTS.read_text("utf-8"))  # noqa: T201
    return int(figures.failures > 0 or waited is None)


def campaign(seed: str, minutes: float, lanes: int) -> tuple[Figures, float | None]:
    """Make runs in several lanes until the time is over.

    Returns the figures, and how many seconds a pass has waited for a lease that was never given
    back; ``None``: not as it must.
    """
    until, over = time.monotonic() + minutes * 60, threading.Event()
    figures, numbers, guard = Figures(), count(1), threading.Lock()
    waited: list[float | None] = []

    def lane() -> None:
        with TemporaryDirectory() as folder, Warm(Path(folder)) as warm:
            mine = Lane(Path(folder), warm)
            while time.monotonic() < until and not over.is_set():
                _told(mine.run(f"{seed}:{next(numbers)}"))
        with guard:
            figures.add(mine.figures)

    def whole_minute() -> None:
        with TemporaryDirectory() as folder:
            waited.append(lease_waited_for(Path(folder)))

    _at_once([*[lane] * lanes, whole_minute], over)
    return figures, waited[0] if waited else None


def _at_once(steps: list[Callable[[], None]], over: threading.Event) -> None:
    """Take all steps at once; Ctrl-C asks them to end."""
    threads = [threading.Thread(target=each) for each in steps]
    for each in threads:
        each.start()
    try:
        for each in threads:
            each.join()
    except KeyboardInterrupt:
        over.set()


def _told(failure: Failure | None) -> int:
    if failure is None:
        return 0
    parts = [f"FAILED {failure.name}", *failure.trace, *failure.found, failure.log]
    print("\n".join(parts), file=sys.stderr, flush=True)  # noqa: T201
    return 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.processes")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", default=wiring.clock().strftime("%Y%m%d%H%M%S"))
    parser.add_argument("--run", type=int, help="make one run of this seed again")
    parser.add_argument("--lanes", type=int, default=4, help="runs at once: most of them wait")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
