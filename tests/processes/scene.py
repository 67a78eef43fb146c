"""One run on its way: a place, the blows that befall it, and what must hold in the end."""

import signal
import time
from collections.abc import Callable, Iterator
from random import Random
from threading import Timer

from msgspec import Struct, field

from bot.wiring import READS_AT_ONCE
from tests.end_to_end.office import READING
from tests.processes.blows import Blow
from tests.processes.faces import differences, faces
from tests.processes.figures import Figures
from tests.processes.logs import IDLE
from tests.processes.place import Place
from tests.processes.program import GENEROUS, Running
from tests.processes.recovery import Undisturbed, come_to_rest, faults


class Scene(Struct):
    """A run."""

    place: Place
    wanted: Undisturbed
    chance: Random
    figures: Figures
    found: list[str] = field(default_factory=list)
    """What has gone wrong so far."""
    idle: int = 0
    """Passes that found nothing to do before the present process."""

    def note(self, line: str) -> None:
        """Keep what happened for the trace."""
        self.place.trace.append(line)

    def settle_for(self, blows: list[Blow]) -> None:
        """Let writes settle for a second where one may be under way after its process's death."""
        waits = {"carried out only at the next start", "while a lost answer settles"}
        self.place.settle("1s" if any(each.phase in waits for each in blows) else "0s")

    def befall(self, blow: Blow, words: tuple[str, ...]) -> None:
        """Start a process and let a blow befall it; wait for its end."""
        self.idle = self._idle_passes()
        process = self.place.run(*words, strike=blow.strike)
        self.endure(process, blow, words)

    def endure(
        self, process: Running, blow: Blow, words: tuple[str, ...], *, alone: bool = True
    ) -> None:
        """Let a blow befall a process that has been started with its strike; wait for its end.

        ``alone``: no other process of this host asks for anything meanwhile.
        """
        desk = self.place.desk
        timer = self._clock(process, blow) if blow.is_timed else None
        code = self._ended(process, blow, words)
        if timer is not None:
            timer.cancel()
        counted = self.figures.kills if blow.is_kill else self.figures.stops
        counted[blow.phase] += 1
        self.figures.ends[f"{words[0]}: {code}"] += 1
        self.note(f"{' '.join(words)}: {blow}: exit {code}, {self.place.writes} writes so far")
        self.found += self._wrong_end(blow, words[0], code)
        if alone and desk.struck.is_set() and not blow.is_timed:
            self.found += _too_much(words[0], desk.since, blow)
        if blow.forget:
            self.place.forget()

    def rest(self, *, exact: bool) -> None:
        """Let undisturbed passes follow until nothing is left to do, and compare the boards."""
        before = len(self.place.trace)
        come_to_rest(self.place)
        self.figures.passes[len(self.place.trace) - before] += 1
        if exact:
            self.found += faults(self.place, self.wanted)
        else:
            self.found += differences(self.wanted.faces, faces(self.place.app.store))

    def _clock(self, process: Running, blow: Blow) -> Timer:
        def strike() -> None:
            for each in blow.signals:
                process.send(each)

        if blow.phase == "while a lost answer settles":
            while not self.place.desk.struck.wait(0.05):
                if process.over() or self._idle_passes() > self.idle:
                    break
        timer = Timer(blow.delay, strike)
        timer.start()
        return timer

    def _ended(self, process: Running, blow: Blow, words: tuple[str, ...]) -> int:
        """Return the exit code; a worker that nothing has befallen is struck when it is idle."""
        until = time.monotonic() + GENEROUS
        while words[0] == "worker" and not process.over(0.1) and time.monotonic() < until:
            if self._idle_passes() > self.idle:
                for each in blow.signals:
                    process.send(each)
                break
        return process.ended()

    def _idle_passes(self) -> int:
        log = self.place.log()
        return log.read_text("utf-8").count(IDLE) if log.exists() else 0

    def _wrong_end(self, blow: Blow, command: str, code: int) -> Iterator[str]:
        allowed = {0} if command == "worker" else {0, 3}
        if blow.is_kill:
            allowed = {-signal.SIGKILL, *(() if command == "worker" else (0, 3))}
        unheard = not blow.is_kill and self.place.desk.first is None
        if code not in allowed and not unheard:
            yield f"exit {code} after {blow}"


Kind = Callable[[Scene], None]
"""What happens in a run."""


def _too_much(command: str, since: list[str], blow: Blow) -> Iterator[str]:
    """Yield what a process asked for after a blow: reads may have been on their way beside it."""
    # A worker's passes run beside the thread that hears signals.
    allowed = int(command == "worker")
    writes = [each for each in since if each not in READING]
    if len(writes) > allowed or len(since) > allowed + READS_AT_ONCE:
        yield f"{' '.join(since)} after {blow}"
