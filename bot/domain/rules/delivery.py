"""delivery: delivered work reaches the owner once; a delivery of nothing is asked about once."""

from collections.abc import Iterator

from bot.domain.acts import stands
from bot.domain.ball import Evidence, Party, evidence
from bot.domain.changes import Planned, PostComment, Reason, Skip, Verdict
from bot.domain.course import Course, course_of
from bot.domain.delivered import brought, links_brought
from bot.domain.follow_up import Delivered, NothingDelivered
from bot.domain.model import Action, Card, Person
from bot.domain.situation import Situation
from bot.domain.tokens import reference


def delivery(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Answer the move into a review list, or the assistant's mark that the card is complete."""
    course = course_of(card, situation)
    if isinstance(course, Reason):
        yield Skip("delivery", card.id, course)
        return
    delivering = list(_delivering(course, situation))
    news = _after_owner(course, delivering, situation)
    if not delivering or course.assistant is None:
        yield Skip("delivery", card.id, Reason("not_delivered"))
    elif not news:
        yield Skip("delivery", card.id, Reason("owner_knows"))
    else:
        # The first of them: a mark on a card that already lies in review is no second delivery.
        yield _verdict(course, course.assistant, news[0].action, situation)


def _delivering(course: Course, situation: Situation) -> Iterator[Evidence]:
    """Yield the acts by which the card counts as delivered now, oldest first."""
    for each in evidence(course.card, situation.snapshot):
        into_review = course.in_review and each.action.list_after in course.board.lists.review
        completed = (
            course.card.due_complete
            and each.action.field == "dueComplete"
            and each.by is Party.ASSISTANT
        )
        if into_review or completed:
            yield each


def _after_owner(course: Course, acts: list[Evidence], situation: Situation) -> list[Evidence]:
    """Return the acts since the owner, whose own act may be the delivery, did something last."""
    newest = course.newest_act_of(course.owner, situation.snapshot)
    return [each for each in acts if newest is None or each.action.at > newest.at]


def _verdict(course: Course, assistant: Person, entered: Action, situation: Situation) -> Verdict:
    card, snapshot = course.card, situation.snapshot
    work = next(brought(course, snapshot), None)
    if work is None:
        return _ask(course, assistant, entered, situation)
    # What was brought after the request for it is what the word to the owner answers.
    answers = max(entered, work, key=lambda each: each.at)
    ref = reference(card.id, "delivery", answers.id)
    if stands(card, ref, snapshot):
        return Skip("delivery", card.id, Reason("delivery_told"))
    message = Delivered(
        reader=course.owner,
        assistant=assistant,
        links=links_brought(course, snapshot),
        completed=entered.field == "dueComplete",
    )
    text = situation.texts.message(message, ref)
    comment = PostComment(text, ref, (course.owner.username,))
    return Planned("delivery", card.id, comment, Reason("delivered_work"))


def _ask(course: Course, assistant: Person, entered: Action, situation: Situation) -> Verdict:
    card = course.card
    ref = reference(card.id, "delivery", entered.id)
    if stands(card, ref, situation.snapshot):
        return Skip("delivery", card.id, Reason("deliverable_asked"))
    text = situation.texts.message(NothingDelivered(assistant, course.owner), ref)
    comment = PostComment(text, ref, (assistant.username,))
    return Planned("delivery", card.id, comment, Reason("nothing_delivered"))
