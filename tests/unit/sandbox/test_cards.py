from datetime import UTC, datetime
from typing import Any

import pytest

from tests.unit.sandbox.shop import Shop


def test_a_new_card_has_a_number_a_short_link_and_one_action(shop: Shop) -> None:
    made = shop.api.ok(
        "POST",
        "/cards",
        {"idList": shop.todo.id, "name": "Écrire", "idLabels": [shop.label("delegate")],
         "idMembers": [shop.mel.id], "due": "2026-12-04T17:00:00+01:00"},
    )  # fmt: skip
    assert made["idShort"] == 2
    assert len(made["shortLink"]) == 8
    assert made["due"] == "2026-12-04T16:00:00.000Z"
    assert made["url"] == f"https://trello.com/c/{made['shortLink']}/2-ecrire"
    card = shop.store.card(made["id"])
    assert shop.types(card) == ["createCard"]
    assert shop.world.labels(card) == ["delegate"]
    assert shop.world.members(card) == ["mel"]


def test_a_short_link_serves_in_a_path(shop: Shop) -> None:
    assert shop.api.get(f"/cards/{shop.card.short_link}")["id"] == shop.card.id
    assert shop.api.get(f"/boards/{shop.board.short_link}")["id"] == shop.board.id


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"name": "Neuf"}, ["name"]),
        ({"name": "Facture Dubois"}, []),
        ({"desc": "a", "due": "2026-12-04", "start": "2026-12-01"}, ["desc", "due", "start"]),
        ({"dueComplete": True, "closed": "true"}, ["dueComplete", "closed"]),
        ({"dueReminder": 1440}, ["dueReminder"]),
        ({"pos": 5}, ["pos"]),
        ({"idList": "DOING"}, ["idList"]),
        ({"idList": "DOING", "pos": 5}, ["idList"]),
        ({"idLabels": "LABEL"}, ["idLabels"]),
    ],
)
def test_one_put_makes_one_action_for_each_changed_field(
    shop: Shop, body: dict[str, Any], fields: list[str]
) -> None:
    names = {"DOING": shop.doing.id, "LABEL": shop.label("delegate")}
    shop.api.ok(
        "PUT", f"/cards/{shop.card.id}", {key: names.get(str(v), v) for key, v in body.items()}
    )
    changes = [each for each in shop.store.log(shop.card.id) if each.type == "updateCard"]
    assert [list(each.data["old"]) for each in changes] == [[each] for each in fields]
    for each, field in zip(changes, fields, strict=True):
        assert field in each.data["card"]


def test_an_update_tells_the_old_value(shop: Shop) -> None:
    shop.api.ok("PUT", f"/cards/{shop.card.id}", {"desc": "mardi"})
    data = shop.store.log(shop.card.id)[-1].data
    assert data["old"] == {"desc": "pour lundi"}
    assert data["card"]["desc"] == "mardi"
    assert data["list"] == {"id": shop.todo.id, "name": "À faire"}
    assert data["board"]["shortLink"] == shop.board.short_link


def test_a_move_tells_both_lists(shop: Shop) -> None:
    shop.api.ok("PUT", f"/cards/{shop.card.id}/idList", {"value": shop.doing.id})
    data = shop.store.log(shop.card.id)[-1].data
    assert data["listBefore"]["name"] == "À faire"
    assert data["listAfter"]["name"] == "En cours"
    assert "list" not in data
    assert data["old"] == {"idList": shop.todo.id}


@pytest.mark.parametrize("value", [None, "null", ""])
def test_a_date_is_cleared_by_null_or_nothing(shop: Shop, value: str | None) -> None:
    shop.paul.set_due(shop.card, datetime(2026, 12, 4, 16, tzinfo=UTC))
    shop.api.ok("PUT", f"/cards/{shop.card.id}", {"due": value})
    assert shop.card.due is None


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2026-12-04", "2026-12-04T00:00:00.000Z"),
        ("2026-12-04T10:00:00Z", "2026-12-04T10:00:00.000Z"),
        ("2026-12-04 10:00:00 UTC", "2026-12-04T10:00:00.000Z"),
        ("2026-12-04 10:00:00 +0000", "2026-12-04T10:00:00.000Z"),
        ("2026-12-04T10:00:00.123+02:00", "2026-12-04T08:00:00.123Z"),
    ],
)
def test_any_iso_date_is_taken(shop: Shop, text: str, stored: str) -> None:
    shop.api.ok("PUT", f"/cards/{shop.card.id}/due", {"value": text})
    assert shop.card.due == stored


