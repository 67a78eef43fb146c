"""What waits for the owner's decision, with the question."""

from collections.abc import Iterable, Iterator

from bot.domain.acts import comment_with, last_touch
from bot.domain.ball import Holder, answer_given
from bot.domain.calendar import NoWorkingTime
from bot.domain.course import Course
from bot.domain.fields import Field
from bot.domain.gather import gather
from bot.domain.messages import Missing, Unreadable
from bot.domain.model import Action, Card, Instant, Snapshot
from bot.domain.picture import Awaited, Decision
from bot.domain.proposals import fate
from bot.domain.situation import Situation
from bot.domain.states import State, silence, state_of, waits_for_triage
from bot.domain.tokens import reference

_UNANSWERED = {"unanswered", "late_told", "late_unanswered"}


def decisions(
    cards: Iterable[Card], courses: Iterable[Course], situation: Situation
) -> Iterator[Decision]:
    """Yield each card that waits for its owner, before its hand-over and after it."""
    for card in cards:
        yield from _before_hand_over(card, situation)
    for course in courses:
        if course.ball.holder is Holder.OWNER:
            yield _waiting(course)
        else:
            yield from _date_or_silence(course, situation)


def _before_hand_over(card: Card, situation: Situation) -> Iterator[Decision]:
    snapshot = situation.snapshot
    if silence(card, snapshot) is not None:
        return
    state = state_of(card, snapshot)
    asked = comment_with(card, reference(card.id, "ask"), snapshot)
    core = comment_with(card, reference(card.id, "triage"), snapshot)
    if state is State.REQUESTED and core is not None and waits_for_triage(card, snapshot):
        yield Decision(card, Awaited.CORE, core.at)
    elif asked is not None and state is State.INCOMPLETE:
        yield Decision(card, Awaited.BLANKS, asked.at, blanks=_blanks(card, situation))
    elif "question_deleted" in codes_on(card, situation):
        since = last_touch(card, snapshot)
        yield Decision(card, Awaited.BLANKS, since, blanks=_blanks(card, situation))


def _blanks(card: Card, situation: Situation) -> tuple[Field, ...]:
    """Return the fields that the card's question is about."""
    try:
        found = gather(card, situation.snapshot, situation.policy, situation.now).obstacles
    except NoWorkingTime:
        return ()
    fields = (each.field for each in found if isinstance(each, Missing | Unreadable))
    return tuple(dict.fromkeys(fields))


def _waiting(course: Course) -> Decision:
    awaited = Awaited.REVIEW if course.in_review else Awaited.ANSWER
    if course.assistant is None:
        awaited = Awaited.NOBODY
    log = course.card.log or ()
    event = next((each for each in log if each.id == course.ball.event), None)
    return Decision(
        course.card,
        awaited,
        course.ball.since,
        course.assistant,
        _words(course, event) if event else "",
        answer=answer_given(event) if event else None,
    )


def _words(course: Course, event: Action) -> str:
    """Return the words that brought the ball: the assistant's own just before, if they moved it."""
    if event.text or course.assistant is None:
        return event.text
    begun = course.possessions[-2].since if len(course.possessions) > 1 else course.card.created
    said = [
        each.text
        for each in course.card.log or ()
        if each.type == "commentCard"
        and each.member_id == course.assistant.member_id
        and begun < each.at <= event.at
    ]
    return said[-1] if said else ""


def _date_or_silence(course: Course, situation: Situation) -> Iterator[Decision]:
    card, snapshot = course.card, situation.snapshot
    found = fate(course, snapshot)
    overdue = card.due if card.due and card.due <= situation.now else None
    if found is not None and found.go is None and found.is_open(situation.now):
        at, proposed = found.comment.at, found.proposed
        yield Decision(card, Awaited.DATE, at, course.assistant, proposed=proposed, overdue=overdue)
    elif codes_on(card, situation) & _UNANSWERED:
        at = last_word(course, snapshot)
        yield Decision(card, Awaited.SILENCE, at, course.assistant, overdue=overdue)


def last_word(course: Course, snapshot: Snapshot) -> Instant:
    """Return when the one who has the ball last did something, or got it."""
    act = course.newest_act_of(course.holder, snapshot)
    return max(act.at, course.ball.since) if act else course.ball.since


def codes_on(card: Card, situation: Situation) -> set[str]:
    """Return the codes of all that the rules have said about a card in this pass."""
    return {each.reason.code for each in situation.heard.get(card.id, ())}
