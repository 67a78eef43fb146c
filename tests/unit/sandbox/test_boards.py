"""Boards, lists and labels: read in one go, and changed."""

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.errors import RefusedError
from tests.unit.sandbox.shop import Shop


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("visible", ["Facture Dubois"]),
        ("open", ["Facture Dubois", "in archived list"]),
        ("closed", ["archived"]),
        ("all", ["Facture Dubois", "archived", "in archived list"]),
        ("none", []),
    ],
)
def test_visible_leaves_out_archived_lists_and_open_does_not(
    shop: Shop, wanted: str, names: list[str]
) -> None:
    shop.paul.archive(shop.paul.add_card(shop.todo, "archived"))
    hidden = shop.paul.add_card(shop.done, "in archived list")
    shop.paul.archive_list(shop.done)
    assert hidden.closed is False
    board = f"/boards/{shop.board.id}"
    for cards in (
        shop.api.get(f"{board}/cards", filter=wanted),
        shop.api.get(f"{board}/cards/{wanted}"),
        shop.api.get(board, cards=wanted, card_fields="name").get("cards", []),
    ):
        assert [each["name"] for each in cards] == names


def test_a_boards_cards_are_the_visible_ones_and_a_lists_the_open_ones(shop: Shop) -> None:
    shop.paul.archive_list(shop.todo)
    assert shop.api.get(f"/boards/{shop.board.id}/cards") == []
    assert len(shop.api.get(f"/lists/{shop.todo.id}/cards")) == 1


def test_one_read_brings_all_that_a_pass_needs(shop: Shop) -> None:
    shop.paul.add_checklist(shop.card, "Étapes", ["un"])
    shop.paul.attach(shop.card, "https://a.example", "a")
    read = shop.api.get(
        f"/boards/{shop.board.short_link}", fields="name,dateLastActivity,closed,prefs",
        lists="open", list_fields="name,pos", labels="all", labels_limit=1000, members="all",
        memberships="all", cards="visible", card_fields="name,idList", card_checklists="all",
        card_attachments="true", card_members="true", card_customFieldItems="true",
        customFields="true", checklists="all",
    )  # fmt: skip
    assert sorted(read) == [
        "cards", "checklists", "closed", "customFields", "dateLastActivity", "id", "labels",
        "lists", "members", "memberships", "name", "prefs",
    ]  # fmt: skip
    assert [each["name"] for each in read["lists"]] == ["À faire", "En cours", "Terminé"]
    assert {each["memberType"] for each in read["memberships"]} == {"admin", "normal", "observer"}
    assert read["cards"][0]["checklists"][0]["checkItems"][0]["name"] == "un"
    assert sorted(read["cards"][0]) == [
        "attachments", "checklists", "customFieldItems", "id", "idList", "members", "name",
    ]  # fmt: skip


def test_a_board_does_not_tell_its_activity_unless_asked(shop: Shop) -> None:
    path = f"/boards/{shop.board.id}"
    assert "dateLastActivity" not in shop.api.get(path)
    asked = shop.api.get(path, fields="dateLastActivity")["dateLastActivity"]
    assert shop.api.get(f"{path}/dateLastActivity") == {"_value": asked}


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/boards/BOARD", {"cards": "visible", "actions": "all"}),
        ("/boards/BOARD/cards", {"actions": "commentCard"}),
        ("/lists/LIST/cards", {"actions": "commentCard"}),
    ],
)
def test_many_cards_and_their_actions_do_not_come_together(
    shop: Shop, path: str, query: dict[str, str]
) -> None:
    path = path.replace("BOARD", shop.board.id).replace("LIST", shop.todo.id)
    assert shop.api("GET", path, **query).status == 200
    for number in range(100):
        shop.paul.add_card(shop.todo, f"{number}")
    answer = shop.api("GET", path, **query)
    assert answer.status == 403
    assert answer.body["error"] == "API_TOO_MANY_CARDS_REQUESTED"


def test_a_thousand_cards_come_at_most_and_the_newest_stay(shop: Shop) -> None:
    for number in range(1004):
        shop.paul.add_card(shop.todo, f"{number}")
    path = f"/boards/{shop.board.id}/cards"
    assert len(shop.api.get(path, fields="name")) == 1000
    three = shop.api.get(path, fields="name", limit=3)
    assert [each["name"] for each in three] == ["1001", "1002", "1003"]
    before = shop.api.get(path, fields="name", limit=2, before=three[0]["id"])
    assert [each["name"] for each in before] == ["999", "1000"]
    nested = shop.api.get(f"/boards/{shop.board.id}", cards="all", card_fields="name")
    assert len(nested["cards"]) == 1000


