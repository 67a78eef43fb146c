"""What a card looks like once a change has been applied: the planner looks ahead with this.

The executor uses it too: between a card's first read and its last write, the answers of the
writes are the read.
"""

from collections.abc import Callable
from typing import assert_never

from msgspec.structs import replace

from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    AddMember,
    Change,
    DeleteComment,
    EditComment,
    PostComment,
    React,
    SetDates,
    SetDescription,
)
from bot.domain.model import (
    Action,
    Attachment,
    Card,
    CheckItem,
    Checklist,
    Identity,
    Instant,
    Reaction,
    Snapshot,
)


def card_after(card: Card, change: Change, me: Identity, now: Instant) -> Card:
    """Return the card as it stands after ``change``; new things bear placeholder ids."""
    match change:
        case SetDescription(text=text, due=due, start=start):
            return replace(card, desc=text, due=due or card.due, start=start or card.start)
        case SetDates(due=due, start=start):
            return replace(card, due=due or card.due, start=start or card.start)
        case AddChecklist(name=name):
            made = Action("new", "addChecklistToCard", me.member_id, now, me.app_id, checklist=name)
            lists = (*card.checklists, Checklist(id=f"new:{name}", name=name))
            return replace(card, checklists=lists, log=(*(card.log or ()), made))
        case AddCheckItem():
            return replace(card, checklists=_with_item(card, change))
        case AddAttachment(name=name, url=url):
            new = Attachment(id=f"new:{name}", name=name, url=url or "", is_upload=url is None)
            return replace(card, attachments=(*card.attachments, new))
        case AddMember(member_id=member_id):
            return replace(card, member_ids=(*card.member_ids, member_id))
        case PostComment(text=text, ref=ref):
            posted = Action(f"new:{ref}", "commentCard", me.member_id, now, me.app_id, text)
            return replace(card, log=(*(card.log or ()), posted))
        case EditComment(action_id=action_id, text=text):
            return _with_action(card, action_id, lambda each: replace(each, text=text))
        case DeleteComment(action_id=action_id):
            kept = tuple(each for each in card.log or () if each.id != action_id)
            return replace(card, log=kept)
        case React(action_id=action_id, emoji=emoji):
            new_one = Reaction(me.member_id, emoji)
            return _with_action(
                card, action_id, lambda each: replace(each, reactions=(*each.reactions, new_one))
            )
        case _:
            assert_never(change)


def snapshot_with(snapshot: Snapshot, card: Card) -> Snapshot:
    """Return the snapshot with one card replaced or added."""
    return replace(snapshot, cards={**snapshot.cards, card.id: card})


def snapshot_after(snapshot: Snapshot, card: Card, change: Change, now: Instant) -> Snapshot:
    """Return the snapshot after ``change`` to ``card``; a posted comment is remembered."""
    changed = snapshot_with(snapshot, card_after(card, change, snapshot.me, now))
    if isinstance(change, PostComment):
        remembered = changed.remembered | {change.ref}
        return replace(changed, remembered=remembered)
    return changed


def _with_item(card: Card, change: AddCheckItem) -> tuple[Checklist, ...]:
    new = CheckItem(id=f"new:{change.checklist}:{change.name}:{change.nth}", name=change.name)
    return tuple(
        replace(each, items=(*each.items, new)) if each.name == change.checklist else each
        for each in card.checklists
    )


def _with_action(card: Card, action_id: str, changed: Callable[[Action], Action]) -> Card:
    log = tuple(changed(each) if each.id == action_id else each for each in card.log or ())
    return replace(card, log=log)
