"""Who may see, change and comment on what.

The bodies for what an observer may not do, and for writes to a closed board, are inferred.
"""

from bot.sandbox import errors
from bot.sandbox.rows import Author, Board, Card
from bot.sandbox.store import Store

NOBODY = Author("")


def see_board(store: Store, by: Author, board: Board) -> Board:
    """Return the board if ``by`` may see it."""
    if store.role_of(by.id_member, board) or board.prefs["permissionLevel"] == "public":
        return board
    raise errors.board_hidden()


def see_card(store: Store, by: Author, card: Card) -> Card:
    """Return the card if ``by`` may see it."""
    board = store.boards[card.id_board]
    if store.role_of(by.id_member, board) or board.prefs["permissionLevel"] == "public":
        return card
    raise errors.card_hidden()


def change_board(store: Store, by: Author, board: Board) -> Board:
    """Return the board if ``by`` may change what lies on it."""
    if store.role_of(by.id_member, board) in {"admin", "normal"}:
        return board
    raise errors.board_hidden()


def change_card(store: Store, by: Author, card: Card) -> Card:
    """Return the card if ``by`` may change it; nobody may on a closed board."""
    board = store.boards[card.id_board]
    if store.role_of(by.id_member, board) in {"admin", "normal"} and not board.closed:
        return card
    raise errors.card_hidden()


def comment_on(store: Store, by: Author, card: Card) -> Card:
    """Return the card if the board's ``prefs.comments`` lets ``by`` comment on it."""
    board = store.boards[card.id_board]
    role, policy = store.role_of(by.id_member, board), board.prefs["comments"]
    allowed = {
        "disabled": False,
        "members": role in {"admin", "normal"},
        "observers": role is not None,
        "org": role is not None,
        "public": True,
    }
    if allowed[policy] and not board.closed:
        return card
    raise errors.card_hidden()
