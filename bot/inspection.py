"""``check``: what is wrong or missing before the bot can work, all at once."""

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

import msgspec
from rich.console import Console
from rich.text import Text

from bot import noticing, registration, rehearsal
from bot.access import Access
from bot.domain.model import Board, Instant
from bot.exits import COMPLETE, CONFIGURATION
from bot.hooks import Hook
from bot.ports import RetryLaterError, SkipError, StopError
from bot.reading import Reading, check_clock
from bot.resolve import Missing
from bot.rivals import rivals
from bot.settings import Problem, Settings
from bot.show import printable
from bot.text.neutral import plain
from bot.wiring import Bot

READ_ONLY = "the token may only read; make one with scope=read,write"

MOST_NAMED = 3
"""Boards that a finding spells out."""

Topic: TypeAlias = Literal["access", "people", "missing", "other"]


class Finding(msgspec.Struct, frozen=True):
    """One line of ``check``."""

    grave: bool
    """True: the bot does not work with this (exit 2); False: worth knowing."""
    text: str
    topic: Topic = "other"


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
        yield from _token(bot.gateway.setting_up.access(), reading, now)
    except (StopError, SkipError, RetryLaterError) as problem:
        yield Finding(grave=True, text=plain(str(problem)))
        return
    if bot.address.is_trello:
        yield from _clock(now, reading)
    yield from (
        Finding(grave=True, text=plain(f"board {each.board}: {each.problem}"))
        for each in reading.failures
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


def _token(access: Access, reading: Reading, now: Instant) -> Iterator[Finding]:
    if not access.may_write:
        yield Finding(grave=True, text=READ_ONLY)
    if access.expires and access.ends_soon(now):
        text = f"the token expires on {access.expires:%Y-%m-%d}: make a new one before"
        yield Finding(grave=False, text=text, topic="access")
    if access.reaches_account:
        text = "the token also opens the account itself (scope account); scope=read,write is enough"
        yield Finding(grave=False, text=text, topic="access")
    others = access.beyond(reading.snapshot.boards)
    if others and not reading.snapshot.me.shared:
        names = ", ".join(each.name for each in others[:MOST_NAMED])
        more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
        text = f"the token also opens boards that the bot does not serve: {names}{more}"
        yield Finding(grave=False, text=plain(text), topic="access")


def _webhooks(bot: Bot, reading: Reading, hook: Hook) -> Iterator[Finding]:
    """Yield what is wrong with webhooks: never grave, since the bot works without them."""
    try:
        for each in registration.findings(bot.gateway.setting_up, reading, hook):
            yield Finding(grave=False, text=plain(each))
    except (StopError, SkipError, RetryLaterError) as problem:
        yield Finding(grave=False, text=plain(f"the webhooks could not be read: {problem}"))


def _account(reading: Reading, settings: Settings) -> Iterator[Finding]:
    if reading.snapshot.me.shared:
        text = (
            "the token belongs to the owner or an assistant: it works, but Trello notifies nobody "
            "of their own comments; a dedicated member for the bot is better"
        )
        told = noticing.addresses_in(settings)
        hint = "" if told else "; without one, people.owner.notify tells the owner of questions"
        yield Finding(grave=False, text=text + hint, topic="access")
    for board in reading.snapshot.boards.values():
        yield Finding(grave=False, text=plain(_people(board)), topic="people")


def _people(board: Board) -> str:
    assistants = ", ".join(each.username for each in board.assistants) or "nobody"
    return (
        f"board {board.name} ({board.short_link}): owner {board.owner.username}, "
        f"assistants {assistants}, time zone {board.owner.calendar.zone}"
    )


def _missing(missing: Missing) -> Finding:
    what = "portfolio card" if missing.role == "portfolio" else f"{missing.role} label"
    text = f"board {missing.board_name}: no {what} {missing.name!r}; delegate-bot setup makes it"
    return Finding(grave=False, text=plain(text), topic="missing")


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
        return CONFIGURATION
    console.print(Text(f"✓ {well}", style="green"))
    return COMPLETE
