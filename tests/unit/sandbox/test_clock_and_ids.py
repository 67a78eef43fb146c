from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.sandbox.clock import VirtualClock, instant, stamp
from bot.sandbox.ids import Ids
from bot.sandbox.store import Store
from bot.sandbox.world import World

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_a_virtual_clock_moves_only_when_told() -> None:
    clock = VirtualClock(NOON)
    assert clock() == clock() == NOON
    assert clock.advance(timedelta(minutes=1)) == NOON + timedelta(minutes=1)
    assert clock.move_to(NOON + timedelta(hours=1)) == clock()


def test_a_virtual_clock_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="does not go back"):
        VirtualClock(NOON).advance(timedelta(seconds=-1))


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (NOON, "2026-11-23T12:00:00.000Z"),
        (NOON + timedelta(microseconds=1999), "2026-11-23T12:00:00.001Z"),
        (NOON.astimezone(timezone(timedelta(hours=3))), "2026-11-23T12:00:00.000Z"),
    ],
)
def test_stamps_are_utc_with_milliseconds(moment: datetime, text: str) -> None:
    assert stamp(moment) == text
    assert instant(text).tzinfo is not None


def test_no_two_moments_of_a_store_are_the_same() -> None:
    store = Store(VirtualClock(NOON))
    moments = [store.stamp() for _ in range(50)]
    assert len(set(moments)) == 50
    assert moments == sorted(moments)


def test_an_id_begins_with_the_second_of_its_creation() -> None:
    made = Ids().new(NOON)
    assert len(made) == 24
    assert int(made[:8], 16) == int(NOON.timestamp())


def test_ids_and_short_links_are_the_same_in_every_run_and_unique() -> None:
    first, second = Ids(seed=3), Ids(seed=3)
    links = [first.short_link() for _ in range(2000)]
    assert links == [second.short_link() for _ in range(2000)]
    assert len(set(links)) == 2000
    assert {len(each) for each in links} == {8}
    assert first.new(NOON) == second.new(NOON)
    assert first.new(NOON) != Ids(seed=4).new(NOON)


def test_a_world_is_the_same_in_every_run() -> None:
    def story() -> str:
        world = World()
        paul = world.person("paul")
        board = paul.add_board("Atelier", lists=["À faire"], labels=["delegate"])
        card = paul.add_card(world.list_named(board, "À faire"), "Écrire", labels=["delegate"])
        return f"{board.id} {card.short_link} {world.store.log(card.id)}"

    assert story() == story()


def test_a_world_on_a_clock_that_cannot_be_moved_says_so() -> None:
    world = World(store=Store(lambda: NOON))
    with pytest.raises(TypeError, match="cannot be moved"):
        world.advance(timedelta(1))
