import pytest

from bot.sandbox.errors import RefusedError
from bot.sandbox.positions import FIRST_SMALL, placed
from tests.unit.sandbox.shop import Shop

FIRST = 2.0**47


@pytest.mark.parametrize(
    ("wanted", "taken", "pos"),
    [
        ("bottom", [], FIRST),
        ("top", [], FIRST),
        (None, [FIRST], FIRST + 16384),
        ("top", [FIRST], FIRST - 16384),
        ("top", [FIRST, FIRST - 16384], FIRST - 32768),
        ("top", [16384.0], 8192.0),
        ("12.5", [], 12.5),
        (3, [FIRST], 3.0),
    ],
)
def test_positions_follow_the_service(wanted: object, taken: list[float], pos: float) -> None:
    assert placed(wanted, taken) == pos


def test_checklists_count_from_16384() -> None:
    assert placed("bottom", [], first=FIRST_SMALL) == 16384


@pytest.mark.parametrize("wanted", ["middle", "-1", 0, "inf", True])
def test_other_positions_are_refused(wanted: object) -> None:
    with pytest.raises(RefusedError, match="invalid value for pos"):
        placed(wanted, [])


def test_whole_positions_are_written_without_a_point(shop: Shop) -> None:
    assert repr(shop.api.get(f"/cards/{shop.card.id}")["pos"]) == "140737488355328"
    shop.paul.move(shop.card, shop.doing, 1.5)
    assert shop.api.get(f"/cards/{shop.card.id}")["pos"] == 1.5


def test_cards_come_by_list_and_position_with_ties_by_id(shop: Shop) -> None:
    low = shop.paul.add_card(shop.todo, "low")
    twin = shop.paul.add_card(shop.todo, "twin")
    twin.pos = low.pos
    right = shop.paul.add_card(shop.doing, "right")
    right.pos = 1
    names = [each["name"] for each in shop.api.get(f"/boards/{shop.board.id}/cards")]
    assert names == ["Facture Dubois", "low", "twin", "right"]
    shop.api.ok("PUT", f"/cards/{twin.id}/pos", {"value": "top"})
    names = [each["name"] for each in shop.api.get(f"/lists/{shop.todo.id}/cards")]
    assert names == ["twin", "Facture Dubois", "low"]
