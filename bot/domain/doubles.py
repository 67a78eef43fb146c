"""What the bot has made twice: two installations at work at once, or an answer that came too late.

The oldest stays.  Only what a bot account made and nobody has touched since is taken off.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from bot.domain.acts import bot_comments, is_bots, people_actions
from bot.domain.answers import ANSWER_ITEMS, answers_of, checklist_named, is_answers, own_steps_of
from bot.domain.changes import AddCheckItem, Change, DeleteComment, DeletePart
from bot.domain.model import Action, Attachment, Card, Checklist, Snapshot
from bot.domain.tokens import reference_at_end
from bot.domain.traces import kind_of_comment
from bot.domain.written import written_brief

_AT_ONCE = timedelta(hours=1)
"""Equal items made farther apart than this are somebody's wish: only the bot is so fast."""


def doubles(card: Card, snapshot: Snapshot) -> Iterator[tuple[Change, bool]]:
    """Yield how each double would be taken off, and whether the bot may.

    It may not on an account that it shares with a person, nor what another account of its made.
    """
    yield from _comments(card, snapshot)
    mine = not snapshot.me.shared
    yield from ((each, mine) for each in _checklists(card, snapshot))
    yield from ((each, mine) for each in _items(card, snapshot))
    yield from ((each, mine) for each in _attachments(card, snapshot))


def _comments(card: Card, snapshot: Snapshot) -> Iterator[tuple[Change, bool]]:
    board, me = snapshot.board_of(card), snapshot.me
    seen: set[str] = set()
    signed = (reference_at_end(each.text) for each in card.log or ())
    if not _has_twice(ref for ref in signed if ref is not None):
        return
    for comment in bot_comments(card, snapshot):
        ref = reference_at_end(comment.text)
        if ref is None or kind_of_comment(comment, card, board) is None:
            continue
        if ref in seen:
            answered = any(each.member_id not in me.accounts for each in comment.reactions)
            mine = comment.member_id == me.member_id and not me.shared
            yield DeleteComment(comment.id), mine and not answered
        seen.add(ref)


def _checklists(card: Card, snapshot: Snapshot) -> Iterator[AddCheckItem | DeletePart]:
    """Yield younger checklists of one name that the bot made, with nothing ticked in them.

    What only a younger one holds is put into the oldest first: the one who made that may have died
    before filling it, and once the card is handed over nobody else would.
    """
    if not _has_twice(each.name for each in card.checklists):
        return
    have = {each.id: Counter(item.name for item in each.items) for each in card.checklists}
    made = _made(card, "addChecklistToCard", snapshot)
    touched = {each.part_id for each in people_actions(card, snapshot)}
    for each in card.checklists:
        oldest = checklist_named(card, each.name)
        if each is oldest or oldest is None or not {each.id, oldest.id} <= made:
            continue
        parts = {each.id, *(item.id for item in each.items)}
        if not any(item.done for item in each.items) and touched.isdisjoint(parts):
            yield from _moved(have[each.id], have[oldest.id], oldest.name)
            yield DeletePart("checklist", each.id, each.name)


def _moved(theirs: Counter[str], have: Counter[str], checklist: str) -> Iterator[AddCheckItem]:
    for name in (theirs - have).elements():
        have[name] += 1
        yield AddCheckItem(checklist, name, have[name])


def _items(card: Card, snapshot: Snapshot) -> Iterator[DeletePart]:
    """Yield younger items of one name beyond those that the brief, or the answers, ask for."""
    own = [each for each in (own_steps_of(card), answers_of(card)) if each is not None]
    if not any(_has_twice(item.name for item in each.items) for each in own):
        return
    made = _made(card, "addChecklistToCard", snapshot)
    touched = {each.part_id for each in people_actions(card, snapshot)}
    # Of each the oldest: the others go as a whole.
    for checklist in own:
        if checklist.id not in made:
            continue
        left = _wanted(checklist, card)
        first: dict[str, datetime] = {}
        for item in sorted(checklist.items, key=lambda each: each.id):
            at = first.setdefault(item.name, _made_at(item.id))
            left[item.name] -= 1
            surplus = left[item.name] < 0 and _made_at(item.id) - at < _AT_ONCE
            if surplus and not item.done and item.id not in touched:
                yield DeletePart("check_item", item.id, item.name)


def _wanted(checklist: Checklist, card: Card) -> Counter[str]:
    if is_answers(checklist.name):
        ours = Counter({name: 1 for items in ANSWER_ITEMS.values() for name in items.values()})
    else:
        brief = written_brief(card)
        ours = Counter(brief.steps if brief else ())
    # What the bot does not put there is a person's: as many as there are.
    others = Counter(item.name for item in checklist.items if item.name not in ours)
    return ours + others


def _attachments(card: Card, snapshot: Snapshot) -> Iterator[DeletePart]:
    """Yield younger attachments of one address, or uploads of one name, that the bot made."""
    if not _has_twice(_face(each) for each in card.attachments):
        return
    made = _made(card, "addAttachmentToCard", snapshot)
    seen: set[tuple[bool, str]] = set()
    for each in sorted(card.attachments, key=lambda one: one.id):
        if each.id in made:
            if _face(each) in seen:
                yield DeletePart("attachment", each.id, each.name)
            seen.add(_face(each))


def _has_twice(names: Iterable[Hashable]) -> bool:
    """Tell whether anything stands twice; on nearly all cards nothing does."""
    listed = tuple(names)
    return len(set(listed)) < len(listed)


def _face(attachment: Attachment) -> tuple[bool, str]:
    """Return what makes two attachments one: an upload's address is always another."""
    return attachment.is_upload, attachment.name if attachment.is_upload else attachment.url


def _made(card: Card, kind: str, snapshot: Snapshot) -> set[str | None]:
    board = snapshot.board_of(card)

    def by_bot(action: Action) -> bool:
        return action.type == kind and is_bots(action, card, board, snapshot.me)

    return {each.part_id for each in card.log or () if by_bot(each)}


def _made_at(object_id: str) -> datetime:
    """Return the second of creation in an id's first eight digits; what is planned is made last."""
    try:
        return datetime.fromtimestamp(int(object_id[:8], 16), UTC)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
