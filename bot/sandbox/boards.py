"""Boards, their lists and labels, and who is on them."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox import cards, errors, limits, log
from bot.sandbox.positions import placed
from bot.sandbox.rows import Author, Board, BoardList, Json, Label, Member, Membership, Role
from bot.sandbox.store import Store

COLORS = ("green", "yellow", "orange", "red", "purple", "blue")
ALL_COLORS = (*COLORS, "sky", "lime", "pink", "black")
SHADES = tuple(f"{color}{shade}" for shade in ("", "_dark", "_light") for color in ALL_COLORS)
DEFAULT_LISTS = ("To Do", "Doing", "Done")


def create(store: Store, by: Author, name: str, desc: str = "") -> Board:
    """Make a private board whose only member, an admin, is its creator."""
    if not name.strip():
        raise errors.blank_board_name()
    now = store.stamp()
    board = Board(
        id=store.new_id(),
        short_link=store.new_short_link(),
        name=limits.checked_text(name, "name"),
        desc=limits.checked_text(desc, "desc"),
        prefs=default_prefs(),
        date_last_activity=now,
        id_member_creator=by.id_member,
    )
    store.put_board(board)
    _join(store, board, by.id_member, "admin")
    about = {"creationMethod": None, "board": log.board_data(board)}
    log.record(store, by, "createBoard", about)
    return board


def default_prefs() -> Json:
    """Return the preferences of a new board; members may comment, observers may not."""
    return {
        "permissionLevel": "private",
        "hideVotes": False,
        "voting": "disabled",
        "comments": "members",
        "invitations": "members",
        "selfJoin": True,
        "cardCovers": True,
        "showCompleteStatus": True,
        "cardCounts": False,
        "isTemplate": False,
        "cardAging": "regular",
        "calendarFeedEnabled": False,
        "hiddenPluginBoardButtons": [],
        "switcherViews": [],
        "autoArchive": None,
        "background": "blue",
        "backgroundColor": "#0079BF",
        "backgroundDarkColor": None,
        "backgroundImage": None,
        "backgroundDarkImage": None,
        "backgroundImageScaled": None,
        "backgroundTile": False,
        "backgroundBrightness": "dark",
        "sharedSourceUrl": None,
        "backgroundBottomColor": "#0079BF",
        "backgroundTopColor": "#0079BF",
        "canBePublic": True,
        "canBeEnterprise": True,
        "canBeOrg": True,
        "canBePrivate": True,
        "canInvite": True,
    }


def change(store: Store, by: Author, board: Board, field: str, value: Any) -> None:
    """Set name, desc or closed: one ``updateBoard`` with the old value."""
    if field == "name" and not str(value).strip():
        raise errors.blank_board_name()
    old = getattr(board, field)
    if old == value:
        return
    setattr(board, field, value)
    if field == "closed":
        board.date_closed = store.stamp() if value else None
    data = {"old": {field: old}, "board": {field: value, **log.board_data(board)}}
    log.record(store, by, "updateBoard", data)


def set_pref(store: Store, by: Author, board: Board, pref: str, value: Any) -> None:
    """Set one preference: one ``updateBoard`` with the old one."""
    if pref not in board.prefs:
        raise errors.invalid_value(f"prefs/{pref}")
    old = board.prefs[pref]
    if old == value:
        return
    board.prefs = {**board.prefs, pref: value}
    about = {"prefs": {pref: value}, **log.board_data(board)}
    log.record(store, by, "updateBoard", {"old": {"prefs": {pref: old}}, "board": about})


def _join(store: Store, board: Board, id_member: str, role: Role) -> Membership:
    membership = Membership(store.new_id(), board.id, id_member, role)
    store.memberships[membership.id] = membership
    return membership


def add_member(store: Store, by: Author, board: Board, member: Member, role: Role) -> None:
    """Put a member on a board, or give one who is on it another role."""
    for each in store.memberships_of(board):
        if each.id_member == member.id:
            each.role = role
            return
    _join(store, board, member.id, role)
    data = {"memberType": role, "idMemberAdded": member.id, "board": log.board_data(board)}
    log.record(store, by, "addMemberToBoard", data)


def remove_member(store: Store, by: Author, board: Board, member: Member) -> None:
    """Take a member off a board; feeds do not show it."""
    place = next((m for m in store.memberships_of(board) if m.id_member == member.id), None)
    if place is None:
        raise errors.list_not_found()
    del store.memberships[place.id]
    data = {"idMember": member.id, "board": log.board_data(board)}
    log.record(store, by, "removeMemberFromBoard", data)


def add_list(store: Store, by: Author, board: Board, name: str, pos: object = "top") -> BoardList:
    """Add a list; the service puts it in front unless told otherwise."""
    if not name.strip():
        raise errors.blank_list_name()
    taken = [each.pos for each in store.lists_of(board)]
    if sum(not each.closed for each in store.lists_of(board)) >= limits.LISTS_OPEN_PER_BOARD:
        raise errors.limit_reached("BOARD_LISTS_LIMIT_EXCEEDED")
    text = limits.checked_text(name, "name")
    list_ = BoardList(store.new_id(), board.id, text, placed(pos, taken))
    store.lists[list_.id] = list_
    data = {"list": log.list_data(list_), "board": log.board_data(board)}
    log.record(store, by, "createList", data)
    return list_


def change_list(store: Store, by: Author, list_: BoardList, field: str, value: Any) -> None:
    """Set a list's name, pos or closed: one ``updateList``; its cards stay as they are."""
    board = store.boards[list_.id_board]
    if field == "name" and not str(value).strip():
        raise errors.blank_list_name()
    if field == "pos":
        others = [each.pos for each in store.lists_of(board) if each is not list_]
        value = placed(value, others)
    old = getattr(list_, field)
    if old == value:
        return
    setattr(list_, field, value)
    about = {field: value, **log.list_data(list_)}
    data = {"list": about, "old": {field: old}, "board": log.board_data(board)}
    log.record(store, by, "updateList", data)


