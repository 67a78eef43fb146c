"""The log of actions: how one is written, what it moves, and which ones feeds show."""

from datetime import timedelta

from bot.sandbox import rows
from bot.sandbox.clock import stamp
from bot.sandbox.rows import Json
from bot.sandbox.store import Store

HIDDEN = frozenset({
    "addLabelToCard",
    "copyChecklist",
    "createBoardInvitation",
    "createCheckItem",
    "createChecklist",
    "createLabel",
    "deleteCheckItem",
    "deleteComment",
    "deleteLabel",
    "moveCardFromBoard",
    "removeLabelFromCard",
    "removeMemberFromBoard",
    "updateCheckItem",
    "updateChecklist",
    "updateComment",
    "updateLabel",
    "voteOnCard",
})  # fmt: skip
"""Types that no polled or nested feed shows, though webhooks send them."""

AHEAD_OF_ACTION = timedelta(milliseconds=10)
"""How long before ``action.date`` a card's ``dateLastActivity`` lies on real boards."""

COMMENTS = frozenset({"commentCard", "copyCommentCard"})


def record(store: Store, by: rows.Author, kind: str, data: Json, *, quiet: bool = False) -> str:
    """Write an action about ``data["board"]`` and ``data["card"]`` and return its id.

    Moves ``dateLastActivity`` of the board and, unless ``quiet``, of the card.
    """
    now = store.moment()
    board = store.boards.get(data["board"]["id"]) if "board" in data else None
    card = store.cards.get(data["card"]["id"]) if "card" in data else None
    action = rows.Action(
        id=store.ids.new(now),
        type=kind,
        id_member_creator=by.id_member,
        date=stamp(now),
        data=data,
        id_app=by.id_app,
        id_board=board.id if board else None,
        id_card=card.id if card else None,
        id_member=data.get("idMember") or data.get("idMemberAdded"),
    )
    store.put_action(action)
    before = stamp(now - AHEAD_OF_ACTION)
    if board is not None:
        board.date_last_activity = before
    if card is not None and not quiet:
        card.date_last_activity = before
        card.comments += kind in COMMENTS
    return action.id


def touch(store: Store, card: rows.Card) -> None:
    """Move ``dateLastActivity`` without an action, as some edits do (a renamed check item)."""
    before = stamp(store.moment() - AHEAD_OF_ACTION)
    card.date_last_activity = before
    store.boards[card.id_board].date_last_activity = before


def board_data(board: rows.Board) -> Json:
    """Return how an action names a board."""
    return {"id": board.id, "name": board.name, "shortLink": board.short_link}


def list_data(list_: rows.BoardList) -> Json:
    """Return how an action names a list."""
    return {"id": list_.id, "name": list_.name}


def card_data(card: rows.Card) -> Json:
    """Return how an action names a card."""
    return {
        "id": card.id,
        "name": card.name,
        "idShort": card.id_short,
        "shortLink": card.short_link,
    }


def place_of(store: Store, card: rows.Card) -> Json:
    """Return ``card``, ``list`` and ``board`` as most card actions carry them."""
    return {
        "card": card_data(card),
        "list": list_data(store.lists[card.id_list]),
        "board": board_data(store.boards[card.id_board]),
    }


def on_card(store: Store, card: rows.Card) -> Json:
    """Return ``card`` and ``board``, for the actions that name no list."""
    return {"card": card_data(card), "board": board_data(store.boards[card.id_board])}
