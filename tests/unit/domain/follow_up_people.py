"""What people do to a handed-over card, each act with the trace that Trello keeps of it."""

from datetime import datetime, timedelta

from bot.domain.changes import PostComment
from bot.domain.model import Attachment, Card
from tests.builders import (
    DONE,
    QUESTIONS,
    REVIEW,
    STALLED,
    STRANGER,
    TODO,
    action,
    comment,
    edit,
    move,
    replace,
)
from tests.unit.domain.follow_up_world import ASSISTANTS, LABELS, OWNER, Act, Saying, World, written

LISTS = {"todo": TODO, "questions": QUESTIONS, "review": REVIEW, "done": DONE}

SAYINGS: dict[str, Saying] = {
    "plain": Saying("J’ai commencé : voir https://exemple.org/a?b=1 et `pourquoi ?`"),
    "question": Saying("Quel format vous faut-il ?", calls=True),
    "mention": Saying("@paul la liste est là", calls=True),
    "ok": Saying("OK !"),
    "unclear": Saying("Pas clair.", calls=True),
    "waiting": Saying("j’attends", calls=True),
    "blocked": Saying("Blocked\nthe door is shut", calls=True),
    "quoted": Saying("> /mute\nd’accord"),
    "pause": Saying("/pause 1j", verb="snooze", days=1, to_bot=True),
    "snooze": Saying("/snooze 3d", verb="snooze", days=3, to_bot=True),
    "an hour": Saying("/snooze 1h", verb="snooze", to_bot=True),
    "pause and ask": Saying("/pause 2j\nQuel format ?", calls=True, verb="snooze", days=2),
    "mute": Saying("/mute", verb="mute", to_bot=True),
    "silence": Saying("/silence", verb="mute", to_bot=True),
    "resume": Saying("/resume", verb="resume", to_bot=True),
    "reprendre": Saying("/reprendre", verb="resume", to_bot=True),
    "why": Saying("/why", verb="why", to_bot=True),
    "aide": Saying("/aide", verb="help", to_bot=True),
    "go": Saying("/go", verb="go", to_bot=True),
    "mistyped": Saying("/snoze 3d", verb="none", to_bot=True),
    "badly": Saying("/pause demain", verb="none", to_bot=True),
}


def _says(world: World, subject: Card, who: str, what: str | int) -> Card:
    said = SAYINGS[str(what)]
    entry = comment(who, said.text, world.now)
    return world.did(subject, entry, said=said, calls=said.calls)


def _copies(world: World, subject: Card, who: str, _: str | int) -> Card | None:
    """The owner or a stranger pastes a text of the bot's, reference and all."""
    by = who if who == OWNER.member_id else STRANGER
    mine = [each for each in world.posts if each.card == subject.id]
    if not mine or not isinstance(mine[-1].planned.change, PostComment):
        return None
    return world.did(subject, comment(by, mine[-1].planned.change.text, world.now))


def _ticks(world: World, subject: Card, who: str, what: str | int) -> Card:
    """Tick or untick an item: ``what`` counts over all checklists, the answers last."""
    places = [(list_, item) for list_ in subject.checklists for item in list_.items]
    list_, item = places[int(what) % len(places)]
    ticked = replace(item, done=not item.done)
    items = tuple(ticked if each is item else each for each in list_.items)
    lists = tuple(
        replace(each, items=items) if each is list_ else each for each in subject.checklists
    )
    parts = {"item": item.name, "item_done": ticked.done, "checklist": list_.name}
    entry = action("updateCheckItemStateOnCard", who, world.now, **parts)
    calls = ticked.done and "?" in list_.name and item is not list_.items[0]
    return world.did(replace(subject, checklists=lists), entry, calls=calls)


def _moves(world: World, subject: Card, who: str, what: str | int) -> Card | None:
    to = LISTS[str(what)]
    if to == subject.list_id:
        return None
    entry = move(who, subject.list_id, to, world.now)
    moved = replace(subject, list_id=to)
    return world.did(moved, entry, left=subject.list_id, entered=to)


