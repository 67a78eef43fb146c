"""What the campaign does to the program, kind by kind; each is drawn from a run's own chance."""

from collections.abc import Mapping

from msgspec import Struct

from tests.processes.blows import Blow, drawn
from tests.processes.middleman import between
from tests.processes.place import APPLY
from tests.processes.scene import Kind, Scene
from tests.processes.troubles import HEARD, LOST, AtWrites

LATE = "carried out only at the next start"


def killed_passes(scene: Scene) -> None:
    """Passes killed or stopped one after the other, the folder kept or emptied between them."""
    blows = _blows(scene, 7)
    for each in blows:
        scene.befall(each, APPLY)
    scene.rest(exact=_is_exact(blows))


def killed_workers(scene: Scene) -> None:
    """Workers killed or stopped one after the other, where time passes."""
    blows = _blows(scene, 5)
    for each in blows:
        scene.befall(each, ("worker",))
    scene.rest(exact=_is_exact(blows))


def one_host(scene: Scene) -> None:
    """Two passes at once that share a lease; one of them is killed or stopped."""
    (blow,) = blows = _blows(scene, 1)
    process = scene.place.run(*APPLY, strike=blow.strike)
    other = scene.place.second(*APPLY)
    scene.endure(process, blow, APPLY, alone=False)
    scene.note(f"beside it: exit {other.ended()}")
    scene.rest(exact=_is_exact(blows))


def two_hosts(scene: Scene) -> None:
    """Two passes at once without a common lease; one of them is killed or stopped."""
    (blow,) = _blows(scene, 1)
    process = scene.place.run(*APPLY, strike=blow.strike)
    other = scene.place.second(*APPLY, host="there")
    scene.endure(process, blow, APPLY)
    scene.note(f"on the other host: exit {other.ended()}")
    scene.rest(exact=False)


def broken_wires(scene: Scene) -> None:
    """A pass some of whose connections break below HTTP, before or after the server has acted."""
    troubles = {**LOST, **HEARD}
    names = scene.chance.choices(sorted(troubles), k=scene.chance.randint(1, 6))
    at = scene.chance.sample(range(1, scene.wanted.writes + 1), len(names))
    scene.figures.troubles.update(names)
    scene.note(f"troubles: {dict(zip(at, names, strict=True))}")
    scene.place.settle("0s")
    wires = AtWrites({n: troubles[name] for n, name in zip(at, names, strict=True)})
    with between(scene.place.url, wires) as wire:
        code = scene.place.run(*APPLY, env={"TRELLO_API_URL": wire.url}).ended()
    scene.note(f"over broken wires: exit {code}")
    sent = [each.raw for each in wire.requests if each.method != "GET"]
    if len(sent) != len(set(sent)):
        scene.found.append("a write was sent twice")
    scene.rest(exact=True)


class Share(Struct, frozen=True):
    """How often a kind of run is made, and on which boards."""

    kind: Kind
    weight: int
    boards: tuple[str, ...]


KINDS: Mapping[str, Share] = {
    "passes": Share(killed_passes, 10, ("one", "one", "busy")),
    "workers": Share(killed_workers, 4, ("today",)),
    "two passes, one host": Share(one_host, 2, ("one",)),
    "two passes, two hosts": Share(two_hosts, 2, ("one",)),
    "broken wires": Share(broken_wires, 2, ("one", "busy")),
}


def _blows(scene: Scene, most: int) -> list[Blow]:
    writes = scene.wanted.writes
    blows = [drawn(scene.chance, writes) for _ in range(scene.chance.randint(1, most))]
    scene.settle_for(blows)
    return blows


def _is_exact(blows: list[Blow]) -> bool:
    """Whether nothing may be made twice even for a moment.

    A pass that finds an emptied folder does not wait, so a late write may cross it.
    """
    late = any(each.phase == LATE for each in blows)
    return not (late and any(each.forget for each in blows))
