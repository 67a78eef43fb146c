"""``check`` and ``setup``: what is wrong or missing before the bot can work, all at once."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import msgspec
from rich.console import Console
from rich.text import Text

from bot import noticing, registration, rehearsal
from bot.domain.model import Board, Instant
from bot.hooks import Hook
from bot.ports import NotApplied, RetryLaterError, SkipError, StopError, Unknown
from bot.reading import Reading, check_clock
from bot.resolve import Missing
from bot.rivals import rivals
from bot.settings import Problem, Settings
from bot.show import printable
from bot.state import LEASE_WAIT
from bot.trello.decode import decode
from bot.wiring import Bot

_EXPIRES_SOON = timedelta(days=14)

_COLOURS = {
    "delegate": "blue",
    "stalled": "orange",
    "hold": "black",
    "important": "red",
    "core": "purple",
}


class Finding(msgspec.Struct, frozen=True):
    """One line of ``check``."""

    grave: bool
    """True: the bot does not work with this (exit 2); False: worth knowing."""
    text: str


class _Permission(msgspec.Struct, frozen=True, rename="camel"):
    model_type: str = ""
    write: bool = False


class _TokenFacts(msgspec.Struct, frozen=True, rename="camel"):
    date_expires: datetime | None = None
    permissions: tuple[_Permission, ...] = ()


def inspect(bot: Bot, now: Instant, hook: Hook | None = None) -> Iterator[Finding]:
    """Yield everything that configuration, templates, boards and webhooks show; raises nothing."""
    yield from (Finding(grave=True, text=str(each)) for each in bot.kinds.problems)
    found = rehearsal.faults(bot.kinds, bot.texts, now)
    yield from (Finding(grave=True, text=each) for each in found)
    yield from (Finding(grave=False, text=str(each)) for each in rivals(bot.kinds))
    yield from _warnings(bot.warnings)
    yield from _notices(bot)
    try:
        reading = bot.cycle.read(now)
        yield from _token(bot, now)
    except (StopError, SkipError, RetryLaterError) as problem:
        yield Finding(grave=True, text=str(problem))
        return
    if bot.address.is_trello:
        yield from _clock(now, reading)
    yield from (
        Finding(grave=True, text=f"board {each.board}: {each.problem}") for each in reading.failures
    )
    yield from (Finding(grave=True, text=str(each.problem)) for each in reading.refusals)
    yield from _warnings(reading.resolved.warnings)
    yield from _account(reading, bot.settings)
    # A label that the configuration names has been mentioned with its line already.
    told = {each.path for each in reading.resolved.warnings}
    yield from (
        _missing(each) for each in reading.resolved.missing if f"labels.{each.role}" not in told
    )
    if hook is not None:
        yield from _webhooks(bot, reading, hook)


def _warnings(problems: Iterable[Problem]) -> Iterator[Finding]:
    return (Finding(grave=False, text=str(each)) for each in problems)


def _notices(bot: Bot) -> Iterator[Finding]:
    """Yield whom notices cannot reach or have not reached: never grave, the boards go on."""
    broken = dict(noticing.problems_in(bot.settings))
    for text in broken.values():
        yield Finding(grave=False, text=text)
    unreached = bot.state.unreached() - broken.keys()
    for channel, address in noticing.addresses_in(bot.settings).items():
        if channel in unreached:
            text = f"{noticing.named(channel, address)}: the last one has not arrived"
            hint = "look at its address, or try it: apprise -v -b test ADDRESS"
            yield Finding(grave=False, text=f"{text}; {hint}")


def _clock(now: Instant, reading: Reading) -> Iterator[Finding]:
    try:
        check_clock(now, reading.server_time)
    except StopError as problem:
        yield Finding(grave=True, text=str(problem))


def _token(bot: Bot, now: Instant) -> Iterator[Finding]:
    facts = decode(bot.api.token_facts(), _TokenFacts, "GET /tokens/{token}")
    boards = [each for each in facts.permissions if each.model_type == "Board"]
    if boards and not all(each.write for each in boards):
        text = "the token may only read; make one with scope=read,write"
        yield Finding(grave=True, text=text)
    if facts.date_expires and facts.date_expires - now < _EXPIRES_SOON:
        text = f"the token expires on {facts.date_expires:%Y-%m-%d}: make a new one before"
        yield Finding(grave=False, text=text)


def _webhooks(bot: Bot, reading: Reading, hook: Hook) -> Iterator[Finding]:
    """Yield what is wrong with webhooks: never grave, since the bot works without them."""
    try:
        for each in registration.findings(bot.gateway.setting_up, reading, hook):
            yield Finding(grave=False, text=each)
    except (StopError, SkipError, RetryLaterError) as problem:
        yield Finding(grave=False, text=f"the webhooks could not be read: {problem}")


def _account(reading: Reading, settings: Settings) -> Iterator[Finding]:
    if reading.snapshot.me.shared:
        text = (
            "the token belongs to the owner or an assistant: it works, but Trello notifies nobody "
            "of their own comments; a dedicated member for the bot is better"
        )
        told = noticing.addresses_in(settings)
        hint = "" if told else "; without one, people.owner.notify tells the owner of questions"
        yield Finding(grave=False, text=text + hint)
    for board in reading.snapshot.boards.values():
        yield Finding(grave=False, text=_people(board))


def _people(board: Board) -> str:
    assistants = ", ".join(each.username for each in board.assistants) or "nobody"
    return (
        f"board {board.name} ({board.short_link}): owner {board.owner.username}, "
        f"assistants {assistants}, time zone {board.owner.calendar.zone}"
    )


def _missing(missing: Missing) -> Finding:
    what = "portfolio card" if missing.role == "portfolio" else f"{missing.role} label"
    text = f"board {missing.board_name}: no {what} {missing.name!r}; delegate-bot setup makes it"
    return Finding(grave=False, text=text)


def print_findings(
    findings: Iterable[Finding], console: Console, well: str = "ready to work"
) -> int:
    """Print the findings, the grave ones first, and return the exit code: 2, or 0 if all is well.

    ``well`` is what is said then.
    """
    every = sorted(findings, key=lambda each: not each.grave)
    for each in every:
        mark, style = ("✗", "bold red") if each.grave else ("·", "yellow")
        line = Text(f"{mark} ", style=style)
        line.append(printable(each.text), style="none")
        console.print(line)
    if any(each.grave for each in every):
        return 2
    console.print(Text(f"✓ {well}", style="green"))
    return 0


def made(bot: Bot, missing: Iterable[Missing]) -> str | None:
    """Make missing labels and portfolio cards; return what could not be made, and why."""
    wanted = tuple(missing)
    if not wanted:
        return None  # a worker at work need not be waited for
    with bot.state.lease(LEASE_WAIT):
        for each in wanted:
            problem = _make(bot, each)
            if problem is not None:
                return f"{each.board_name}: {each.name}: {problem}"
    return None


def _make(bot: Bot, missing: Missing) -> str | None:
    """Make a missing label or portfolio card; return why it could not be made."""
    if missing.role == "portfolio":
        outcome = _make_portfolio(bot, missing)
    else:
        colour = _COLOURS[missing.role]
        outcome = bot.gateway.setting_up.make_label(missing.board_id, missing.name, colour)
    if isinstance(outcome, NotApplied | Unknown):
        return str(outcome.error)
    return None


def _make_portfolio(bot: Bot, missing: Missing) -> object:
    board, _, _ = bot.gateway.board(missing.board_id)
    first = next((each.id for each in board.lists if not each.closed), None)
    if first is None:
        return NotApplied(SkipError(f"The board {board.name} has no list"))
    return bot.gateway.setting_up.make_card(first, missing.name)
