"""What is kept about a card ends with the card: a worker runs for years."""

import functools
import gc
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType, FunctionType, ModuleType
from typing import Any

from msgspec import Struct

from bot.domain import recall
from bot.packing import Packed
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.office import Office, open_office

_A_WEEK = 7 * 24 * 60.0
"""In minutes."""
_ELSEWHERE = (ModuleType, type, FrameType)


def held_by(*roots: object, but: tuple[object, ...]) -> Iterator[object]:
    """Yield all that these objects hold, but what belongs to these others."""
    seen, left = {*map(id, but)}, list(roots)
    while left:
        each = left.pop()
        if id(each) in seen or isinstance(each, _ELSEWHERE):
            continue
        seen.add(id(each))
        yield each
        left += _inside(each)


def _inside(holder: object) -> Iterable[object]:
    if isinstance(holder, FunctionType):
        # What a function's module holds is not the function's.
        return holder.__closure__ or ()
    if isinstance(holder, Struct):
        # Some are hidden from the collector, which cannot tell then.
        return [getattr(holder, each) for each in holder.__struct_fields__]
    return gc.get_referents(holder)


def kept_of(office: Office, mark: str) -> list[str]:
    """Return the texts with a mark that the running bot keeps anywhere."""
    caches: list[Any] = [
        each
        for each in gc.get_objects()
        if isinstance(each, functools._lru_cache_wrapper) and each.__module__.startswith("bot.")
    ]
    caches = [each for each in caches if not each.__module__.startswith("bot.sandbox")]
    found = held_by(office.bot, vars(recall), vars(Packed), *caches, but=(office.app, office))
    return [each for each in found if isinstance(each, str) and mark in each]


def test_what_is_kept_about_a_card_ends_with_the_card(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        card = office.complete("Peindre la grille")
        stays = office.complete("Repeindre le portail")
        office.mel.comment(card, "La grille est-elle rouillée ?")
        office.settled()
        office.later(_A_WEEK)
        office.settled()
        assert kept_of(office, "grille")
        assert kept_of(office, card.id)
        office.paul.delete(card)
        office.settled()
        office.later(_A_WEEK)
        office.settled()
        assert not kept_of(office, "grille")
        assert not kept_of(office, card.id)
        assert kept_of(office, stays.id)


def test_a_card_that_failed_is_forgotten_once_it_is_gone(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        poison, stays = office.complete("Peindre la grille"), office.complete()
        office.app.faults = Always("GET", f"/cards/{poison.id}", answer(503))
        for _ in range(3):
            office.apply()
            office.later(2)
        assert kept_of(office, poison.id)
        office.paul.delete(poison)
        office.apply()
        office.later(_A_WEEK)
        office.apply()
        assert not kept_of(office, poison.id)
        assert kept_of(office, stays.id)
