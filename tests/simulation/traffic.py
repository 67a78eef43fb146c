"""What must hold of the requests themselves, whatever the board looks like afterwards."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from tests.simulation.faults import SETTLE
from tests.simulation.spec import Spec
from tests.simulation.verdict import Problem
from tests.simulation.wire import Heard

_COMMENT = re.compile(r"POST cards/(\w+)/actions/comments")
_REFUSED = {"429", "400", "401", "403", "404"}
"""Endings that say: certainly not carried out."""

UNSENT = "no connection"
"""The fault of which not one byte left this machine: repeating is safe."""

MOST_SKEW = 2.0
"""Minutes that the bot's clock may be off (G7)."""


def is_write(each: Heard) -> bool:
    """Tell whether a request changes something."""
    return not each.request.startswith("GET")


def unread_before_comment(trace: Sequence[Heard], _: Spec) -> Iterator[Problem]:
    """The card is read before each comment: nothing else comes between."""
    last: dict[str, Heard] = {}
    for each in trace:
        found = _COMMENT.match(each.request)
        before = last.get(each.worker)
        if found and before is not None and not _reads(before, found[1]):
            yield Problem("unread", f"{each}: came after {before.request}")
        if each.fault != UNSENT and each.ending not in _REFUSED:
            last[each.worker] = each


def _reads(each: Heard, card_id: str) -> bool:
    card = each.request.startswith(f"GET cards/{card_id}")
    return card or bool(re.match(r"GET actions/\w+/reactions", each.request))


def sent_again(trace: Sequence[Heard], spec: Spec) -> Iterator[Problem]:
    """No write is repeated while an earlier one may still take effect."""
    if spec.team == "apart":
        return
    seen: dict[tuple[str, str], Heard] = {}
    for each in trace:
        if not each.request.startswith("POST"):
            continue
        before = seen.get((each.request, each.digest))
        if before is not None and _apart(before, each) < SETTLE:
            yield Problem("sent again", f"{each}: {_apart(before, each):.0f} s after {before}")
        if each.ending not in _REFUSED and each.fault != UNSENT:
            seen[each.request, each.digest] = each


def _apart(one: Heard, other: Heard) -> float:
    return (_hour(other) - _hour(one)).total_seconds()


def _hour(each: Heard) -> datetime:
    return datetime.fromisoformat(each.at)


def written_after_refusal(trace: Sequence[Heard], _: Spec) -> Iterator[Problem]:
    """G7: once the credentials are refused, the pass writes nothing more."""
    refused: set[tuple[str, int]] = set()
    for each in trace:
        place = (each.worker, each.round)
        if is_write(each) and place in refused:
            yield Problem("not stopped", str(each))
        if each.ending == "401":
            refused.add(place)


def written_by_a_wrong_clock(trace: Sequence[Heard], spec: Spec) -> Iterator[Problem]:
    """G7: with a clock that is off, nothing is written."""
    last = max((each.at for each in trace if each.skewed), default="")
    for each in trace:
        if abs(spec.skew) > MOST_SKEW and each.at <= last and is_write(each) and each.skewed:
            yield Problem("wrong clock", str(each))


def refused_by_the_limits(trace: Sequence[Heard], _: Spec) -> Iterator[Problem]:
    """G5: the service itself never has to refuse a request for its number."""
    for each in trace:
        if each.ending == "429" and not each.fault:
            yield Problem("bound", f"{each}: too many requests")


def two_at_once(trace: Sequence[Heard], spec: Spec) -> Iterator[Problem]:
    """Workers that share a lease never work at the same time."""
    if spec.team != "lease":
        return
    rounds = dict.fromkeys((each.worker, each.round) for each in trace)
    for worker, number in rounds:
        mine = [p for p, e in enumerate(trace) if (e.worker, e.round) == (worker, number)]
        within = trace[mine[0] : mine[-1] + 1]
        other = next((each for each in within if each.worker != worker), None)
        if other is not None:
            yield Problem("two at once", f"{other}: within pass {number} of {worker}")


RULES = (
    unread_before_comment,
    sent_again,
    written_after_refusal,
    written_by_a_wrong_clock,
    refused_by_the_limits,
    two_at_once,
)
