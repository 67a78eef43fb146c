"""The bot at work on an embedded sandbox, pass by pass."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec

from bot import wiring
from bot.cycle import Report
from bot.domain.model import Instant
from bot.executor import Effect
from bot.sandbox import Grant
from bot.trello.rate import Limits

TICK = timedelta(minutes=1)
"""The worker looks every minute: longer than that nobody waits for the bot."""

EMBEDDED = Limits(interval=0.05)
"""The embedded sandbox refuses nobody, and a week in ten seconds would wait for windows that are
meant for the real service, whose headers it sends.  So many requests never fit this interval."""


@contextmanager
def employed(configuration: str, folder: Path, grant: Grant, url: str) -> Iterator[wiring.Bot]:
    """Yield the bot that serves the sandbox at ``url``; its file is kept in ``folder``."""
    file = folder / "bot.yaml"
    file.write_text(configuration, encoding="utf-8")
    environ = {
        "TRELLO_API_KEY": grant.key,
        "TRELLO_API_TOKEN": grant.token,
        "TRELLO_API_URL": url,
    }
    with closing(wiring.build(file, environ, EMBEDDED)) as bot:
        yield bot


def work(bot: wiring.Bot, now: Instant, seen: Callable[[Effect], None] = lambda _: None) -> Report:
    """Let the bot make one pass; ``seen`` is told of each change as it is made."""
    writing = wiring.writing(bot, threading.Event())
    with bot.state.lease(1):
        return bot.cycle.applied(now, msgspec.structs.replace(writing, seen=seen))


def next_look(report: Report, now: Instant) -> Instant | None:
    """Return when a rule may speak next; a picture not yet redrawn waits for a pass anyway."""
    later = (each for each in report.plan.skips if each.reason.code != "dashboard_soon")
    return min((each.until for each in later if each.until and each.until > now), default=None)
