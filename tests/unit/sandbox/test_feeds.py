"""What the logs show, in which order, and page by page."""

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.log import HIDDEN
from tests.unit.sandbox.shop import Shop


def busy(shop: Shop) -> None:
    shop.paul.label(shop.card, "delegate")
    first = shop.mel.comment(shop.card, "un")
    shop.mel.edit_comment(first, "uno")
    shop.mel.delete_comment(shop.mel.comment(shop.card, "deux"))
    shop.mel.add_checklist(shop.card, "pas", ["a", "b"])
    shop.mel.tick(shop.card, "a")
    shop.mel.move(shop.card, shop.doing)
    shop.mel.rename(shop.card, "Facture")


def test_hidden_types_are_in_no_feed_but_reachable_by_id(shop: Shop) -> None:
    busy(shop)
    hidden = [each for each in shop.store.log(shop.card.id) if each.type in HIDDEN]
    assert {each.type for each in hidden} >= {
        "addLabelToCard", "updateComment", "deleteComment", "createCheckItem",
    }  # fmt: skip
    feeds = [
        *shop.api.get(f"/cards/{shop.card.id}/actions", filter="all", limit=1000),
        *shop.api.get(f"/boards/{shop.board.id}/actions", limit=1000),
        *shop.api.get(f"/cards/{shop.card.id}", actions="all")["actions"],
    ]
    assert not {each["type"] for each in feeds} & HIDDEN
    assert shop.api.get(f"/actions/{hidden[0].id}")["type"] == hidden[0].type


def test_a_card_shows_comments_and_moves_unless_told_otherwise(shop: Shop) -> None:
    busy(shop)
    feed = shop.api.get(f"/cards/{shop.card.id}/actions")
    assert [each["type"] for each in feed] == ["updateCard", "commentCard"]
    assert list(feed[0]["data"]["old"]) == ["idList"]


def test_a_board_shows_everything_unless_told_otherwise(shop: Shop) -> None:
    busy(shop)
    types = {each["type"] for each in shop.api.get(f"/boards/{shop.board.id}/actions")}
    assert types == {
        "createBoard", "createList", "addMemberToBoard", "createCard", "updateCard",
        "commentCard", "addChecklistToCard", "updateCheckItemStateOnCard",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ("commentCard", 1),
        ("updateCard:idList", 1),
        ("updateCard:idList,updateCard:name", 2),
        ("updateCard", 3),
        ("updateCheckItemStateOnCard,addChecklistToCard", 2),
        ("voteOnCard", 0),
        ("all", 7),
    ],
)
def test_a_filter_names_types_and_fields(shop: Shop, wanted: str, count: int) -> None:
    busy(shop)
    assert len(shop.api.get(f"/cards/{shop.card.id}/actions", filter=wanted)) == count


def test_feeds_are_newest_first_with_no_two_at_the_same_moment(shop: Shop) -> None:
    busy(shop)
    dates = [each["date"] for each in shop.api.get(f"/boards/{shop.board.id}/actions")]
    assert dates == sorted(set(dates), reverse=True)


def test_a_feed_has_fifty_unless_told_otherwise_and_a_thousand_at_most(shop: Shop) -> None:
    for number in range(60):
        shop.mel.comment(shop.card, f"{number}")
    path = f"/boards/{shop.board.id}/actions"
    assert len(shop.api.get(path)) == 50
    assert len(shop.api.get(path, limit=1000)) > 60
    assert shop.api.get(path, limit=0) == []
    assert shop.api("GET", path, limit=1001).status == 400


def test_pages_by_the_last_id_miss_nothing(shop: Shop) -> None:
    for number in range(25):
        shop.mel.comment(shop.card, f"{number}")
    path = f"/cards/{shop.card.id}/actions"
    texts: list[str] = []
    query: dict[str, Any] = {"filter": "commentCard", "limit": 10}
    while page := shop.api.get(path, **query):
        texts += [each["data"]["text"] for each in page]
        query["before"] = page[-1]["id"]
    assert texts == [f"{number}" for number in reversed(range(25))]
    by_number = shop.api.get(path, filter="commentCard", limit=10, page=2)
    assert [each["data"]["text"] for each in by_number] == ["4", "3", "2", "1", "0"]
    assert shop.api("GET", path, limit=500, page=2).status == 400


