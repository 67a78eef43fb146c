"""Where Trello is and who asks: checked once, shown never."""

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

import requests
from msgspec import Struct

from bot.loopback import is_loopback
from bot.ports import StopError

TRELLO_URL: Final = "https://api.trello.com/1"
"""The address that py-trello builds its URLs on."""

_HEADER_SAFE: Final = re.compile(r"[!#-\[\]-~]+")
"""Printable ASCII without quote and backslash: what a quoted value of a header can hold."""


class Connection(Struct, frozen=True):
    """Address and credentials; `check_connection` says whether they may be used."""

    key: str
    token: str
    secret: str = ""
    """The application's secret: never sent, known here only to be masked."""
    url: str = TRELLO_URL
    allow_other_host: bool = False
    """Whether another host than api.trello.com and this machine may get the credentials."""
    client: str = ""
    """What the bot calls itself, for Trello to repeat in its calls about the bot's own writes."""

    def __repr__(self) -> str:
        """Show the address, never a credential."""
        return f"Connection(url={urlsplit(self.url).hostname!r})"


class HeaderCredentials(requests.auth.AuthBase):
    """Puts key and token into the ``Authorization`` header, the only place where they travel.

    Trello prefers the header to credentials in a URL, which end up in logs of proxies.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign ``request``."""
        key, token = self._connection.key, self._connection.token
        request.headers["Authorization"] = (
            f'OAuth oauth_consumer_key="{key}", oauth_token="{token}"'
        )
        return request


def check_connection(connection: Connection) -> None:
    """Raise `StopError` unless the credentials may be sent to that address."""
    for name in ("key", "token"):
        if not _HEADER_SAFE.fullmatch(getattr(connection, name)):
            variable = f"TRELLO_API_{name.upper()}"
            raise StopError(f"{variable} is empty or holds blanks or characters of another kind")
    if not _is_plain(connection.url):
        raise StopError("TRELLO_API_URL is not a plain http(s) address such as " + TRELLO_URL)
    address = urlsplit(connection.url)
    is_here = is_loopback(address.hostname)
    if not (_is_trello(address) or is_here or connection.allow_other_host):
        raise StopError(
            "TRELLO_API_URL is neither https://api.trello.com nor this machine; "
            "set ALLOW_API_HOST=1 if the key and the token may go there"
        )


def is_trello(url: str) -> bool:
    """Whether ``url`` is the real service."""
    return _is_trello(urlsplit(url))


def _is_plain(url: str) -> bool:
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError:
        return False
    extras = address.username or address.password or address.query or address.fragment
    return (
        address.scheme in ("http", "https") and bool(address.hostname) and port != 0 and not extras
    )


def _is_trello(address: SplitResult) -> bool:
    return (
        address.scheme == "https"
        and address.hostname == "api.trello.com"
        and address.port in (None, 443)
    )