def test_completing_and_archiving_leave_their_dates(shop: Shop) -> None:
    shop.mel.complete(shop.card)
    shop.mel.archive(shop.card)
    assert shop.card.date_completed is not None
    assert shop.card.date_closed is not None
    shop.mel.complete(shop.card, done=False)
    shop.mel.archive(shop.card, closed=False)
    assert shop.card.date_completed is shop.card.date_closed is None


@pytest.mark.parametrize(
    ("field", "value", "seen"),
    [
        ("name", "Neuf", "Neuf"),
        ("dueReminder", "-1", -1),
        ("dueReminder", None, None),
        ("pos", "100.5", 100.5),
        ("subscribed", "true", False),
        ("idBoard", "BOARD", "BOARD"),
        ("idMembers", "MEL", ["MEL"]),
        ("idLabels", "", []),
    ],
)
def test_a_single_field_is_put_and_read(shop: Shop, field: str, value: Any, seen: Any) -> None:
    names = {"BOARD": shop.board.id, "MEL": shop.mel.id}

    def named(each: Any) -> Any:
        return [named(one) for one in each] if isinstance(each, list) else names.get(each, each)

    path = f"/cards/{shop.card.id}/{field}"
    shop.api.ok("PUT", path, {"value": named(value)})
    assert shop.api.get(path) == {"_value": named(seen)}


@pytest.mark.parametrize("method", ["GET", "PUT"])
@pytest.mark.parametrize("kind", ["cards", "boards", "lists", "checklists"])
def test_a_field_that_does_not_exist_is_not_found(shop: Shop, method: str, kind: str) -> None:
    checklist = shop.paul.add_checklist(shop.card, "x")
    ids = {"cards": shop.card.id, "boards": shop.board.id, "lists": shop.todo.id,
           "checklists": checklist.id}  # fmt: skip
    body = {"value": "x"} if method == "PUT" else None
    assert shop.api(method, f"/{kind}/{ids[kind]}/colour", body).status == 404


def test_members_are_replaced_as_a_set_with_an_action_each(shop: Shop) -> None:
    shop.paul.assign(shop.card, shop.mel)
    shop.api.ok("PUT", f"/cards/{shop.card.id}", {"idMembers": [shop.paul.id, shop.robot.id]})
    assert shop.world.members(shop.card) == ["paul", "robot"]
    assert shop.types()[-3:] == ["addMemberToCard", "addMemberToCard", "removeMemberFromCard"]


def test_members_come_and_go_one_by_one(shop: Shop) -> None:
    path = f"/cards/{shop.card.id}/idMembers"
    added = shop.api.ok("POST", path, {"value": shop.mel.id})
    assert [each["username"] for each in added] == ["mel"]
    assert shop.api.get(f"/cards/{shop.card.id}/members")[0]["fullName"] == "Mel Rakoto"
    assert shop.api.ok("DELETE", f"{path}/{shop.mel.id}") == []
    assert shop.api("DELETE", f"{path}/{shop.mel.id}").status == 400


def test_a_stranger_cannot_be_put_on_a_card(shop: Shop) -> None:
    answer = shop.api("POST", f"/cards/{shop.card.id}/idMembers", {"value": shop.stranger.id})
    assert answer.status == 400


def test_a_label_leaves_a_hidden_action_and_a_shown_one(shop: Shop) -> None:
    path, label = f"/cards/{shop.card.id}/idLabels", shop.label("delegate")
    assert shop.api.ok("POST", path, {"value": label}) == [label]
    assert shop.types()[-2:] == ["addLabelToCard", "updateCard"]
    assert shop.store.log(shop.card.id)[-1].data["old"] == {"idLabels": []}
    assert shop.api.ok("DELETE", f"{path}/{label}") == {"_value": None}
    assert shop.types()[-2:] == ["removeLabelFromCard", "updateCard"]
    assert shop.api("DELETE", f"{path}/{label}").status == 404
    shop.paul.label(shop.card, "delegate")
    assert shop.api("POST", path, {"value": label}).status == 400


def test_a_label_may_be_made_on_a_card(shop: Shop) -> None:
    path = f"/cards/{shop.card.id}/labels"
    ids = shop.api.ok("POST", path, {"name": "devis", "color": "sky"})
    assert shop.world.labels(shop.card) == ["devis"]
    assert ids == shop.card.id_labels


def test_votes_are_counted_once(shop: Shop) -> None:
    path = f"/cards/{shop.card.id}/membersVoted"
    assert shop.api.ok("POST", path, {"value": shop.mel.id}) == {"_value": None}
    again = shop.api("POST", path, {"value": shop.mel.id})
    assert (again.status, again.body) == (400, "member has already voted on the card")
    assert [each["username"] for each in shop.api.get(path)] == ["mel"]
    assert shop.api.ok("DELETE", f"{path}/{shop.mel.id}") == {"_value": None}


