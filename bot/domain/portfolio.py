"""Draw the picture of all boards that share one portfolio card.

Much of it the rules have just said: a card on which help was offered in vain, a question that waits
for its answer, a card about which somebody asked for silence.  The rest follows from each card's
course.
"""

from collections.abc import Iterator, Set
from datetime import timedelta

from msgspec.structs import replace

from bot.domain.acts import bot_comments
from bot.domain.course import Course, open_course
from bot.domain.deadline import in_hand
from bot.domain.decisions import codes_on, decisions, last_word
from bot.domain.deliveries import deliveries_since
from bot.domain.loads import DAYS_AHEAD, at_risk, end_of_days, load_of
from bot.domain.model import Card, Instant, Person, Snapshot
from bot.domain.picture import (
    Decision,
    DeliveredCard,
    InHand,
    Load,
    Picture,
    Quiet,
    Stopped,
)
from bot.domain.situation import Situation
from bot.domain.states import State, is_delegated, is_done, is_held, silence, state_of
from bot.domain.traces import kind_of_comment
from bot.domain.written import written_brief

_HELP_OFFERED = {"stall_told", "stalled", "stall_flag"}
_PAUSED = {"snoozed", "muted"}


def picture_of(
    portfolio: Card, situation: Situation, since: Instant, until: Instant | None = None
) -> Picture:
    """Return the picture, with the deliveries from ``since`` on and before ``until``."""
    snapshot, now = situation.snapshot, situation.now
    owner = snapshot.board_of(portfolio).owner
    cards = cards_of(portfolio, snapshot)
    courses = list(_courses(cards, situation))
    mine = {each.id for each in cards}
    whole = tuple(_loads(cards, situation))
    people = tuple(each for each in (_shared(load, mine) for load in whole) if each.cards)
    waiting = sorted(decisions(cards, courses, situation), key=_since)
    # What waits for a decision is told there, with its due, and nowhere else.
    decided = {each.card.id for each in waiting}
    stuck = {each.card.id: each for each in _stopped(courses, situation)}
    late = _late(people, decided, stuck.keys(), now)
    risks = [
        replace(each, stopped=each.card.id in stuck)
        for load in whole
        for each in at_risk(load, now, snapshot)
        if each.card.id in mine - decided
    ]
    known = {each.card.id for each in late} | {each.card.id for each in risks} | decided
    horizon = end_of_days(owner.calendar, now, DAYS_AHEAD)
    delivered = _delivered(cards, snapshot, since, until)
    return Picture(
        decisions=tuple(waiting),
        late=late,
        at_risk=tuple(sorted(risks, key=lambda each: each.due)),
        stopped=tuple(each for each in stuck.values() if each.card.id not in known),
        soon=tuple(sorted(_soon(people, known, horizon), key=_due)),
        delivered=delivered,
        loads=people,
        unlabelled=tuple(_unlabelled(cards, snapshot)),
        quiet=_quiet(cards, situation),
        held_back=sum("over_limit" in codes_on(each, situation) for each in cards),
        freed=sum((each.workload or timedelta() for each in delivered), timedelta()),
        preparing=sum(_is_preparing(each, decided, snapshot) for each in cards),
        troubled=tuple(each for each in cards if each.id in snapshot.troubled),
        unseen=tuple(each.board for each in snapshot.unseen.get(portfolio.id, ())),
    )


def _late(
    people: tuple[Load, ...], decided: set[str], stuck: Set[str], now: Instant
) -> tuple[InHand, ...]:
    """Return the cards whose due has passed, but those that wait for a decision, oldest first."""
    late = (
        replace(each, stopped=each.card.id in stuck)
        for load in people
        for each in load.cards
        if each.due and each.due <= now and each.card.id not in decided
    )
    return tuple(sorted(late, key=_due))


def _delivered(
    cards: list[Card], snapshot: Snapshot, since: Instant, until: Instant | None
) -> tuple[DeliveredCard, ...]:
    arrived = deliveries_since(since, cards, snapshot)
    news = (each for each in arrived if until is None or each.at < until)
    return tuple(sorted(news, key=lambda each: each.at))


def _shared(load: Load, mine: set[str]) -> Load:
    """Return what concerns this portfolio of somebody who works for others too."""
    cards = tuple(each for each in load.cards if each.card.id in mine)
    others = (each.remaining for each in load.cards if each.card.id not in mine)
    firsts = tuple(each for each in load.two_firsts if each.id in mine)
    return replace(
        load,
        cards=cards,
        elsewhere=sum(others, timedelta()),
        two_firsts=firsts if len(firsts) > 1 else (),
    )


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


def _loads(cards: list[Card], situation: Situation) -> Iterator[Load]:
    boards = {each.board_id for each in cards}
    people: dict[str, Person] = {}
    for board in situation.snapshot.boards.values():
        if board.id in boards:
            people |= {each.member_id: each for each in board.assistants}
    for person in people.values():
        if any(in_hand(person, situation.snapshot)):
            yield load_of(person, situation.now, situation.snapshot)


def _stopped(courses: list[Course], situation: Situation) -> Iterator[Stopped]:
    for course in courses:
        if codes_on(course.card, situation) & _HELP_OFFERED:
            yield Stopped(course.card, course.holder, last_word(course, situation.snapshot))


def _soon(people: tuple[Load, ...], known: set[str], horizon: Instant) -> Iterator[InHand]:
    for load in people:
        for each in load.cards:
            if each.due and each.due <= horizon and each.card.id not in known:
                yield each


def _unlabelled(cards: list[Card], snapshot: Snapshot) -> Iterator[Card]:
    for card in cards:
        brief = written_brief(card)
        own = brief is not None and brief.own
        skipped = is_done(card, snapshot) or card.list_id in snapshot.board_of(card).lists.ignored
        if own and not skipped and not is_delegated(card, snapshot):
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
        elif codes_on(card, situation) & _PAUSED:
            paused += 1
    return Quiet(held, paused, ignored)


def _is_preparing(card: Card, decided: set[str], snapshot: Snapshot) -> bool:
    if card.id in decided or silence(card, snapshot) is not None:
        return False
    return state_of(card, snapshot) is State.REQUESTED


def _since(decision: Decision) -> Instant:
    return decision.since


def _due(each: InHand) -> Instant:
    return each.due or each.card.created
