"""Members and tokens."""

from bot.sandbox import errors, feeds, nested
from bot.sandbox.call import NOTHING, Call, Route
from bot.sandbox.rows import Board, Json, Member, Token
from bot.sandbox.views.board import BOARD_NAMES, board_view
from bot.sandbox.views.member import member_view, profile_view
from bot.sandbox.views.parts import token_view


def _member(call: Call, ref: str) -> Member:
    return call.store.member(call.viewer if ref == "me" else ref)


def read(call: Call, member: str) -> Json:
    """Answer ``GET /members/{id}``; ``me`` is who asks."""
    found = _member(call, member)
    view = profile_view(call.store, found, call.params.optional("fields"), call.viewer)
    if "email" in view and _reads_address(call, found):
        view["email"] = f"{found.username}@example.com"
    if call.params.text("boards", "none") not in {"none", ""}:
        view["boards"] = _boards(call, found, call.params.text("boards"), "board_fields")
    return view


def _reads_address(call: Call, member: Member) -> bool:
    """Tell whether the asker may read an address: their own, with a token of scope account.

    https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/
    """
    return call.token is not None and "account" in call.token.scopes and call.viewer == member.id


def boards_of(call: Call, member: str, filter_: str = "") -> list[Json]:
    """Answer ``GET /members/{id}/boards``: what both that member and the asker may see."""
    wanted = filter_ or call.params.text("filter") or "all"
    return _boards(call, _member(call, member), wanted, "fields")


def _boards(call: Call, member: Member, wanted: str, fields: str) -> list[Json]:
    return [
        board_view(call.store, each, call.params.optional(fields), call.viewer, BOARD_NAMES)
        for each in _shared(call, member)
        if wanted not in {"open", "closed"} or each.closed == (wanted == "closed")
    ]


def _shared(call: Call, member: Member) -> list[Board]:
    store = call.store
    return [
        each
        for each in store.boards.values()
        if store.role_of(member.id, each) and store.role_of(call.viewer, each)
    ]


def cards_of(call: Call, member: str) -> list[Json]:
    """Answer ``GET /members/{id}/cards``."""
    store, found = call.store, _member(call, member)
    mine = [
        card
        for board in _shared(call, found)
        for card in store.cards_of(board)
        if found.id in card.id_members
    ]
    chosen = nested.filtered(store, mine, call.params.text("filter") or "visible")
    page = nested.page_of_cards(store, chosen, call.params)
    return nested.whole_cards(store, page, nested.card_parts(store, call.params), call.viewer)


def actions_of(call: Call, member: str) -> list[Json]:
    """Answer ``GET /members/{id}/actions``."""
    found = _member(call, member)
    mine = [
        each
        for board in _shared(call, found)
        for each in call.store.log(board.id)
        if each.id_member_creator == found.id
    ]
    return feeds.shown(call.store, mine, feeds.feed(call.store, call.params, "all"))


def nothing_of(call: Call, member: str) -> list[Json]:
    """Answer what the sandbox keeps none of: workspaces, notifications, stars."""
    _member(call, member)
    return []


def token_of(call: Call, secret: str) -> Token:
    """Return a token by itself; one can only ask about tokens that are known."""
    found = call.token if secret == "me" else call.store.tokens.get(secret)  # noqa: S105
    if found is None:
        raise errors.invalid_token()
    return found


def read_token(call: Call, secret: str) -> Json:
    """Answer ``GET /tokens/{token}``."""
    webhooks = call.params.flag("webhooks")
    return token_view(call.store, token_of(call, secret), webhooks=webhooks)


def member_of_token(call: Call, secret: str) -> Json:
    """Answer ``GET /tokens/{token}/member``."""
    found = token_of(call, secret)
    return member_view(call.store, found.id_member, call.params.optional("fields"))


def delete_token(call: Call, secret: str) -> Json:
    """Answer ``DELETE /tokens/{token}``: its webhooks go with it."""
    found, store = token_of(call, secret), call.store
    for each in [each for each in store.webhooks.values() if each.id_token == found.id]:
        del store.webhooks[each.id]
    del store.tokens[found.secret]
    return NOTHING


ROUTES: tuple[Route, ...] = (
    ("GET", "/members/<member>", read),
    ("GET", "/members/<member>/actions", actions_of),
    ("GET", "/members/<member>/boards", boards_of),
    ("GET", "/members/<member>/boards/<filter_>", boards_of),
    ("GET", "/members/<member>/boardStars", nothing_of),
    ("GET", "/members/<member>/cards", cards_of),
    ("GET", "/members/<member>/notifications", nothing_of),
    ("GET", "/members/<member>/organizations", nothing_of),
    ("GET", "/tokens/<secret>", read_token),
    ("DELETE", "/tokens/<secret>", delete_token),
    ("GET", "/tokens/<secret>/member", member_of_token),
)
