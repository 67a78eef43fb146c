"""Headers, windows and sizes."""

from datetime import timedelta

from werkzeug.test import Client

from tests.unit.sandbox.shop import Api, Shop


def test_every_answer_tells_windows_and_time(shop: Shop) -> None:
    shop.world.advance(timedelta(hours=1))
    for answer in (shop.api("GET", "/members/me"), Api(shop.app, None)("GET", "/members/me")):
        headers = answer.headers
        assert headers["x-rate-limit-api-token-interval-ms"] == "10000"
        assert headers["x-rate-limit-api-token-max"] == "100"
        assert headers["x-rate-limit-api-token-remaining"] == "99"
        assert headers["x-rate-limit-api-key-max"] == "300"
        assert headers["Date"] == "Mon, 23 Nov 2026 09:00:00 GMT"
        assert headers["x-server-time"] == str(int(shop.world.clock().timestamp() * 1000))
        assert headers["x-trello-environment"] == "Production"


def test_the_101st_request_of_a_token_in_ten_seconds_is_refused(shop: Shop) -> None:
    shop.app.windows.enforced = True
    api = shop.api
    remaining = [
        int(api("GET", "/members/me").headers["x-rate-limit-api-token-remaining"])
        for _ in range(100)
    ]
    assert remaining == list(reversed(range(100)))
    answer = api("GET", "/members/me")
    assert answer.status == 429
    assert answer.body == {"error": "API_TOKEN_LIMIT_EXCEEDED", "message": "Rate limit exceeded"}
    assert shop.as_(shop.mel)("GET", "/members/me").status == 200
    shop.world.advance(timedelta(seconds=10))
    assert api("GET", "/members/me").status == 200


def test_the_301st_request_of_a_key_in_ten_seconds_is_refused(shop: Shop) -> None:
    shop.app.windows.enforced = True
    for who in (shop.paul, shop.mel, shop.robot):
        for _ in range(100):
            assert shop.as_(who)("GET", "/members/me").status == 200
    answer = shop.as_(shop.olga)("GET", "/members/me")
    assert answer.body["error"] == "API_KEY_LIMIT_EXCEEDED"


def test_after_200_refusals_the_whole_key_is_refused(shop: Shop) -> None:
    shop.app.windows.enforced = True
    for _ in range(301):
        shop.api("GET", "/members/me")
    answer = shop.as_(shop.mel)("GET", "/members/me")
    assert answer.body["error"] == "API_KEY_LIMIT_EXCEEDED"


def test_a_refused_write_is_not_done(shop: Shop) -> None:
    shop.app.windows.enforced = True
    for _ in range(101):
        shop.api("PUT", f"/cards/{shop.card.id}/pos", {"value": 5})
    shop.api("PUT", f"/cards/{shop.card.id}", {"name": "trop"})
    assert shop.card.name == "Facture Dubois"


def test_an_address_over_8192_characters_is_refused_at_the_edge(shop: Shop) -> None:
    path = f"/cards/{shop.card.id}"
    room = 8192 - len(f"/1{path}?desc=")
    assert shop.api("PUT", path, desc="x" * room).status == 200
    answer = shop.api("PUT", path, desc="x" * (room + 1))
    assert answer.status == 414
    assert shop.card.desc == "x" * room


def test_a_read_with_a_body_is_refused_at_the_edge(shop: Shop) -> None:
    answer = Client(shop.app).get(f"/1/cards/{shop.card.id}", json={"fields": "name"})
    assert answer.status_code == 403


def test_names_and_descriptions_have_16384_units_at_most(shop: Shop) -> None:
    path = f"/cards/{shop.card.id}"
    assert shop.api("PUT", path, {"desc": "🎉" * 8192}).status == 200
    assert shop.api("PUT", path, {"desc": "🎉" * 8193}).body == "invalid value for desc"
    assert shop.api("PUT", path, {"name": "x" * 16385}).body == "invalid value for name"


def test_a_number_is_a_whole_number(shop: Shop) -> None:
    assert shop.api("GET", f"/cards/{shop.card.id}/actions", limit="many").status == 400


def test_a_board_holds_five_thousand_open_cards(shop: Shop) -> None:
    for number in range(5000):
        shop.store.cards[f"{number}"] = shop.card
    answer = shop.api("POST", "/cards", {"idList": shop.todo.id, "name": "x"})
    assert answer.status == 403
