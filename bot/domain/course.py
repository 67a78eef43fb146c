"""A handed-over card as the follow-up rules see it."""

from datetime import timedelta

from msgspec import Struct

from bot.domain.acts import newest_act
from bot.domain.answers import steps_of
from bot.domain.ball import Evidence, Holder, Possession, evidence, possessions
from bot.domain.calendar import Duration
from bot.domain.changes import Reason
from bot.domain.deadline import day_of
from bot.domain.model import Action, Board, Card, Person, Snapshot
from bot.domain.people import assistant_on
from bot.domain.policy import Kind, Policy
from bot.domain.recall import recalled_by_identity
from bot.domain.situation import Situation
from bot.domain.states import is_done, is_handed_over, silence
from bot.domain.written import WrittenBrief, written_brief


class Course(Struct, frozen=True):
    """What has become of a card since it was handed over."""

    card: Card
    board: Board
    assistant: Person | None
    brief: WrittenBrief | None
    kind: Kind | None
    evidence: tuple[Evidence, ...]
    """What people did since hand-over, oldest first."""
    possessions: tuple[Possession, ...]
    """Who had the ball, oldest first."""

    @property
    def owner(self) -> Person:
        """The person who delegates."""
        return self.board.owner

    @property
    def ball(self) -> Possession:
        """Who has the ball now, and since when."""
        return self.possessions[-1]

    @property
    def holder(self) -> Person:
        """The person on whom the work waits."""
        return self.worker or self.owner

    @property
    def worker(self) -> Person | None:
        """The assistant while they have the ball."""
        return self.assistant if self.ball.holder is Holder.ASSISTANT else None

    @property
    def in_review(self) -> bool:
        """Whether the card waits in a review list."""
        return self.card.list_id in self.board.lists.review

    @property
    def steps(self) -> tuple[int, int]:
        """Ticked steps, and all of them."""
        items = [item for checklist in steps_of(self.card) for item in checklist.items]
        return sum(item.done for item in items), len(items)

    def workload(self) -> timedelta | None:
        """Return the working time that the brief counts with."""
        if self.brief is None or self.assistant is None:
            return None
        return self.brief.workload(day_of(self.assistant))

    def newest_act_of(self, person: Person, snapshot: Snapshot) -> Action | None:
        """Return a person's newest act on the card."""
        return newest_act(person.member_id, self.card, snapshot)

    def stall_after(self, usual: Duration) -> Duration:
        """Return how long nothing may happen: a kind may say, of its work, not of the owner."""
        own = self.kind.stall_after if self.kind and self.worker else None
        return own or usual


def course_of(card: Card, situation: Situation) -> Course | Reason:
    """Return the course of a handed-over card, delivered and done ones too, or why it has none."""
    return _course(card, situation.snapshot, situation.policy)


@recalled_by_identity(most=4)
def _course(card: Card, snapshot: Snapshot, policy: Policy) -> Course | Reason:
    quiet = silence(card, snapshot)
    if quiet is not None:
        return quiet
    if not is_handed_over(card, snapshot):
        return Reason("not_handed_over")
    board = snapshot.board_of(card)
    brief = written_brief(card)
    acts = tuple(evidence(card, snapshot))
    return Course(
        card=card,
        board=board,
        assistant=assistant_on(card, board),
        brief=brief,
        kind=policy.kinds.get(brief.kind) if brief else None,
        evidence=acts,
        possessions=possessions(card, snapshot, acts),
    )


def open_course(card: Card, situation: Situation) -> Course | Reason:
    """Return the course of a card that is not done, or why it has none."""
    found = course_of(card, situation)
    if isinstance(found, Course) and is_done(card, situation.snapshot):
        return Reason("done")
    return found


def work_under_way(card: Card, situation: Situation) -> tuple[Course, Person] | Reason:
    """Return the course of a card on which the assistant has the ball, and that assistant."""
    found = open_course(card, situation)
    if isinstance(found, Reason):
        return found
    if found.worker is None:
        return Reason("delivered" if found.in_review else "ball_with_owner")
    return found, found.worker
