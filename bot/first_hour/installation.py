"""Finds out what an installation is: by asking for a new one, by reading one that is there."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bot import wiring
from bot.files import refuse_unwritable
from bot.first_hour.asking import Talk
from bot.first_hour.choosing import chosen
from bot.first_hour.credentials import NAMES, Opened, able, opened, tell
from bot.first_hour.draft import OWNER_NOTIFY, Draft, as_yaml
from bot.first_hour.env_file import ENV_FILE, refuse_unkeepable
from bot.first_hour.wishes import Wishes
from bot.ports import StopError, nothing_matters
from bot.settings import SettingsError, loads, public_url, read_credentials, read_environment
from bot.trello.board_reads import BoardReads
from bot.trello.setting_up import SettingUp
from bot.wiring import Bot

SECRET = "TRELLO_API_SECRET"  # noqa: S105 - its name in the environment
KEPT = (*NAMES.values(), SECRET, "TRELLO_API_URL", "PUBLIC_URL", OWNER_NOTIFY)
"""What every later command needs from the environment."""


class Installation(Struct, frozen=True):
    """A bot that could work, and what is not written yet."""

    talk: Talk
    bot: Bot
    environ: Mapping[str, str]
    secrets: Mapping[str, str]
    """For ``.env``."""
    text: str | None = None
    """The configuration to write; ``None``: it is there."""

    def __repr__(self) -> str:
        """Show the names of what is to be written, never a value."""
        return f"Installation(secrets={sorted(self.secrets)})"


def new(talk: Talk, file: Path, wishes: Wishes, environ: Mapping[str, str]) -> Installation:
    """Ask everything that a new configuration needs, where it can be written afterwards."""
    refuse_unwritable(file)
    refuse_unkeepable(ENV_FILE)
    wiring.set_log_level(environ)
    talk.title("welcome", file=str(file))
    found = opened(talk, environ)
    tell(talk, found.access, wiring.clock())
    found = _on_a_board(talk, found)
    reads = BoardReads(found.api)
    draft, secrets = chosen(
        talk,
        wishes,
        found.access,
        lambda board: reads.board(board, nothing_matters)[0],
        found.environ,
    )
    _tell_reach(talk, found, draft)
    wiring.mask_in_logs(secrets.values())
    secrets |= _secret_of_webhooks(talk, found.environ)
    environ = {**found.environ, **secrets}
    text = as_yaml(draft, talk.phrase)
    settings, kinds = wiring.with_kinds(loads(text, file, environ))
    bot = wiring.assemble(settings, kinds, found.api, found.address)
    bot = replace(bot, warnings=found.warnings)
    typed = {**found.typed, **secrets, **_public(wishes)}
    return Installation(talk, bot, environ, _unkept(environ, typed), text)


def _on_a_board(talk: Talk, found: Opened) -> Opened:
    """Wait until the account is on a board."""
    while not found.access.doors:
        username = found.access.member.username
        if talk.yes:
            raise StopError(talk.phrase("no_board", username=username))
        talk.say("no_board", "yellow", username=username)
        talk.answer("ask_invited", str, "--board")
        found = replace(found, access=SettingUp(found.api).access())
    return found


def _tell_reach(talk: Talk, found: Opened, draft: Draft) -> None:
    others = found.access.beyond(each.seen.id for each in draft.boards)
    if others and draft.owner != found.access.member.username:
        talk.say("reaches_boards", "yellow", number=str(len(others)))


def _secret_of_webhooks(talk: Talk, environ: Mapping[str, str]) -> dict[str, str]:
    """Ask for what signs Trello's calls, if Trello is to call; no log will show it."""
    if public_url(environ) is None or environ.get(SECRET):
        return {}
    talk.title("webhooks")
    while True:
        typed = talk.secret("ask_secret", SECRET)
        wiring.mask_in_logs([typed])
        try:
            read_credentials({**environ, SECRET: typed})
        except SettingsError:
            talk.say("no_secret", "yellow")
        else:
            return {SECRET: typed}


def _public(wishes: Wishes) -> dict[str, str]:
    return {"PUBLIC_URL": wishes.public_url} if wishes.public_url else {}


def _unkept(environ: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """Return what ``.env`` lacks: what was typed, and what this shell alone knows.

    A value that stands there is never replaced by that of a shell, which may be for a trial.
    """
    there = read_environment(ENV_FILE, {})
    wanted = {name: environ[name].strip() for name in KEPT if environ.get(name, "").strip()}
    return {
        name: value
        for name, value in {**wanted, **typed}.items()
        if (name in typed or not there.get(name)) and there.get(name) != value
    }


def known(talk: Talk, file: Path, wishes: Wishes, environ: Mapping[str, str]) -> Installation:
    """Take the configuration as it is: nothing in it is asked, and nothing of it changed."""
    typed: Mapping[str, str] = {}
    if all(environ.get(name, "").strip() for name in NAMES.values()):
        bot = wiring.build(file, environ)
        talk = talk.speaking(bot.settings.language)
    else:
        refuse_unkeepable(ENV_FILE)
        settings, kinds = wiring.load_settings(file, environ)
        talk = talk.speaking(settings.language)
        found = opened(talk, environ)
        bot = wiring.assemble(settings, kinds, found.api, found.address)
        bot = replace(bot, warnings=found.warnings)
        environ, typed = found.environ, found.typed
    member = able(bot.gateway.setting_up.access()).member
    talk.say("account", "green", name=member.full_name, username=member.username)
    if wishes.describe:
        talk.say("file_stays", "yellow", file=str(file))
    if wishes.public_url:
        typed = {**typed, **_public(wishes), **_secret_of_webhooks(talk, environ)}
        environ = {**environ, **typed}
    there = read_environment(ENV_FILE, {})
    unkept = {name: each for name, each in typed.items() if there.get(name) != each}
    return Installation(talk, bot, environ, unkept)