def test_since_and_before_on_cards_act_on_creation(shop: Shop) -> None:
    shop.world.advance(timedelta(hours=1))
    moment = shop.world.clock().isoformat()
    shop.world.advance(timedelta(hours=1))
    shop.paul.add_card(shop.todo, "neuve")
    shop.paul.rename(shop.card, "changée")
    path = f"/boards/{shop.board.id}/cards"
    assert [each["name"] for each in shop.api.get(path, since=moment)] == ["neuve"]
    assert [each["name"] for each in shop.api.get(path, before=moment)] == ["changée"]
    recent = shop.api.get(f"/boards/{shop.board.id}", cards="visible", cards_modifiedSince=moment)[
        "cards"
    ]
    assert len(recent) == 2


@pytest.mark.parametrize(
    ("wanted", "names"),
    [("all", 4), ("admins", 1), ("owners", 1), ("normal", 2)],
)
def test_members_are_filtered_by_role(shop: Shop, wanted: str, names: int) -> None:
    path = f"/boards/{shop.board.id}/members"
    assert len(shop.api.get(path, filter=wanted)) == names
    assert len(shop.api.get(f"{path}/{wanted}")) == names
    assert sorted(shop.api.get(path)[0]) == ["fullName", "id", "username"]
    assert shop.api("GET", f"{path}/others").status == 400


def test_members_come_and_go_on_a_board(shop: Shop) -> None:
    path = f"/boards/{shop.board.id}/members/{shop.stranger.id}"
    api = shop.as_(shop.paul)
    added = api.ok("PUT", path, {"type": "normal"})
    assert len(added["memberships"]) == 5
    assert api.ok("PUT", path, {"type": "observer"})["memberships"][-1]["memberType"] == "observer"
    assert api("PUT", path, {"type": "king"}).status == 400
    assert api.ok("DELETE", path)["name"] == "Atelier"
    assert api("DELETE", path).status == 404
    assert api("PUT", f"/boards/{shop.board.id}/members/nobody", {"type": "normal"}).status == 404


def test_a_new_board_has_lists_and_labels_unless_told_otherwise(shop: Shop) -> None:
    made = shop.api.ok("POST", "/boards/", {"name": "Neuf", "prefs_permissionLevel": "org"})
    assert made["prefs"]["permissionLevel"] == "org"
    assert len(shop.api.get(f"/boards/{made['id']}/lists")) == 3
    assert len(shop.api.get(f"/boards/{made['id']}/labels")) == 6
    bare = {"name": "Nu", "defaultLists": "false", "defaultLabels": "false"}
    made = shop.api.ok("POST", "/boards/", bare)
    assert shop.api.get(f"/boards/{made['id']}/lists") == []


@pytest.mark.parametrize(
    ("path", "body", "old"),
    [
        ("", {"name": "Neuf"}, {"name": "Atelier"}),
        ("", {"desc": "d"}, {"desc": ""}),
        ("", {"closed": "true"}, {"closed": False}),
        ("", {"prefs/comments": "observers"}, {"prefs": {"comments": "members"}}),
        ("", {"prefs/selfJoin": "false"}, {"prefs": {"selfJoin": True}}),
        ("/name", {"value": "Neuf"}, {"name": "Atelier"}),
        ("/closed", {"value": "true"}, {"closed": False}),
    ],
)
def test_a_change_of_the_board_tells_the_old_value(
    shop: Shop, path: str, body: dict[str, Any], old: dict[str, Any]
) -> None:
    shop.api.ok("PUT", f"/boards/{shop.board.id}{path}", body)
    assert shop.store.log(shop.board.id)[-1].data["old"] == old
    count = len(shop.store.log(shop.board.id))
    shop.api.ok("PUT", f"/boards/{shop.board.id}{path}", body)
    assert len(shop.store.log(shop.board.id)) == count


def test_a_board_refuses_a_blank_name_and_unknown_preferences(shop: Shop) -> None:
    path = f"/boards/{shop.board.id}"
    assert shop.api("PUT", path, {"name": ""}).status == 400
    assert shop.api("PUT", path, {"prefs/mood": "good"}).status == 400


@pytest.mark.parametrize(
    ("body", "key", "value"),
    [
        ({"name": "Neuf"}, "name", "Neuf"),
        ({"closed": "true"}, "closed", True),
        ({"pos": "top"}, "pos", 2**47 - 16384),
    ],
)
def test_a_list_is_changed_whole_or_field_by_field(
    shop: Shop, body: dict[str, Any], key: str, value: Any
) -> None:
    path = f"/lists/{shop.doing.id}"
    assert shop.api.ok("PUT", path, body)[key] == value
    assert shop.api.ok("PUT", f"{path}/{key}", {"value": next(iter(body.values()))})[key] == value
    assert shop.api.get(f"{path}/{key}") == {"_value": value}


def test_a_list_is_made_left_unless_told_otherwise(shop: Shop) -> None:
    shop.api.ok("POST", "/lists", {"name": "gauche", "idBoard": shop.board.id})
    shop.api.ok("POST", f"/boards/{shop.board.id}/lists", {"name": "droite", "pos": "bottom"})
    names = [each["name"] for each in shop.api.get(f"/boards/{shop.board.id}/lists")]
    assert names == ["gauche", "À faire", "En cours", "Terminé", "droite"]
    assert shop.api.get(f"/lists/{shop.doing.id}/board")["id"] == shop.board.id
    assert shop.api.ok("PUT", f"/lists/{shop.doing.id}/subscribed", {"value": True})


