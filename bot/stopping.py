"""How a command is told to stop: by SIGTERM or SIGINT, so that the write in hand is finished."""

import atexit
import math
import signal
import threading
import time
from contextlib import suppress
from queue import Empty, SimpleQueue

STOPPING = (signal.SIGTERM, signal.SIGINT)
"""Signals that ask to stop."""

_NAP = 0.5
"""Seconds; a signal that comes just before a thread falls asleep is noted, but wakes nobody."""


class Stop(threading.Event):
    """Tells everybody to stop; a signal's handler may set it at any moment.

    A handler runs between any two steps of the main thread, so a second signal can come while the
    first is being heard, or while the main thread is about to wait.  `threading.Event` takes a lock
    in both and would wait for itself for ever; a `SimpleQueue` may be put into at any moment.
    Whoever waits wakes now and then, since handlers run only when the main thread is awake.
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked = False
        self._told: SimpleQueue[None] = SimpleQueue()

    def set(self) -> None:
        """Ask to stop; again changes nothing."""
        self._asked = True
        self._told.put(None)

    def is_set(self) -> bool:
        """Whether somebody has asked."""
        return self._asked

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until somebody asks, or for ``timeout`` seconds; return whether anybody has."""
        until = math.inf if timeout is None else time.monotonic() + timeout
        while not self._asked and (left := until - time.monotonic()) > 0:
            with suppress(Empty):
                self._told.get(timeout=min(left, _NAP))
                self._told.put(None)  # for whoever else waits
        return self._asked


def stopped_by_signal() -> Stop:
    """Return an event that SIGTERM or SIGINT sets; further signals change nothing."""
    stopped = Stop()
    for number in STOPPING:
        signal.signal(number, lambda *_: stopped.set())
        # While the interpreter ends, a further signal must not change the exit code.
        atexit.register(signal.signal, number, signal.SIG_IGN)
    return stopped
