import pytest

from bot.trello.routes import ForbiddenRouteError, check_board, check_route

CARD = "/cards/5e95d1b4f43f9a06497f17f7"
ID = "5e95d1b4f43f9a06497f17f8"


@pytest.mark.covers("I10", "K14", "S21")
@pytest.mark.parametrize(
    ("method", "path", "fields"),
    [
        ("DELETE", CARD, []),
        ("DELETE", f"/boards/{ID}", []),
        ("DELETE", f"/lists/{ID}", []),
        ("DELETE", f"/labels/{ID}", []),
        ("DELETE", f"{CARD}/idMembers/{ID}", []),
        ("DELETE", "/tokens/{token}", []),
        ("PUT", CARD, ["closed"]),
        ("PUT", CARD, ["desc", "name"]),
        ("PUT", CARD, ["idLabels"]),
        ("PUT", CARD, ["idMembers"]),
        ("PUT", CARD, ["idList"]),
        ("PUT", CARD, ["idBoard"]),
        ("PUT", CARD, ["pos"]),
        ("PUT", CARD, ["dueComplete"]),
        ("PUT", CARD, ["subscribed"]),
        ("PUT", f"{CARD}/idLabels", ["value"]),
        ("PUT", f"{CARD}/idMembers", ["value"]),
        ("PUT", f"{CARD}/closed", ["value"]),
        ("PUT", f"{CARD}/checkItem/{ID}", ["name"]),
        ("PUT", f"/lists/{ID}/closed", ["value"]),
        ("PUT", f"/boards/{ID}", ["name"]),
        ("POST", "/boards", ["name"]),
        ("POST", "/cards", ["idList", "name", "idMembers"]),
        ("POST", f"{CARD}/labels", ["name"]),
        ("POST", f"/lists/{ID}/archiveAllCards", []),
        ("POST", "/tokens/{token}/webhooks", []),
        ("PUT", f"/tokens/{{token}}/webhooks/{ID}", []),
        ("GET", f"/tokens/{{token}}/webhooks/{ID}", []),
        ("GET", "/webhooks", []),
        ("DELETE", f"/webhooks/{ID}", []),
        ("PUT", f"/webhooks/{ID}", ["idModel"]),
        ("POST", "/webhooks", ["idModel", "callbackURL", "active"]),
        ("POST", f"{CARD}/idLabels", ["value", "color"]),
        ("POST", f"{CARD}/idLabels/{ID}", []),
        ("POST", f"{CARD}/labels", ["value"]),
        ("DELETE", f"{CARD}/idLabels", []),
        ("DELETE", f"{CARD}/idLabels/{ID}", ["value"]),
        ("DELETE", f"{CARD}/idLabels/{ID}/{ID}", []),
        ("DELETE", f"{CARD}/labels/{ID}", []),
        ("DELETE", f"/labels/{ID}/idLabels/{ID}", []),
        ("PUT", f"{CARD}/idLabels/{ID}", []),
        ("PUT", f"{CARD}/checkItem", ["state"]),
        ("PUT", f"{CARD}/checkItem/{ID}", ["state", "name"]),
        ("PUT", f"{CARD}/checkItem/{ID}", ["idChecklist"]),
        ("PUT", f"{CARD}/checkItem/{ID}", ["pos"]),
        ("PUT", f"{CARD}/checkItem/{ID}", ["due"]),
        ("PUT", f"{CARD}/checkItem/{ID}", ["idMember"]),
        ("PUT", f"{CARD}/checkItem/{ID}/state", ["value"]),
        ("PUT", f"{CARD}/checklist/{ID}/checkItem/{ID}", ["state"]),
        ("POST", f"{CARD}/checkItem/{ID}", ["state"]),
        ("DELETE", f"/checklists/{ID}", []),
        ("DELETE", f"{CARD}/checklists", []),
        ("POST", "/labels", ["name", "color", "idBoard"]),
        ("PATCH", CARD, ["desc"]),
        ("GET", "/search", []),
        ("GET", CARD, ["text"]),
        ("GET", f"/cards/../boards/{ID}", []),
        ("GET", f"/cards/{ID}?key=x", []),
        ("GET", "/cards/%2e%2e", []),
        ("GET", "/cards//actions", []),
        ("GET", "//evil.example/cards", []),
        ("GET", f"{CARD}\n", []),
        ("GET", "https://trello.com/1/tokens/x", []),
    ],
)
def test_s21_the_bot_never_makes_this_request(method: str, path: str, fields: list[str]) -> None:
    with pytest.raises(ForbiddenRouteError):
        check_route(method, path, fields)


@pytest.mark.parametrize(
    ("method", "path", "fields"),
    [
        ("POST", f"/checklists/{ID}/checkItems", ["name", "pos"]),
        ("GET", "/members/me/boards", []),
        ("GET", "/members/jane_doe", []),
        ("GET", "/boards/AbCd1234", []),
        ("GET", f"/boards/{ID}/actions", []),
        ("GET", CARD, []),
        ("GET", f"{CARD}/actions", []),
        ("GET", f"/actions/{ID}", []),
        ("GET", "/tokens/{token}", []),
        ("PUT", CARD, ["desc"]),
        ("PUT", CARD, ["due", "start"]),
        ("POST", f"{CARD}/idMembers", ["value"]),
        ("POST", f"{CARD}/idLabels", ["value"]),
        ("DELETE", f"{CARD}/idLabels/{ID}", []),
        ("PUT", f"{CARD}/checkItem/{ID}", ["state"]),
        ("POST", f"{CARD}/checklists", ["name"]),
        ("POST", f"{CARD}/attachments", ["url", "name"]),
        ("POST", f"{CARD}/attachments", ["file", "name"]),
        ("DELETE", f"{CARD}/checklists/{ID}", []),
        ("DELETE", f"{CARD}/checkItem/{ID}", []),
        ("DELETE", f"{CARD}/attachments/{ID}", []),
        ("POST", f"{CARD}/actions/comments", ["text"]),
        ("PUT", f"/actions/{ID}", ["text"]),
        ("DELETE", f"/actions/{ID}", []),
        ("POST", f"/actions/{ID}/reactions", ["shortName"]),
        ("POST", "/cards", ["idList", "name"]),
        ("GET", "/tokens/{token}/webhooks", []),
        ("POST", "/webhooks", ["idModel", "callbackURL", "description"]),
        ("PUT", f"/webhooks/{ID}", ["callbackURL", "active"]),
    ],
)
def test_the_bot_may_make_this_request(method: str, path: str, fields: list[str]) -> None:
    check_route(method, path, fields)


@pytest.mark.covers("S20")
@pytest.mark.parametrize(
    ("path", "id_board"),
    [(f"/boards/{ID}", None), (f"/boards/{ID}/actions", None), ("/labels", ID), ("/webhooks", ID)],
)
def test_s20_a_board_outside_the_configuration_is_refused(path: str, id_board: str | None) -> None:
    with pytest.raises(ForbiddenRouteError):
        check_board(path, id_board, frozenset({"AbCd1234"}))
    check_board(path, id_board, frozenset({ID}))
    check_board(path, id_board, None)


@pytest.mark.parametrize("path", [CARD, "/members/me/boards"])
def test_s20_other_routes_name_no_board(path: str) -> None:
    check_board(path, None, frozenset())
