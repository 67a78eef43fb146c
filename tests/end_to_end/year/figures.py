"""How much the bot spoke in the year."""

from collections import Counter
from math import ceil
from statistics import median

from msgspec import Struct

from tests.end_to_end.year.ledger import posted
from tests.end_to_end.year.people import HOURS
from tests.end_to_end.year.stage import Stage
from tests.end_to_end.year.tasks import Temper


class Restraint(Struct, frozen=True):
    """Bot comments, counted."""

    cards: int
    delivered: int
    """Cards accepted by the owner, or at least in a review list."""
    per_card: tuple[int, ...]
    """Comments on each delivered card, ascending."""
    by_temper: dict[Temper, tuple[int, float]]
    """Delivered cards of each sort, and the median of comments on them."""
    by_rule: dict[str, int]
    timed: int
    timed_outside: int
    other_mentions: int
    """Comments that mention nobody or more than one person."""

    @property
    def median(self) -> float:
        """Median of comments per delivered card."""
        return median(self.per_card)

    @property
    def percentile_95(self) -> int:
        """As many comments as 95 of 100 delivered cards do not exceed."""
        return self.per_card[ceil(0.95 * len(self.per_card)) - 1]


def restraint(stage: Stage) -> Restraint:
    """Count the comments of the year."""
    comments = posted(stage)
    on_card = Counter(each.number for each in comments)
    delivered = [each for each in stage.written if each.state in {"review", "done"}]
    tempers = sorted({each.temper for each in delivered})
    timed = [each for each in comments if each.is_timed]
    return Restraint(
        cards=len(stage.written),
        delivered=len(delivered),
        per_card=tuple(sorted(on_card[each.number] for each in delivered)),
        by_temper={
            name: (len(some), median(some))
            for name in tempers
            for some in [[on_card[each.number] for each in delivered if each.temper == name]]
        },
        by_rule=dict(sorted(Counter(f"{p.rule}: {p.code}" for p in comments).items())),
        timed=len(timed),
        timed_outside=sum(not HOURS[each.to].working(each.at) for each in timed),
        other_mentions=sum(len(each.mentioned) != 1 for each in comments),
    )
