"""Trello's answers as far as the bot reads them: unknown keys are ignored, few are required.

New keys arrive about monthly without notice; a card with a key missing that we need is an error
of that answer, never a guess.

They are hidden from the garbage collector, which would walk through all cards of a board again and
again while they are read: an answer holds no cycles.
"""

from datetime import datetime
from typing import Annotated, Generic, TypeAlias, TypeVar

from msgspec import Meta, Struct, field

ObjectId: TypeAlias = Annotated[str, Meta(pattern="^[0-9a-f]{24}$")]
"""Trello's 24-hex id; its first eight digits are the second of creation."""


class WireList(Struct, frozen=True, gc=False, rename="camel"):
    """A list of a board."""

    id: str
    name: str
    closed: bool


class WireLabel(Struct, frozen=True, gc=False, rename="camel"):
    """A label; its name may be empty and may repeat."""

    id: str
    name: str = ""


class WireMember(Struct, frozen=True, gc=False, rename="camel"):
    """A member as boards show them."""

    id: str
    username: str
    full_name: str | None = ""


class WireMark(Struct, frozen=True, gc=False, rename="camel"):
    """A board as the list of a member's boards shows it."""

    id: str
    short_link: str
    closed: bool
    date_last_activity: datetime | None


class WireSelf(Struct, frozen=True, gc=False, rename="camel"):
    """The token's member, with the boards that they are on."""

    id: str
    username: str
    boards: tuple[WireMark, ...]
    full_name: str | None = ""


class WireMembership(Struct, frozen=True, gc=False, rename="camel"):
    """Whose membership of a board is what."""

    id_member: str
    member_type: str
    deactivated: bool = False


class WireCheckItem(Struct, frozen=True, gc=False, rename="camel"):
    """A check item."""

    id: str
    name: str
    state: str
    pos: float = 0.0


class WireChecklist(Struct, frozen=True, gc=False, rename="camel"):
    """A checklist."""

    id: str
    name: str
    pos: float = 0.0
    check_items: tuple[WireCheckItem, ...] = ()


class WireAttachment(Struct, frozen=True, gc=False, rename="camel"):
    """An attachment; an upload's URL leads back to Trello."""

    id: str
    name: str = ""
    url: str | None = ""
    is_upload: bool = False


class WireRef(Struct, frozen=True, gc=False, rename="camel"):
    """A reference inside an action."""

    id: str = ""
    name: str = ""


class WireItemRef(Struct, frozen=True, gc=False, rename="camel"):
    """A check item inside an action."""

    id: str = ""
    name: str = ""
    state: str = "incomplete"


class WireCardRef(Struct, frozen=True, gc=False, rename="camel"):
    """The card inside an action, with the new value of the one field that changed."""

    id: str = ""
    id_labels: tuple[str, ...] | None = None


class WireData(Struct, frozen=True, gc=False, rename="camel"):
    """What an action is about."""

    text: str = ""
    old: dict[str, object] | None = None
    card: WireCardRef | None = None
    attachment: WireRef | None = None
    id_member: str | None = None
    list_before: WireRef | None = None
    list_after: WireRef | None = None
    check_item: WireItemRef | None = None
    checklist: WireRef | None = None


class WireApp(Struct, frozen=True, gc=False, rename="camel"):
    """The application that made an action."""

    id: str | None = None


class WireEmoji(Struct, frozen=True, gc=False, rename="camel"):
    """An emoji as reactions name it."""

    short_name: str = ""


class WireReaction(Struct, frozen=True, gc=False, rename="camel"):
    """A reaction on an action."""

    id_member: str
    emoji: WireEmoji = WireEmoji()


class WireAction(Struct, frozen=True, gc=False, rename="camel"):
    """One entry of a log."""

    id: str
    type: str
    date: datetime
    id_member_creator: str
    data: WireData = WireData()
    app_creator: WireApp | None = None
    reactions: tuple[WireReaction, ...] | None = None
    """``None``: they were not asked for, or Trello left them out."""


class WireId(Struct, frozen=True, gc=False):
    """Something of which only the id matters."""

    id: str = ""


class WireCard(Struct, frozen=True, gc=False, rename="camel"):
    """A card with what was asked to be nested in it."""

    id: ObjectId
    id_board: ObjectId
    id_list: ObjectId
    name: str
    desc: str
    short_link: str
    date_last_activity: datetime
    closed: bool
    label_ids: tuple[str, ...] = field(name="idLabels")
    id_members: tuple[str, ...]
    due: datetime | None
    due_complete: bool
    pos: float = 0.0
    start: datetime | None = None
    is_template: bool = False
    card_role: str | None = None
    checklists: tuple[WireChecklist, ...] = ()
    attachments: tuple[WireAttachment, ...] = ()
    actions: tuple[WireAction, ...] = ()


C = TypeVar("C")


class WirePrefs(Struct, frozen=True, gc=False, rename="camel"):
    """How a board is set up, as far as that concerns the bot."""

    comments: str = "members"
    """Who may comment: disabled, members, observers, org, public."""
    permission_level: str = "private"
    """Who may look: private, org, enterprise, public."""


class WireBoardFrame(Struct, frozen=True, gc=False, rename="camel", kw_only=True):
    """A board with everything nested that one pass needs of it besides its cards."""

    id: str
    name: str
    short_link: str
    closed: bool
    date_last_activity: datetime | None
    lists: tuple[WireList, ...]
    labels: tuple[WireLabel, ...]
    members: tuple[WireMember, ...]
    memberships: tuple[WireMembership, ...]
    prefs: WirePrefs = WirePrefs()


class WireDoor(Struct, frozen=True, gc=False, rename="camel"):
    """A board that somebody may choose."""

    id: str
    name: str
    short_link: str
    date_last_activity: datetime | None = None
    prefs: WirePrefs = WirePrefs()


class WireAccount(Struct, frozen=True, gc=False, rename="camel"):
    """The token's member, with the open boards that they are on."""

    id: str
    username: str
    boards: tuple[WireDoor, ...]
    full_name: str | None = ""
    email: str | None = None
    """Shown only to a token with the scope account."""


class WirePermission(Struct, frozen=True, gc=False, rename="camel"):
    """What a token may do with one kind of thing."""

    model_type: str = ""
    write: bool = False


class WireToken(Struct, frozen=True, gc=False, rename="camel"):
    """What a token may do, and until when."""

    date_expires: datetime | None = None
    permissions: tuple[WirePermission, ...] = ()


class WireBoard(WireBoardFrame, Generic[C], frozen=True, gc=False, rename="camel", kw_only=True):
    """A board with its cards; ``C`` is how these are read."""

    cards: tuple[C, ...]


class WireWebhook(Struct, frozen=True, gc=False, rename="camel"):
    """A webhook of the token."""

    id: str
    id_model: str
    callback_url: str = field(name="callbackURL")
    description: str | None = None
    active: bool = True
    consecutive_failures: int | None = None


CARD_FIELDS = (
    "idBoard,idList,name,desc,shortLink,dateLastActivity,closed,idLabels,idMembers,due,dueComplete,"
    "pos,start,isTemplate,cardRole"
)
"""Always named: the default set of fields lacks ``dueComplete``."""

ACTION_TYPES = (
    "addAttachmentToCard,addChecklistToCard,addMemberToCard,commentCard,copyCommentCard,copyCard,"
    "createCard,deleteAttachmentFromCard,moveCardToBoard,removeChecklistFromCard,"
    "removeMemberFromCard,updateCard,updateCheckItemStateOnCard"
)
"""Named, because a card's actions default to comments and moves alone."""