@pytest.mark.parametrize(("wanted", "count"), [("open", 2), ("closed", 1), ("all", 3), ("none", 0)])
def test_lists_are_filtered(shop: Shop, wanted: str, count: int) -> None:
    shop.paul.archive_list(shop.done)
    path = f"/boards/{shop.board.id}/lists"
    assert len(shop.api.get(path, filter=wanted)) == count
    assert len(shop.api.get(f"{path}/{wanted}")) == count
    assert len(shop.api.get(path, cards="open", card_fields="name")[0]["cards"]) == 1


def test_a_closed_list_is_not_deleted_either(shop: Shop) -> None:
    shop.paul.archive_list(shop.done)
    assert shop.api("DELETE", f"/lists/{shop.done.id}").status == 404


def test_a_lists_cards_are_archived_or_moved_together(shop: Shop) -> None:
    other = shop.paul.add_board("Ailleurs", lists=["x"])
    there = shop.world.list_named(other, "x")
    api, path = shop.as_(shop.paul), f"/lists/{shop.todo.id}"
    moved = api.ok("POST", f"{path}/moveAllCards", {"idList": shop.doing.id})
    assert moved[0]["idList"] == shop.doing.id
    body = {"idList": there.id, "idBoard": other.id}
    gone = api.ok("POST", f"/lists/{shop.doing.id}/moveAllCards", body)
    assert gone[0]["idBoard"] == other.id
    assert api.ok("POST", f"/lists/{there.id}/archiveAllCards") == {}
    assert shop.card.closed


def test_a_list_moves_to_another_board_with_its_cards(shop: Shop) -> None:
    other = shop.paul.add_board("Ailleurs", lists=["x"])
    path = f"/lists/{shop.todo.id}/idBoard"
    shop.as_(shop.paul).ok("PUT", path, {"value": other.id})
    shop.as_(shop.paul).ok("PUT", path, {"value": other.id})
    assert shop.card.id_board == other.id
    assert shop.todo in shop.store.lists_of(other)


def test_labels_are_made_changed_and_deleted(shop: Shop) -> None:
    made = shop.api.ok(
        "POST", "/labels", {"name": "devis", "color": "null", "idBoard": shop.board.id}
    )
    path = f"/labels/{made['id']}"
    assert made["color"] is None
    assert shop.api.ok("PUT", path, {"name": "devis 2", "color": "lime"})["color"] == "lime"
    assert shop.api.ok("PUT", f"{path}/color", {"value": "sky_dark"})["color"] == "sky_dark"
    assert shop.api("PUT", f"{path}/size", {"value": "x"}).status == 404
    assert shop.api.get(path)["name"] == "devis 2"
    assert shop.api.get(f"/boards/{shop.board.id}/labelnames")["sky_dark"] == "devis 2"
    shop.paul.label(shop.card, "devis 2")
    assert shop.api.ok("DELETE", path) == {"limits": {}}
    assert shop.card.id_labels == []
    made = shop.api.ok("POST", f"/boards/{shop.board.id}/labels", {"name": "", "color": "red"})
    assert made["name"] == ""


def test_fifty_labels_come_unless_told_otherwise(shop: Shop) -> None:
    for number in range(60):
        shop.paul.add_label(shop.board, f"{number}")
    path = f"/boards/{shop.board.id}"
    assert len(shop.api.get(f"{path}/labels")) == 50
    assert len(shop.api.get(f"{path}/labels", limit=1000)) == 62
    assert len(shop.api.get(path, labels="all")["labels"]) == 50


def test_boards_have_limits(shop: Shop) -> None:
    for number in range(497):
        shop.paul.add_list(shop.board, f"{number}")
    with pytest.raises(RefusedError, match="403"):
        shop.paul.add_list(shop.board, "one too many")
    for number in range(998):
        shop.paul.add_label(shop.board, f"{number}")
    with pytest.raises(RefusedError, match="403"):
        shop.paul.add_label(shop.board, "one too many")


def test_a_card_is_read_through_its_own_board_only(shop: Shop) -> None:
    other = shop.paul.add_board("Ailleurs", lists=["x"])
    api = shop.as_(shop.paul)
    assert api.get(f"/boards/{shop.board.id}/cards/{shop.card.id}")["name"] == "Facture Dubois"
    assert api("GET", f"/boards/{other.id}/cards/{shop.card.id}").status == 404


def test_a_filter_of_lists_has_four_words(shop: Shop) -> None:
    assert shop.api("GET", f"/boards/{shop.board.id}/lists/some").status == 400
    assert shop.api("GET", f"/boards/{shop.board.id}", lists="some").status == 400
