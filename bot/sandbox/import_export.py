"""A board from the real service's own export (``Menu > Print, export and share > JSON``).

Everything the sandbox knows becomes rows; what it does not know is kept raw in ``extra``.
The secret posting address of cards (``email``) is dropped.
"""

from typing import Any

from bot.sandbox import feeds, rows
from bot.sandbox.clock import Stamp
from bot.sandbox.files import TABLES, put_all
from bot.sandbox.params import read_date
from bot.sandbox.rows import Board, Json
from bot.sandbox.store import Store

NEEDED = {
    "id": str, "name": str, "lists": list, "cards": list, "labels": list, "members": list,
    "memberships": list, "actions": list,
}  # fmt: skip
DROPPED = frozenset({"email"})
BOARD_KEYS = frozenset({
    "actions", "cards", "checklists", "closed", "dateClosed", "dateLastActivity", "desc", "id",
    "idMemberCreator", "idOrganization", "labels", "lists", "members", "memberships", "name",
    "prefs", "shortLink",
})  # fmt: skip
CARD_KEYS = frozenset({
    "actions", "attachments", "badges", "cardRole", "checkItemStates", "checklists", "closed",
    "dateClosed", "dateCompleted", "dateLastActivity", "desc", "due", "dueComplete", "dueReminder",
    "id", "idAttachmentCover", "idBoard", "idChecklists", "idLabels", "idList", "idMemberCreator",
    "idMembers", "idMembersVoted", "idShort", "isTemplate", "labels", "name", "pos", "shortLink",
    "start",
})  # fmt: skip


class NotAnExportError(ValueError):
    """The file is not the export of a Trello board."""


def import_board(store: Store, export: Any) -> Board:
    """Add the exported board with its people, cards and log; raises :class:`NotAnExportError`."""
    shown = export if isinstance(export, dict) else {}
    missing = [each for each, kind in NEEDED.items() if not isinstance(shown.get(each), kind)]
    if missing:
        message = f"not the export of a Trello board: no {', '.join(missing)}"
        raise NotAnExportError(message)
    if export["id"] in store.boards:
        message = f"board {export['id']} is in this sandbox already"
        raise NotAnExportError(message)
    with store.lock:
        fresh = Store(store.clock)
        fresh.members = dict(store.members)
        board = _tried(fresh, export)
        for name in TABLES:
            put_all(store, name, getattr(fresh, name).values())
    return board


def _tried(store: Store, export: Json) -> Board:
    """Import into a store of its own, so that a damaged file changes nothing."""
    try:
        return _imported(store, export)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        message = f"not the export of a Trello board: {error!r}"
        raise NotAnExportError(message) from error


def _imported(store: Store, export: Json) -> Board:
    board = store.put_board(_board(export))
    _add_people(store, export)
    for each in export["lists"]:
        store.lists[each["id"]] = rows.BoardList(
            each["id"], board.id, each["name"], each["pos"], each["closed"],
            {"color": each.get("color")},
        )  # fmt: skip
    for each in export["labels"]:
        label = rows.Label(each["id"], board.id, each["name"], each.get("color"))
        store.labels[label.id] = label
    for each in export["cards"]:
        store.put_card(_card(store, each))
    for each in export.get("checklists", []):
        _add_checklist(store, each)
    for each in sorted(export["actions"], key=lambda each: str(each["date"])):
        if each["id"] not in store.actions:
            store.put_action(_action(store, each, board))
    return board


def _board(export: Json) -> Board:
    created = feeds.created(export["id"])
    return Board(
        id=export["id"],
        short_link=export.get("shortLink") or export["id"][-8:],
        name=export["name"],
        desc=export.get("desc") or "",
        prefs=export["prefs"],
        date_last_activity=_moment(export.get("dateLastActivity")) or created,
        id_member_creator=export.get("idMemberCreator") or export["memberships"][0]["idMember"],
        closed=export.get("closed", False),
        date_closed=_moment(export.get("dateClosed")),
        id_organization=export.get("idOrganization"),
        cards_ever=max((each["idShort"] for each in export["cards"]), default=0),
        extra={key: each for key, each in export.items() if key not in BOARD_KEYS | DROPPED},
    )


def _moment(text: str | None) -> Stamp | None:
    return None if text is None else _needed_moment(text)


def _needed_moment(text: str) -> Stamp:
    found = read_date(text)
    if found is None:
        message = f"{text!r} is no date"
        raise ValueError(message)
    return found


