"""Who gets in, and the words with which the others are turned away."""

from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import Client

from bot.sandbox.call import Answer
from tests.unit.sandbox.shop import ABSENT, Api, Reply, Shop, reply


def asked(shop: Shop, path: str, **options: Any) -> Reply:
    return reply(Client(shop.app).open("/1" + path, **options))


def test_credentials_are_taken_from_header_query_and_body(shop: Shop) -> None:
    grant = shop.world.grant(shop.mel)
    pair = {"key": grant.key, "token": grant.token}
    header = f'OAuth oauth_consumer_key="{grant.key}", oauth_token="{grant.token}"'
    by_header = asked(shop, "/members/me", headers={"Authorization": header})
    by_query = asked(shop, "/members/me", query_string=pair)
    assert by_header.body == by_query.body
    assert by_query.body["username"] == "mel"
    for body in ({"json": pair | {"text": "a"}}, {"data": pair | {"text": "b"}}):
        comment = asked(shop, f"/cards/{shop.card.id}/actions/comments", method="POST", **body)
        assert comment.body["memberCreator"]["username"] == "mel"


def test_the_header_wins_over_the_query(shop: Shop) -> None:
    mel, paul = shop.world.grant(shop.mel), shop.world.grant(shop.paul)
    header = f'OAuth oauth_consumer_key="{mel.key}", oauth_token="{mel.token}"'
    answer = asked(
        shop,
        "/members/me",
        query_string={"key": paul.key, "token": paul.token},
        headers={"Authorization": header},
    )
    assert answer.body["username"] == "mel"


@pytest.mark.parametrize(
    "case",
    [
        ("GET", "/members/me", "", "", 401, "invalid key"),
        ("GET", "/members/me", "no such key", "TOKEN", 401, "invalid key"),
        ("GET", "/members/me", "KEY", "no such token", 401, "invalid token"),
        ("GET", "/members/me", "KEY", "", 401, {"message": "missing scopes"}),
        ("GET", "/boards/BOARD", "", "", 401, "unauthorized permission requested"),
        ("GET", "/cards/CARD", "", "", 401, "unauthorized card permission requested"),
        ("PUT", "/cards/CARD", "", "", 401, {"message": "missing scopes"}),
        ("PUT", "/cards/CARD", "KEY", "READER", 401, {"message": "missing scopes"}),
        ("GET", "/members/me", "KEY", "EXPIRED", 401, "invalid token"),
        ("GET", "/members/me", "OTHER", "TOKEN", 401, "invalid token"),
        ("GET", "/cards/not-an-id", "", "", 400, "invalid id"),
        ("GET", "/lists/AbCd1234", "KEY", "TOKEN", 400, "invalid id"),
    ],
    ids=lambda case: " ".join(case[:4]),
)
def test_a_closed_door_says_why(shop: Shop, case: tuple[str, str, str, str, int, Any]) -> None:
    method, path, key, token, status, body = case
    other = shop.world.grant(shop.mel, app="other")
    grant = shop.world.grant(shop.mel)
    reader = shop.world.grant(shop.olga, scopes=["read"])
    brief = shop.world.grant(shop.robot, lasts=timedelta(hours=1))
    shop.world.advance(timedelta(hours=1))
    names = {"KEY": grant.key, "TOKEN": grant.token, "READER": reader.token,
             "EXPIRED": brief.token, "OTHER": other.key}  # fmt: skip
    path = path.replace("BOARD", shop.board.id).replace("CARD", shop.card.id)
    query = {"key": names.get(key, key), "token": names.get(token, token)}
    answer = asked(shop, path, method=method, query_string={k: v for k, v in query.items() if v})
    assert (answer.status, answer.body) == (status, body)


