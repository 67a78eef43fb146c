"""Webhooks of the sandbox: posted for real, signed, tried again, and to this machine only."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from werkzeug.test import Client

from bot.sandbox import delivering
from tests.unit.sandbox.answering import Answering, answering
from tests.unit.sandbox.shop import Shop

AT_ONCE = (0.0, 0.0, 0.0)


@pytest.fixture
def callback(shop: Shop) -> Iterator[Answering]:
    with answering() as known, delivering(shop.app, AT_ONCE):
        yield known


def register(shop: Shop, url: str, model: str = "", status: int = 200) -> Any:
    answer = shop.api("POST", "/webhooks", {"callbackURL": url, "idModel": model or shop.board.id})
    assert answer.status == status, answer
    return answer.body


def come_to(shop: Shop, webhook: str, **wanted: object) -> dict[str, Any]:
    """Wait until a webhook shows what is wanted."""
    for _ in range(1000):
        shown: dict[str, Any] = shop.api.get(f"/webhooks/{webhook}")
        if wanted.items() <= shown.items():
            return shown
        Event().wait(0.01)
    raise TimeoutError(shown)


@pytest.mark.covers("K9")
def test_k9_an_address_is_asked_with_head_before_it_is_taken(
    shop: Shop, callback: Answering
) -> None:
    callback.statuses = [404]
    refused = register(shop, callback.url, status=400)
    assert refused == {
        "message": f"URL ({callback.url}) did not return 200 status code, got 404",
        "error": "VALIDATOR_URL_RETURNED_ERROR",
    }
    register(shop, callback.url)
    assert [each.method for each in callback.told] == ["HEAD", "HEAD"]
    assert "X-Trello-Webhook" not in callback.told[0].headers


def test_what_happens_on_a_board_is_posted_with_a_signature_over_body_and_address(
    shop: Shop, callback: Answering
) -> None:
    webhook = register(shop, callback.url)
    comment = shop.paul.comment(shop.card, "« été » 🎉")
    (told,) = callback.posts(1)
    body = json.loads(told.body)
    assert body["model"]["id"] == shop.board.id
    assert body["action"]["id"] == comment.id
    assert body["webhook"]["id"] == webhook["id"]
    secret = shop.world.grant(shop.robot).secret
    digest = hmac.new(secret.encode(), told.body + callback.url.encode(), hashlib.sha1).digest()
    assert told.headers["X-Trello-Webhook"] == base64.b64encode(digest).decode()
    assert "X-Trello-Client-Identifier" not in told.headers


def test_a_client_hears_the_name_it_gave_itself(shop: Shop, callback: Answering) -> None:
    register(shop, callback.url)
    grant = shop.world.grant(shop.robot)
    Client(shop.app).post(
        f"/1/cards/{shop.card.id}/actions/comments",
        json={"text": "x", "key": grant.key, "token": grant.token},
        headers={"X-Trello-Client-Identifier": "me"},
    )
    shop.paul.comment(shop.card, "y")
    names = [each.headers.get("X-Trello-Client-Identifier") for each in callback.posts(2)]
    assert names == ["me", None]


def test_a_label_is_announced_twice_though_feeds_show_it_once(
    shop: Shop, callback: Answering
) -> None:
    register(shop, callback.url)
    shop.paul.label(shop.card, "delegate")
    types = {json.loads(each.body)["action"]["type"] for each in callback.posts(2)}
    assert types == {"addLabelToCard", "updateCard"}


def test_a_webhook_on_a_card_hears_of_that_card_only(shop: Shop, callback: Answering) -> None:
    register(shop, callback.url, shop.card.id)
    shop.paul.add_card(shop.todo, "Autre")
    comment = shop.paul.comment(shop.card, "x")
    (told,) = callback.posts(1)
    assert json.loads(told.body)["action"]["id"] == comment.id
    assert json.loads(told.body)["model"]["id"] == shop.card.id


def test_what_is_not_answered_with_200_is_tried_again_three_times(
    shop: Shop, callback: Answering
) -> None:
    webhook = register(shop, callback.url)
    callback.statuses = [500, 503, 404]
    shop.paul.comment(shop.card, "x")
    told = callback.posts(4)
    assert len({each.body for each in told}) == 1
    assert come_to(shop, webhook["id"], consecutiveFailures=0)["firstConsecutiveFailDate"] is None
    callback.statuses = [500] * 4
    shop.paul.comment(shop.card, "y")
    shown = come_to(shop, webhook["id"], consecutiveFailures=4)
    assert shown["firstConsecutiveFailDate"] is not None
    assert shown["active"] is True


@pytest.mark.covers("K9")
def test_k9_after_a_month_and_a_thousand_failures_a_webhook_is_switched_off(
    shop: Shop, callback: Answering
) -> None:
    webhook = register(shop, callback.url)
    shop.store.webhooks[webhook["id"]].failures = 1000
    callback.statuses = [500] * 8
    shop.paul.comment(shop.card, "x")
    come_to(shop, webhook["id"], consecutiveFailures=1004)
    shop.world.advance(timedelta(days=31))
    shop.paul.comment(shop.card, "y")
    come_to(shop, webhook["id"], active=False)


def test_410_ends_a_webhook(shop: Shop, callback: Answering) -> None:
    webhook = register(shop, callback.url)
    callback.statuses = [410]
    shop.paul.comment(shop.card, "x")
    callback.posts(1)
    for _ in range(1000):
        if shop.api("GET", f"/webhooks/{webhook['id']}").status == 404:
            return
        Event().wait(0.01)
    raise TimeoutError


def test_a_webhook_that_is_switched_off_hears_nothing_and_is_asked_when_it_comes_back(
    shop: Shop, callback: Answering
) -> None:
    webhook = register(shop, callback.url)
    path = f"/webhooks/{webhook['id']}"
    shop.api.ok("PUT", path, {"active": False})
    shop.paul.comment(shop.card, "x")
    callback.statuses = [503]
    assert shop.api("PUT", path, {"active": True}).status == 400
    assert shop.api.ok("PUT", path, {"active": True})["active"] is True
    comment = shop.paul.comment(shop.card, "y")
    (told,) = callback.posts(1)
    assert json.loads(told.body)["action"]["id"] == comment.id


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/hook",
        "http://a.example/hook",
        "http://169.254.169.254/latest",
        "http://10.0.0.1/hook",
        "https://127.0.0.1/hook",
        "http://127.0.0.1.a.example/hook",
        "http://localhost.a.example/",
        "http://[::1/",
        "http:///hook",
    ],
)
def test_no_address_of_another_machine_is_ever_called(
    shop: Shop, callback: Answering, url: str
) -> None:
    assert callback.told == []
    assert "got 530" in register(shop, url, status=400)["message"]
    shop.store.courier = None
    register(shop, url)


def test_a_member_who_has_left_the_board_hears_nothing_more(
    shop: Shop, callback: Answering
) -> None:
    register(shop, callback.url)
    for each in shop.store.memberships_of(shop.board):
        if each.id_member == shop.robot.id:
            del shop.store.memberships[each.id]
    shop.paul.comment(shop.card, "x")
    Event().wait(0.1)
    assert [each.method for each in callback.told] == ["HEAD"]


def test_nobody_is_called_unless_deliveries_are_on(shop: Shop) -> None:
    with answering() as known:
        register(shop, known.url)
        shop.paul.comment(shop.card, "x")
        with delivering(shop.app, AT_ONCE):
            shop.paul.comment(shop.card, "y")
            known.posts(1)
        shop.paul.comment(shop.card, "z")
        Event().wait(0.1)
        assert len(known.told) == 1
