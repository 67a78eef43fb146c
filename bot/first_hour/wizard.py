"""``setup`` from its first question to the plan that it ends with."""

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from bot import inspection, paths, wiring
from bot.domain.model import Language
from bot.exits import COMPLETE, INCOMPLETE
from bot.files import keep_new
from bot.first_hour import making
from bot.first_hour.asking import LeftError, Talk, Unreadable
from bot.first_hour.closing import show_first_pass
from bot.first_hour.env_file import ENV_FILE, keep_secrets, open_to_others
from bot.first_hour.installation import Installation, known, new
from bot.first_hour.wishes import Wishes
from bot.hooks import Hook
from bot.inspection import Topic
from bot.ports import RetryLaterError
from bot.reading import Reading
from bot.registration import Step
from bot.settings import configuration_file
from bot.settings.loading import IN_ENVIRONMENT, is_absent
from bot.text import library

_TOLD: frozenset[Topic] = frozenset({"access", "people"})
"""What the conversation says itself, in the owner's language."""


def run(file: Path, wishes: Wishes, environ: Mapping[str, str], console: Console) -> int:
    """Set up what ``file`` describes, or ask what it is to say. Returns the exit code.

    Raises `SettingsError` and `StopError` for what only a person can mend, and other errors of
    `bot.ports` for what is left for later.
    """
    phrases = library.phrases(paths.templates_folder() / "messages", "setup")
    talk = Talk(console, phrases, _usual_language(environ), wishes.yes)
    environ = dict(environ) | ({"PUBLIC_URL": wishes.public_url} if wishes.public_url else {})
    try:
        if file == IN_ENVIRONMENT or not is_absent(file):
            return _furnished(known(talk, file, wishes, environ), file)
        talk = talk.speaking(wishes.language or _asked_language(talk))
        return _furnished(new(talk, file, wishes, environ), file)
    except (KeyboardInterrupt, LeftError):
        console.print()
        talk.say("left", "yellow")
        return INCOMPLETE


def _usual_language(environ: Mapping[str, str]) -> Language:
    locale = next((environ[e] for e in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(e)), "")
    return "en" if locale.lower().startswith("en") else "fr"


def _asked_language(talk: Talk) -> Language:
    return talk.answer("ask_language", _read_language, "--language", talk.language)


def _read_language(typed: str) -> Language:
    word = typed.lower()
    if word.startswith("fr"):
        return "fr"
    if word.startswith(("en", "an")):
        return "en"
    raise Unreadable("fr_or_en")


def _furnished(found: Installation, file: Path) -> int:
    """Show what would be written and made, do it once agreed to, and end with a plan."""
    talk, bot = found.talk, found.bot
    hook, _ = wiring.hook(found.environ)
    reading = bot.cycle.read(wiring.clock())
    steps = making.lacking(bot, reading, hook)
    if not _agreed(found, file, reading, steps):
        talk.say("nothing_done", "yellow")
        return INCOMPLETE
    _write(found, file)
    problem = making.make(talk, bot, reading, steps, hook)
    code = _findings(found, hook)
    show_first_pass(talk, bot)
    if problem is not None:
        raise RetryLaterError(problem)
    if found.text is not None and code == COMPLETE:
        talk.title("ready")
        talk.line(_command(file, found, hook))
    return code


def _command(file: Path, found: Installation, hook: Hook | None) -> str:
    """Return what to type next."""
    command = "delegate-bot serve" if hook else "delegate-bot worker"
    is_usual = file == configuration_file(found.environ)
    return command if is_usual else f"{command} --config {file}"


def _agreed(found: Installation, file: Path, reading: Reading, steps: tuple[Step, ...]) -> bool:
    """Show everything that would be done, and ask; what is nothing needs no question."""
    talk, files, missing = found.talk, _files(found, file), reading.resolved.missing
    if not (files or missing or steps):
        return True
    talk.title("to_do")
    for mark, line in files:
        talk.item(mark, line)
    making.show(talk, missing, steps)
    return talk.agreed("ask_do")


def _files(found: Installation, file: Path) -> list[tuple[str, str]]:
    talk = found.talk
    lines: list[tuple[str, str]] = []
    if found.text is not None:
        lines.append(("+", f"{file} — {talk.phrase('writes_file')}"))
    if found.secrets:
        names = ", ".join(found.secrets)
        lines.append(("+", f"{ENV_FILE} — {talk.phrase('writes_env', names=names)}"))
    elif open_to_others(ENV_FILE):
        lines.append(("~", f"{ENV_FILE} — {talk.phrase('closes_env')}"))
    return lines


def _write(found: Installation, file: Path) -> None:
    """Write the files, secrets first: what is there when a crash comes is not asked again."""
    if found.secrets or open_to_others(ENV_FILE):
        keep_secrets(ENV_FILE, found.secrets)
    if found.text is not None:
        keep_new(file, found.text)


def _findings(found: Installation, hook: Hook | None) -> int:
    """Print what ``check`` says, less what the conversation has told in the owner's language."""
    talk, every = found.talk, inspection.inspect(found.bot, wiring.clock(), hook)
    if found.text is None:
        return inspection.print_findings(every, talk.console)
    rest = (each for each in every if each.grave or each.topic not in _TOLD)
    talk.console.print()
    return inspection.print_findings(rest, talk.console, talk.phrase("checked"))
