"""Members, tokens, webhooks, and reads that span boards."""

import pytest

from tests.unit.sandbox.shop import Api, Shop


def test_the_probe_tells_which_boards_moved(shop: Shop) -> None:
    path = "/members/me/boards"
    before = shop.api.get(path, fields="dateLastActivity,closed")
    assert [sorted(each) for each in before] == [["closed", "dateLastActivity", "id"]]
    shop.mel.comment(shop.card, "x")
    after = shop.api.get(path, fields="dateLastActivity,closed")
    assert after[0]["dateLastActivity"] > before[0]["dateLastActivity"]
    assert len(shop.api.get(f"{path}/all")) == 1
    assert shop.api.get(path, filter="closed") == []
    assert shop.as_(shop.stranger).get(path) == []


def test_a_member_shows_more_to_themselves(shop: Shop) -> None:
    mine = shop.api.get("/members/me", boards="all", board_fields="name")
    assert mine["username"] == "robot"
    assert mine["boards"] == [{"id": shop.board.id, "name": "Atelier"}]
    assert "loginTypes" in mine
    assert "loginTypes" not in shop.api.get("/members/mel")
    assert shop.api.get(f"/members/{shop.mel.id}")["fullName"] == "Mel Rakoto"
    assert shop.api("GET", "/members/nobody").status == 404
    shop.paul.assign(shop.card, shop.mel)
    assert len(shop.api.get("/members/mel/cards")) == 1
    assert shop.api.get("/members/me/notifications") == []


def test_a_token_shows_what_it_may(shop: Shop) -> None:
    grant = shop.world.grant(shop.robot)
    shown = shop.api.get(f"/tokens/{grant.token}")
    assert shown["idMember"] == shop.robot.id
    assert shown["permissions"][1] == {
        "idModel": "*", "modelType": "Board", "read": True, "write": True,
    }  # fmt: skip
    assert grant.token not in str(shown)
    assert shop.api.get(f"/tokens/{grant.token}/member")["username"] == "robot"
    assert shop.api("GET", "/tokens/unknown").body == "invalid token"


def test_a_batch_answers_each_read_under_its_status(shop: Shop) -> None:
    urls = f"/cards/{shop.card.id}?fields=name,/lists/{'0' * 24},/nowhere"
    answers = shop.api.get("/batch", urls=urls)
    assert answers[0] == {"200": {"id": shop.card.id, "name": "Facture Dubois"}}
    assert answers[1] == {"404": "model not found"}
    assert list(answers[2]) == ["404"]
    for wrong in ("", "cards", "/batch", ",".join(["/members/me"] * 11)):
        assert shop.api("GET", "/batch", urls=wrong).status == 400


def test_a_search_finds_names(shop: Shop) -> None:
    found = shop.api.get("/search", query="facture")
    assert [each["name"] for each in found["cards"]] == ["Facture Dubois"]
    assert [e["name"] for e in shop.api.get("/search", query="atelier")["boards"]] == ["Atelier"]
    assert shop.api("GET", "/search", query="").status == 400


def test_webhooks_are_kept_per_token(shop: Shop) -> None:
    body = {"callbackURL": "https://a.example/hook", "idModel": shop.board.id, "description": "d"}
    made = shop.api.ok("POST", "/webhooks/", body)
    assert made["active"] is True
    again = shop.api("POST", "/webhooks", body)
    assert again.body == "A webhook with that callback, model, and token already exists"
    path = f"/webhooks/{made['id']}"
    assert shop.api.get(path) == made
    assert shop.as_(shop.mel)("GET", path).status == 404
    assert shop.api.ok("PUT", path, {"active": "false"})["active"] is False
    grant = shop.world.grant(shop.robot)
    assert len(shop.api.get(f"/tokens/{grant.token}/webhooks")) == 1
    assert shop.api.ok("DELETE", path) == {"_value": None}
    second = {"callbackURL": "https://b.example", "idModel": shop.card.id}
    shop.api.ok("POST", f"/tokens/{grant.token}/webhooks", second)
    assert shop.api("POST", "/webhooks", second | {"callbackURL": "ftp://x"}).status == 400
    assert shop.api("POST", "/webhooks", second | {"idModel": "x"}).status == 400


@pytest.mark.parametrize(
    "path", ["/boards/BOARD/plugins", "/boards/BOARD/customFields", "/cards/CARD/pluginData",
             "/cards/CARD/customFieldItems"],
)  # fmt: skip
def test_what_the_sandbox_has_none_of_is_empty(shop: Shop, path: str) -> None:
    path = path.replace("BOARD", shop.board.id).replace("CARD", shop.card.id)
    assert shop.api.get(path) == []


def test_only_a_token_with_the_scope_account_is_shown_its_own_members_address(shop: Shop) -> None:
    def addresses(*scopes: str) -> list[str | None]:
        api = Api(shop.app, shop.world.grant(shop.robot, scopes=scopes))
        return [api.get(f"/members/{each}", fields="email")["email"] for each in ("me", "mel")]

    assert addresses("read", "write") == [None, None]
    assert addresses("read", "write", "account") == ["robot@example.com", None]