@pytest.mark.parametrize(
    "case",
    [
        ("GET", "/boards/ABSENT", None, 404, "The requested resource was not found."),
        ("GET", "/cards/ABSENT", None, 404, "The requested resource was not found."),
        ("GET", "/cards/ZZZZZZZZ", None, 404, "The requested resource was not found."),
        ("GET", "/actions/ABSENT", None, 404, "The requested resource was not found."),
        ("GET", "/checklists/ABSENT", None, 404, "The requested resource was not found."),
        ("GET", "/labels/ABSENT", None, 404, "The requested resource was not found."),
        ("GET", "/webhooks/ABSENT", None, 404, "The requested resource was not found."),
        ("GET", "/lists/ABSENT", None, 404, "model not found"),
        ("POST", "/lists", {"name": "x", "idBoard": "ABSENT"}, 401,
         "unauthorized board list requested ABSENT"),
        ("POST", "/checklists", {"idCard": "ABSENT"}, 401, "unauthorized board requested"),
        ("POST", "/cards", {"idList": "short"}, 400, "invalid value for idList"),
        ("POST", "/cards", {"idList": "ABSENT"}, 404,
         "could not find the board that the card belongs to"),
        ("POST", "/cards", {"idList": "LIST", "name": 5}, 400, "invalid value for name"),
        ("POST", "/cards", {"idList": "LIST", "due": "soon"}, 400, "invalid value for due"),
        ("PUT", "/cards/CARD", {"due": "9999-12-31T23:30:00-05:00"}, 400, "invalid value for due"),
        ("POST", "/cards", {"idList": "LIST", "pos": "left"}, 400, "invalid value for pos"),
        ("POST", "/cards", {"idList": "LIST", "idLabels": "x"}, 400, "invalid value for idLabels"),
        ("POST", "/cards", {"idList": "LIST", "idLabels": ["ABSENT"]}, 400, "label not found"),
        ("POST", "/boards", {"name": " "}, 400,
         {"message": "invalid value for name", "error": "ERROR"}),
        ("POST", "/lists", {"name": "", "idBoard": "BOARD"}, 400,
         {"message": "invalid value for name", "error": "BAD_REQUEST_ERROR"}),
        ("PUT", "/lists/LIST", {"name": ""}, 400,
         {"message": "invalid value for name", "error": "BAD_REQUEST_ERROR"}),
        ("PUT", "/cards/CARD/closed", {"value": "maybe"}, 400, "invalid value for value"),
        ("PUT", "/cards/CARD", {"name": ""}, 400, "invalid value for name"),
        ("POST", "/cards/CARD/idMembers", {"value": "MEL"}, 400, "member is already on the card"),
        ("POST", "/cards/CARD/idLabels", {"value": "AbCd1234"}, 400, "Invalid objectId"),
        ("PUT", "/cards/CARD", {"idLabels": ["LABEL", "LABEL"]}, 400, "label not found"),
        ("DELETE", "/cards/CARD/membersVoted/MEL", None, 400, "member has not voted on the card"),
        ("DELETE", "/lists/LIST", None, 400, "Cannot delete open list"),
        ("PUT", "/cards/CARD/idList", {"value": "ELSEWHERE"}, 404,
         "List ELSEWHERE does not exist on board BOARD"),
        ("POST", "/cards/CARD/actions/comments", {"text": " "}, 400, "invalid value for text"),
        ("POST", "/cards/CARD/attachments", {"url": "javascript:x"}, 400, "invalid value for url"),
        ("POST", "/labels", {"name": "x", "color": "mauve", "idBoard": "BOARD"}, 400,
         "invalid value for color"),
        ("POST", "/labels", {"name": "x", "idBoard": "AbCd1234"}, 400, "invalid value for idBoard"),
        ("GET", "/cards/CARD?fields=nmae", None, 400, "invalid value for fields"),
        ("GET", "/cards/CARD/actions?limit=1001", None, 400, "invalid value for limit"),
        ("GET", "/boards/BOARD/cards?filter=many", None, 400, "invalid value for filter"),
        ("GET", "/nowhere", None, 404, "Cannot GET /1/nowhere"),
        ("PATCH", "/cards/CARD", None, 404, "Cannot PATCH /1/cards/CARD"),
    ],
    ids=lambda case: f"{case[0]} {case[1]} {case[4]}",
)  # fmt: skip
def test_errors_are_worded_as_the_service_words_them(
    shop: Shop, case: tuple[str, str, dict[str, Any] | None, int, Any]
) -> None:
    method, path, body, status, text = case
    shop.paul.assign(shop.card, shop.mel)
    elsewhere = shop.paul.add_board("Ailleurs", lists=["x"])
    names = {
        "ABSENT": ABSENT,
        "BOARD": shop.board.id,
        "CARD": shop.card.id,
        "LIST": shop.todo.id,
        "MEL": shop.mel.id,
        "LABEL": shop.label("delegate"),
        "ELSEWHERE": shop.world.list_named(elsewhere, "x").id,
    }

    def named(value: Any) -> Any:
        if isinstance(value, str):
            for name, found in names.items():
                value = value.replace(name, found)
        if isinstance(value, list):
            return [named(each) for each in value]
        return value

    body = {key: named(each) for key, each in body.items()} if body else None
    answer = shop.as_(shop.paul)(method, named(path), body)
    assert (answer.status, answer.body) == (status, named(text))


