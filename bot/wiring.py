"""Build the objects from settings and environment; the one place that reads the real clock."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec
import tzlocal
from msgspec import Struct
from rich.console import Console

from bot import kinds as kind_files
from bot import paths
from bot.cycle import Cycle, Writing
from bot.deadman import Deadman, secrets_of
from bot.domain.model import Instant
from bot.executor import Effect
from bot.hands import Hands
from bot.hooks import Hook, hook_at
from bot.kinds import Kinds
from bot.logbook import handler
from bot.redaction import RedactingFilter, Redactor
from bot.settings import (
    ApiAddress,
    Credentials,
    Problem,
    Settings,
    SettingsError,
    api_address,
    deadman_url,
    load,
    log_level,
    public_url,
    read_credentials,
    read_environment,
)
from bot.state import StateFolder, default_folder
from bot.text import library
from bot.text.catalogue import Phrases
from bot.text.writer import Writer
from bot.trello.client import TrelloApi
from bot.trello.connection import Connection
from bot.trello.gateway import Gateway
from bot.trello.rate import TRELLO_LIMITS, Limits, Timing
from bot.trello.transport import REAL_TIME, Transport

READS_AT_ONCE = 2
"""Boards and logs under way together: as many as there are connections.  With answers in a fifth of
a second they use up Trello's rate limit of nine requests a second.
"""

T = TypeVar("T")


class Bot(Struct, frozen=True):
    """Everything a command needs."""

    settings: Settings
    kinds: Kinds
    cycle: Cycle
    gateway: Gateway
    api: TrelloApi
    address: ApiAddress
    state: StateFolder
    phrases: Phrases
    texts: Writer
    warnings: tuple[Problem, ...] = ()

    def close(self) -> None:
        """Close the connections."""
        self.api.close()


def clock() -> Instant:
    """Return the hour, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads the clock


def local_zone() -> str | None:
    """Return this machine's time zone; ``None``: it keeps UTC, as servers do, or cannot tell."""
    try:
        name = tzlocal.get_localzone_name()
    except (LookupError, OSError, ValueError):
        return None
    return None if name in {"", "UTC", "Etc/UTC", "GMT", "local"} else name


def environment() -> dict[str, str]:
    """Return the environment over what ``.env`` in this folder sets."""
    return read_environment(Path(".env"), os.environ)


def instant(text: str, settings: Settings) -> Instant:
    """Return the instant that ``--now`` names; without offset it is in the top-level zone."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        at = at.replace(tzinfo=ZoneInfo(settings.timezone))
    return at.astimezone(UTC)


def load_settings(file: Path, environ: Mapping[str, str]) -> tuple[Settings, Kinds]:
    """Return settings and kinds. Raises `SettingsError` with every problem at once."""
    return with_kinds(load(file, environ))


def with_kinds(settings: Settings) -> tuple[Settings, Kinds]:
    """Return settings with their kinds. Raises `SettingsError` with every problem at once."""
    found = kind_files.load_kinds((paths.built_in_briefs(), settings.briefs_folder))
    problems = [*kind_files.unfitting(settings, found)]
    if problems:
        raise SettingsError(problems)
    return settings, found


def build(
    file: Path,
    environ: Mapping[str, str],
    limits: Limits = TRELLO_LIMITS,
    stopped: threading.Event | None = None,
    client: str = "",
) -> Bot:
    """Return the bot for a configuration file; ``stopped`` ends its waiting for Trello.

    ``client`` is what it calls itself towards Trello.
    Raises `SettingsError` with every problem of file and environment at once, or `StopError`.
    """
    problems: list[Problem] = []
    loaded = _tried(lambda: load_settings(file, environ), problems)
    asked = _tried(lambda: read_credentials(environ), problems)
    address = _tried(lambda: api_address(environ), problems)
    level = _tried(lambda: set_log_level(environ), problems)
    if loaded is None or asked is None or address is None or level is None:
        templates = loaded[1].problems if loaded else ()
        raise SettingsError([*problems, *templates])
    credentials, warnings = asked
    api = connected(credentials, address, _timing(stopped), limits, client)
    return msgspec.structs.replace(assemble(*loaded, api, address), warnings=warnings)


def connected(
    credentials: Credentials,
    address: ApiAddress,
    timing: Timing = REAL_TIME,
    limits: Limits = TRELLO_LIMITS,
    client: str = "",
) -> TrelloApi:
    """Return a client with these credentials. Raises `StopError` where they may not be sent."""
    transport = Transport(_connection(credentials, address, client), timing, limits)
    return TrelloApi(transport, Hands(READS_AT_ONCE))


def _tried(step: Callable[[], T], problems: list[Problem]) -> T | None:
    try:
        return step()
    except SettingsError as error:
        problems += error.problems
        return None


def _timing(stopped: threading.Event | None) -> Timing:
    if stopped is None:
        return REAL_TIME
    return msgspec.structs.replace(REAL_TIME, sleep=stopped.wait, stopping=stopped.is_set)


def assemble(
    settings: Settings,
    kinds: Kinds,
    api: TrelloApi,
    address: ApiAddress,
    state: StateFolder | None = None,
) -> Bot:
    """Return the bot around a client; without ``state``, its folder is the configured one."""
    templates = paths.templates_folder()
    gateway = Gateway(api, lambda kind, name: read_kind_file(kinds, kind, name))
    texts = library.writer(templates, kinds.sources)
    state = state or state_folder(settings, address.url)
    policy = kind_files.policy(settings, kinds)
    cycle = Cycle(settings, policy, gateway, texts, api.hands, unreached=state.unreached)
    phrases = library.phrases(templates / "messages")
    return Bot(settings, kinds, cycle, gateway, api, address, state, phrases, texts)


def renewed(bot: Bot, file: Path, environ: Mapping[str, str]) -> Bot:
    """Return the bot as its file describes it now, with its connections and its state folder.

    Credentials, address, state folder and rhythm of the worker are those of its start.
    Raises `SettingsError`.
    """
    again = assemble(*load_settings(file, environ), bot.api, bot.address, bot.state)
    return msgspec.structs.replace(again, warnings=bot.warnings)


def state_folder(settings: Settings, api: str) -> StateFolder:
    """Return the configured state folder, or the user's own for this file and this Trello."""
    return StateFolder(settings.state_folder or default_folder(settings.file, api))


