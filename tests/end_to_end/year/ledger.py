"""What the script knows of each card: who had the ball, who acted when, what the bot posted."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import cast

from msgspec import Struct

from bot.domain.changes import PostComment
from tests.end_to_end.year.people import EVERYBODY
from tests.end_to_end.year.stage import LABELS, Act, Stage
from tests.end_to_end.year.tasks import Side, Task

TIMED = {"check_in", "late", "stall", "changes"}
"""Rules whose comments time alone brings about; all others answer somebody's act."""

_MENTION = re.compile(r"@(\w+)")


class Posted(Struct, frozen=True):
    """A comment of the bot as it stands on the board."""

    at: datetime
    number: int
    """The card's."""
    rule: str
    code: str
    text: str

    @property
    def ref(self) -> str:
        """The reference in its last line."""
        return self.text.rsplit(" ", 1)[-1]

    @property
    def mentioned(self) -> list[str]:
        """Everybody whom it mentions."""
        return _MENTION.findall(self.text)

    @property
    def to(self) -> str:
        """The person to whom it speaks."""
        return self.mentioned[0]

    @property
    def is_timed(self) -> bool:
        """Whether time alone brought it about."""
        return self.rule in TIMED


@lru_cache(maxsize=1)
def posted(stage: Stage) -> tuple[Posted, ...]:
    """Return the bot's comments as the board shows them, oldest first, with the rule of each."""
    rules = {
        each.planned.change.ref: each.planned
        for each in stage.done
        if isinstance(each.planned.change, PostComment)
    }
    found = []
    for task in stage.written:
        for comment in stage.world.comments(task.card):
            if comment.id_member_creator == stage.office.robot.id:
                text = cast(str, comment.data["text"])
                planned = rules[text.rsplit(" ", 1)[-1]]
                at = datetime.fromisoformat(comment.date)
                found.append(Posted(at, task.number, planned.rule, planned.reason.code, text))
    return tuple(sorted(found, key=lambda each: (each.at, each.number)))


def acts_on(stage: Stage, number: int) -> list[Act]:
    """Return what people did on a card, oldest first."""
    return [each for each in stage.acts if each.number == number]


def handed_over(stage: Stage, number: int) -> list[tuple[datetime, str]]:
    """Return when the card was handed over, and to whom, oldest first."""
    found = []
    for each in stage.done:
        change, code = each.planned.change, each.planned.reason.code
        if isinstance(change, PostComment) and (each.number, code) == (number, "hand_over"):
            found.append((each.at, change.mentions[0]))
    return found


class Holding(Struct, frozen=True):
    """A time during which somebody had the ball."""

    since: datetime
    side: Side
    who: str


def holdings(stage: Stage, number: int) -> list[Holding]:
    """Return who had the ball since hand-over, by what people did, oldest first."""
    given = [(each.at, each.gives) for each in acts_on(stage, number) if each.gives]
    handed = handed_over(stage, number)
    found: list[Holding] = []
    for at, who in handed:
        found.append(Holding(at, "assistant", who))
    for at, side in given:
        before = [who for when, who in handed if when < at]
        if before:
            found.append(Holding(at, side, "paul" if side == "owner" else before[-1]))
    found.sort(key=lambda each: each.since)
    return [each for n, each in enumerate(found) if n == 0 or found[n - 1].who != each.who]


def holder_at(stage: Stage, number: int, at: datetime) -> Holding | None:
    """Return who had the ball at an instant; ``None`` before hand-over."""
    return next((h for h in reversed(holdings(stage, number)) if h.since < at), None)


def quiet_since(stage: Stage, number: int, who: str, at: datetime) -> datetime | None:
    """Return since when a person had done nothing: their newest act, or when they got the ball."""
    mine = [a.at for a in acts_on(stage, number) if a.who == who and a.counts and a.at < at]
    got = [h.since for h in holdings(stage, number) if h.who == who and h.since < at]
    return max([*mine, *got], default=None)


def labelled(stage: Stage, task: Task, name: str) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield from when to when the owner had a label off (``delegate``) or on (any other)."""
    verb = "takes off" if name == "delegate" else "puts on"
    changes = [a for a in acts_on(stage, task.number) if a.what.endswith(f"« {LABELS[name]} »")]
    for n, each in enumerate(changes):
        if each.what.startswith(verb):
            yield each.at, changes[n + 1].at if n + 1 < len(changes) else None


def people_of(stage: Stage, number: int) -> set[str]:
    """Return the owner and everybody to whom the card was handed over."""
    return {"paul", *(who for _, who in handed_over(stage, number))} & set(EVERYBODY)
