"""One mutant in a process of its own: put it in, run its tests, stop at the first that fails."""

import os
import resource
import signal
from collections.abc import Sequence
from typing import Any, NoReturn, Protocol

import pytest
from _pytest.runner import runtestprotocol

SURVIVED, KILLED, NOT_RUN = 0, 1, 2
_MEMORY = 6 << 30
"""A loop without end must not eat the machine."""


class Change(Protocol):
    """Puts the mutant in. Raises `CannotSwapError`."""

    def __call__(self) -> None: ...


def run(
    change: Change, items: Sequence[pytest.Item], limits: Sequence[float], told: int
) -> NoReturn:
    """Run the tests and leave with what became of the mutant; ``told`` takes the failed test.

    ``limits``: seconds of computing after which a test is taken to run for ever.
    """
    _be_quiet()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        change()
    except NotImplementedError:
        os._exit(NOT_RUN)
    except BaseException:  # noqa: BLE001 - a program that cannot even be imported
        os._exit(KILLED)
    for place, (item, limit) in enumerate(zip(items, limits, strict=True)):
        signal.setitimer(signal.ITIMER_PROF, limit)
        following = items[place + 1] if place + 1 < len(items) else None
        if not _passes(item, following):
            os.write(told, str(place).encode())
            os._exit(KILLED)
    os._exit(SURVIVED)


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    try:
        reports: list[Any] = runtestprotocol(item, log=False, nextitem=following)
    except BaseException:  # noqa: BLE001 - what ends a test run ends it here, too
        return False
    return not any(each.failed for each in reports)


def _be_quiet() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for each in (0, 1, 2):
        os.dup2(nothing, each)
