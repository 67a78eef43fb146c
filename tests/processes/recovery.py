"""What must hold however often the program was killed: the board of an undisturbed run, once."""

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from tests.processes.faces import Face, differences, faces, posted
from tests.processes.place import APPLY, Place

MOST_PASSES = 4
"""Undisturbed passes after which a board must be at rest; one is enough but for a late request."""


class Undisturbed(Struct, frozen=True):
    """What a run without trouble leaves."""

    faces: Mapping[str, Face]
    posted: Counter[str]
    requests: int
    writes: int
    deletions: int


def undisturbed(place: Place) -> Undisturbed:
    """Let one pass work on a board, and see that a further one has nothing to write."""
    assert place.run(*APPLY).ended() == 0, place.log().read_text("utf-8")
    requests, writes = len(place.app.requests), place.writes
    assert place.run(*APPLY).ended() == 0
    assert place.writes == writes
    return Undisturbed(
        faces(place.app.store), posted(place.app.requests), requests, writes, place.deletions
    )


def recover(place: Place) -> None:
    """Make one undisturbed pass, after which nothing may be left.

    A pass is a function of the board: where `undisturbed` has seen that a further one writes
    nothing, the same board needs no further one to prove it.
    """
    assert place.run(*APPLY).ended() == 0, place.log().read_text("utf-8")


def come_to_rest(place: Place) -> None:
    """Make passes until one is complete and writes nothing; ``AssertionError`` if none does."""
    for _ in range(MOST_PASSES):
        before = place.writes
        code = place.run(*APPLY).ended()
        place.trace.append(f"apply: exit {code}, {place.writes - before} writes")
        if code == 0 and place.writes == before:
            return
    message = "the program does not come to rest"
    raise AssertionError(message)


def faults(place: Place, wanted: Undisturbed) -> Iterator[str]:
    """Tell what is not as an undisturbed run would have left it."""
    yield from differences(wanted.faces, faces(place.app.store))
    for path, times in posted(place.app.requests).items():
        if times > wanted.posted[path]:
            yield f"{times} times, for a moment at least, instead of {wanted.posted[path]}: {path}"
