"""Time for several workers in one process: one acts at a time, and the seed says in which order.

Each works in a thread of its own, but only whoever holds the baton runs: a worker that waits hands
it back, and gets it again when its time has come.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Semaphore, Thread, current_thread

from msgspec import Struct

from bot.sandbox.clock import VirtualClock
from tests.simulation.hours import Hours


class _Shift(Struct):
    thread: Thread
    wakes: datetime
    baton: Semaphore


class SharedHours(Hours):
    """Hours that several workers share."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__(clock)
        self._shifts: dict[str, _Shift] = {}
        self._back = Semaphore(0)
        self._failure: BaseException | None = None

    def begin(self, name: str, work: Callable[[], None], seconds: float) -> None:
        """Let somebody start working in so many seconds."""
        baton = Semaphore(0)

        def shift() -> None:
            baton.acquire()
            try:
                work()
            except BaseException as failure:  # noqa: BLE001 - raised again where the run is judged
                self._failure = failure
            finally:
                del self._shifts[name]
                self._back.release()

        thread = Thread(target=shift, name=name, daemon=True)
        self._shifts[name] = _Shift(thread, self.now + timedelta(seconds=seconds), baton)
        thread.start()

    def run(self) -> None:
        """Let everybody work to the end; raises what a worker raised."""
        while self._shifts:
            shift = min(self._shifts.values(), key=lambda each: (each.wakes, each.thread.name))
            due = self.next_due()
            if due is not None and due <= shift.wakes:
                self.do_next()
                continue
            if self.clock() < shift.wakes:
                self.clock.move_to(shift.wakes)
            shift.baton.release()
            self._back.acquire()
        if self._failure is not None:
            raise self._failure

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass; the others work meanwhile."""
        shift = self._shifts.get(current_thread().name) if self._shifts else None
        if shift is None or shift.thread is not current_thread():
            super().wait(seconds)
            return
        shift.wakes = self.now + timedelta(seconds=seconds)
        self._back.release()
        shift.baton.acquire()
