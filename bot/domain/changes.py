"""What a pass would do to a board: changes as data, each one a single write, each with its reason.

A new kind of change is a new struct in :data:`Change`; type checking then fails in every place
that does not handle it yet.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias, assert_never

from msgspec import Struct

from bot.domain.model import Instant

Rule: TypeAlias = Literal[
    "triage",
    "brief",
    "check_in",
    "late",
    "stall",
    "answers",
    "delivery",
    "changes",
    "commands",
    "digest",
    "repair",
]


class Reason(Struct, frozen=True):
    """Why something happens or does not: a name in the phrase catalogue and its values."""

    code: str
    values: Mapping[str, str] = {}


class SetDescription(Struct, frozen=True, tag="set_description"):
    """Write the description; due and start travel in the same request when they are blank."""

    text: str
    due: Instant | None = None
    start: Instant | None = None


class SetPortfolio(Struct, frozen=True, tag="set_portfolio"):
    """Write the description of the portfolio card: what people typed, and the dashboard."""

    text: str


class SetDates(Struct, frozen=True, tag="set_dates"):
    """Set due and start in one request; ``None`` leaves a date as it is."""

    due: Instant | None = None
    start: Instant | None = None


class AddChecklist(Struct, frozen=True, tag="add_checklist"):
    """Add a checklist: an empty one, or a copy of one that stands on another card."""

    name: str
    source: str | None = None
    """Id of the checklist to copy; its items come along unticked."""
    items: tuple[str, ...] = ()
    """Their names."""


class AddCheckItem(Struct, frozen=True, tag="add_check_item"):
    """Append an item to the checklist of that name."""

    checklist: str
    name: str
    nth: int = 1
    """Which item of this very name in the list, from 1: steps may repeat."""


class AddAttachment(Struct, frozen=True, tag="add_attachment"):
    """Attach a link, or upload a file of the kind's folder."""

    name: str
    url: str | None = None
    kind: str | None = None
    """With a file: the kind whose folder holds ``name``."""


class AddMember(Struct, frozen=True, tag="add_member"):
    """Make somebody a member of the card."""

    member_id: str
    username: str


class AddLabel(Struct, frozen=True, tag="add_label"):
    """Put the bot's own flag on the card."""

    label_id: str
    name: str


class RemoveLabel(Struct, frozen=True, tag="remove_label"):
    """Take the bot's own flag off the card."""

    label_id: str
    name: str


class Untick(Struct, frozen=True, tag="untick"):
    """Take the tick off an answer, so that it can be given again."""

    item_id: str
    name: str


class PostComment(Struct, frozen=True, tag="post_comment"):
    """Post a comment that ends with its reference."""

    text: str
    ref: str
    mentions: tuple[str, ...] = ()
    """Usernames that Trello will notify."""


class EditComment(Struct, frozen=True, tag="edit_comment"):
    """Replace the text of one of the bot's own comments; this notifies nobody."""

    action_id: str
    text: str
    ref: str


class DeleteComment(Struct, frozen=True, tag="delete_comment"):
    """Delete the younger of two equal comments of the bot."""

    action_id: str


class DeletePart(Struct, frozen=True, tag="delete_part"):
    """Delete the younger of two equal parts of a card that the bot made and nobody has touched."""

    part: Literal["checklist", "check_item", "attachment"]
    part_id: str
    name: str


class React(Struct, frozen=True, tag="react"):
    """Put an emoji on somebody's comment: seen and done."""

    action_id: str
    emoji: str = "thumbsup"


Change: TypeAlias = (
    SetDescription
    | SetPortfolio
    | SetDates
    | AddChecklist
    | AddCheckItem
    | AddAttachment
    | AddMember
    | AddLabel
    | RemoveLabel
    | Untick
    | PostComment
    | EditComment
    | DeleteComment
    | DeletePart
    | React
)


class Planned(Struct, frozen=True):
    """A change to one card, by one rule, for one reason."""

    rule: Rule
    card_id: str
    change: Change
    reason: Reason


