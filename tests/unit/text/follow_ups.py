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
    yield NothingDelivered(aide, boss)
    yield Delivered(boss, aide, 0, completed=False)
    yield Delivered(boss, aide, 3, completed=True)
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
    yield Late(aide, boss, DUE)
    yield LateUnanswered(boss, aide, DUE, DUE + timedelta(hours=16))
    yield Stalled(aide, boss, MONDAY)
    yield from (OwnerAwaited(boss, aide, MONDAY, each) for each in Awaited)
    yield from (OwnerAwaited(boss, None, MONDAY, each) for each in Awaited)
    yield Changed(aide, (DescriptionChanged((said,) * 5, (said,)), DueChanged(DUE, LATER)))
    yield Changed(aide, (DueChanged(None, DUE), AttachmentsChanged((said,) * 2, (said,))))
    yield Changed(aide, (DueChanged(DUE, None), DescriptionChanged((" ",), ())))


def replies(boss: Person, aide: Person, said: str) -> Iterator[FollowUp]:
    """Yield each answer to a command."""
    lines = (
        WhyLine("check_in", Reason("touched_just_now"), DUE),
        WhyLine("stall", Reason("no_working_time", {"problem": said}), LATER),
        WhyLine("commands", Reason("no_command")),
    )
    yield Why(aide, aide, MONDAY, Reason("hand_over", {"assistant": "mel_rabe"}), lines)
    yield Why(boss, aide, MONDAY, Reason("core_label", {"label": said}), lines)
    yield Help(boss, for_owner=True)
    yield Help(aide, for_owner=False)
    yield from (Mistyped(aide, f"/{said}", each) for each in COMMANDS)
