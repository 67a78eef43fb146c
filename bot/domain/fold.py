"""What a card looks like once a change has been applied: the planner looks ahead with this.

The executor uses it too: between a card's first read and its last write, the answers of the
writes are the read.
"""

from collections.abc import Callable
from typing import assert_never

from msgspec.structs import replace

from bot.domain.answers import checklist_named
from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    AddLabel,
    AddMember,
    Change,
    DeleteComment,
    DeletePart,
    EditComment,
    PostComment,
    React,
    RemoveLabel,
    SetDates,
    SetDescription,
    SetPortfolio,
    Untick,
)
from bot.domain.model import (
    PLANNED,
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

PLACEHOLDER = "new"
"""What the ids of things begin with that Trello has not named yet; its own are hexadecimal."""


def card_after(card: Card, change: Change, me: Identity, now: Instant) -> Card:
    """Return the card as it stands after ``change``; new things bear placeholder ids."""
    me = _recognised(me)
    match change:
        case SetDescription(text=text, due=due, start=start):
            return replace(card.having(desc=text), due=due or card.due, start=start or card.start)
        case SetPortfolio(text=text):
            return card.having(desc=text)
        case SetDates(due=due, start=start):
            dated = _with_due_changed(card, due, me, now) if due else card
            return replace(dated, start=start or card.start)
        case AddChecklist(name=name, items=items):
            made = Action("new", "addChecklistToCard", me.member_id, now, me.app_id, checklist=name)
            copied = tuple(CheckItem(id=f"new:{name}:{each}", name=each) for each in items)
            lists = (*card.checklists, Checklist(id=f"new:{name}", name=name, items=copied))
            return _logged(card.having(checklists=lists), made)
        case AddCheckItem():
            return card.having(checklists=_with_item(card, change))
        case AddAttachment(name=name, url=url):
            new = Attachment(id=f"new:{name}", name=name, url=url or "", is_upload=url is None)
            return card.having(attachments=(*card.attachments, new))
        case AddMember(member_id=member_id):
            return replace(card, member_ids=(*card.member_ids, member_id))
        case AddLabel(label_id=label_id) | RemoveLabel(label_id=label_id):
            on = isinstance(change, AddLabel)
            wanted = card.label_ids | {label_id} if on else card.label_ids - {label_id}
            return _relabelled(card, wanted, me, now)
        case Untick(item_id=item_id):
            return _unticked(card, item_id, me, now)
        case DeletePart():
            return _without(card, change.part_id)
        case PostComment() | EditComment() | DeleteComment() | React():
            return _with_comment(card, change, me, now)
        case _:
            assert_never(change)


def _recognised(me: Identity) -> Identity:
    """Return hands whose planned work is known as the bot's, whatever it knows of itself."""
    return replace(me, app_id=PLANNED) if me.shared and me.app_id is None else me


def _without(card: Card, part_id: str) -> Card:
    """Take a double off the card; ids are never shared between parts."""
    lists = (
        replace(each, items=tuple(item for item in each.items if item.id != part_id))
        for each in card.checklists
        if each.id != part_id
    )
    attachments = (each for each in card.attachments if each.id != part_id)
    return card.having(checklists=tuple(lists), attachments=tuple(attachments))


def _with_due_changed(card: Card, due: Instant, me: Identity, now: Instant) -> Card:
    old = card.due.isoformat() if card.due else None
    made = Action(
        f"new due {due}", "updateCard", me.member_id, now, me.app_id, field="due", old=old
    )
    return replace(card.having(log=(*(card.log or ()), made)), due=due)


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
    target = checklist_named(card, change.checklist)
    return tuple(
        replace(each, items=(*each.items, new)) if each is target else each
        for each in card.checklists
    )


def _relabelled(card: Card, wanted: frozenset[str], me: Identity, now: Instant) -> Card:
    """Change the labels; what was so before leaves no trace, as on the board itself."""
    on, off = wanted - card.label_ids, card.label_ids - wanted
    if not on | off:
        return card
    made = Action(
        id=f"new label {' '.join(on | off)}",
        type="updateCard",
        member_id=me.member_id,
        at=now,
        app_id=me.app_id,
        field="idLabels",
        labels_on=on,
        labels_off=off,
    )
    return _logged(replace(card, label_ids=wanted), made)


def _unticked(card: Card, item_id: str, me: Identity, now: Instant) -> Card:
    """Take a tick off; where there is none, nothing happens, as on the board itself."""
    found = next(
        (
            (place, checklist, item)
            for place, checklist in enumerate(card.checklists)
            for item in checklist.items
            if item.id == item_id and item.done
        ),
        None,
    )
    if found is None:
        return card
    place, checklist, item = found
    items = (replace(each, done=False) if each is item else each for each in checklist.items)
    lists = list(card.checklists)
    lists[place] = replace(checklist, items=tuple(items))
    made = Action(
        id=f"new untick {item_id}",
        type="updateCheckItemStateOnCard",
        member_id=me.member_id,
        at=now,
        app_id=me.app_id,
        item=item.name,
        item_done=False,
        checklist=checklist.name,
    )
    return _logged(card.having(checklists=tuple(lists)), made)


def _logged(card: Card, made: Action) -> Card:
    return card.having(log=(*(card.log or ()), made))


def _with_comment(
    card: Card,
    change: PostComment | EditComment | DeleteComment | React,
    me: Identity,
    now: Instant,
) -> Card:
    match change:
        case PostComment(text=text, ref=ref):
            posted = Action(f"new:{ref}", "commentCard", me.member_id, now, me.app_id, text)
            return _logged(card, posted)
        case EditComment(action_id=action_id, text=text):
            return _with_action(card, action_id, lambda each: replace(each, text=text))
        case DeleteComment(action_id=action_id):
            kept = tuple(each for each in card.log or () if each.id != action_id)
            return card.having(log=kept)
        case React(action_id=action_id, emoji=emoji):
            new_one = Reaction(me.member_id, emoji)
            return _with_action(
                card, action_id, lambda each: replace(each, reactions=(*each.reactions, new_one))
            )
        case _:
            assert_never(change)


def _with_action(card: Card, action_id: str, changed: Callable[[Action], Action]) -> Card:
    log = tuple(changed(each) if each.id == action_id else each for each in card.log or ())
    return card.having(log=log)
