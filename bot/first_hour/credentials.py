"""The first step: a key and a token that open what the bot needs, and whose they are."""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from bot import wiring
from bot.access import Access
from bot.domain.model import Instant
from bot.first_hour.asking import Talk
from bot.inspection import READ_ONLY
from bot.ports import StopError
from bot.settings import (
    ApiAddress,
    Problem,
    SettingsError,
    api_address,
    is_sendable,
    looks_like,
    read_credentials,
)
from bot.text.times import long_date
from bot.trello.client import TrelloApi
from bot.trello.setting_up import SettingUp

Which: TypeAlias = Literal["key", "token"]

NAMES: Mapping[Which, str] = {"key": "TRELLO_API_KEY", "token": "TRELLO_API_TOKEN"}


class Opened(Struct, frozen=True):
    """A way to Trello that has been tried."""

    api: TrelloApi
    access: Access
    address: ApiAddress
    environ: Mapping[str, str]
    """With what was typed."""
    typed: Mapping[str, str]
    warnings: tuple[Problem, ...] = ()

    def __repr__(self) -> str:
        """Show where it leads, never what opens it."""
        return f"Opened({self.address.url!r})"


def opened(talk: Talk, environ: Mapping[str, str]) -> Opened:
    """Ask for what the environment lacks until Trello accepts it, and say whose account it is.

    What the environment holds is never asked for: a mistake in it is raised as `SettingsError` or
    `StopError`, which say whether key or token is wrong.
    """
    missing = [which for which, name in NAMES.items() if not environ.get(name, "").strip()]
    if missing:
        talk.title("credentials")
        talk.say("credentials_hidden", "bright_black")
    typed: dict[str, str] = {}
    for which in missing:
        if NAMES[which] not in typed:
            _explain(talk, which)
            _ask(talk, which, missing, typed)
    while True:
        wiring.mask_in_logs(typed.values())
        found = _tried(talk, {**environ, **typed}, typed)
        if isinstance(found, Opened):
            return found
        del typed[NAMES[found]]
        _ask(talk, found, missing, typed)


def _ask(talk: Talk, which: Which, missing: Sequence[Which], typed: dict[str, str]) -> None:
    """Ask for key or token until it is there; what turns out to be the other one is kept too."""
    while NAMES[which] not in typed:
        value = talk.secret(f"ask_{which}", NAMES[which])
        seems = looks_like(value) or which
        if not is_sendable(value):
            talk.say(f"{which}_unusable", "yellow")
        elif seems == which:
            typed[NAMES[which]] = value
        elif seems in missing and NAMES[seems] not in typed:
            talk.say(f"kept_as_{seems}", "yellow")
            typed[NAMES[seems]] = value
        else:
            talk.say(f"that_is_a_{seems}", "yellow")


def _explain(talk: Talk, which: Which) -> None:
    talk.say(f"where_{which}")
    if which == "token":
        talk.line(
            "https://trello.com/1/authorize?scope=read,write&expiration=never"
            f"&response_type=token&name=delegate-bot&key={talk.phrase('your_key')}"
        )


def _tried(talk: Talk, environ: Mapping[str, str], typed: Mapping[str, str]) -> Opened | Which:
    """Return what opens, or which of the two to ask for again."""
    address = api_address(environ)
    api: TrelloApi | None = None
    try:
        credentials, warnings = read_credentials(environ)
        api = wiring.connected(credentials, address)
        access = able(SettingUp(api).access())
    except (SettingsError, StopError) as problem:
        if api is not None:
            api.close()
        wrong = _to_blame(problem)
        if wrong is None or NAMES[wrong] not in typed or talk.yes:
            raise
        refused = isinstance(problem, StopError) and problem.refused
        talk.say(f"{wrong}_refused" if refused else f"{wrong}_unusable", "red")
        return wrong
    clean = {NAMES["key"]: credentials.key, NAMES["token"]: credentials.token}
    kept = {name: clean[name] for name in typed}
    return Opened(api, access, address, {**environ, **kept}, kept, warnings)


def able(access: Access) -> Access:
    """Return what a token opens. Raises `StopError` when it may only read."""
    if not access.may_write:
        raise StopError(READ_ONLY)
    return access


def _to_blame(problem: SettingsError | StopError) -> Which | None:
    if isinstance(problem, StopError):
        return "token" if problem.message == READ_ONLY else problem.refused
    wrong = {each.path for each in problem.problems}
    return next((which for which, name in NAMES.items() if name in wrong), None)


def tell(talk: Talk, access: Access, now: Instant) -> None:
    """Say whose account it is, and what is to be known about its token."""
    talk.say("account", "green", name=access.member.full_name, username=access.member.username)
    if access.reaches_account:
        talk.say("reaches_account", "yellow")
    if access.expires is None:
        talk.say("expires_never", "bright_black")
    else:
        soon = access.ends_soon(now)
        date = long_date(access.expires, wiring.local_zone() or "UTC", talk.language)
        name = "expires_soon" if soon else "expires"
        talk.say(name, "yellow" if soon else "bright_black", date=date)