def test_a_card_moved_to_another_board_changes_number_labels_and_members(shop: Shop) -> None:
    other = shop.paul.add_board("Ailleurs", lists=["x", "y"], labels=["delegate"])
    shop.world.invite(other, shop.mel)
    shop.paul.label(shop.card, "delegate")
    shop.paul.label(shop.card, "important")
    shop.paul.assign(shop.card, shop.mel)
    shop.paul.assign(shop.card, shop.robot)
    shop.paul.add_checklist(shop.card, "pas", ["un"])
    moved = shop.as_(shop.paul).ok("PUT", f"/cards/{shop.card.id}/idBoard", {"value": other.id})
    assert moved["idBoard"] == other.id
    assert moved["idList"] == shop.world.list_named(other, "x").id
    assert moved["idShort"] == 1
    assert shop.world.labels(shop.card) == ["delegate"]
    assert shop.world.members(shop.card) == ["mel"]
    assert shop.types()[-2:] == ["moveCardFromBoard", "moveCardToBoard"]
    wrong = {"value": shop.board.id, "idList": shop.world.list_named(other, "y").id}
    assert shop.as_(shop.paul)("PUT", f"/cards/{shop.card.id}/idBoard", wrong).status == 404


def test_a_deleted_card_is_gone_with_all_it_had(shop: Shop) -> None:
    shop.paul.add_checklist(shop.card, "pas", ["un"])
    shop.paul.upload(shop.card, "a.txt", b"a")
    comment = shop.mel.comment(shop.card, "adieu")
    assert shop.api.ok("DELETE", f"/cards/{shop.card.id}") == {"limits": {}}
    assert shop.api("GET", f"/cards/{shop.card.id}").status == 404
    assert shop.api("GET", f"/actions/{comment.id}").status == 404
    store = shop.store
    tables = (store.check_items, store.checklists, store.attachments, store.uploads)
    assert tables == ({}, {}, {}, {})
    feed = shop.api.get(f"/boards/{shop.board.id}/actions", filter="deleteCard")
    assert "name" not in feed[0]["data"]["card"]


def test_a_card_shows_its_board_and_list(shop: Shop) -> None:
    path = f"/cards/{shop.card.id}"
    assert shop.api.get(f"{path}/board")["name"] == "Atelier"
    assert shop.api.get(f"{path}/list")["name"] == "À faire"
    both = shop.api.get(path, board="true", list="true", membersVoted="true", fields="name")
    assert both["board"]["id"] == shop.board.id
    assert both["list"]["id"] == shop.todo.id
    assert both["membersVoted"] == []


def test_a_card_comes_with_all_that_was_asked(shop: Shop) -> None:
    shop.paul.add_checklist(shop.card, "pas", ["un"])
    shop.paul.attach(shop.card, "https://a.example", "a")
    shop.paul.assign(shop.card, shop.mel)
    comment = shop.mel.comment(shop.card, "vu")
    shop.paul.react(comment)
    whole = shop.api.get(
        f"/cards/{shop.card.id}", fields="name", actions="all", actions_limit=1000,
        action_reactions="true", checklists="all", attachments="true", members="true",
        customFieldItems="true", stickers="true", pluginData="true",
    )  # fmt: skip
    assert sorted(whole) == [
        "actions", "attachments", "checklists", "customFieldItems", "id", "members", "name",
        "pluginData", "stickers",
    ]  # fmt: skip
    assert whole["actions"][0]["reactions"][0]["emoji"]["shortName"] == "thumbsup"
    assert whole["checklists"][0]["checkItems"][0]["state"] == "incomplete"
    assert [each["type"] for each in whole["actions"]][-1] == "createCard"


def test_all_fields_of_a_card_are_there_unless_asked(shop: Shop) -> None:
    assert shop.api.get(f"/cards/{shop.card.id}", fields="") == {"id": shop.card.id}
    assert shop.api.get(f"/cards/{shop.card.id}") == shop.api.get(
        f"/cards/{shop.card.id}", fields="all"
    )
    assert shop.api.get(f"/cards/{shop.card.id}")["email"] is None


def test_only_the_cover_comes_when_only_the_cover_is_asked(shop: Shop) -> None:
    cover = shop.paul.attach(shop.card, "https://a.example/1", "one")
    shop.paul.attach(shop.card, "https://a.example/2", "two")
    shop.card.id_attachment_cover = cover.id
    shown = shop.api.get(f"/cards/{shop.card.id}", attachments="cover")["attachments"]
    assert [each["name"] for each in shown] == ["one"]