def read_kind_file(kinds: Kinds, kind: str, name: str) -> bytes:
    """Return a file of a kind's folder, of those its front matter lists only."""
    found = kinds.files[kind]
    if name not in found.kind.files:
        raise FileNotFoundError(name)
    return found.content_of(name)


def hook(environ: Mapping[str, str]) -> tuple[Hook | None, str]:
    """Return where Trello is to call, or why it is not. Raises `SettingsError`."""
    url, secret = public_url(environ), read_credentials(environ)[0].secret
    missing = {"PUBLIC_URL": url, "TRELLO_API_SECRET": secret}
    names = " and ".join(name for name, value in missing.items() if not value)
    if url is None or secret is None:
        return None, f"no webhooks, since the environment sets no {names}"
    return hook_at(url, secret), ""


def deadman(environ: Mapping[str, str]) -> Deadman | None:
    """Return who is told after each complete pass that the bot lives. Raises `SettingsError`."""
    url = deadman_url(environ)
    return None if url is None else Deadman(url)


def writing(
    bot: Bot,
    stopped: threading.Event,
    *,
    compare_clocks: bool = True,
    seen: Callable[[Effect], None] = lambda _: None,
) -> Writing:
    """Return what applying needs: the state folder, how to wait, when to stop, who is told."""
    seconds = bot.settings.writes.settle.total_seconds()
    return Writing(
        state=bot.state,
        settle=lambda: not stopped.wait(seconds),
        going_on=lambda: not stopped.is_set(),
        compare_clocks=compare_clocks,
        seen=seen,
        stopwatch=time.monotonic,
    )


def start_logging(environ: Mapping[str, str]) -> None:
    """Send logs to standard error with every secret masked.

    A command prints what it did; its log only warns, unless :func:`set_log_level` is called.
    """
    names = ("TRELLO_API_KEY", "TRELLO_API_TOKEN", "TRELLO_API_SECRET")
    secrets = [environ.get(name, "") for name in names]
    secrets += secrets_of(environ.get("DEADMAN_URL", ""))
    writer = handler(Console(stderr=True), Redactor(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[writer], force=True)
    # It warns of each tick that comes while a long pass is under way, as they are meant to.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def mask_in_logs(secrets: Iterable[str]) -> None:
    """Mask further secrets, typed since the start, in everything that this program logs."""
    typed = tuple(secrets)
    for writer in logging.getLogger().handlers:
        for each in writer.filters:
            if isinstance(each, RedactingFilter):
                each.redactor.learn(typed)


def set_log_level(environ: Mapping[str, str], default: int = logging.WARNING) -> int:
    """Log as much as ``LOG_LEVEL`` asks for. Raises `SettingsError` for a level there is not."""
    asked = log_level(environ)
    level = asked if environ.get("LOG_LEVEL") else default
    logging.getLogger().setLevel(level)
    return level


def _connection(credentials: Credentials, address: ApiAddress, client: str) -> Connection:
    return Connection(
        key=credentials.key,
        token=credentials.token,
        secret=credentials.secret or "",
        url=address.url,
        # The environment was checked when the address was read.
        allow_other_host=not address.is_trello,
        client=client,
    )
