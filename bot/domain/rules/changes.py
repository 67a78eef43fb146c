"""changes: what others changed on a card after hand-over is told to the assistant, once."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.acts import last_touch, stands
from bot.domain.ball import Party
from bot.domain.changes import Reason, Skip, Verdict
from bot.domain.course import Course, work_under_way
from bot.domain.differences import differences
from bot.domain.follow_up import Changed
from bot.domain.model import Action, Card, Snapshot
from bot.domain.people import first_name
from bot.domain.posting import posting
from bot.domain.restraint import not_now, silenced
from bot.domain.situation import Situation
from bot.domain.tokens import reference

QUIET = timedelta(minutes=10)
"""Whoever is still at work on the card will change more."""

_TOLD_FIELDS = {"desc", "due"}
_TOLD_TYPES = {"addAttachmentToCard", "deleteAttachmentFromCard"}


def changes(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Tell the assistant what others changed, and ask whether their estimate still holds."""
    found = work_under_way(card, situation)
    if isinstance(found, Reason):
        yield Skip("changes", card.id, found)
        return
    course, assistant = found
    untold = _untold(course, situation.snapshot)
    what = differences(card, untold)
    if not what:
        yield Skip("changes", card.id, Reason("nothing_changed"))
        return
    quiet_from = last_touch(card, situation.snapshot) + QUIET
    if situation.now < quiet_from:
        yield Skip("changes", card.id, Reason("still_changing"), quiet_from)
        return
    wait = silenced(course, situation, by_assistant=False) or not_now(course, assistant, situation)
    if wait is not None:
        yield Skip("changes", card.id, wait.reason, wait.until)
        return
    ref = reference(card.id, "changes", untold[-1].id)
    why = Reason("changed", {"count": str(len(untold)), "person": first_name(assistant)})
    yield posting(("changes", card), Changed(assistant, what), ref, why, situation)


def _untold(course: Course, snapshot: Snapshot) -> list[Action]:
    """Return what others changed since the assistant was last told, oldest first.

    Whoever edits a field has seen it: what stood there before needs no telling.
    """
    untold: list[Action] = []
    for each in course.evidence:
        if not _is_told(each.action):
            continue
        if each.by is Party.ASSISTANT:
            field = each.action.field
            untold = [one for one in untold if field is None or one.field != field]
            continue
        untold.append(each.action)
        if stands(course.card, reference(course.card.id, "changes", each.action.id), snapshot):
            untold = []
    return untold


def _is_told(action: Action) -> bool:
    return action.field in _TOLD_FIELDS or action.type in _TOLD_TYPES
