"""check_in: before delivery, and half-way on important or long cards, ask how things go."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from bot.domain.acts import bot_comments, is_bots, stands
from bot.domain.answers import answers_of, is_answers
from bot.domain.changes import Planned, Reason, Skip, Untick, Verdict
from bot.domain.course import Course, work_under_way
from bot.domain.delivered import has_link
from bot.domain.follow_up import CheckIn
from bot.domain.instants import CheckInInstant, check_in_instants
from bot.domain.model import Action, Card, CheckItem, Instant, Person
from bot.domain.people import first_name
from bot.domain.policy import CheckInPolicy
from bot.domain.posting import posting
from bot.domain.questions import question_at
from bot.domain.recall import recalled_by_identity
from bot.domain.restraint import Wait, not_now, silenced
from bot.domain.situation import Situation
from bot.domain.traces import check_in_reference, kind_of_comment


class Rhythm(Struct, frozen=True):
    """When a card's assistant is asked, and what has been asked so far."""

    course: Course
    assistant: Person
    due: Instant
    instants: tuple[CheckInInstant, ...]
    asked: tuple[Action, ...]
    """Check-ins on the card, oldest first."""

    def near(self) -> Instant:
        """Return from when on delivery is near."""
        return min((each.at for each in self.instants if not each.mid_course), default=self.due)


def before_delivery(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Ask at the instants before due, on every card; untick the answer to an earlier question."""
    rhythm = _rhythm(card, situation)
    if isinstance(rhythm, Reason):
        yield Skip("check_in", card.id, rhythm)
        return
    yield from (_untick(card, each) for each in _used(rhythm, situation))
    instant = _last_reached(rhythm, situation.now)
    if instant is None or not instant.mid_course:
        yield from _verdicts(rhythm, instant, situation)


def mid_course(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Ask in mid-course, on important or long cards, unless the assistant has just acted."""
    rhythm = _rhythm(card, situation)
    if isinstance(rhythm, Reason):
        return
    instant = _last_reached(rhythm, situation.now)
    if instant is not None and instant.mid_course:
        yield from _verdicts(rhythm, instant, situation)


def _rhythm(card: Card, situation: Situation) -> Rhythm | Reason:
    found = work_under_way(card, situation)
    if isinstance(found, Reason):
        return found
    course, assistant = found
    if card.due is None:
        return Reason("no_due")
    if situation.now >= card.due:
        return Reason("due_over")
    instants = _instants(course, assistant, card.due, situation.policy.check_ins)
    asked = tuple(
        each
        for each in bot_comments(card, situation.snapshot)
        if kind_of_comment(each, card, course.board) == "check-in"
    )
    return Rhythm(course, assistant, card.due, instants, asked)


@recalled_by_identity(most=4)
def _instants(
    course: Course, assistant: Person, due: Instant, policy: CheckInPolicy
) -> tuple[CheckInInstant, ...]:
    calendar, since = assistant.calendar, course.possessions[0].since
    watched = _is_watched(course, policy)
    return check_in_instants(calendar, since, due, policy, mid_course=watched)


def _is_watched(course: Course, policy: CheckInPolicy) -> bool:
    """Tell whether the card is important or long."""
    workload = course.workload()
    long = workload is not None and workload >= policy.long_from
    return long or course.board.labels.important in course.card.label_ids


def _last_reached(rhythm: Rhythm, now: Instant) -> CheckInInstant | None:
    """Return the last instant that is over: of several missed ones only that is made good."""
    reached = [each for each in rhythm.instants if each.at <= now]
    return reached[-1] if reached else None


def _verdicts(
    rhythm: Rhythm, instant: CheckInInstant | None, situation: Situation
) -> Iterator[Verdict]:
    card = rhythm.course.card
    following = next((each.at for each in rhythm.instants if each.at > situation.now), None)
    if instant is None:
        yield Skip("check_in", card.id, Reason("check_in_later"), following)
    elif stands(card, check_in_reference(card.id, rhythm.due, instant.offset), situation.snapshot):
        yield Skip("check_in", card.id, Reason("checked_in"), following)
    elif (wait := _wait(rhythm, instant, situation)) is not None:
        # The next instant does not wait for this one's turn: another silence covers it.
        nexts = [each for each in (wait.until, following) if each is not None]
        yield Skip("check_in", card.id, wait.reason, min(nexts, default=None))
    else:
        yield _ask(rhythm, instant, situation)
        used = _used(rhythm, situation)
        yield from (_untick(card, each) for each in _ticked(card) if each not in used)


def _wait(rhythm: Rhythm, instant: CheckInInstant, situation: Situation) -> Wait | None:
    course, assistant = rhythm.course, rhythm.assistant
    # The last one before delivery is not theirs to silence.
    is_last = instant == rhythm.instants[-1] and not instant.mid_course
    wait = silenced(course, situation, by_assistant=not is_last)
    if wait is not None:
        return wait
    policy = situation.policy.check_ins
    act = course.newest_act_of(assistant, situation.snapshot)
    if instant.mid_course and act is not None:
        quiet_until = assistant.calendar.after(act.at, policy.quiet_if_active)
        if situation.now < quiet_until:
            return Wait(Reason("just_active", {"person": first_name(assistant)}), quiet_until)
    # What an earlier assistant was asked is not this one's silence.
    handed = course.possessions[0].since
    since = max(act.at, handed) if act else handed
    unanswered = [each for each in rhythm.asked if each.at > since]
    if len(unanswered) >= policy.max_unanswered:
        return Wait(Reason("unanswered", {"count": str(len(unanswered))}))
    return not_now(course, assistant, situation)


def _ask(rhythm: Rhythm, instant: CheckInInstant, situation: Situation) -> Planned:
    course, assistant, card = rhythm.course, rhythm.assistant, rhythm.course.card
    done, steps = course.steps
    wants_document = course.kind is not None and course.kind.working_document
    message = CheckIn(
        reader=assistant,
        owner=course.owner,
        due=rhythm.due,
        question=question_at(course, assistant, rhythm.asked, situation.now, rhythm.near()),
        done=done,
        steps=steps,
        asks_document=wants_document and not rhythm.asked and not has_link(course),
    )
    ref = check_in_reference(card.id, rhythm.due, instant.offset)
    code = "mid_course" if instant.mid_course else "before_delivery"
    reason = Reason(code, {"offset": instant.offset})
    return posting(("check_in", card), message, ref, reason, situation)


def _used(rhythm: Rhythm, situation: Situation) -> list[CheckItem]:
    """Return the ticks that are older than the newest check-in: they answered an earlier one."""
    card = rhythm.course.card
    if not rhythm.asked:
        return []
    newest = rhythm.asked[-1].at
    since = {
        action.item
        for action in _ticks(card.log or ())
        if action.at > newest
        and not is_bots(action, card, rhythm.course.board, situation.snapshot.me)
    }
    return [each for each in _ticked(card) if each.name not in since]


def _ticks(log: Sequence[Action]) -> Iterator[Action]:
    for action in log:
        if action.item is not None and action.item_done and is_answers(action.checklist or ""):
            yield action


def _ticked(card: Card) -> list[CheckItem]:
    answers = answers_of(card)
    return [each for each in answers.items if each.done] if answers else []


def _untick(card: Card, item: CheckItem) -> Planned:
    return Planned("check_in", card.id, Untick(item.id, item.name), Reason("answer_used"))
