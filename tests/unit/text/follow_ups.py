"""What there is to say about a card in somebody's hands, one message of each sort."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.domain.answers import Answer
from bot.domain.changes import Reason
from bot.domain.follow_up import (
    AttachmentsChanged,
    Awaited,
    Changed,
    CheckIn,
    Delivered,
    DescriptionChanged,
    DueChanged,
    FollowUp,
    Help,
    Late,
    LateUnanswered,
    Mistyped,
    NothingDelivered,
    OwnerAwaited,
    Passed,
    Proposal,
    Question,
    Stalled,
    Why,
    WhyLine,
)
from bot.domain.model import Person

MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 14, tzinfo=UTC)
LATER = datetime(2026, 12, 4, 14, tzinfo=UTC)

SPOKEN = {
    "fr": {"/go", "/pause", "/silence", "/reprendre", "/pourquoi", "/aide"},
    "en": {"/go", "/snooze", "/mute", "/resume", "/why", "/help"},
}
RULES = (
    *("check_in", "late", "stall", "answers", "delivery"),
    *("changes", "commands", "brief", "triage", "repair"),
)
COMMANDS = ("go", "snooze", "mute", "resume", "why", "help")


def follow_ups(boss: Person, aide: Person, said: str) -> Iterator[FollowUp]:
    """Yield a message of each sort, which quotes ``said`` wherever it quotes a card or a person."""
    yield from timed(boss, aide, said)
    yield from (Passed(boss, aide, each, said) for each in (None, Answer.UNCLEAR))
    yield from (Passed(boss, aide, each, "") for each in (Answer.WAITING, Answer.BLOCKED))
    yield from (NothingDelivered(aide, boss, completed=each) for each in (False, True))
    for each in (False, True):
        yield Delivered(boss, aide, 0, completed=False, has_done=each)
        yield Delivered(boss, aide, 3, completed=True, has_done=each)
    yield Proposal(boss, aide, timedelta(hours=9), MONDAY, DUE, DUE, LATER)
    yield from replies(boss, aide, said)


def timed(boss: Person, aide: Person, said: str) -> Iterator[FollowUp]:
    """Yield each request that time alone brings about, and the news of changes."""
    yield CheckIn(aide, boss, DUE, Question.METHOD, 0, 6, asks_document=True)
    yield CheckIn(aide, boss, DUE, Question.OBSTACLE, 2, 6)
    yield CheckIn(aide, boss, DUE, Question.OBSTACLE, 1, 6)
    yield CheckIn(aide, boss, DUE, Question.OBSTACLE, 0, 0, asks_document=True)
    yield CheckIn(aide, boss, DUE, Question.PROGRESS, 4, 6)
    yield CheckIn(aide, boss, DUE, Question.DELIVERY, 6, 6, asks_document=True)
    yield from (Late(aide, boss, DUE, has_review=each) for each in (True, False))
    yield LateUnanswered(boss, aide, DUE, DUE + timedelta(hours=16))
    yield from (Stalled(aide, boss, MONDAY, can_tick=each) for each in (True, False))
    yield from (OwnerAwaited(boss, aide, MONDAY, each) for each in Awaited)
    yield from (OwnerAwaited(boss, None, MONDAY, each) for each in Awaited)
    yield Changed(aide, (DescriptionChanged((said,) * 5, (said,)), DueChanged(DUE, LATER)))
    yield Changed(aide, (DueChanged(None, DUE), AttachmentsChanged((said,) * 2, (said,))))
    yield Changed(aide, (DueChanged(DUE, None), DescriptionChanged((" ",), ())))


def replies(boss: Person, aide: Person, said: str) -> Iterator[FollowUp]:
    """Yield each answer to a command."""
    before = (
        WhyLine("brief", Reason("no_working_time", {"problem": said}), LATER),
        WhyLine("triage", Reason("not_core")),
    )
    yield Why(boss, boss, MONDAY, Reason("not_handed_over"), before)
    yield Why(aide, aide, MONDAY, Reason("ball_handed_over"), after_hand_over())
    yield Why(boss, aide, MONDAY, Reason("act_owner"), paused())
    yield Help(boss, for_owner=True)
    yield Help(aide, for_owner=False)
    yield from (Mistyped(aide, f"/{said}", each) for each in COMMANDS)


def after_hand_over() -> tuple[WhyLine, ...]:
    """Return what the six rules think of a card on which somebody is at work."""
    her = {"person": "Mélanie"}
    return (
        WhyLine("check_in", Reason("just_active", her), MONDAY + timedelta(days=1)),
        WhyLine("late", Reason("not_due"), LATER),
        WhyLine("stall", Reason("moving", her), DUE),
        WhyLine("changes", Reason("still_changing"), MONDAY + timedelta(minutes=10)),
        WhyLine("answers", Reason("nobody_awaited")),
        WhyLine("delivery", Reason("not_delivered")),
    )


def paused() -> tuple[WhyLine, ...]:
    """Return what the six rules think of a card for which the owner wants silence."""
    snoozed = Reason("snoozed", {"person": "Camille"})
    return (
        *(WhyLine(rule, snoozed, LATER) for rule in ("check_in", "late", "stall")),
        WhyLine("changes", Reason("nothing_changed")),
        WhyLine("answers", Reason("nobody_awaited")),
        WhyLine("delivery", Reason("not_delivered")),
    )
