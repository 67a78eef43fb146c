"""Attachments: links and uploaded files."""

from dataclasses import dataclass
from urllib.parse import quote

from bot.sandbox import errors, limits, log
from bot.sandbox.positions import FIRST_SMALL, placed
from bot.sandbox.rows import Attachment, Author, Card
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in."""

    file_name: str
    content: bytes
    mime_type: str = ""


def attach_link(store: Store, by: Author, card: Card, url: str, name: str = "") -> Attachment:
    """Attach a link; without a name it bears its URL."""
    if not url.startswith(("http://", "https://", "mailto:")):
        raise errors.invalid_value("url")
    limits.checked_text(name, "name", most=limits.ATTACHMENT_NAME)
    attachment = _draft(store, by, card, name or url)
    attachment.url = url
    return _attached(store, by, card, attachment)


def attach_file(store: Store, by: Author, card: Card, upload: Upload, name: str = "") -> Attachment:
    """Attach a file; the address it gets is the service's own, not the sandbox's."""
    limits.checked_text(name, "name", most=limits.ATTACHMENT_NAME)
    attachment = _draft(store, by, card, name or upload.file_name)
    safe = quote(upload.file_name.replace(" ", "_"), safe="")
    place = f"https://trello.com/1/cards/{card.id}/attachments/{attachment.id}"
    attachment.url = f"{place}/download/{safe}"
    attachment.is_upload = True
    attachment.bytes = len(upload.content)
    attachment.mime_type = upload.mime_type
    attachment.file_name = upload.file_name
    store.uploads[attachment.id] = upload.content
    return _attached(store, by, card, attachment)


def _draft(store: Store, by: Author, card: Card, name: str) -> Attachment:
    if len(card.id_attachments) >= limits.ATTACHMENTS_PER_CARD:
        raise errors.limit_reached("CARD_ATTACHMENTS_LIMIT_EXCEEDED")
    taken = [store.attachments[each].pos for each in card.id_attachments]
    pos = placed("bottom", taken, first=FIRST_SMALL)
    now = store.stamp()
    return Attachment(store.new_id(), card.id, name, "", pos, now, by.id_member)


def _attached(store: Store, by: Author, card: Card, attachment: Attachment) -> Attachment:
    store.attachments[attachment.id] = attachment
    card.id_attachments = [*card.id_attachments, attachment.id]
    about = {"id": attachment.id, "name": attachment.name, "url": attachment.url}
    data = {"attachment": about, **log.place_of(store, card)}
    log.record(store, by, "addAttachmentToCard", data)
    return attachment


def remove(store: Store, by: Author, attachment: Attachment) -> None:
    """Delete an attachment."""
    card = store.cards[attachment.id_card]
    card.id_attachments = [each for each in card.id_attachments if each != attachment.id]
    del store.attachments[attachment.id]
    store.uploads.pop(attachment.id, None)
    about = {"id": attachment.id, "name": attachment.name}
    data = {"attachment": about, **log.on_card(store, card)}
    log.record(store, by, "deleteAttachmentFromCard", data)


def attachments_of(store: Store, card: Card) -> list[Attachment]:
    """Return a card's attachments by position."""
    mine = [store.attachments[each] for each in card.id_attachments]
    return sorted(mine, key=lambda each: (each.pos, each.id))
