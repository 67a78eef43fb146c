"""The ways to tell people something outside Trello: Apprise, which may not be installed.

An address is a secret, since it mostly holds a password: nothing here puts it into words.  Apprise
speaks to a hundred services, so it does that in a process of its own: without the token or anybody
else's address, without this process's log, and with an end, however long a service is silent.

Addresses inside one's own network are not refused: they come from the operator's environment, like
the token, never from a card, and a mail server or an ntfy at home is what many have.
"""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import msgspec
from pydantic import SecretStr

import bot
from bot.carrier import NOT_SENT, SECONDS, SENT, UNREADABLE, Letter

INSTALL = 'pip install "apprise>=2,<3"'
"""What to type where Apprise is missing."""

_UNKNOWN = "Apprise cannot read this address: https://github.com/caronc/apprise/wiki"
_NEEDED = re.compile(
    r"HOME|LANG|LC_\w+|PATH|TMPDIR|TZ|XDG_\w+|SYSTEMROOT"
    r"|PYTHON(?:HOME|PATH)|(?:DY)?LD_LIBRARY_PATH"
    r"|(?i:(?:all|https?|no)_proxy)|SSL_CERT_(?:DIR|FILE)|(?:REQUESTS|CURL)_CA_BUNDLE"
)
"""The variables that Python and its way to a service may need.

Those alone: bot.yaml may take any other for a secret."""
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]{0,19})://")


def scheme_of(address: SecretStr) -> str:
    """Return ``mailto`` of a mailto address: all that may be said of it."""
    found = _SCHEME.match(address.get_secret_value())
    return found[1].lower() if found else "unknown"


def missing() -> str | None:
    """Return what to do before any notice can be sent, if something is."""
    if find_spec("apprise") is None:
        return f"notices need Apprise, which is not installed: {INSTALL}"
    return None


def problem_with(address: SecretStr) -> str | None:
    """Return why nothing can be sent to an address, as far as that is known without trying."""
    unreadable = missing() is None and _carried(address) == UNREADABLE
    return _UNKNOWN if unreadable else missing()


def send(address: SecretStr, subject: str, body: str) -> bool:
    """Send plain text; return whether the service has taken it. May take a minute."""
    return missing() is None and _carried(address, subject, body) == SENT


def _carried(address: SecretStr, subject: str = "", body: str = "") -> int:
    letter = msgspec.json.encode(Letter(address.get_secret_value(), subject, body))
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "bot.carrier"],
            input=letter,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=2 * SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return NOT_SENT
    return ended.returncode


def _environment() -> dict[str, str]:
    """Return what of this process's environment is needed, with the way to this code."""
    kept = {name: each for name, each in os.environ.items() if _NEEDED.fullmatch(name)}
    places = (str(Path(bot.__file__).parents[1]), kept.get("PYTHONPATH", ""))
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, places))}
