"""What a worker says of its passes: one line each, and of each trouble when it comes and goes.

A trouble that lasts is told once, not every minute: whoever reads the log sees what is wrong
between the line that tells of it and the one that says it is over.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bot.cycle import UNDONE, Report
from bot.domain.changes import kind_of
from bot.events import (
    BoardRefused,
    BoardUnread,
    CardOdd,
    Changed,
    ChangeFailed,
    ConfigInvalid,
    Down,
    Left,
    Pass,
    Refused,
    Trouble,
    tell,
)
from bot.executor import Effect
from bot.faults import bug
from bot.ports import StopError, TrelloError
from bot.settings import SettingsError
from bot.standing import Standing

log = logging.getLogger(__name__)

_FEW = 5
"""Cards that are named where many are left."""


class Journal:
    """Remembers what has been told."""

    def __init__(self) -> None:
        self._standing = Standing(log)
        self._failed: list[Trouble] = []
        """What could not be done in the pass under way, which goes on."""

    def began(self) -> None:
        """Take note that a pass begins."""
        self._failed = []

    def wrote(self, effect: Effect) -> None:
        """Tell of a change as it is made."""
        planned = effect.planned
        what = planned.rule, kind_of(planned.change), planned.card_id, effect.outcome
        # What follows a failed step is dropped with it, and a stop or a lack of time is no trouble.
        if effect.problem is None or effect.over or effect.outcome == "dropped":
            tell(log, Changed(*what))
            return
        trouble = ChangeFailed(*what, effect.problem)
        self._failed.append(trouble)
        self._standing.came(trouble)

    @contextmanager
    def outlived(self) -> Iterator[None]:
        """Tell of a fault in what goes with a pass; the pass itself is told as it was."""
        try:
            yield
        except Exception as problem:  # noqa: BLE001 - whatever it is, what was written is written
            trouble = bug(problem)
            self._failed.append(trouble)
            self._standing.came(trouble, trace=True)

    def passed(self, report: Report) -> None:
        """Tell of a pass that has come to its end."""
        self._standing.are([*self._failed, *self._waiting(report), *_troubles(report)])
        tell(log, _line(report))

    def _waiting(self, report: Report) -> Iterator[Trouble]:
        """Yield the troubles of cards that are left alone for a while: they are not over."""
        alone = {each.card_id for each in report.plan.skips if each.reason.code == "log_unread"}
        for each in self._standing:
            if isinstance(each, ChangeFailed) and each.card in alone:
                yield each

    def broke_off(self, problem: Exception) -> None:
        """Tell of a pass that has not come to its end, while its exception is in hand."""
        match problem:
            case SettingsError():
                self._standing.came(ConfigInvalid(str(problem)))
            case StopError():
                self._standing.came(Refused(str(problem)))
            case TrelloError():
                self._standing.came(Down(str(problem)))
            case _:
                self._standing.came(bug(problem), trace=True)


def _troubles(report: Report) -> Iterator[Trouble]:
    reading = report.reading
    yield from (BoardRefused(each.board, str(each.problem)) for each in reading.refusals)
    yield from (BoardUnread(each.board, each.problem) for each in reading.failures)
    yield from (CardOdd(each) for each in reading.odd)
    for reason in sorted(UNDONE & report.plan.reasons):
        cards = {each.card_id for each in report.plan.skips if each.reason.code == reason}
        yield Left(reason, len(cards), _some(cards))


def _some(cards: Iterable[str]) -> str:
    return " ".join(sorted(cards)[:_FEW])


def _line(report: Report) -> Pass:
    applied = [each for each in report.effects if each.outcome == "applied"]
    snapshot, took = report.reading.snapshot, report.took
    return Pass(
        changes=len(report.plan.changes),
        applied=len(applied),
        repaired=sum(each.planned.rule == "repair" for each in applied),
        skips=len(report.plan.skips),
        withheld=len(report.plan.withheld),
        boards=len(snapshot.boards),
        cards=len(snapshot.cards),
        requests=report.requests,
        reading=round(took.reading, 3),
        planning=round(took.planning, 3),
        writing=round(took.writing, 3),
        exit=report.exit_code,
    )
