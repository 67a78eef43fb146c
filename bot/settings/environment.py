"""What comes from the environment and from ``.env``: credentials, addresses, log level.

Every function takes the environment as an argument; none changes it. Values are never shown.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from dotenv import dotenv_values
from msgspec import Struct

from bot.loopback import is_loopback
from bot.redaction import MASK
from bot.settings.loading import IN_ENVIRONMENT, content_of
from bot.settings.problems import Problem, SettingsError, did_you_mean, shown

ENVIRONMENT = "environment"
TRELLO_HOST = "api.trello.com"
TRELLO_URL = f"https://{TRELLO_HOST}/1"

USUAL_PORT = 8000
"""Where ``serve`` listens unless it is told otherwise."""

_KEY = re.compile(r"[0-9a-fA-F]{32}")
_TOKEN = re.compile(r"[0-9a-fA-F]{64}|ATTA[0-9A-Za-z_=-]{20,}")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Key and token of the bot's account; nothing prints them."""

    key: str = field(repr=False)
    token: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)
    """The application's secret, which signs webhooks."""

    def __repr__(self) -> str:
        """Show that they are there, and nothing of them."""
        return f"Credentials(key={MASK}, token={MASK})"


class ApiAddress(Struct, frozen=True):
    """Where the API answers."""

    url: str
    """Without a slash at the end."""
    is_trello: bool = True
    """Whether this is the real service."""


