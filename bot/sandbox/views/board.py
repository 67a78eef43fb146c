"""Boards and lists as the service shows them."""

from bot.sandbox import limits
from bot.sandbox.boards import SHADES
from bot.sandbox.rows import Board, BoardList, Json
from bot.sandbox.store import Store
from bot.sandbox.views.fields import Table, Viewer, chosen, shown
from bot.sandbox.views.member import membership_view
from bot.sandbox.views.numbers import plain
from bot.sandbox.views.slugs import slug


def _label_names(store: Store, board: Board, _: Viewer) -> Json:
    names = dict.fromkeys(SHADES, "")
    for each in store.labels_of(board):
        if each.color and not names[each.color]:
            names[each.color] = each.name
    return names


def _memberships(store: Store, board: Board, _: Viewer) -> list[Json]:
    return [membership_view(each) for each in store.memberships_of(board)]


BOARD_FIELDS: Table[Board] = {
    "nodeId": lambda _, board, __: f"ari:cloud:trello::board/workspace/{board.id}",
    "name": lambda _, board, __: board.name,
    "desc": lambda _, board, __: board.desc,
    "descData": lambda _, board, __: {"emoji": {}} if board.desc else None,
    "closed": lambda _, board, __: board.closed,
    "creationMethod": lambda *_: None,
    "dateClosed": lambda _, board, __: board.date_closed,
    "idOrganization": lambda _, board, __: board.id_organization,
    "idEnterprise": lambda *_: None,
    "limits": lambda *_: limits.board_limits(),
    "pinned": lambda *_: False,
    "starred": lambda *_: False,
    "url": lambda _, board, __: f"https://trello.com/b/{board.short_link}/{slug(board.name)}",
    "prefs": lambda _, board, __: board.prefs,
    "shortLink": lambda _, board, __: board.short_link,
    "subscribed": lambda *_: False,
    "labelNames": _label_names,
    "powerUps": lambda *_: [],
    "dateLastActivity": lambda _, board, __: board.date_last_activity,
    "dateLastView": lambda _, board, __: board.date_last_activity,
    "shortUrl": lambda _, board, __: f"https://trello.com/b/{board.short_link}",
    "idTags": lambda *_: [],
    "datePluginDisable": lambda *_: None,
    "ixUpdate": lambda store, board, __: str(len(store.log(board.id))),
    "templateGallery": lambda *_: None,
    "enterpriseOwned": lambda *_: False,
    "idBoardSource": lambda *_: None,
    "premiumFeatures": lambda *_: ["additionalBoardBackgrounds"],
    "idMemberCreator": lambda _, board, __: board.id_member_creator,
    "type": lambda *_: None,
    "memberships": _memberships,
}
BOARD_NAMES = tuple(BOARD_FIELDS)
BOARD_DEFAULT = (
    "name", "desc", "descData", "closed", "idOrganization", "idEnterprise", "pinned", "url",
    "shortUrl", "prefs", "labelNames",
)  # fmt: skip
"""What a single board shows unless asked; the date of last activity is not among it."""


def board_view(
    store: Store,
    board: Board,
    wanted: str | None,
    viewer: Viewer,
    default: tuple[str, ...] = BOARD_DEFAULT,
) -> Json:
    """Return a board with the wanted fields."""
    return shown(store, board, BOARD_FIELDS, chosen(wanted, BOARD_NAMES, default), viewer)


LIST_FIELDS: Table[BoardList] = {
    "name": lambda _, list_, __: list_.name,
    "closed": lambda _, list_, __: list_.closed,
    "color": lambda _, list_, __: list_.extra.get("color"),
    "idBoard": lambda _, list_, __: list_.id_board,
    "pos": lambda _, list_, __: plain(list_.pos),
    "subscribed": lambda *_: False,
    "softLimit": lambda *_: None,
    "type": lambda *_: None,
    "datasource": lambda *_: {"filter": False},
    "creationMethod": lambda *_: None,
    "idOrganization": lambda store, list_, __: store.boards[list_.id_board].id_organization,
    "limits": lambda *_: limits.list_limits(),
    "nodeId": lambda _, list_, __: f"ari:cloud:trello::list/workspace/{list_.id_board}/{list_.id}",
}
LIST_NAMES = tuple(LIST_FIELDS)


def list_view(store: Store, list_: BoardList, wanted: str | None = None) -> Json:
    """Return a list with the wanted fields."""
    return shown(store, list_, LIST_FIELDS, chosen(wanted, LIST_NAMES, LIST_NAMES), "")
