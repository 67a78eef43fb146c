"""What the sandbox keeps: one flat table per kind of thing, every value plain JSON.

Dates are stamps (ISO text in UTC), references are ids. ``extra`` holds what an imported board
brought along and the sandbox itself does not use.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from bot.sandbox.clock import Stamp

Json: TypeAlias = dict[str, Any]
Role: TypeAlias = Literal["admin", "normal", "observer"]


@dataclass(frozen=True, slots=True)
class Author:
    """Who does something: a member, by hand or through an application."""

    id_member: str
    id_app: str | None = None


@dataclass(slots=True)
class Member:
    """A person or a bot account."""

    id: str
    username: str
    full_name: str
    initials: str
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Application:
    """What an API key belongs to; ``id`` is what ``appCreator`` shows."""

    id: str
    key: str
    name: str
    secret: str = ""
    """What webhooks are signed with."""


@dataclass(slots=True)
class Token:
    """What a member granted to an application; ``secret`` is the token itself."""

    id: str
    secret: str
    id_member: str
    key: str
    scopes: list[str]
    created: Stamp
    expires: Stamp | None = None
    identifier: str = ""


@dataclass(slots=True)
class Membership:
    """A member's place on a board."""

    id: str
    id_board: str
    id_member: str
    role: Role


@dataclass(slots=True)
class Board:
    """A board; lists, labels, cards and memberships point to it."""

    id: str
    short_link: str
    name: str
    desc: str
    prefs: Json
    date_last_activity: Stamp
    id_member_creator: str
    closed: bool = False
    date_closed: Stamp | None = None
    id_organization: str | None = None
    cards_ever: int = 0
    """How many short numbers (``idShort``) have been given out."""
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class BoardList:
    """A list; open lists of a closed board stay open."""

    id: str
    id_board: str
    name: str
    pos: float
    closed: bool = False
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Label:
    """A label; names may be empty and may repeat."""

    id: str
    id_board: str
    name: str
    color: str | None


@dataclass(slots=True)
class Card:
    """A card. ``closed`` is its own archiving; a card in an archived list stays open."""

    id: str
    short_link: str
    id_short: int
    id_board: str
    id_list: str
    name: str
    desc: str
    pos: float
    date_last_activity: Stamp
    id_member_creator: str
    closed: bool = False
    date_closed: Stamp | None = None
    due: Stamp | None = None
    due_complete: bool = False
    date_completed: Stamp | None = None
    due_reminder: int | None = None
    start: Stamp | None = None
    id_labels: list[str] = field(default_factory=list)
    id_members: list[str] = field(default_factory=list)
    id_members_voted: list[str] = field(default_factory=list)
    id_checklists: list[str] = field(default_factory=list)
    id_attachments: list[str] = field(default_factory=list)
    id_attachment_cover: str | None = None
    is_template: bool = False
    card_role: str | None = None
    comments: int = 0
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Checklist:
    """A checklist on a card."""

    id: str
    id_board: str
    id_card: str
    name: str
    pos: float
    id_items: list[str] = field(default_factory=list)


@dataclass(slots=True)
class CheckItem:
    """One line of a checklist."""

    id: str
    id_checklist: str
    name: str
    pos: float
    done: bool = False
    due: Stamp | None = None
    due_reminder: int | None = None
    id_member: str | None = None


@dataclass(slots=True)
class Attachment:
    """A link, or an uploaded file whose bytes the store keeps apart."""

    id: str
    id_card: str
    name: str
    url: str
    pos: float
    date: Stamp
    id_member: str
    is_upload: bool = False
    bytes: int | None = None
    mime_type: str = ""
    file_name: str | None = None
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Action:
    """One entry of the log. ``data`` is what the service shows."""

    id: str
    type: str
    id_member_creator: str
    date: Stamp
    data: Json
    id_app: str | None = None
    id_board: str | None = None
    id_card: str | None = None
    id_member: str | None = None
    reactions: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class Webhook:
    """A subscription; it lives as long as its token."""

    id: str
    id_token: str
    id_model: str
    callback_url: str
    description: str
    active: bool = True
    failures: int = 0
    """Attempts that failed since the last one that did not."""
    first_failure: Stamp | None = None
