"""The next digest of each portfolio card, as it would be posted: what the command ``digest`` shows.

The verdicts and texts are those of a pass; where the pass would not post yet, it is asked what the
digest would say if it were posted now.
"""

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.cycle import Report
from bot.domain.changes import Change, Planned, PostComment, Reason, Skip, Verdict
from bot.domain.limit import portfolios
from bot.domain.messages import UnwritableError
from bot.domain.model import Board, Card
from bot.domain.planner import Plan
from bot.domain.rules.digest import next_message
from bot.domain.situation import Situation
from bot.domain.tokens import reference
from bot.domain.weeks import latest_digest, next_digest
from bot.resolve import Missing
from bot.show import Telling, body_of, headline
from bot.text.neutral import plain

_SHOWN = {"digest_later", "digest_posted", "outside_hours", "held"}
"""Reasons for which a digest waits that has something to say."""


def show_digests(report: Report, telling: Telling, console: Console) -> None:
    """Print each portfolio card's next digest, when it comes, and which boards get none."""
    snapshot = report.reading.snapshot
    for card in portfolios(snapshot.boards.values(), snapshot):
        _show(card, report.plan, telling, console)
        console.print()
    for board in snapshot.boards.values():
        if board.portfolio not in snapshot.cards:
            console.print(Text(_without(board, report.reading.resolved.missing), style="yellow"))


def _show(card: Card, plan: Plan, telling: Telling, console: Console) -> None:
    console.print(headline(card.id, telling))
    verdict = _verdict(card, plan)
    console.print(_below(Text(_when(verdict, telling))))
    try:
        comment = _comment(verdict, card, plan.before[card.id])
    except UnwritableError as problem:
        why = Reason("unwritable", {"problem": str(problem)})
        console.print(_below(Text(f"· {telling.reason(why)}")))
        return
    body = body_of([comment]) if comment else None
    if body:
        console.print(_below(body))


def _below(what: RenderableType) -> Padding:
    return Padding(what, (0, 0, 0, 2))


def _verdict(card: Card, plan: Plan) -> Verdict:
    """Return what the rule says about the comment; what it says of the description comes after."""
    every: tuple[Verdict, ...] = (*plan.changes, *plan.skips)
    mine = (each for each in every if (each.rule, each.card_id) == ("digest", card.id))
    return next(each for each in mine if isinstance(each, Skip) or _speaks(each))


def _speaks(planned: Planned) -> bool:
    return isinstance(planned.change, PostComment)


def _when(verdict: Verdict, telling: Telling) -> str:
    told = telling.reason(verdict.reason)
    if isinstance(verdict, Planned):
        return f"→ {telling.say('does_post_comment')} — {told}"
    if verdict.until is None:
        return f"· {told}"
    return f"· {told} ({telling.say('until', date=telling.date(verdict.until, verdict.card_id))})"


def _comment(verdict: Verdict, card: Card, situation: Situation) -> Change | None:
    """Return the digest as planned, or as it would read now if it has anything to tell."""
    if isinstance(verdict, Planned):
        return verdict.change
    if verdict.reason.code not in _SHOWN:
        return None
    now, policy = situation.now, situation.policy
    owner = situation.snapshot.board_of(card).owner
    overdue = latest_digest(now, policy, owner.calendar) if _is_overdue(verdict) else None
    week = overdue or next_digest(now, policy, owner.calendar)
    ref = reference(card.id, "digest", week.name)
    text = situation.texts.message(next_message(card, situation), ref)
    return PostComment(text, ref, (owner.username,))


def _is_overdue(skip: Skip) -> bool:
    """Tell whether this week's digest only waits for its owner to be at work."""
    return skip.reason.code == "outside_hours"


def _without(board: Board, missing: tuple[Missing, ...]) -> str:
    name = plain(board.name)
    if board.portfolio is not None:
        return f"The portfolio card of the board {name} lies on a board that is not served."
    if any((each.board_id, each.role) == (board.id, "portfolio") for each in missing):
        return f"The board {name} has no portfolio card: `delegate-bot setup` makes it."
    return f"The board {name} has several portfolio cards: `delegate-bot check` lists them."
