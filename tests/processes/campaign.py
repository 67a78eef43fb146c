"""Runs without end, several lanes at once, each run drawn from its own seed."""

import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from shutil import rmtree

from msgspec import Struct

from bot import wiring
from bot.sandbox.clock import Clock
from tests.end_to_end.office import READING
from tests.processes import boards
from tests.processes.figures import Figures
from tests.processes.kinds_of_run import KINDS
from tests.processes.place import open_place
from tests.processes.program import Cold, Start
from tests.processes.recovery import Undisturbed, undisturbed
from tests.processes.scene import Scene

COLD = 0.04
"""Share of the runs whose processes all start cold."""
FRESH = 600.0
"""Seconds after which today's board is made anew, so that its day is today."""


class Model(Struct, frozen=True):
    """A board, how time passes on it, and what an undisturbed pass leaves of it."""

    board: Path
    clock: Clock | None
    wanted: Undisturbed
    made: float


class Failure(Struct, frozen=True):
    """A run that did not end as it must."""

    name: str
    """Seed and number: what the run is drawn from."""
    found: tuple[str, ...]
    trace: tuple[str, ...]
    log: str


MAKERS: Mapping[str, tuple[Callable[[Path], Path], Clock | None]] = {
    "one": (boards.one_card, None),
    "busy": (boards.busy_morning, None),
    "today": (boards.today, wiring.clock),
}


class Lane:
    """Makes runs one after the other, in a folder and with a warm process of its own."""

    def __init__(self, folder: Path, warm: Start) -> None:
        boards.add_kinds(folder)
        self.figures = Figures()
        self._folder, self._warm = folder, warm
        self._models: dict[str, Model] = {}

    def run(self, name: str) -> Failure | None:
        """Make the run that ``name`` draws."""
        chance = Random(name)  # noqa: S311 - a script, no secret
        kind = chance.choices(list(KINDS), weights=[each.weight for each in KINDS.values()])[0]
        model = self._model(chance.choice(KINDS[kind].boards))
        cold = chance.random() < COLD
        self.figures.runs[kind] += 1
        self.figures.starts["cold" if cold else "forked"] += 1
        folder = self._folder / "run"
        with open_place(folder, model.board, model.clock, Cold if cold else self._warm) as place:
            scene = Scene(place, model.wanted, chance, self.figures)
            scene.note(f"{kind} on {model.board.stem}, {'cold' if cold else 'forked'}")
            try:
                KINDS[kind].kind(scene)
            except Exception:  # noqa: BLE001 - whatever happens in a run is its finding
                scene.found.append(traceback.format_exc())
            log = place.log().read_text("utf-8") if place.log().exists() else ""
            writes = [
                f"  {each.method} {each.path} {each.status} {', '.join(each.params)}"
                for each in place.app.requests
                if each.method not in READING
            ]
            self.figures.doubled += place.deletions > model.wanted.deletions
        rmtree(folder)
        if not scene.found:
            return None
        self.figures.failures += 1
        trace = (*place.trace, "all writes that reached the server:", *writes)
        return Failure(name, tuple(scene.found), trace, log[-2000:])

    def _model(self, name: str) -> Model:
        known = self._models.get(name)
        if known is not None and (known.clock is None or time.monotonic() - known.made < FRESH):
            return known
        make, clock = MAKERS[name]
        folder, board = self._folder / "undisturbed", make(self._folder)
        with open_place(folder, board, clock, self._warm) as place:
            wanted = undisturbed(place)
        rmtree(folder)
        self._models[name] = Model(board, clock, wanted, time.monotonic())
        return self._models[name]
