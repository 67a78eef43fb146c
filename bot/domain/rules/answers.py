"""answers: what the assistant says reaches the owner; a pause of the owner's moves the date."""

from collections.abc import Iterator

from bot.domain.acts import comment_with, stands
from bot.domain.ball import Evidence, Holder, Party, answer_given, asks, evidence, mentions
from bot.domain.changes import Planned, PostComment, Reason, SetDates, Skip, Verdict
from bot.domain.course import Course, open_course
from bot.domain.follow_up import Passed
from bot.domain.model import Action, Card
from bot.domain.proposals import Offer, accepted_by, date_changed_since, offers
from bot.domain.situation import Situation
from bot.domain.tokens import reference


def answers(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Tell the owner that the card waits for them; propose a date when it comes back late."""
    course = open_course(card, situation)
    if isinstance(course, Reason):
        yield Skip("answers", card.id, course)
        return
    yield _passed(course, situation)
    proposed = _proposed(course, situation)
    if proposed is not None:
        yield proposed


def _passed(course: Course, situation: Situation) -> Verdict:
    """Answer the assistant's first word that needs the owner since the owner got the ball."""
    card = course.card
    if course.ball.holder is Holder.ASSISTANT or course.assistant is None:
        return Skip("answers", card.id, Reason("nobody_awaited"))
    told = list(_calls(course, situation))
    if not told:
        return Skip("answers", card.id, Reason("owner_knows"))
    refs = [reference(card.id, "pass", each.action.id) for each in told]
    if any(stands(card, ref, situation.snapshot) for ref in refs):
        return Skip("answers", card.id, Reason("pass_told"))
    call = told[0].action
    message = Passed(course.owner, course.assistant, answer_given(call), call.text)
    text = situation.texts.message(message, refs[0])
    comment = PostComment(text, refs[0], (course.owner.username,))
    return Planned("answers", card.id, comment, told[0].meaning)


def _calls(course: Course, situation: Situation) -> Iterator[Evidence]:
    """Yield what the assistant said since the ball passed that the owner may not have seen.

    Trello itself tells the owner of a comment that mentions them, and of every comment on a card
    of which they are a member.
    """
    for each in evidence(course.card, situation.snapshot):
        if each.by is Party.ASSISTANT and each.action.at >= course.ball.since:
            answer = answer_given(each.action)
            said_so = answer is not None and answer.passes_the_ball
            if said_so or _asks_unheard(each.action, course):
                yield each


def _asks_unheard(action: Action, course: Course) -> bool:
    if action.type != "commentCard" or course.in_review:
        return False
    heard = course.owner.member_id in course.card.member_ids or mentions(action.text, course.owner)
    return asks(action.text) and not heard


def _proposed(course: Course, situation: Situation) -> Verdict | None:
    """Propose a later date once, and set it when the owner accepts."""
    snapshot = situation.snapshot
    posted = next(
        (each for each in offers(course) if stands(course.card, each.ref, snapshot)), None
    )
    if posted is not None and _to_be_set(course, posted, situation):
        change = SetDates(posted.message.proposed)
        return Planned("answers", course.card.id, change, Reason("go"))
    newest = next(offers(course), None)
    if newest is None or newest == posted:
        return None
    return _propose(course, newest, situation)


def _to_be_set(course: Course, offer: Offer, situation: Situation) -> bool:
    """Tell whether the owner has accepted a proposal that still has a meaning.

    It has none once anybody has set a date since it, or when the date proposed has passed.
    """
    posted = comment_with(course.card, offer.ref, situation.snapshot)
    accepted = accepted_by(course, offer, situation.snapshot) is not None
    fresh = posted is not None and not date_changed_since(course, posted.at)
    return accepted and fresh and offer.message.proposed > situation.now


def _propose(course: Course, offer: Offer, situation: Situation) -> Verdict | None:
    is_last = offer.message.until == course.ball.since
    past = offer.message.proposed <= situation.now
    if not is_last or past or date_changed_since(course, offer.message.since):
        return None
    text = situation.texts.message(offer.message, offer.ref)
    comment = PostComment(text, offer.ref, (course.owner.username,))
    return Planned("answers", course.card.id, comment, Reason("owner_pause"))
