"""The commands and their exit codes; what they do stands in the modules they call.

A command imports what it alone needs when it runs: starting is most of what a short command takes.

Exit codes: 0 complete, 1 bug, 2 configuration or credentials, 3 incomplete (something is left for
the next pass), 4 refused by a limit.
"""

import logging
import secrets
import sys
import threading
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from bot import __version__, brief_commands, inspection, show, wiring
from bot.alarm import one_pass_told, owner_told
from bot.cycle import Report
from bot.domain.model import Instant, Language
from bot.events import HalfListening, Listening, tell
from bot.exits import BUG, COMPLETE, CONFIGURATION, REFUSED, can_print, exits, failed
from bot.faults import bug
from bot.options import (
    Assistants,
    BoardName,
    Boards,
    Config,
    Force,
    Host,
    Json,
    Lists,
    NewLanguage,
    Now,
    Owner,
    Port,
    PublicUrl,
    WithoutNotices,
    Yes,
    Zone,
)
from bot.pointing import named_card
from bot.ports import StopError
from bot.progress import reading_shown
from bot.settings import (
    SettingsError,
    configuration_file,
    deadman_url,
    listening,
    public_url,
)
from bot.state import LEASE_WAIT
from bot.stopping import stopped_by_signal
from bot.wiring import Bot

if TYPE_CHECKING:
    from bot.service import Service

log = logging.getLogger("bot")

app = typer.Typer(
    name="delegate-bot",
    help="Turns a Trello card labelled “delegate” into a complete brief in your assistant's hands.",
    epilog="Exit codes: 0 complete · 1 bug · 2 configuration or credentials · 3 something is left "
    "for the next pass · 4 refused by a limit. Start with: delegate-bot demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(brief_commands.app)


def main() -> NoReturn:
    """Run the command line; an unforeseen error is a bug: logged without secrets, exit 1."""
    try:
        wiring.start_logging(wiring.environment())
        app()
    except SettingsError as problem:
        sys.exit(failed(str(problem), CONFIGURATION))
    except Exception as problem:  # noqa: BLE001 - told with its trace
        if isinstance(problem, OSError) and not can_print():
            sys.exit(failed(f"standard output cannot be written: {problem.strerror}", BUG))
        # The outermost frame: nothing may print an unmasked trace.
        tell(log, bug(problem), trace=True)
        sys.exit(BUG)
    sys.exit(COMPLETE)


@app.callback(invoke_without_command=True)
def options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Delegate Trello cards with complete briefs."""
    if version:
        typer.echo(f"delegate-bot {__version__}")
        raise typer.Exit(COMPLETE)


@app.command()
@exits
def plan(
    board: BoardName = None, now: Now = None, json: Json = False, config: Config = None
) -> int:
    """Show what a pass would do, with the full text of each comment. Writes nothing."""
    bot = _bot(config)
    at = _instant(now, bot)
    with _reading_shown(bot):
        report = bot.cycle.planned(at, bot.state.remembered(), board)
    telling = _telling(bot, report)
    if json:
        typer.echo(show.as_json(report.plan, telling))
    else:
        show.show_plan(report.plan, telling, Console())
    show.tell_unread(report.reading, Console(stderr=True))
    return _shown(report)


@app.command()
@exits
def apply(
    board: BoardName = None,
    now: Now = None,
    force: Force = False,
    json: Json = False,
    config: Config = None,
) -> int:
    """Make one pass and write what it decides."""
    stopped = stopped_by_signal()
    environ = wiring.environment()
    file = config or configuration_file(environ)
    with owner_told(file, environ):
        bot = wiring.build(file, environ, stopped=stopped)
    if now is not None and bot.address.is_trello:
        raise StopError("--now is refused against api.trello.com: it is for sandboxes")
    _instant(now, bot)
    writing = wiring.writing(bot, stopped, compare_clocks=now is None)
    with one_pass_told(bot) as notices:
        with bot.state.lease(LEASE_WAIT, stopped.wait):
            if bot.state.ended_cleanly() is False:
                from bot.service import let_settle

                let_settle(writing)
            # The hour is read when the pass begins, not before waiting for the lease.
            with _reading_shown(bot):
                report = bot.cycle.applied(_instant(now, bot), writing, board, force=force)
        telling = _telling(bot, report)
        if json:
            typer.echo(show.as_json(report.plan, telling, report.effects))
        else:
            show.show_effects(report.plan, report.effects, telling, Console())
        show.tell_unread(report.reading, Console(stderr=True))
        notices.after(report, bot.settings, _instant(now, bot))
    return report.exit_code


@app.command()
@exits
def worker(config: Config = None) -> int:
    """Make a pass every minute until stopped. SIGTERM finishes the write in hand and exits 0."""
    stopped = stopped_by_signal()
    _service(config, stopped).run()
    return COMPLETE


@app.command()
@exits
def serve(host: Host = None, port: Port = None, config: Config = None) -> int:
    """Do what worker does, and hear Trello's webhooks, so that a pass comes at once."""
    from bot.receiver import receiving

    stopped = stopped_by_signal()
    own = f"delegate-bot {secrets.token_hex(8)}"
    service = _service(config, stopped, own)
    environ = wiring.environment()
    hook, why_not = wiring.hook(environ)
    place = listening(environ, host, port)
    half = hook is None and bool(public_url(environ))
    with receiving(service.receiver(hook, own), place.host, place.port) as url:
        tell(log, HalfListening(url, why_not) if half else Listening(url, why_not or "on"))
        service.run()
    return COMPLETE


@app.command()
@exits
def explain(
    card: Annotated[str, typer.Argument(help="Short link, address, id or exact title.")],
    now: Now = None,
    config: Config = None,
) -> int:
    """Tell for one card what every rule decides, and from what."""
    from bot.explain import explain as explained

    bot = _bot(config)
    at = _instant(now, bot)
    with _reading_shown(bot):
        reading = bot.cycle.read(at, bot.state.remembered())
    found = bot.gateway.card(named_card(card, reading).id)
    situation = bot.cycle.situation(reading, at, found)
    telling = show.Telling(bot.phrases, bot.settings.language, situation.snapshot)
    explained(found, situation, telling, Console())
    return COMPLETE


@app.command()
@exits
def digest(now: Now = None, config: Config = None) -> int:
    """Show the next weekly digest of each portfolio card, and when it comes. Posts nothing."""
    from bot import preview

    bot = _bot(config)
    at = _instant(now, bot)
    with _reading_shown(bot):
        report = bot.cycle.previewed(at, bot.state.remembered())
    preview.show_digests(report, _telling(bot, report), Console())
    show.tell_unread(report.reading, Console(stderr=True))
    return _shown(report)


@app.command()
@exits
def check(config: Config = None) -> int:
    """Check configuration, templates, credentials, boards, people, webhooks: all at once."""
    bot = _bot(config)
    environ = wiring.environment()
    hook, _ = wiring.hook(environ)
    deadman_url(environ)
    return inspection.print_findings(inspection.inspect(bot, wiring.clock(), hook), Console())


@app.command()
@exits
def setup(  # noqa: PLR0913, PLR0917 - each question is an option too
    yes: Yes = False,
    language: NewLanguage = None,
    timezone: Zone = None,
    board: Boards = None,
    lists: Lists = None,
    owner: Owner = None,
    assistant: Assistants = None,
    public_url: PublicUrl = None,
    without_notices: WithoutNotices = False,
    config: Config = None,
) -> int:
    """Ask what a new installation needs, make what is missing after showing it, end with a plan.

    Key and token come from the environment, from .env or from the keyboard.

    A configuration that is there stays as it is: only what it lacks on the boards is made.
    """
    from bot.first_hour.wishes import Wishes
    from bot.first_hour.wizard import run as first_hour

    environ = wiring.environment()
    wishes = Wishes(
        yes=yes,
        language=language,
        timezone=timezone,
        boards=tuple(board or ()),
        lists=tuple(lists or ()),
        owner=owner,
        assistants=tuple(assistant or ()),
        public_url=public_url,
        without_notices=without_notices,
    )
    return first_hour(config or configuration_file(environ), wishes, environ, Console())


@app.command()
@exits
def demo(
    language: Annotated[Language, typer.Option(help="Language of the story.")] = "fr",
    folder: Annotated[
        Path, typer.Option(help="Where the pages of the board before and after are left.")
    ] = Path("demo-board"),
) -> int:
    """Show the whole job on an embedded board of a small business: no account, no network."""
    from bot import demo as telling

    return telling.run(language, Console(), folder)


@app.command()
@exits
def sandbox(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")
    ] = 8080,
    state: Annotated[
        Path | None, typer.Option(help="Keep the boards in this file, and start from it.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--import", help="Start from a real board's JSON export.")
    ] = None,
    language: Annotated[Language, typer.Option(help="Language of the sample board.")] = "fr",
) -> int:
    """Serve an emulated Trello with a page to try the bot on, until Ctrl-C."""
    from bot import hosting

    stopped = stopped_by_signal()
    served = hosting.Sandbox(state, export, port, language)
    hosting.serve(served, stopped, Console())
    return COMPLETE