def read_environment(file: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Return what ``file`` (``.env``) sets, overridden by ``environ``; no file is no error."""
    if not file.is_file():
        return dict(environ)
    try:
        text = content_of(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "save it as UTF-8"
        raise SettingsError([Problem(str(file), None, "", "", "this is not text", hint)]) from None
    values = dotenv_values(stream=StringIO(text), interpolate=False)
    return {**{name: each for name, each in values.items() if each is not None}, **environ}


def read_credentials(environ: Mapping[str, str]) -> tuple[Credentials, tuple[Problem, ...]]:
    """Return key and token with warnings about their form; raise SettingsError when unusable."""
    warnings: list[Problem] = []
    key, token, secret = (
        _cleaned(name, environ.get(name, ""), warnings)
        for name in ("TRELLO_API_KEY", "TRELLO_API_TOKEN", "TRELLO_API_SECRET")
    )
    problems = [
        *_missing(key, token),
        *_unsendable(key, token, secret),
        *_mixed_up(key, token, secret),
    ]
    if problems:
        raise SettingsError(problems)
    warnings += _odd_shapes(key, token)
    return Credentials(key, token, secret or None), tuple(warnings)


def api_address(environ: Mapping[str, str]) -> ApiAddress:
    """Return where the API answers: Trello, a loopback address, or what is expressly allowed."""
    name = "TRELLO_API_URL"
    url = _cleaned(name, environ.get(name, ""), []).rstrip("/") or TRELLO_URL
    parts = _split(url)
    if parts is None or parts.username is not None or parts.query or parts.fragment:
        raise _refused(name, f"an address such as {TRELLO_URL} is expected, and nothing after it")
    if not parts.path.endswith("/1"):
        raise _refused(name, "the address ends with the version of the API: /1", f"write {url}/1")
    if parts.hostname == TRELLO_HOST:
        if parts.scheme != "https" or parts.port not in {None, 443}:
            raise _refused(name, "Trello is reached over https only", f"write {TRELLO_URL}")
        return ApiAddress(url)
    if not is_loopback(parts.hostname) and environ.get("ALLOW_API_HOST", "").strip() != "1":
        message = "another host than api.trello.com would receive key and token"
        raise _refused(name, message, "if that is meant, set ALLOW_API_HOST=1")
    return ApiAddress(url, is_trello=False)


def public_url(environ: Mapping[str, str]) -> str | None:
    """Return where Trello reaches this installation, without a slash at the end, if anywhere."""
    name = "PUBLIC_URL"
    url = _cleaned(name, environ.get(name, ""), []).rstrip("/")
    if not url:
        return None
    parts = _split(url)
    extras = parts is None or parts.username is not None or parts.query or parts.fragment
    if parts is None or extras or not url.isascii():
        message = "an address such as https://bot.example.org is expected, and nothing after it"
        raise _refused(name, message)
    if parts.scheme != "https" and not is_loopback(parts.hostname):
        message = "what Trello sends holds your cards' texts: the address must begin with https://"
        raise _refused(name, message, "platforms give it; on a server of your own, use a proxy")
    return url


def deadman_url(environ: Mapping[str, str]) -> str | None:
    """Return where a sign of life goes after each complete pass, if anywhere; it is a secret."""
    name = "DEADMAN_URL"
    url = _cleaned(name, environ.get(name, ""), [])
    if not url:
        return None
    parts = _split(url)
    if parts is None or parts.username is not None or parts.fragment or not url.isascii():
        raise _refused(name, "an address such as https://hc-ping.com/… is expected", "copy it anew")
    if parts.scheme != "https" and not is_loopback(parts.hostname):
        message = "whoever can read this address can sign in your name: it must begin with https://"
        raise _refused(name, message)
    return url


class Listening(Struct, frozen=True):
    """Where this machine listens."""

    host: str
    port: int


def listening(environ: Mapping[str, str], host: str | None, port: int | None) -> Listening:
    """Return where to listen: as asked, else at ``PORT``, which platforms set, else here only.

    A platform's ``PORT`` is reached from outside, so it is listened to on every address.
    """
    given = _cleaned("PORT", environ.get("PORT", ""), [])
    if given and port is None:
        if not given.isdecimal() or not given.isascii() or not 0 < int(given) < 65536:
            raise _refused("PORT", "a number from 1 to 65535 is expected")
        port = int(given)
    every = "0.0.0.0"  # noqa: S104 - a platform's router stands in front
    return Listening(
        host or (every if given else "127.0.0.1"), USUAL_PORT if port is None else port
    )


def configuration_file(environ: Mapping[str, str]) -> Path:
    """Return where the configuration stands unless a command says otherwise."""
    file = environ.get("BOT_CONFIG", "").strip()
    if not environ.get(IN_ENVIRONMENT.name, "").strip():
        return Path(file or "config/bot.yaml")
    if file:
        message = "BOT_CONFIG names a file, and this holds a configuration too"
        raise _refused(IN_ENVIRONMENT.name, message, "set one of the two")
    return IN_ENVIRONMENT


def log_level(environ: Mapping[str, str]) -> int:
    """Return the level of ``LOG_LEVEL`` as ``logging`` counts it; INFO when there is none."""
    written = environ.get("LOG_LEVEL", "").strip()
    name = written.upper() or "INFO"
    if name not in _LEVELS:
        message = f"allowed here: {', '.join(_LEVELS)}"
        hint = did_you_mean(name, _LEVELS)
        raise SettingsError(
            [Problem(ENVIRONMENT, None, "LOG_LEVEL", shown(written), message, hint)]
        )
    return logging.getLevelNamesMapping()[name]


def _cleaned(name: str, value: str, warnings: list[Problem]) -> str:
    """Take off what editors and shells leave around a value."""
    cleaned = value.strip().strip("\ufeff\u200b").strip()
    if len(cleaned) >= 2 and cleaned[0] == cleaned[-1] and cleaned[0] in "\"'":
        cleaned = cleaned[1:-1].strip()
    if cleaned != value and value.strip():
        message = "white space, quotes or invisible characters around the value were left out"
        warnings.append(_problem(name, message, "write the bare value"))
    return cleaned


def _problem(name: str, message: str, hint: str | None = None) -> Problem:
    return Problem(ENVIRONMENT, None, name, "", message, hint)


def _refused(name: str, message: str, hint: str | None = None) -> SettingsError:
    return SettingsError([_problem(name, message, hint)])


def _missing(key: str, token: str) -> list[Problem]:
    values = {"TRELLO_API_KEY": key, "TRELLO_API_TOKEN": token}
    hint = "delegate-bot setup asks for it; or set it in .env, as .env.example says"
    return [_problem(name, "this is not set", hint) for name, value in values.items() if not value]


def _unsendable(key: str, token: str, secret: str) -> list[Problem]:
    names = ("TRELLO_API_KEY", "TRELLO_API_TOKEN", "TRELLO_API_SECRET")
    return [
        _problem(
            name, "spaces, quotes or unusual characters stand inside the value", "copy it anew"
        )
        for name, value in zip(names, (key, token, secret), strict=True)
        if value and not is_sendable(value)
    ]


def is_sendable(value: str) -> bool:
    """Tell whether a value may travel as a credential: no spaces, quotes or unusual characters."""
    return re.fullmatch(r"[!#-&(-\[\]-~]+", _cleaned("", value, [])) is not None


def looks_like(value: str) -> Literal["key", "token"] | None:
    """Tell by its form what a value is; ``None``: it might be either."""
    if _TOKEN.fullmatch(value):
        return "token"
    return "key" if _KEY.fullmatch(value) else None


def _mixed_up(key: str, token: str, secret: str) -> list[Problem]:
    if _TOKEN.fullmatch(key) and _KEY.fullmatch(token):
        message = "key and token are swapped: this holds the token"
        return [_problem("TRELLO_API_KEY", message, "exchange TRELLO_API_KEY and TRELLO_API_TOKEN")]
    if _TOKEN.fullmatch(key):
        return [_problem("TRELLO_API_KEY", "this is a token; a key has 32 hexadecimal digits")]
    if _KEY.fullmatch(token):
        return [_problem("TRELLO_API_TOKEN", "this is a key; a token begins with ATTA")]
    if secret and secret in {key, token}:
        message = "this is the key or the token; the application has a secret of its own"
        return [_problem("TRELLO_API_SECRET", message, "copy it anew, or leave it out")]
    if _KEY.fullmatch(secret) or secret.startswith("ATTA"):
        message = "this is a key or a token; the application's secret stands beside its key"
        return [_problem("TRELLO_API_SECRET", message, "copy it anew, or leave it out")]
    return []


def _odd_shapes(key: str, token: str) -> list[Problem]:
    """Warn only: Trello has changed the form of its tokens before."""
    odd = []
    if _KEY.fullmatch(key) is None:
        odd.append(_problem("TRELLO_API_KEY", "a key usually has 32 hexadecimal digits"))
    if _TOKEN.fullmatch(token) is None:
        message = "a token usually begins with ATTA or has 64 hexadecimal digits"
        odd.append(_problem("TRELLO_API_TOKEN", message))
    return odd


def _split(url: str) -> SplitResult | None:
    """Return the parts of an http address, ``None`` for anything else."""
    try:
        parts = urlsplit(url)
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
        _ = parts.port
    except ValueError:
        return None
    return parts if is_usable and url.isprintable() and " " not in url else None
