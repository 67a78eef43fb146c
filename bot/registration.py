"""Webhooks at Trello's: what is missing or wrong with them, and how ``setup`` mends it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias, assert_never

from msgspec import Struct
from rich.console import Console
from rich.text import Text

from bot.hooks import Hook, Registered
from bot.ports import NotApplied, Outcome, Unknown
from bot.reading import Reading
from bot.text.neutral import plain
from bot.trello.setting_up import SettingUp

DESCRIPTION = "delegate-bot"
"""By which the bot knows its own webhooks, wherever they call."""

_NO_ANSWER = "did not return 200"
_ALREADY_THERE = "already exists"


class Register(Struct, frozen=True):
    """A board has no webhook of the bot's."""

    board_id: str
    board_name: str


class Repair(Struct, frozen=True):
    """A board's webhook is not as it must be."""

    id: str
    board_name: str
    why: str


class SwitchOff(Struct, frozen=True):
    """A webhook of the bot's calls for nothing."""

    id: str
    board_name: str
    why: str


Step: TypeAlias = Register | Repair | SwitchOff


def steps(calls: SettingUp, reading: Reading, hook: Hook) -> tuple[Step, ...]:
    """Return what must be done until each board has its one webhook. Raises as reading does."""
    return tuple(_steps(calls.webhooks(), reading, hook))


def findings(calls: SettingUp, reading: Reading, hook: Hook) -> Iterator[str]:
    """Yield what ``check`` says about webhooks. Raises as reading does."""
    registered = calls.webhooks()
    yield from map(_lacking, _steps(registered, reading, hook))
    yield from _failing(registered, reading, hook)


def _steps(registered: Iterable[Registered], reading: Reading, hook: Hook) -> Iterator[Step]:
    """Yield the steps; the webhook kept is the one that needs least mending."""
    boards = _names(reading)
    own = (each for each in registered if _is_own(each, hook))
    kept = sorted(own, key=lambda each: (each.url != hook.url, not each.active, each.id))
    for board, name in boards.items():
        mine = [each for each in kept if each.model == board]
        if not mine:
            yield Register(board, name)
            continue
        if mine[0].url != hook.url:
            yield Repair(mine[0].id, name, "it calls another address")
        elif not mine[0].active:
            yield Repair(mine[0].id, name, "it is switched off")
        for each in mine[1:]:
            if each.active:
                yield SwitchOff(each.id, name, "the board has another one")
    whole = not reading.failures and not reading.refusals
    for each in kept:
        if whole and each.active and each.model not in boards and each.url == hook.url:
            yield SwitchOff(each.id, each.model, "the board is not served any more")


def shown(step: Step) -> tuple[str, str]:
    """Return a mark and a line for a person who is asked whether to go on."""
    match step:
        case Register():
            return "+", f"{step.board_name}: webhook"
        case Repair():
            return "~", f"{step.board_name}: webhook, since {step.why}"
        case SwitchOff():
            return "-", f"{step.board_name}: webhook, since {step.why}"
        case _:
            assert_never(step)


def _is_own(webhook: Registered, hook: Hook) -> bool:
    """Whether a webhook of this token is the bot's: others may use the same token."""
    return webhook.url == hook.url or webhook.description == DESCRIPTION


def _names(reading: Reading) -> Mapping[str, str]:
    return {each.id: each.name for each in reading.snapshot.boards.values()}


def _lacking(step: Step) -> str:
    match step:
        case Register():
            return f"board {step.board_name}: no webhook; delegate-bot setup registers it"
        case Repair():
            return f"board {step.board_name}: webhook: {step.why}; delegate-bot setup mends it"
        case SwitchOff():
            what = f"board {step.board_name}: a webhook too many: {step.why}"
            return f"{what}; delegate-bot setup switches it off"
        case _:
            assert_never(step)


def _failing(registered: Iterable[Registered], reading: Reading, hook: Hook) -> Iterator[str]:
    names = _names(reading)
    for each in registered:
        if each.failures and each.active and each.url == hook.url and each.model in names:
            what = f"board {names[each.model]}: Trello's last {each.failures} calls to its webhook"
            yield f"{what} failed: is delegate-bot serve running, and does PUBLIC_URL lead to it?"


def taken(calls: SettingUp, wanted: Iterable[Step], hook: Hook, console: Console) -> str | None:
    """Take the steps and tell of each; return why one could not be taken.

    A step taken twice changes nothing more.
    """
    for step in wanted:
        outcome, done = _taken(calls, step, hook)
        problem = _problem(outcome, hook)
        if problem is not None:
            return f"{step.board_name}: webhook: {problem}"
        console.print(Text(plain(f"{step.board_name}: webhook {done}")))
    return None


def _taken(calls: SettingUp, step: Step, hook: Hook) -> tuple[Outcome, str]:
    match step:
        case Register():
            return calls.make_webhook(step.board_id, hook.url, DESCRIPTION), "registered"
        case Repair():
            return calls.mend_webhook(step.id, hook.url), "mended"
        case SwitchOff():
            return calls.silence_webhook(step.id), "switched off"
        case _:
            assert_never(step)


def _problem(outcome: Outcome, hook: Hook) -> str | None:
    if isinstance(outcome, NotApplied):
        if _ALREADY_THERE in outcome.error.detail:
            return None
        if _NO_ANSWER in outcome.error.detail:
            return (
                f"Trello has asked {hook.url} and was not answered with 200: start delegate-bot "
                "serve first, see that PUBLIC_URL leads to it, then run setup again "
                f"({outcome.error})"
            )
        return str(outcome.error)
    if isinstance(outcome, Unknown):
        return f"{outcome.error}; run setup again to see whether it was done"
    return None
