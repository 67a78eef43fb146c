"""Draw the picture of all boards that share one portfolio card.

Much of it the rules have just said: a card on which help was offered in vain, a question that waits
for its answer, a card about which somebody asked for silence.  The rest follows from each card's
course.
"""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.acts import bot_comments, comment_with
from bot.domain.ball import Holder
from bot.domain.course import Course, open_course
from bot.domain.deliveries import deliveries_since
from bot.domain.loads import DAYS_AHEAD, at_risk, end_of_days, load_of
from bot.domain.model import Card, Instant, Person, Snapshot
from bot.domain.picture import (
    Awaited,
    Decision,
    InHand,
    Load,
    Picture,
    Quiet,
    Stopped,
)
from bot.domain.proposals import fate
from bot.domain.situation import Situation
from bot.domain.states import State, is_delegated, is_done, is_held, state_of, waits_for_triage
from bot.domain.tokens import reference
from bot.domain.traces import kind_of_comment
from bot.domain.written import written_brief

_HELP_OFFERED = {"stall_told", "stalled", "stall_flag"}
_UNANSWERED = {"unanswered", "late_told", "late_unanswered"}
_PAUSED = {"snoozed", "muted"}


def picture_of(portfolio: Card, situation: Situation, since: Instant) -> Picture:
    """Return the picture; ``since`` is from when on deliveries are news."""
    snapshot, now = situation.snapshot, situation.now
    owner = snapshot.board_of(portfolio).owner
    cards = cards_of(portfolio, snapshot)
    courses = list(_courses(cards, situation))
    mine = {each.id for each in cards}
    whole = tuple(_loads(cards, situation))
    risks = [each for load in whole for each in at_risk(load, now, snapshot)]
    risks = [each for each in risks if each.card.id in mine]
    people = tuple(_shared(load, mine) for load in whole)
    decisions = sorted(_decisions(cards, courses, situation), key=_since)
    # What waits for a decision is told there, with its due, and nowhere else.
    decided = {each.card.id for each in decisions}
    in_hand = [each for load in people for each in load.cards if each.card.id not in decided]
    late = [each for each in in_hand if each.due and each.due <= now]
    risks = [each for each in risks if each.card.id not in decided]
    known = {each.card.id for each in late} | {each.card.id for each in risks} | decided
    horizon = end_of_days(owner.calendar, now, DAYS_AHEAD)
    delivered = sorted(deliveries_since(since, cards, snapshot), key=lambda each: each.at)
    return Picture(
        decisions=tuple(decisions),
        late=tuple(sorted(late, key=_due)),
        at_risk=tuple(sorted(risks, key=lambda each: each.due)),
        stopped=tuple(_stopped(courses, decided, situation)),
        soon=tuple(sorted(_soon(people, known, now, horizon), key=_due)),
        delivered=tuple(delivered),
        loads=people,
        unlabelled=tuple(_unlabelled(cards, snapshot)),
        quiet=_quiet(cards, situation),
        held_back=sum("over_limit" in _codes(each, situation) for each in cards),
        freed=sum((each.workload or timedelta() for each in delivered), timedelta()),
        unseen=tuple(each.board for each in snapshot.unseen.get(portfolio.id, ())),
    )


def _shared(load: Load, mine: set[str]) -> Load:
    """Return what concerns this portfolio of somebody who works for others too."""
    cards = tuple(each for each in load.cards if each.card.id in mine)
    return Load(load.assistant, cards, load.week, load.two_firsts)


def cards_of(portfolio: Card, snapshot: Snapshot) -> list[Card]:
    """Return the cards of all boards that share a portfolio card, but itself."""
    boards = {each.id for each in snapshot.boards.values() if each.portfolio == portfolio.id}
    return [
        each
        for each in snapshot.cards.values()
        if each.board_id in boards and each.id != portfolio.id
    ]


def first_hand_over(cards: list[Card], snapshot: Snapshot) -> Instant | None:
    """Return when the first of these cards was handed over, if one was."""
    told = [
        comment.at
        for card in cards
        for comment in bot_comments(card, snapshot)
        if kind_of_comment(comment, card, snapshot.board_of(card)) == "hand-over"
    ]
    return min(told, default=None)


def _courses(cards: list[Card], situation: Situation) -> Iterator[Course]:
    for card in cards:
        found = open_course(card, situation) if is_delegated(card, situation.snapshot) else None
        if isinstance(found, Course):
            yield found


