"""Faults of the program, as the log tells of them."""

import traceback

from bot.events import Bug


def bug(problem: BaseException) -> Bug:
    """Return what the log says of a fault of the program; the trace comes with it."""
    frames = traceback.extract_tb(problem.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return Bug(type(problem).__name__, where)
