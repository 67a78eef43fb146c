import pytest

from bot.sandbox.errors import RefusedError
from tests.unit.sandbox.shop import ABSENT, Shop


def test_a_comment_answers_with_the_whole_action(shop: Shop) -> None:
    path = f"/cards/{shop.card.id}/actions/comments"
    made = shop.api.ok("POST", path, {"text": "Bonjour\r\n<b> @mel"})
    assert made["data"]["text"] == "Bonjour\r\n<b> @mel"
    assert sorted(made["data"]) == ["board", "card", "list", "text", "textData"]
    assert made["display"]["translationKey"] == "action_comment_on_card"
    assert made["entities"][-1] == {"type": "comment", "text": "Bonjour\r\n<b> @mel"}
    assert made["limits"]["reactions"]["perAction"]["disableAt"] == 900
    assert shop.api.get(f"/cards/{shop.card.id}")["badges"]["comments"] == 1


@pytest.mark.parametrize(
    "route", ["/actions/ID", "/actions/ID/text", "/cards/CARD/actions/ID/comments"]
)
def test_an_edit_keeps_id_and_date_and_shows_that_it_was_edited(shop: Shop, route: str) -> None:
    comment = shop.robot.comment(shop.card, "avant")
    date = comment.date
    path = route.replace("ID", comment.id).replace("CARD", shop.card.id)
    edited = shop.api.ok("PUT", path, {"text": "après", "value": "après"})
    assert edited["id"] == comment.id
    assert edited["date"] == date
    assert edited["data"]["text"] == "après"
    assert edited["data"]["dateLastEdited"] > date
    assert shop.world.texts(shop.card) == ["après"]


@pytest.mark.parametrize(
    ("editor", "edits", "deletes"),
    [("mel", 200, 200), ("paul", 401, 200), ("robot", 401, 401)],
)
def test_only_the_author_edits_and_only_author_or_admin_deletes(
    shop: Shop, editor: str, edits: int, deletes: int
) -> None:
    comment = shop.mel.comment(shop.card, "de Mel")
    api = shop.as_(getattr(shop, editor))
    assert api("PUT", f"/actions/{comment.id}", {"text": "x"}).status == edits
    assert api("DELETE", f"/actions/{comment.id}").status == deletes


def test_a_deleted_comment_is_gone_from_everywhere(shop: Shop) -> None:
    comment = shop.robot.comment(shop.card, "x")
    path = f"/cards/{shop.card.id}/actions/{comment.id}/comments"
    assert shop.api.ok("DELETE", path) == {"_value": None}
    assert shop.api("GET", f"/actions/{comment.id}").status == 404
    assert shop.world.comments(shop.card) == []
    assert shop.api.get(f"/cards/{shop.card.id}")["badges"]["comments"] == 0
    assert shop.api("DELETE", path).status == 404


def test_a_comment_belongs_to_its_card(shop: Shop) -> None:
    other = shop.paul.add_card(shop.todo, "autre")
    comment = shop.robot.comment(other, "x")
    path = f"/cards/{shop.card.id}/actions/{comment.id}/comments"
    assert shop.api("PUT", path, {"text": "y"}).status == 404


def test_only_comments_are_edited_or_deleted(shop: Shop) -> None:
    created = shop.store.log(shop.card.id)[0]
    assert shop.api("PUT", f"/actions/{created.id}", {"text": "x"}).status == 404
    assert shop.api("DELETE", f"/actions/{created.id}").status == 404


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        ("disabled", set()),
        ("members", {"paul", "mel"}),
        ("observers", {"paul", "mel", "olga"}),
        ("org", {"paul", "mel", "olga"}),
    ],
)
def test_the_board_says_who_may_comment(shop: Shop, policy: str, allowed: set[str]) -> None:
    shop.api.ok("PUT", f"/boards/{shop.board.id}", {"prefs/comments": policy})
    path = f"/cards/{shop.card.id}/actions/comments"
    able = {
        who
        for who in ("paul", "mel", "olga", "stranger")
        if shop.as_(getattr(shop, who))("POST", path, {"text": "x"}).status == 200
    }
    assert able == allowed


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("é" * 16384, 200),
        ("é" * 16385, 400),
        ("🎉" * 8192, 200),
        ("🎉" * 8193, 400),
        ("", 400),
        (None, 400),
    ],
)
def test_a_comment_has_1_to_16384_utf16_units(shop: Shop, text: str | None, status: int) -> None:
    answer = shop.api("POST", f"/cards/{shop.card.id}/actions/comments", {"text": text})
    assert answer.status == status
    assert status == 200 or answer.body == "invalid value for text"


@pytest.mark.parametrize(
    "body",
    [{"shortName": "thumbsup"}, {"shortName": ":+1:"}, {"native": "👍"}, {"unified": "1F44D"}],
)
def test_an_emoji_is_named_in_any_way(shop: Shop, body: dict[str, str]) -> None:
    comment = shop.mel.comment(shop.card, "x")
    path = f"/actions/{comment.id}/reactions"
    made = shop.api.ok("POST", path, body)
    assert made["emoji"]["native"] == "👍"
    assert made["idEmoji"] == "1F44D"
    assert made["member"]["username"] == "robot"
    assert shop.api.ok("POST", path, body)["id"] == made["id"]
    assert shop.api.get(f"{path}Summary")[0]["count"] == 1
    assert shop.as_(shop.mel)("DELETE", f"{path}/{made['id']}").status == 401
    assert shop.api.ok("DELETE", f"{path}/{made['id']}") == {"_value": None}
    assert shop.api.get(path) == []
    assert shop.api("DELETE", f"{path}/{made['id']}").status == 404


@pytest.mark.parametrize("body", [{}, {"shortName": "none such"}, {"unified": "xyz"}])
def test_what_names_no_emoji_is_refused(shop: Shop, body: dict[str, str]) -> None:
    comment = shop.mel.comment(shop.card, "x")
    assert shop.api("POST", f"/actions/{comment.id}/reactions", body).status == 400


def test_an_action_takes_nine_hundred_reactions(shop: Shop) -> None:
    comment = shop.mel.comment(shop.card, "x")
    comment.reactions += [{"idMember": "", "emoji": {}}] * 900
    with pytest.raises(RefusedError):
        shop.paul.react(comment)


def test_there_is_nothing_to_delete_where_nothing_is(shop: Shop) -> None:
    assert shop.api("DELETE", f"/actions/{ABSENT}").status == 404