def move_list(store: Store, by: Author, list_: BoardList, board: Board) -> None:
    """Move a list with its cards to another board."""
    source = store.boards[list_.id_board]
    if source.id == board.id:
        return
    mover = {"id": by.id_member, "name": store.members[by.id_member].full_name}
    about = {"list": log.list_data(list_), "board": log.board_data(source), "member": mover}
    log.record(store, by, "moveListFromBoard", about | {"boardTarget": {"id": board.id}})
    list_.pos = placed("bottom", [each.pos for each in store.lists_of(board)])
    list_.id_board = board.id
    for card in store.cards_in(list_):
        cards.move_to_board(store, by, card, list_)
    about = {"list": log.list_data(list_), "board": log.board_data(board)}
    log.record(store, by, "moveListToBoard", about | {"boardSource": {"id": source.id}})


def add_label(store: Store, by: Author, board: Board, name: str, color: str | None = None) -> Label:
    """Add a label; names may be empty and may repeat."""
    if len(store.labels_of(board)) >= limits.LABELS_PER_BOARD:
        raise errors.limit_reached("BOARD_LABELS_LIMIT_EXCEEDED")
    text = limits.checked_text(name, "name")
    label = Label(store.new_id(), board.id, text, checked_color(color))
    store.labels[label.id] = label
    about = {"id": label.id, "name": label.name, "color": label.color}
    log.record(store, by, "createLabel", {"label": about, "board": log.board_data(board)})
    return label


def change_label(store: Store, by: Author, label: Label, field: str, value: Any) -> None:
    """Set a label's name or colour; feeds do not show it."""
    if field == "color":
        value = checked_color(value)
    else:
        limits.checked_text(value, "name")
    old = getattr(label, field)
    setattr(label, field, value)
    about = {"id": label.id, "name": label.name, "color": label.color}
    board = log.board_data(store.boards[label.id_board])
    log.record(store, by, "updateLabel", {"label": about, "old": {field: old}, "board": board})


def delete_label(store: Store, by: Author, label: Label) -> None:
    """Delete a label and take it off every card, without an action on the cards."""
    del store.labels[label.id]
    for card in store.cards.values():
        if label.id in card.id_labels:
            card.id_labels = [each for each in card.id_labels if each != label.id]
    board = log.board_data(store.boards[label.id_board])
    log.record(store, by, "deleteLabel", {"label": {"id": label.id}, "board": board})


def checked_color(color: str | None) -> str | None:
    """Return a colour of the service's palette; none and ``null`` mean colourless."""
    if color in (None, "", "null"):
        return None
    if color not in SHADES:
        raise errors.invalid_value("color")
    return color


def furnish(store: Store, by: Author, board: Board, names: Sequence[str]) -> None:
    """Add lists from left to right."""
    for each in names:
        add_list(store, by, board, each, "bottom")
