"""The one wait that only the campaign makes in full: a minute for a lease held elsewhere."""

import time
from pathlib import Path

from filelock import FileLock

from tests.processes import boards
from tests.processes.place import APPLY, open_place

REFUSED = 3
"""Something is left for the next pass."""


def lease_waited_for(folder: Path) -> float | None:
    """Return how many seconds a pass waits for a lease that is never given back.

    ``None``: it did not end with 3, or it asked for something.
    """
    boards.add_kinds(folder)
    with open_place(folder / "place", boards.one_card(folder)) as place:
        place.state().mkdir()
        with FileLock(place.state() / "lease"):
            began = time.monotonic()
            code = place.run(*APPLY).ended(120)
            took = time.monotonic() - began
        return took if code == REFUSED and not place.app.requests else None
