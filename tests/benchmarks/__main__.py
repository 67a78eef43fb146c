"""``python -m tests.benchmarks``: measures everything, writes RESULTS.md and the plot beside it."""

import time

from tests.benchmarks.campaign import campaign
from tests.benchmarks.plot import PLOT, plot
from tests.benchmarks.results import RESULTS, page

if __name__ == "__main__":
    began = time.monotonic()
    found = campaign()
    RESULTS.write_text(page(found, time.monotonic() - began), "utf-8")
    PLOT.write_text(plot(found), "utf-8")
    print(RESULTS.read_text("utf-8"))  # noqa: T201
