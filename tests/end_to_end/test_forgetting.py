"""What is kept about a card ends with the card: a worker runs for years."""

import gc
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import FrameType, FunctionType, ModuleType

from msgspec import Struct

from tests.end_to_end.faults import Always, answer
from tests.end_to_end.office import Office, open_office

_A_WEEK = 7 * 24 * 60.0
"""In minutes."""
_ELSEWHERE = (ModuleType, type, FrameType)
_MEMORIES = (dict, list, set, deque)


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
    """Return the texts with a mark that the running bot or any of its modules keeps anywhere."""
    ours = {key: each for key, each in sys.modules.items() if key.startswith("bot.")}
    modules = [vars(each) for key, each in ours.items() if not key.startswith("bot.sandbox")]
    own = [each for names in modules for key, each in names.items() if not key.startswith("__")]
    memories = [each for each in own if isinstance(each, _MEMORIES) or _remembers(each)]
    found = held_by(office.bot, *memories, but=(office.app, office))
    return [each for each in found if isinstance(each, str) and mark in each]


def _remembers(function: object) -> bool:
    """Tell whether it is a function of the bot's own that answers again from memory."""
    ours = getattr(function, "__module__", None) or ""
    return hasattr(function, "cache_info") and ours.startswith("bot.")


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
