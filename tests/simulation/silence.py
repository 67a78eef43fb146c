"""People who ask for silence are heard: after the next read of the card nothing is written."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from tests.simulation.verdict import Problem
from tests.simulation.wire import Heard

_CARD = re.compile(r"\w+ cards/(\w+)")


class Silenced(Struct, frozen=True):
    """A card that a person took out of the bot's hands, and after how many requests."""

    card_id: str
    after: int
    what: str


def spoken_into_silence(trace: Sequence[Heard], silenced: Sequence[Silenced]) -> Iterator[Problem]:
    """Yield each write to a card that the bot had read since it was silenced."""
    for each in silenced:
        readers: set[str] = set()
        for heard in trace[each.after :]:
            found = _CARD.match(heard.request)
            if found is None or found[1] != each.card_id:
                continue
            if heard.request == f"GET cards/{each.card_id}" and heard.fault == "":
                readers.add(heard.worker)
            elif heard.worker in readers and not _allowed(heard, each):
                yield Problem("not silent", f"{heard}: after {each.what}")


def _allowed(heard: Heard, silenced: Silenced) -> bool:
    """Allow reads, and giving a covered text back; on a card taken back the bot mends more.

    It takes down its flag, and takes off what it made twice.
    """
    takes_off = heard.request.startswith("DELETE")
    gives_back = heard.request == f"PUT cards/{silenced.card_id}"
    taken_back = any(each in silenced.what for each in ("taken off", "archived"))
    return heard.request.startswith("GET") or gives_back or (taken_back and takes_off)
