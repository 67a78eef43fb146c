"""Checklists, check items, attachments, tokens and webhooks as the service shows them."""

from bot.sandbox.attachments import attachments_of
from bot.sandbox.checklists import checklists_of, items_of
from bot.sandbox.rows import (
    Attachment,
    Card,
    CheckItem,
    Checklist,
    Json,
    Token,
    Webhook,
)
from bot.sandbox.store import Store
from bot.sandbox.views.fields import Table, chosen, shown
from bot.sandbox.views.numbers import plain

ATTACHMENT_FIELDS: Table[Attachment] = {
    "bytes": lambda _, attachment, __: attachment.bytes,
    "date": lambda _, attachment, __: attachment.date,
    "edgeColor": lambda *_: None,
    "idMember": lambda _, attachment, __: attachment.id_member,
    "isMalicious": lambda *_: False,
    "isUpload": lambda _, attachment, __: attachment.is_upload,
    "mimeType": lambda _, attachment, __: attachment.mime_type,
    "name": lambda _, attachment, __: attachment.name,
    "previews": lambda *_: [],
    "url": lambda _, attachment, __: attachment.url,
    "pos": lambda _, attachment, __: plain(attachment.pos),
    "fileName": lambda _, attachment, __: attachment.file_name,
}
ATTACHMENT_NAMES = tuple(ATTACHMENT_FIELDS)


def attachment_view(store: Store, attachment: Attachment, wanted: str | None = None) -> Json:
    """Return an attachment with the wanted fields."""
    names = chosen(wanted, ATTACHMENT_NAMES, ATTACHMENT_NAMES)
    return shown(store, attachment, ATTACHMENT_FIELDS, names, "")


def attachment_views(store: Store, card: Card, wanted: str | None = None) -> list[Json]:
    """Return a card's attachments."""
    return [attachment_view(store, each, wanted) for each in attachments_of(store, card)]


def item_view(item: CheckItem) -> Json:
    """Return a check item."""
    return {
        "idChecklist": item.id_checklist,
        "id": item.id,
        "name": item.name,
        "nameData": None,
        "type": None,
        "pos": plain(item.pos),
        "state": "complete" if item.done else "incomplete",
        "creationMethod": None,
        "due": item.due,
        "dueReminder": item.due_reminder,
        "idMember": item.id_member,
    }


CHECKLIST_FIELDS: Table[Checklist] = {
    "name": lambda _, checklist, __: checklist.name,
    "idCard": lambda _, checklist, __: checklist.id_card,
    "pos": lambda _, checklist, __: plain(checklist.pos),
    "idBoard": lambda _, checklist, __: checklist.id_board,
}
CHECKLIST_NAMES = tuple(CHECKLIST_FIELDS)


def checklist_view(store: Store, checklist: Checklist, wanted: str | None = None) -> Json:
    """Return a checklist with its items."""
    names = chosen(wanted, CHECKLIST_NAMES, CHECKLIST_NAMES)
    view = shown(store, checklist, CHECKLIST_FIELDS, names, "")
    view["checkItems"] = [item_view(each) for each in items_of(store, checklist)]
    return view


def checklist_views(store: Store, card: Card, wanted: str | None = None) -> list[Json]:
    """Return a card's checklists."""
    return [checklist_view(store, each, wanted) for each in checklists_of(store, card)]


def token_view(store: Store, token: Token, *, webhooks: bool = False) -> Json:
    """Return what a token may do, never the token itself."""
    rights = {"read": "read" in token.scopes, "write": "write" in token.scopes}
    view: Json = {
        "id": token.id,
        "identifier": token.identifier,
        "idMember": token.id_member,
        "dateCreated": token.created,
        "dateExpires": token.expires,
        "permissions": [
            {"idModel": token.id_member, "modelType": "Member", **rights},
            {"idModel": "*", "modelType": "Board", **rights},
            {"idModel": "*", "modelType": "Organization", **rights},
        ],
    }
    if webhooks:
        mine = [each for each in store.webhooks.values() if each.id_token == token.id]
        view["webhooks"] = [webhook_view(each) for each in mine]
    return view


def webhook_view(webhook: Webhook) -> Json:
    """Return a webhook."""
    return {
        "id": webhook.id,
        "description": webhook.description,
        "idModel": webhook.id_model,
        "callbackURL": webhook.callback_url,
        "active": webhook.active,
        "consecutiveFailures": webhook.failures,
        "firstConsecutiveFailDate": webhook.first_failure,
    }
