from typing import Any

import pytest

from bot.sandbox.errors import RefusedError
from tests.unit.sandbox.shop import Shop


def test_a_checklist_is_made_filled_ticked_and_deleted(shop: Shop) -> None:
    api, card = shop.api, shop.card.id
    made = api.ok("POST", f"/cards/{card}/checklists", {"name": "Étapes"})
    path = f"/checklists/{made['id']}"
    first = api.ok("POST", f"{path}/checkItems", {"name": "un"})
    second = api.ok("POST", f"{path}/checkItems", {"name": "deux", "checked": "true", "pos": "top"})
    assert (first["state"], second["state"]) == ("incomplete", "complete")
    shown = api.get(f"/cards/{card}/checklists")[0]
    assert [each["name"] for each in shown["checkItems"]] == ["deux", "un"]
    item = f"/cards/{card}/checkItem/{first['id']}"
    assert api.ok("PUT", item, {"state": "complete"})["state"] == "complete"
    assert api.get(f"/cards/{card}")["badges"]["checkItemsChecked"] == 2
    assert len(api.get(f"/cards/{card}/checkItemStates")) == 2
    assert api.ok("DELETE", item) == {"limits": {}}
    assert api.ok("DELETE", path) == {"limits": {}}
    assert api.get(f"/cards/{card}/checklists") == []


def test_a_tick_is_one_shown_action_and_none_if_nothing_changes(shop: Shop) -> None:
    shop.mel.add_checklist(shop.card, "Étapes", ["un"])
    shop.mel.tick(shop.card, "un")
    shop.mel.tick(shop.card, "un")
    ticks = [e for e in shop.store.log(shop.card.id) if e.type == "updateCheckItemStateOnCard"]
    assert len(ticks) == 1
    data = ticks[0].data
    assert data["checkItem"]["name"] == "un"
    assert data["checkItem"]["state"] == "complete"
    assert data["checklist"]["name"] == "Étapes"
    shop.mel.untick(shop.card, "un")
    assert shop.store.log(shop.card.id)[-1].data["checkItem"]["state"] == "incomplete"


@pytest.mark.parametrize(
    "route", ["/cards/CARD/checkItem/ITEM", "/cards/CARD/checklist/LIST/checkItem/ITEM"]
)
@pytest.mark.parametrize(
    ("body", "key", "value"),
    [
        ({"name": "neuf"}, "name", "neuf"),
        ({"due": "2026-12-04"}, "due", "2026-12-04T00:00:00.000Z"),
        ({"idMember": "abc"}, "idMember", "abc"),
        ({"pos": 3}, "pos", 3),
        ({"state": True}, "state", "complete"),
    ],
)
def test_an_item_is_changed_by_either_route(
    shop: Shop, route: str, body: dict[str, Any], key: str, value: Any
) -> None:
    checklist = shop.mel.add_checklist(shop.card, "Étapes", ["un"])
    item = checklist.id_items[0]
    path = route.replace("CARD", shop.card.id).replace("LIST", checklist.id).replace("ITEM", item)
    assert shop.api.ok("PUT", path, body)[key] == value
    assert shop.api.get(f"/cards/{shop.card.id}/checkItem/{item}")[key] == value


def test_an_item_moves_to_another_checklist_of_its_card_only(shop: Shop) -> None:
    first = shop.mel.add_checklist(shop.card, "A", ["un"])
    second = shop.mel.add_checklist(shop.card, "B", ["deux"])
    foreign = shop.mel.add_checklist(shop.paul.add_card(shop.todo, "autre"), "C")
    path = f"/cards/{shop.card.id}/checkItem/{first.id_items[0]}"
    shop.api.ok("PUT", path, {"idChecklist": second.id, "pos": "bottom"})
    assert [each.name for each in shop.world.items(shop.card)] == ["deux", "un"]
    assert shop.api("PUT", path, {"idChecklist": foreign.id}).status == 400


def test_a_state_is_complete_or_incomplete(shop: Shop) -> None:
    checklist = shop.mel.add_checklist(shop.card, "A", ["un"])
    path = f"/cards/{shop.card.id}/checkItem/{checklist.id_items[0]}"
    assert shop.api("PUT", path, {"state": "half"}).body == "invalid value for state"


def test_a_copied_checklist_starts_unchecked(shop: Shop) -> None:
    source = shop.mel.add_checklist(shop.card, "Étapes", ["un", "deux"])
    shop.mel.tick(shop.card, "un")
    other = shop.paul.add_card(shop.todo, "autre")
    body = {"idChecklistSource": source.id}
    copied = shop.api.ok("POST", f"/cards/{other.id}/checklists", body)
    assert copied["name"] == "Étapes"
    assert [each["state"] for each in copied["checkItems"]] == ["incomplete", "incomplete"]


def test_checklists_are_reached_by_their_own_ids(shop: Shop) -> None:
    made = shop.api.ok("POST", "/checklists", {"idCard": shop.card.id})
    path = f"/checklists/{made['id']}"
    assert made["name"] == "Checklist"
    assert shop.api.ok("PUT", path, {"name": "Étapes", "pos": "top"})["name"] == "Étapes"
    assert shop.api.ok("PUT", f"{path}/name/", {"value": "Pas"})["name"] == "Pas"
    assert shop.api.ok("PUT", f"{path}/pos", {"value": 5})["pos"] == 5
    assert shop.api.get(f"{path}/name") == {"_value": "Pas"}
    assert shop.api.get(f"{path}/board")["id"] == shop.board.id
    assert shop.api.get(f"{path}/cards")[0]["id"] == shop.card.id
    item = shop.api.ok("POST", f"{path}/checkItems", {"name": "un"})
    assert shop.api.get(f"{path}/checkItems/{item['id']}")["name"] == "un"
    assert len(shop.api.get(f"{path}/checkItems")) == 1
    assert shop.api.ok("DELETE", f"{path}/checkItems/{item['id']}") == {"limits": {}}
    assert shop.api("GET", f"{path}/checkItems/{item['id']}").status == 404
    assert shop.api.get(f"/boards/{shop.board.id}/checklists")[0]["id"] == made["id"]
    assert shop.api.ok("DELETE", f"/cards/{shop.card.id}{path}") == {"limits": {}}
    assert shop.api("DELETE", f"/cards/{shop.card.id}{path}").status == 404


def test_a_checklist_holds_two_hundred_items_and_a_card_five_hundred_checklists(
    shop: Shop,
) -> None:
    checklist = shop.mel.add_checklist(shop.card, "A", ["x"] * 200)
    path = f"/checklists/{checklist.id}/checkItems"
    assert shop.api("POST", path, {"name": "y"}).status == 403
    shop.card.id_checklists = [checklist.id] * 500
    with pytest.raises(RefusedError):
        shop.mel.add_checklist(shop.card, "B")


def test_an_item_of_another_card_is_not_found(shop: Shop) -> None:
    other = shop.mel.add_checklist(shop.paul.add_card(shop.todo, "autre"), "A", ["un"])
    assert shop.api("GET", f"/cards/{shop.card.id}/checkItem/{other.id_items[0]}").status == 404
