"""The door: key and token from header, query or body."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.sandbox import errors
from bot.sandbox.clock import stamp
from bot.sandbox.rows import Author, Token
from bot.sandbox.store import Store

PAIR = re.compile(r'(oauth_consumer_key|oauth_token)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request shows of itself; empty where it shows nothing."""

    key: str = ""
    token: str = ""


def credentials(header: str, values: Mapping[str, object]) -> Credentials:
    """Read credentials; a header wins over query and body."""
    if header.startswith("OAuth "):
        pairs = dict(PAIR.findall(header))
        return Credentials(pairs.get("oauth_consumer_key", ""), pairs.get("oauth_token", ""))
    return Credentials(str(values.get("key") or ""), str(values.get("token") or ""))


def admit(store: Store, shown: Credentials, method: str, path: str) -> tuple[Author, Token | None]:
    """Return who asks, or refuse as the service does."""
    if not shown.key and not shown.token:
        raise _without_credentials(method, path)
    application = store.applications.get(shown.key)
    if application is None:
        raise errors.invalid_key()
    if not shown.token:
        raise errors.missing_scopes()
    token = store.tokens.get(shown.token)
    now = stamp(store.clock())
    expired = token is not None and token.expires is not None and token.expires <= now
    if token is None or expired or token.key != shown.key:
        raise errors.invalid_token()
    if ("read" if method in {"GET", "HEAD"} else "write") not in token.scopes:
        raise errors.missing_scopes()
    return Author(token.id_member, application.id), token


def _without_credentials(method: str, path: str) -> errors.RefusedError:
    if method != "GET":
        return errors.missing_scopes()
    if path.startswith("/boards/"):
        return errors.board_hidden()
    if path.startswith("/cards/"):
        return errors.card_hidden()
    return errors.invalid_key()
