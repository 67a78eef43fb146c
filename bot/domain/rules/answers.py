"""answers: what the assistant says reaches the owner; a pause of the owner's moves the date."""

from collections.abc import Iterator

from bot.domain.acts import stands
from bot.domain.ball import Evidence, Holder, Party, answer_given, asks, mentions
from bot.domain.changes import Planned, Reason, SetDates, Skip, Verdict
from bot.domain.course import Course, open_course
from bot.domain.follow_up import Passed
from bot.domain.model import Action, Card
from bot.domain.posting import posting
from bot.domain.proposals import Offer, date_changed_since, fate, offer_of
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
    told = list(_calls(course))
    if not told:
        return Skip("answers", card.id, Reason("owner_knows"))
    refs = [reference(card.id, "pass", each.action.id) for each in told]
    if any(stands(card, ref, situation.snapshot) for ref in refs):
        return Skip("answers", card.id, Reason("pass_told"))
    call = told[0].action
    message = Passed(course.owner, course.assistant, answer_given(call), call.text)
    return posting(("answers", card), message, refs[0], told[0].meaning, situation)


def _calls(course: Course) -> Iterator[Evidence]:
    """Yield what the assistant said since the ball passed that the owner may not have seen.

    Trello itself tells the owner of a comment that mentions them, and of every comment on a card
    of which they are a member.
    """
    for each in course.evidence:
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
    found = fate(course, situation.snapshot)
    if found is not None and found.go is not None and found.is_open(situation.now):
        return Planned("answers", course.card.id, SetDates(found.proposed), Reason("go"))
    offer = offer_of(course)
    if offer is None or stands(course.card, offer.ref, situation.snapshot):
        return None
    return _propose(course, offer, situation)


def _propose(course: Course, offer: Offer, situation: Situation) -> Verdict | None:
    is_last = offer.message.until == course.ball.since
    past = offer.message.proposed <= situation.now
    if not is_last or past or date_changed_since(course, offer.message.since):
        return None
    why = Reason("owner_pause")
    return posting(("answers", course.card), offer.message, offer.ref, why, situation)