def _dates(world: World, subject: Card, who: str, what: str | int) -> Card | None:
    """Set due some hours from now, clear it (0), or put an earlier one back (-1)."""
    olds = [each.old for each in subject.log or () if each.field == "due" and each.old]
    back = datetime.fromisoformat(olds[-1]) if olds else None
    hours = int(what)
    whole = world.now.replace(minute=0, second=0)
    due = back if hours < 0 else whole + timedelta(hours=hours) if hours else None
    if due == subject.due:
        return None
    entry = edit(who, "due", world.now, old=written(subject.due))
    return world.did(replace(subject, due=due), entry)


def _describes(world: World, subject: Card, who: str, what: str | int) -> Card:
    line = f"note {what} du {world.now:%d/%m %H:%M:%S}"
    on_top = int(what) % 2 == 0
    text = f"{line}\n{subject.desc}" if on_top else f"{subject.desc}\n\n{line}"
    entry = edit(who, "desc", world.now, old=subject.desc)
    return world.did(replace(subject, desc=text), entry)


def _attaches(world: World, subject: Card, who: str, what: str | int) -> Card:
    """Add a link, or take off the last one."""
    there = subject.attachments
    if there and int(what) % 2:
        entry = action("deleteAttachmentFromCard", who, world.now, attachment=there[-1].name)
        return world.did(replace(subject, attachments=there[:-1]), entry)
    new = Attachment(f"file {world.now}", f"plan {len(there)}", "https://exemple.org/plan")
    entry = action("addAttachmentToCard", who, world.now, attachment=new.name)
    return world.did(replace(subject, attachments=(*there, new)), entry)


def _completes(world: World, subject: Card, who: str, _: str | int) -> Card:
    done = replace(subject, due_complete=not subject.due_complete)
    return world.did(done, edit(who, "dueComplete", world.now))


def _archives(world: World, subject: Card, who: str, _: str | int) -> Card:
    return world.did(replace(subject, closed=not subject.closed), edit(who, "closed", world.now))


def _shifts(world: World, subject: Card, who: str, _: str | int) -> Card:
    return world.did(subject, edit(who, "pos", world.now), counts=False)


def _labels(world: World, subject: Card, who: str, what: str | int) -> Card:
    """Put a label on, or take it off."""
    label = LABELS[str(what)]
    there = label in subject.label_ids
    if label == STALLED:
        world.flag[subject.id] = who
    parts = {"labels_off" if there else "labels_on": frozenset({label})}
    entry = edit(who, "idLabels", world.now, **parts)
    labelled = replace(subject, label_ids=subject.label_ids ^ {label})
    return world.did(labelled, entry, counts=False)


def _joins(world: World, subject: Card, who: str, what: str | int) -> Card:
    """Put somebody on the card, or take them off: the owner (0), or an assistant."""
    member = (OWNER, *ASSISTANTS)[int(what) % 4].member_id
    if member in subject.member_ids:
        left = tuple(each for each in subject.member_ids if each != member)
        entry = action("removeMemberFromCard", who, world.now)
        return world.did(replace(subject, member_ids=left), entry)
    joined = replace(subject, member_ids=(*subject.member_ids, member))
    return world.did(joined, action("addMemberToCard", who, world.now))


def _deletes(world: World, subject: Card, _: str, what: str | int) -> Card | None:
    """Delete a comment of the bot: the last one, the one before; the log forgets it."""
    standing = [each for each in world.posts if each.card == subject.id and each.deleted is None]
    if len(standing) <= int(what):
        return None
    post = standing[-1 - int(what)]
    place = world.posts.index(post)
    world.posts[place] = post._replace(deleted=world.now)
    log = (each for each in subject.log or () if each.id != post.action)
    return replace(subject, log=tuple(log))


def _takes_back(world: World, subject: Card, who: str, _: str | int) -> Card | None:
    """Delete one's own newest comment: it was never there."""
    mine = [
        each for each in world.deeds if each.said and (each.card, each.who) == (subject.id, who)
    ]
    if not mine:
        return None
    world.deeds.remove(mine[-1])
    log = (each for each in subject.log or () if each.id != mine[-1].action)
    return replace(subject, log=tuple(log))


PEOPLES_ACTS: dict[str, Act] = {
    "says": _says,
    "copies": _copies,
    "ticks": _ticks,
    "moves": _moves,
    "dates": _dates,
    "describes": _describes,
    "attaches": _attaches,
    "completes": _completes,
    "archives": _archives,
    "shifts": _shifts,
    "labels": _labels,
    "joins": _joins,
    "deletes": _deletes,
    "takes back": _takes_back,
}