def _bot(config: Path | None, stopped: threading.Event | None = None) -> Bot:
    environ = wiring.environment()
    return wiring.build(config or configuration_file(environ), environ, stopped=stopped)


def _reading_shown(bot: Bot) -> AbstractContextManager[None]:
    return reading_shown(bot.api.hands, Console(stderr=True))


def _service(config: Path | None, stopped: threading.Event, own: str = "") -> "Service":
    from bot.service import Service

    environ = wiring.environment()
    file = config or configuration_file(environ)
    with owner_told(file, environ):
        deadman = wiring.deadman(environ)
        bot = wiring.build(file, environ, stopped=stopped, client=own)
    wiring.set_log_level(environ, logging.INFO)
    return Service(bot, file, environ, stopped, deadman)


def _instant(now: str | None, bot: Bot) -> Instant:
    if now is None:
        return wiring.clock()
    try:
        return wiring.instant(now, bot.settings)
    except (ValueError, OverflowError):
        message = f"--now is no ISO instant: {now!r}; for example 2026-12-04T09:00"
        raise StopError(message) from None


def _shown(report: Report) -> int:
    """Return the exit code of a command that only shows: what is left for later is none."""
    return report.exit_code if report.exit_code in {CONFIGURATION, REFUSED} else COMPLETE


def _telling(bot: Bot, report: Report) -> show.Telling:
    reading = report.reading
    seen = not reading.failures and not reading.refusals
    return show.Telling(bot.phrases, bot.settings.language, reading.snapshot, seen)
