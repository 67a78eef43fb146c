"""Where a new or moved thing goes: ``top``, ``bottom`` or a positive number.

On boards of 2026 the first card of an empty list gets 2^47, and each new one at an end lies 16384
further out; checklists and their items count from 16384.
"""

from collections.abc import Sequence

from bot.sandbox import errors

STEP = 16384.0
FIRST = float(2**47)
FIRST_SMALL = STEP


def placed(wanted: object, taken: Sequence[float], *, first: float = FIRST) -> float:
    """Return the position for ``wanted`` among the positions ``taken`` (in any order)."""
    if isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        return _positive(float(wanted))
    if wanted in ("top", "bottom", None, ""):
        return _at_end(str(wanted or "bottom"), taken, first)
    try:
        return _positive(float(str(wanted)))
    except ValueError:
        raise errors.invalid_value("pos") from None


def _at_end(end: str, taken: Sequence[float], first: float) -> float:
    if not taken:
        return first
    if end == "bottom":
        return max(taken) + STEP
    least = min(taken)
    return least - STEP if least > STEP else least / 2


def _positive(number: float) -> float:
    if not 0 < number < float("inf"):
        raise errors.invalid_value("pos")
    return number
