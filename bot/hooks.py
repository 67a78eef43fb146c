"""Trello's calls about boards that have moved: what one must show to be believed, and what it says.

Pure.  A believed call says "look at this board now" and nothing else; what is on the board is read
from Trello as ever.  So a call that is forged, lost, late or repeated can change no card.
"""

import base64
import hashlib
import hmac
from typing import Annotated, Final, Literal, TypeAlias
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from bot.loopback import is_loopback

MOST_BYTES: Final = 256 * 1024
"""The longest body that is read: Trello's own are some twenty thousand bytes long."""

SIGNATURE: Final = "X-Trello-Webhook"
CLIENT: Final = "X-Trello-Client-Identifier"
"""Header in which a client may name itself; Trello repeats it in calls about what that client did.

https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/
"""

_Id: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{24}\Z")]

Wrong: TypeAlias = Literal["path", "host", "method", "size", "signature", "content"]


class Hook(Struct, frozen=True):
    """The one address that Trello calls, and the secret that its calls are signed with."""

    url: str
    """As it is registered: signatures cover it to the letter."""
    secret: str

    def __repr__(self) -> str:
        """Show the address, never the secret."""
        return f"Hook({self.url!r})"

    @property
    def paths(self) -> frozenset[str]:
        """Where calls arrive: a proxy may take its own part off the front."""
        whole = urlsplit(self.url).path
        return frozenset({whole, whole[whole.rindex("/hook/") :]})

    def is_here(self, host: str) -> bool:
        """Whether a request's ``Host`` is the public one, or that of a proxy on this machine."""
        name = _name_of(host)
        return name == urlsplit(self.url).hostname or is_loopback(name)


class Registered(Struct, frozen=True):
    """A webhook of the bot's token, as Trello keeps it."""

    id: str
    model: str
    """Id of the board (or card, list, member) whose changes it tells."""
    url: str
    description: str = ""
    active: bool = True
    failures: int = 0
    """Calls that failed since the last one that did not."""


class Refusal(Struct, frozen=True):
    """Why a call is not believed."""

    wrong: Wrong
    status: int
    """Never 410, which would make Trello delete the webhook."""
    reason: str
    """For the log: what happened and what to do; holds nothing of the call."""


NO_SUCH_PATH: Final = Refusal("path", 404, "a request for a path that is not served")
OTHER_HOST: Final = Refusal(
    "host",
    421,
    "a call for another host: the proxy in front must pass the Host header on, "
    "and PUBLIC_URL must be the address that Trello calls",
)
OTHER_METHOD: Final = Refusal("method", 405, "a call that is neither HEAD, GET nor POST")
TOO_LONG: Final = Refusal("size", 413, f"a call of more than {MOST_BYTES} bytes")
FORGED: Final = Refusal(
    "signature",
    401,
    "a call whose signature does not fit: it is not Trello's, or TRELLO_API_SECRET is not that of "
    "the key's application, or PUBLIC_URL has changed (delegate-bot setup mends that)",
)
UNREADABLE: Final = Refusal("content", 400, "a call that cannot be read")


class _Model(Struct, frozen=True):
    id: _Id


class _Payload(Struct, frozen=True):
    model: _Model


def hook_at(public_url: str, secret: str) -> Hook:
    """Return the hook of an installation: a path that nobody guesses, the same at every start."""
    name = hmac.new(secret.encode(), b"delegate-bot hook", hashlib.sha256).hexdigest()[:32]
    return Hook(f"{public_url.rstrip('/')}/hook/{name}", secret)


def refused_at_door(hook: Hook | None, path: str, host: str, method: str) -> Refusal | None:
    """Return why a request is not for the hook at all, before anything of its body is read."""
    if hook is None or path not in hook.paths:
        return NO_SUCH_PATH
    if not hook.is_here(host):
        return OTHER_HOST
    if method not in {"HEAD", "GET", "POST"}:
        return OTHER_METHOD
    return None


def board_moved(hook: Hook, body: bytes, signature: str) -> str | Refusal:
    """Return the id of the board that a call is about, or why it is not believed.

    Trello signs the raw body followed by the address as registered (its webhooks page).
    """
    digest = hmac.new(hook.secret.encode(), body + hook.url.encode(), hashlib.sha1).digest()
    expected = base64.b64encode(digest)
    if not hmac.compare_digest(expected, signature.encode("utf-8", "replace")):
        return FORGED
    try:
        return msgspec.json.decode(body, type=_Payload).model.id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return UNREADABLE


def _name_of(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
