"""Cards as the service shows them, with the fields of 2026."""

from bot.sandbox import limits
from bot.sandbox.rows import Card, Json, Label
from bot.sandbox.store import Store
from bot.sandbox.views.fields import Table, Viewer, chosen, shown
from bot.sandbox.views.numbers import plain
from bot.sandbox.views.slugs import slug

NO_COVER: Json = {
    "idAttachment": None,
    "color": None,
    "idUploadedBackground": None,
    "size": "normal",
    "brightness": "dark",
    "yPosition": 0.5,
    "idPlugin": None,
}


def label_view(label: Label) -> Json:
    """Return a label as cards and boards carry it."""
    return {
        "id": label.id,
        "idBoard": label.id_board,
        "idOrganization": None,
        "name": label.name,
        "nodeId": f"ari:cloud:trello::label/workspace/{label.id_board}/{label.id}",
        "color": label.color,
        "uses": 0,
    }


def _badges(store: Store, card: Card, viewer: Viewer) -> Json:
    items = [
        store.check_items[item]
        for checklist in card.id_checklists
        for item in store.checklists[checklist].id_items
    ]
    return {
        "attachments": len(card.id_attachments),
        "fogbugz": "",
        "checkItems": len(items),
        "checkItemsChecked": sum(each.done for each in items),
        "checkItemsEarliestDue": min((each.due for each in items if each.due), default=None),
        "comments": card.comments,
        "description": bool(card.desc),
        "due": card.due,
        "dueComplete": card.due_complete,
        "lastUpdatedByAi": False,
        "start": card.start,
        "externalSource": None,
        "attachmentsByType": {"trello": {"board": 0, "card": 0}},
        "location": False,
        "votes": len(card.id_members_voted),
        "maliciousAttachments": 0,
        "viewingMemberVoted": viewer in card.id_members_voted,
        "subscribed": False,
    }


def _check_item_states(store: Store, card: Card, _: Viewer) -> list[Json]:
    return [
        {"id": item, "idCheckItem": item, "state": "complete"}
        for checklist in card.id_checklists
        for item in store.checklists[checklist].id_items
        if store.check_items[item].done
    ]


FIELDS: Table[Card] = {
    "address": lambda _, card, __: card.extra.get("address"),
    "agent": lambda *_: None,
    "aiMetadata": lambda *_: None,
    "badges": _badges,
    "checkItemStates": _check_item_states,
    "closed": lambda _, card, __: card.closed,
    "coordinates": lambda _, card, __: card.extra.get("coordinates"),
    "creationMethod": lambda *_: None,
    "creationMethodError": lambda *_: None,
    "creationMethodLoadingStartedAt": lambda *_: None,
    "dueComplete": lambda _, card, __: card.due_complete,
    "dateClosed": lambda _, card, __: card.date_closed,
    "dateLastActivity": lambda _, card, __: card.date_last_activity,
    "dateCompleted": lambda _, card, __: card.date_completed,
    "dateViewedByCreator": lambda *_: None,
    "desc": lambda _, card, __: card.desc,
    "descData": lambda _, card, __: {"emoji": {}} if card.desc else None,
    "due": lambda _, card, __: card.due,
    "dueReminder": lambda _, card, __: card.due_reminder,
    "email": lambda *_: None,
    "externalSource": lambda *_: None,
    "faviconUrl": lambda *_: None,
    "idBoard": lambda _, card, __: card.id_board,
    "idChecklists": lambda _, card, __: card.id_checklists,
    "idLabels": lambda _, card, __: card.id_labels,
    "idList": lambda _, card, __: card.id_list,
    "idMemberCreator": lambda _, card, __: card.id_member_creator,
    "idMembers": lambda _, card, __: card.id_members,
    "idMembersVoted": lambda _, card, __: card.id_members_voted,
    "idOrganization": lambda store, card, __: store.boards[card.id_board].id_organization,
    "idShort": lambda _, card, __: card.id_short,
    "idAttachmentCover": lambda _, card, __: card.id_attachment_cover,
    "labels": lambda store, card, __: [label_view(store.labels[each]) for each in card.id_labels],
    "limits": lambda *_: limits.card_limits(),
    "locationName": lambda _, card, __: card.extra.get("locationName"),
    "manualCoverAttachment": lambda *_: False,
    "name": lambda _, card, __: card.name,
    "nodeId": lambda _, card, __: f"ari:cloud:trello::card/workspace/{card.id_board}/{card.id}",
    "originalDesc": lambda *_: "",
    "originalName": lambda *_: "",
    "pinned": lambda *_: False,
    "pos": lambda _, card, __: plain(card.pos),
    "recurrenceRule": lambda *_: None,
    "shortLink": lambda _, card, __: card.short_link,
    "shortUrl": lambda _, card, __: f"https://trello.com/c/{card.short_link}",
    "singleInstrumentationId": lambda *_: None,
    "sourceEmail": lambda *_: None,
    "staticMapUrl": lambda *_: None,
    "start": lambda _, card, __: card.start,
    "subscribed": lambda *_: False,
    "url": lambda _, card, __: card_url(card),
    "urlSource": lambda *_: None,
    "urlSourceText": lambda *_: None,
    "cover": lambda _, card, __: card.extra.get("cover", NO_COVER),
    "isTemplate": lambda _, card, __: card.is_template,
    "cardRole": lambda _, card, __: card.card_role,
    "mirrorSourceId": lambda _, card, __: card.extra.get("mirrorSourceId"),
    "mirrorSourceNodeId": lambda *_: None,
}
NAMES = tuple(FIELDS)


def card_url(card: Card) -> str:
    """Return the card's address for people, on the real service."""
    return f"https://trello.com/c/{card.short_link}/{card.id_short}-{slug(card.name)}"


def card_view(store: Store, card: Card, wanted: str | None, viewer: Viewer) -> Json:
    """Return a card with the wanted fields (comma list, ``all``; ``None`` means all)."""
    return shown(store, card, FIELDS, chosen(wanted, NAMES, NAMES), viewer)