def _add_people(store: Store, export: Json) -> None:
    shown = [each["memberCreator"] for each in export["actions"] if each.get("memberCreator")]
    shown += [each["member"] for each in export["actions"] if each.get("member")]
    for each in [*export["members"], *shown]:
        _add_member(store, each)
    for each in export["memberships"]:
        _known(store, each["idMember"])
        store.memberships[each["id"]] = rows.Membership(
            each["id"], export["id"], each["idMember"], each["memberType"]
        )


def _add_member(store: Store, shown: Json) -> None:
    if shown["id"] in store.members:
        return
    username, taken = shown["username"], store.member_named(shown["username"])
    store.members[shown["id"]] = rows.Member(
        id=shown["id"],
        username=f"{username}-{shown['id'][-4:]}" if taken else username,
        full_name=shown.get("fullName") or username,
        initials=shown.get("initials") or username[:2].upper(),
    )


def _known(store: Store, id_member: str) -> str:
    """Return the id, after adding somebody whom the export names only by it."""
    if id_member not in store.members:
        name = f"member-{id_member[-6:]}"
        store.members[id_member] = rows.Member(id_member, name, name, "?")
    return id_member


def _card(store: Store, shown: Json) -> rows.Card:
    for each in shown.get("attachments", []):
        attachment = _attachment(store, shown["id"], each)
        store.attachments[attachment.id] = attachment
    created = feeds.created(shown["id"])
    return rows.Card(
        id=shown["id"],
        short_link=shown["shortLink"],
        id_short=shown["idShort"],
        id_board=shown["idBoard"],
        id_list=store.lists[shown["idList"]].id,
        name=shown["name"],
        desc=shown.get("desc") or "",
        pos=shown["pos"],
        date_last_activity=_moment(shown.get("dateLastActivity")) or created,
        id_member_creator=shown.get("idMemberCreator") or "",
        closed=shown.get("closed", False),
        date_closed=_moment(shown.get("dateClosed")),
        due=_moment(shown.get("due")),
        due_complete=shown.get("dueComplete", False),
        date_completed=_moment(shown.get("dateCompleted")),
        due_reminder=shown.get("dueReminder"),
        start=_moment(shown.get("start")),
        id_labels=[each for each in shown["idLabels"] if each in store.labels],
        id_members=[_known(store, each) for each in shown["idMembers"]],
        id_members_voted=[_known(store, each) for each in shown.get("idMembersVoted", [])],
        id_attachments=[each["id"] for each in shown.get("attachments", [])],
        id_attachment_cover=shown.get("idAttachmentCover"),
        is_template=shown.get("isTemplate", False),
        card_role=shown.get("cardRole"),
        comments=shown.get("badges", {}).get("comments", 0),
        extra={key: each for key, each in shown.items() if key not in CARD_KEYS | DROPPED},
    )


def _attachment(store: Store, id_card: str, shown: Json) -> rows.Attachment:
    return rows.Attachment(
        id=shown["id"],
        id_card=id_card,
        name=shown["name"],
        url=shown["url"],
        pos=shown["pos"],
        date=_needed_moment(shown["date"]),
        id_member=_known(store, shown["idMember"]),
        is_upload=shown.get("isUpload", False),
        bytes=shown.get("bytes"),
        mime_type=shown.get("mimeType") or "",
        file_name=shown.get("fileName"),
    )


def _add_checklist(store: Store, shown: Json) -> None:
    card = store.cards.get(shown["idCard"])
    if card is None:
        return
    checklist = rows.Checklist(shown["id"], shown["idBoard"], card.id, shown["name"], shown["pos"])
    for each in shown["checkItems"]:
        checklist.id_items.append(each["id"])
        store.check_items[each["id"]] = rows.CheckItem(
            id=each["id"],
            id_checklist=checklist.id,
            name=each["name"],
            pos=each["pos"],
            done=each["state"] == "complete",
            due=_moment(each.get("due")),
            due_reminder=each.get("dueReminder"),
            id_member=each.get("idMember"),
        )
    store.checklists[checklist.id] = checklist
    card.id_checklists.append(checklist.id)


def _action(store: Store, shown: Json, board: Board) -> rows.Action:
    card = shown["data"].get("card", {}).get("id")
    member = shown.get("member", {}).get("id")
    return rows.Action(
        id=shown["id"],
        type=shown["type"],
        id_member_creator=_known(store, shown["idMemberCreator"]),
        date=_needed_moment(shown["date"]),
        data=shown["data"],
        id_app=(shown.get("appCreator") or {}).get("id"),
        id_board=board.id,
        id_card=card if card in store.cards else None,
        id_member=_known(store, member) if member else None,
        reactions=shown.get("reactions", []),
    )