def test_an_unknown_address_is_told_back_with_its_credentials(shop: Shop) -> None:
    answer = asked(shop, "/nowhere", query_string={"key": "k", "token": "secret"})
    assert answer.body == "Cannot GET /1/nowhere?key=k&token=secret"


def test_errors_are_plain_text_or_json(shop: Shop) -> None:
    text = shop.api("GET", f"/cards/{ABSENT}")
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    json = shop.api("POST", "/boards", {"name": ""})
    assert json.headers["Content-Type"] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("who", "method", "path", "answer"),
    [
        ("stranger", "GET", "/boards/BOARD", (401, "unauthorized permission requested")),
        ("stranger", "GET", "/cards/CARD", (401, "unauthorized card permission requested")),
        ("olga", "GET", "/cards/CARD", (200, None)),
        ("olga", "PUT", "/cards/CARD", (401, "unauthorized card permission requested")),
        ("olga", "POST", "/boards/BOARD/lists", (401, "unauthorized permission requested")),
    ],
)
def test_strangers_see_nothing_and_observers_change_nothing(
    shop: Shop, who: str, method: str, path: str, answer: tuple[int, str | None]
) -> None:
    status, text = answer
    path = path.replace("BOARD", shop.board.id).replace("CARD", shop.card.id)
    body = None if method == "GET" else {"name": "x"}
    got = shop.as_(getattr(shop, who))(method, path, body)
    assert got.status == status
    assert text is None or got.body == text


def test_a_public_board_is_open_to_every_member(shop: Shop) -> None:
    shop.board.prefs["permissionLevel"] = "public"
    api = shop.as_(shop.stranger)
    assert api.get(f"/boards/{shop.board.id}")["name"] == "Atelier"
    assert api.get(f"/cards/{shop.card.id}")["name"] == "Facture Dubois"


def test_a_closed_board_is_read_but_not_written(shop: Shop) -> None:
    shop.api.ok("PUT", f"/boards/{shop.board.id}/closed", {"value": True})
    assert shop.api.get(f"/cards/{shop.card.id}")["name"] == "Facture Dubois"
    assert shop.api("PUT", f"/cards/{shop.card.id}", {"name": "x"}).status == 401
    assert shop.api("POST", f"/cards/{shop.card.id}/actions/comments", {"text": "x"}).status == 401


def test_a_token_that_is_revoked_takes_its_webhooks_along(shop: Shop) -> None:
    api = shop.api
    assert api.grant is not None
    api.ok("POST", "/webhooks", {"callbackURL": "https://a.example", "idModel": shop.board.id})
    assert len(api.get(f"/tokens/{api.grant.token}", webhooks="true")["webhooks"]) == 1
    api.ok("DELETE", f"/tokens/{api.grant.token}")
    assert api("GET", "/members/me").body == "invalid token"
    assert shop.store.webhooks == {}


def test_every_request_is_noted_without_its_credentials(shop: Shop) -> None:
    grant = shop.world.grant(shop.mel)
    asked(
        shop, "/members/me", query_string={"key": grant.key, "token": grant.token, "fields": "id"}
    )
    seen = shop.app.requests[-1]
    assert (seen.method, seen.path, seen.status, seen.member) == ("GET", "/members/me", 200, "mel")
    assert seen.params == ("fields",)
    assert grant.token not in repr(seen)


def test_a_fault_may_answer_before_or_after_the_service(shop: Shop) -> None:
    class Once:
        def before(self, request: Any) -> Answer | None:
            return Answer(503, "busy") if request.method == "PUT" else None

        def after(self, request: Any, answer: Answer) -> Answer | None:
            assert answer.status == 200 or request.method == "PUT"
            return Answer(500, "lost") if request.method == "POST" else None

    shop.app.faults = Once()
    path = f"/cards/{shop.card.id}"
    assert shop.api("GET", path).status == 200
    assert shop.api("PUT", path, {"name": "x"}).body == "busy"
    assert shop.card.name == "Facture Dubois"
    assert shop.api("POST", f"{path}/actions/comments", {"text": "there"}).status == 500
    assert shop.world.texts(shop.card) == ["there"]


def test_latency_is_real(shop: Shop) -> None:
    shop.app.latency = timedelta(milliseconds=1)
    assert shop.api("GET", "/members/me").status == 200


def test_nobody_needs_no_grant_to_be_turned_away(shop: Shop) -> None:
    assert Api(shop.app, None)("GET", f"/boards/{shop.board.id}").status == 401
