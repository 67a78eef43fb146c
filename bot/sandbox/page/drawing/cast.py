"""Who the reader may be, and what hour it is for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.sandbox.clock import Movable, stamp
from bot.sandbox.page.drawing.faces import Face, face
from bot.sandbox.page.scene import Scene, place_of
from bot.sandbox.page.trial import Trial
from bot.sandbox.rows import Board, Member
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody whom the reader may be."""

    face: Face
    link: str
    owner: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Hour:
    """What hour it is somewhere."""

    when: str
    place: str


@dataclass(frozen=True, slots=True)
class Controls:
    """What stands above each page."""

    roles: tuple[Role, ...]
    chosen: Role | None
    hours: tuple[Hour, ...]
    movable: bool
    """The clock can be moved."""
    bot: bool
    """There is a bot to let pass."""


def actors(store: Store, trial: Trial, boards: Sequence[Board]) -> list[Member]:
    """Return who may change these boards, admins first, the bot left out."""
    places = [each for board in boards for each in store.memberships_of(board)]
    places = [each for each in places if each.role != "observer"]
    places.sort(key=lambda each: each.role != "admin")
    found = [store.members[each] for each in dict.fromkeys(each.id_member for each in places)]
    return [each for each in found if each.username != trial.robot]


def controls(store: Store, scene: Scene, trial: Trial, boards: Sequence[Board]) -> Controls:
    """Return what stands above a page about some boards."""
    admins = {
        each.id_member
        for board in boards
        for each in store.memberships_of(board)
        if each.role == "admin"
    }
    roles = tuple(
        Role(
            face=face(store, each.id),
            link=scene.as_link(each.username),
            owner=each.id in admins,
            chosen=each.username == scene.player,
        )
        for each in actors(store, trial, boards)
    )
    return Controls(
        roles=roles,
        chosen=next((each for each in roles if each.chosen), None),
        hours=tuple(_hours(scene, trial)),
        movable=isinstance(store.clock, Movable),
        bot=trial.worker is not None,
    )


def _hours(scene: Scene, trial: Trial) -> Iterator[Hour]:
    """Yield the hour of the owner and, if it is another, of the person that the reader is."""
    now, seen = stamp(scene.now), scene.zone.key
    yield Hour(scene.when(now), place_of(seen))
    theirs = trial.zones.get(scene.player, seen)
    if theirs != seen:
        yield Hour(scene.hour(now, ZoneInfo(theirs)), place_of(theirs))
