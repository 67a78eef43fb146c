"""delivery: delivered work reaches the owner once; a delivery of nothing is asked about once."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.acts import last_touch, stands
from bot.domain.ball import Party, mentions
from bot.domain.changes import Reason, Skip, Verdict
from bot.domain.course import Course, course_of
from bot.domain.delivered import brought, links_brought
from bot.domain.follow_up import Delivered, NothingDelivered
from bot.domain.model import Action, Card, Person, Snapshot
from bot.domain.posting import posting
from bot.domain.situation import Situation
from bot.domain.tokens import reference

QUIET = timedelta(minutes=5)
"""Who moves a card often adds the link or the words a moment later."""

HEARD = timedelta(hours=1)
"""A comment to the owner this long before the delivery, or after it, tells them of it."""


def delivery(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Answer the move into a review list, or the assistant's mark that the card is complete."""
    course = course_of(card, situation)
    if isinstance(course, Reason):
        yield Skip("delivery", card.id, course)
        return
    delivering = list(_delivering(course))
    if not delivering or course.assistant is None:
        yield Skip("delivery", card.id, Reason("not_delivered"))
        return
    work = next(brought(course), None)
    occasion = _occasion(course, delivering, work, situation)
    if occasion is None or _is_heard(course, occasion, situation.snapshot):
        yield Skip("delivery", card.id, Reason("owner_knows"))
    elif work is None:
        yield _once_quiet(_ask(course, course.assistant, occasion, situation), card, situation)
    else:
        told = _tell(course, course.assistant, (occasion, work), situation)
        yield _once_quiet(told, card, situation)


def _once_quiet(verdict: Verdict, card: Card, situation: Situation) -> Verdict:
    """Put a comment off while somebody is still at work on the card."""
    quiet_from = last_touch(card, situation.snapshot) + QUIET
    if isinstance(verdict, Skip) or situation.now >= quiet_from:
        return verdict
    return Skip("delivery", card.id, Reason("delivering_now"), quiet_from)


def _occasion(
    course: Course, delivering: list[Action], work: Action | None, situation: Situation
) -> Action | None:
    """Return the act to speak of: the delivery since the owner, whose own it may be, last acted.

    The first of them: a mark on a card that already lies in review is no second delivery.  Work
    that the bot had to ask for is news even if the owner has asked for it too.
    """
    snapshot = situation.snapshot
    owner = course.newest_act_of(course.owner, snapshot)
    news = [each for each in delivering if owner is None or each.at > owner.at]
    if news or work is None or owner is None or work.at < owner.at:
        return news[0] if news else None
    refs = (reference(course.card.id, "delivery", each.id) for each in delivering)
    asked = any(stands(course.card, ref, snapshot) for ref in refs)
    return work if asked else None


def _is_heard(course: Course, occasion: Action, snapshot: Snapshot) -> bool:
    """Tell whether the assistant has told the owner themself: Trello passes on a mention.

    What the owner has reacted to since, such as a delivery sent back, told them of that one only.
    """
    owner = course.newest_act_of(course.owner, snapshot)
    since = max(occasion.at - HEARD, owner.at if owner else course.card.created)
    return any(
        each.type == "commentCard" and mentions(each.text, course.owner)
        for each in brought(course)
        if each.at >= since
    )


def _delivering(course: Course) -> Iterator[Action]:
    """Yield the acts by which the card counts as delivered now, oldest first."""
    for each in course.evidence:
        into_review = course.in_review and each.action.list_after in course.board.lists.review
        completed = (
            course.card.due_complete
            and each.action.field == "dueComplete"
            and each.by is Party.ASSISTANT
        )
        if into_review or completed:
            yield each.action


def _tell(
    course: Course, assistant: Person, acts: tuple[Action, Action], situation: Situation
) -> Verdict:
    card, snapshot = course.card, situation.snapshot
    # What was brought after the request for it is what the word to the owner answers.
    ref = reference(card.id, "delivery", max(acts, key=lambda each: each.at).id)
    if stands(card, ref, snapshot):
        return Skip("delivery", card.id, Reason("delivery_told"))
    links = links_brought(course)
    has_done = bool(course.board.lists.done)
    message = Delivered(course.owner, assistant, links, not course.in_review, has_done)
    return posting(("delivery", card), message, ref, Reason("delivered_work"), situation)


def _ask(course: Course, assistant: Person, entered: Action, situation: Situation) -> Verdict:
    card = course.card
    ref = reference(card.id, "delivery", entered.id)
    if stands(card, ref, situation.snapshot):
        return Skip("delivery", card.id, Reason("deliverable_asked"))
    message = NothingDelivered(assistant, course.owner, not course.in_review)
    return posting(("delivery", card), message, ref, Reason("nothing_delivered"), situation)