def _decisions(
    cards: list[Card], courses: list[Course], situation: Situation
) -> Iterator[Decision]:
    for card in cards:
        yield from _before_hand_over(card, situation)
    for course in courses:
        if course.ball.holder is Holder.OWNER:
            yield _waiting(course)
        else:
            yield from _date_or_silence(course, situation)


def _before_hand_over(card: Card, situation: Situation) -> Iterator[Decision]:
    snapshot = situation.snapshot
    state = state_of(card, snapshot)
    if is_held(card, snapshot) or card.log is None:
        return
    asked = comment_with(card, reference(card.id, "ask"), snapshot)
    core = comment_with(card, reference(card.id, "triage"), snapshot)
    if state is State.INCOMPLETE and asked is not None:
        yield Decision(card, Awaited.BLANKS, asked.at)
    elif state is State.REQUESTED and core is not None and waits_for_triage(card, snapshot):
        yield Decision(card, Awaited.CORE, core.at)


def _waiting(course: Course) -> Decision:
    awaited = Awaited.REVIEW if course.in_review else Awaited.ANSWER
    if course.assistant is None:
        awaited = Awaited.NOBODY
    words = next((each.text for each in course.card.log or () if each.id == course.ball.event), "")
    return Decision(course.card, awaited, course.ball.since, course.assistant, words)


def _date_or_silence(course: Course, situation: Situation) -> Iterator[Decision]:
    card, snapshot = course.card, situation.snapshot
    found = fate(course, snapshot)
    overdue = card.due if card.due and card.due <= situation.now else None
    if found is not None and found.go is None and found.is_open(situation.now):
        at, proposed = found.comment.at, found.proposed
        yield Decision(card, Awaited.DATE, at, course.assistant, proposed=proposed, overdue=overdue)
    elif _codes(card, situation) & _UNANSWERED:
        at = _last_word(course, snapshot)
        yield Decision(card, Awaited.SILENCE, at, course.assistant, overdue=overdue)


def _last_word(course: Course, snapshot: Snapshot) -> Instant:
    act = course.newest_act_of(course.holder, snapshot)
    return max(act.at, course.ball.since) if act else course.ball.since


def _loads(cards: list[Card], situation: Situation) -> Iterator[Load]:
    boards = {each.board_id for each in cards}
    people: dict[str, Person] = {}
    for board in situation.snapshot.boards.values():
        if board.id in boards:
            people |= {each.member_id: each for each in board.assistants}
    for person in people.values():
        load = load_of(person, situation.now, situation.snapshot)
        if load.cards:
            yield load


def _stopped(courses: list[Course], decided: set[str], situation: Situation) -> Iterator[Stopped]:
    for course in courses:
        with_assistant = course.ball.holder is Holder.ASSISTANT and course.card.id not in decided
        if with_assistant and _codes(course.card, situation) & _HELP_OFFERED:
            yield Stopped(course.card, course.holder, _last_word(course, situation.snapshot))


def _soon(
    people: tuple[Load, ...], known: set[str], now: Instant, horizon: Instant
) -> Iterator[InHand]:
    for load in people:
        for each in load.cards:
            if each.due and now < each.due <= horizon and each.card.id not in known:
                yield each


def _unlabelled(cards: list[Card], snapshot: Snapshot) -> Iterator[Card]:
    for card in cards:
        brief = written_brief(card)
        own = brief is not None and brief.own
        if own and not is_delegated(card, snapshot) and not is_done(card, snapshot):
            yield card


def _quiet(cards: list[Card], situation: Situation) -> Quiet:
    snapshot = situation.snapshot
    held = paused = ignored = 0
    for card in cards:
        if not is_delegated(card, snapshot) or is_done(card, snapshot):
            continue
        if is_held(card, snapshot):
            held += 1
        elif card.list_id in snapshot.board_of(card).lists.ignored:
            ignored += 1
        elif _codes(card, situation) & _PAUSED:
            paused += 1
    return Quiet(held, paused, ignored)


def _codes(card: Card, situation: Situation) -> set[str]:
    return {each.reason.code for each in situation.heard.get(card.id, ())}


def _since(decision: Decision) -> Instant:
    return decision.since


def _due(each: InHand) -> Instant:
    return each.due or each.card.created