class Skip(Struct, frozen=True):
    """Why a rule leaves a card alone."""

    rule: Rule
    card_id: str
    reason: Reason
    until: Instant | None = None
    """When the rule would speak, or the reason ends, if time alone brings that about."""


Verdict: TypeAlias = Planned | Skip


def kind_of(change: Change) -> str:
    """Return the change's name in reports, such as ``set_description``."""
    return str(change.__struct_config__.tag)


def identity(change: Change) -> tuple[str, ...]:
    """Return what makes two plans' changes the same intent, whatever their exact text."""
    match change:
        case SetDescription() | SetPortfolio() | SetDates():
            return (kind_of(change),)
        case AddChecklist(name=name):
            return (kind_of(change), name)
        case AddCheckItem(checklist=checklist, name=name, nth=nth):
            return (kind_of(change), checklist, name, str(nth))
        case AddAttachment(name=name, url=url):
            return (kind_of(change), url or name)
        case AddMember(member_id=member_id):
            return (kind_of(change), member_id)
        case AddLabel(label_id=label_id) | RemoveLabel(label_id=label_id):
            return (kind_of(change), label_id)
        case Untick(item_id=item_id):
            return (kind_of(change), item_id)
        case PostComment(ref=ref):
            return (kind_of(change), ref)
        case EditComment(action_id=action_id) | DeleteComment(action_id=action_id):
            return (kind_of(change), action_id)
        case DeletePart(part_id=part_id):
            return (kind_of(change), part_id)
        case React(action_id=action_id, emoji=emoji):
            return (kind_of(change), action_id, emoji)
        case _:
            assert_never(change)


def logged_as(change: Change) -> tuple[tuple[str, str | None], ...]:
    """Return type and field of the entries that Trello may write into its log for a change.

    A field that is set to what it is leaves none; a reaction, an edit and a new check item leave
    none either, or none that a feed shows (facts.md, 6.4).
    """
    match change:
        case SetDescription(due=due, start=start):
            return (("updateCard", "desc"), *_dates_logged(due, start))
        case SetPortfolio():
            return (("updateCard", "desc"),)
        case SetDates(due=due, start=start):
            return _dates_logged(due, start)
        case AddLabel() | RemoveLabel():
            return (("updateCard", "idLabels"),)
        case AddChecklist():
            return (("addChecklistToCard", None),)
        case AddAttachment():
            return (("addAttachmentToCard", None),)
        case AddMember():
            return (("addMemberToCard", None),)
        case Untick():
            return (("updateCheckItemStateOnCard", None),)
        case PostComment():
            return (("commentCard", None),)
        case DeletePart():
            return (("removeChecklistFromCard", None), ("deleteAttachmentFromCard", None))
        case AddCheckItem() | EditComment() | DeleteComment() | React():
            return ()
        case _:
            assert_never(change)


def _dates_logged(due: Instant | None, start: Instant | None) -> tuple[tuple[str, str], ...]:
    named = (("due", due), ("start", start))
    return tuple(("updateCard", name) for name, at in named if at is not None)


def text_of(change: Change) -> str | None:
    """Return the text that a person will read, if the change writes one."""
    match change:
        case SetDescription(text=text) | SetPortfolio(text=text):
            return text
        case PostComment(text=text) | EditComment(text=text):
            return text
        case AddChecklist(name=name) | AddCheckItem(name=name) | Untick(name=name):
            return name
        case AddLabel(name=name) | RemoveLabel(name=name) | DeletePart(name=name):
            return name
        case AddAttachment(name=name, url=url):
            return url or name
        case SetDates() | AddMember() | DeleteComment() | React():
            return None
        case _:
            assert_never(change)


def notified_by(change: Change) -> tuple[str, ...]:
    """Return the usernames that Trello notifies because the text mentions them."""
    return change.mentions if isinstance(change, PostComment) else ()