def test_since_and_before_take_a_date_or_an_id(shop: Shop) -> None:
    first = shop.mel.comment(shop.card, "un")
    shop.world.advance(timedelta(hours=1))
    middle = shop.world.clock().isoformat()
    second = shop.mel.comment(shop.card, "deux")
    path = f"/cards/{shop.card.id}/actions"

    def texts(**query: str) -> list[str]:
        return [each["data"]["text"] for each in shop.api.get(path, **query)]

    assert texts(since=middle) == texts(since=first.id) == ["deux"]
    assert texts(before=middle) == texts(before=second.id) == ["un"]
    unknown = second.id[:8] + "f" * 16
    assert texts(since=unknown) == ["deux"]
    assert texts(since="null") == ["deux", "un"]
    assert shop.api("GET", path, since="hier").body == "invalid value for since"


def test_a_list_shows_what_happened_in_it(shop: Shop) -> None:
    shop.mel.move(shop.card, shop.doing)
    types = [each["type"] for each in shop.api.get(f"/lists/{shop.doing.id}/actions")]
    assert types == ["updateCard", "createList"]


def test_a_member_shows_what_they_did(shop: Shop) -> None:
    shop.mel.comment(shop.card, "un")
    feed = shop.api.get("/members/mel/actions")
    assert [each["type"] for each in feed] == ["commentCard"]


def test_an_action_names_the_application_that_made_it(shop: Shop) -> None:
    by_hand = shop.mel.comment(shop.card, "à la main")
    grant = shop.world.grant(shop.mel)
    shop.as_(shop.mel).ok("POST", f"/cards/{shop.card.id}/actions/comments", {"text": "par API"})
    shop.mel.through(grant.id_app).comment(shop.card, "aussi")
    apps = [each["appCreator"] for each in shop.api.get(f"/cards/{shop.card.id}/actions")]
    assert apps == [{"id": grant.id_app}, {"id": grant.id_app}, None]
    assert by_hand.id_app is None


def test_fields_of_actions_are_chosen(shop: Shop) -> None:
    feed = shop.api.get(f"/boards/{shop.board.id}/actions", fields="type,date", limit=1)
    assert sorted(feed[0]) == ["date", "id", "memberCreator", "type"]


def test_parts_of_an_action_are_read_by_its_id(shop: Shop) -> None:
    comment = shop.mel.comment(shop.card, "un")
    path = f"/actions/{comment.id}"
    assert shop.api.get(f"{path}/board")["id"] == shop.board.id
    assert shop.api.get(f"{path}/card")["id"] == shop.card.id
    assert shop.api.get(f"{path}/list")["id"] == shop.todo.id
    assert shop.api.get(f"{path}/memberCreator")["username"] == "mel"
    assert shop.api.get(f"{path}/type") == {"_value": "commentCard"}
    assert shop.api("GET", f"{path}/colour").status == 404
    assert "display" not in shop.api.get(path, display="false")
    assert shop.api.get(path, entities="true")["entities"][0]["username"] == "mel"


def test_people_are_shown_unless_a_request_says_that_it_needs_none(shop: Shop) -> None:
    shop.paul.assign(shop.card, shop.mel)
    nobody = {"member": "false", "memberCreator": "false"}
    log, card = f"/cards/{shop.card.id}/actions", f"/cards/{shop.card.id}"
    nested = {f"action_{name}": value for name, value in nobody.items()}
    feeds: tuple[tuple[list[dict[str, Any]], set[str]], ...] = (
        (shop.api.get(log, filter="all"), {"member", "memberCreator"}),
        (shop.api.get(log, filter="all", **nobody), set()),
        (shop.api.get(card, actions="all")["actions"], {"member", "memberCreator"}),
        (shop.api.get(card, actions="all", **nested)["actions"], set()),
    )
    for feed, people in feeds:
        joined = next(each for each in feed if each["type"] == "addMemberToCard")
        assert {"member", "memberCreator"} & set(joined) == people
