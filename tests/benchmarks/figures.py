"""What is measured of a step, in the process that makes it."""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from tests.benchmarks.line import Line


class Figures(Struct, frozen=True):
    """What one step has cost."""

    requests: int
    bytes: int
    waited: float
    """Seconds of latency and limits."""
    cpu: float
    """Seconds of this process."""
    peak: float
    """The most memory that this process has held so far, in MB, programs included."""


def peak_memory() -> float:
    """Return the most memory that this process has held, in MB (10^6 bytes).

    Linux counts a parent's memory into ``ru_maxrss`` of what it starts; ``VmHWM`` it does not.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        held = next(each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
        return int(held.split()[1]) * 1024 / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def measured(line: Line, step: Callable[[], object]) -> Figures:
    """Return what a step costs."""
    asked, carried, hour = line.requests, line.bytes, line.hours.seconds
    began = time.process_time()
    step()
    return Figures(
        requests=line.requests - asked,
        bytes=line.bytes - carried,
        waited=line.hours.seconds - hour,
        cpu=time.process_time() - began,
        peak=peak_memory(),
    )
