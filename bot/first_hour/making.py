"""Makes what a board lacks: labels, the portfolio card, webhooks; all of it shown before."""

from collections.abc import Iterable

from bot import registration
from bot.domain.model import ListRoles
from bot.first_hour.asking import Talk
from bot.hooks import Hook
from bot.ports import NotApplied, Outcome, SkipError, Unknown, nothing_matters
from bot.reading import Reading
from bot.registration import Step
from bot.resolve import Missing
from bot.state import LEASE_WAIT
from bot.wiring import Bot

_COLOURS = {
    "delegate": "green",
    "stalled": "yellow",
    "hold": "sky",
    "important": "orange",
    "core": "purple",
}


def lacking(bot: Bot, reading: Reading, hook: Hook | None) -> tuple[Step, ...]:
    """Return what must be done about webhooks; without a public address nothing."""
    return registration.steps(bot.gateway.setting_up, reading, hook) if hook else ()


def show(talk: Talk, missing: Iterable[Missing], steps: Iterable[Step]) -> None:
    """Show what would be made."""
    for each in missing:
        what = talk.phrase(f"makes_{each.role}")
        talk.item("+", f"{each.board_name} · {each.name} — {what}")
    for step in steps:
        talk.item(*registration.shown(step))


def make(
    talk: Talk, bot: Bot, reading: Reading, steps: Iterable[Step], hook: Hook | None
) -> str | None:
    """Make everything that can be made; return what could not be, and why.

    Webhooks first: they are registered while ``serve`` runs, which may hold up the rest.
    """
    setting_up = bot.gateway.setting_up
    untaken = registration.taken(setting_up, steps, hook, talk.console) if hook else None
    unmade = _made(bot, reading)
    return untaken or unmade


def _made(bot: Bot, reading: Reading) -> str | None:
    """Make missing labels and portfolio cards; return what could not be made, and why."""
    missing = reading.resolved.missing
    if not missing:
        return None  # a worker at work need not be waited for
    with bot.state.lease(LEASE_WAIT):
        for each in missing:
            outcome = _make(bot, reading, each)
            if isinstance(outcome, NotApplied | Unknown):
                return f"{each.board_name}: {each.name}: {outcome.error}"
    return None


def _make(bot: Bot, reading: Reading, missing: Missing) -> Outcome:
    """Make a missing label or portfolio card."""
    if missing.role == "portfolio":
        return _make_portfolio(bot, reading, missing)
    colour = _COLOURS[missing.role]
    return bot.gateway.setting_up.make_label(missing.board_id, missing.name, colour)


def _make_portfolio(bot: Bot, reading: Reading, missing: Missing) -> Outcome:
    """Make the card in the first list of ordinary work, else in the first of all."""
    seen, _, _ = bot.gateway.board(missing.board_id, nothing_matters)
    board = reading.snapshot.boards.get(missing.board_id)
    roles = board.lists if board else ListRoles()
    spoken_for = roles.question | roles.review | roles.done | roles.ignored
    lists = [each.id for each in seen.lists if not each.closed]
    ordinary = [each for each in lists if each not in spoken_for]
    first = next(iter([*ordinary, *lists]), None)
    if first is None:
        return NotApplied(SkipError(f"The board {seen.name} has no list"))
    return bot.gateway.setting_up.make_card(first, missing.name)
