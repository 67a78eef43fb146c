"""Who may come in: browsers of this machine that call it by its name, with forms of this page.

A page of another site can make a browser send a form here, or give its own name this machine's
address; the first lacks the token that stands in each form, the second comes with another name.
"""

import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request

from bot.sandbox.errors import RefusedError

NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

LARGEST_FORM = 256 * 1024
"""Bytes; the longest description, each letter written as %XX, needs less."""


def from_here(request: Request) -> bool:
    """Tell whether a request calls this machine by its own name."""
    try:
        return urlsplit(f"//{request.headers.get('Host', '')}").hostname in NAMES
    except ValueError:
        return False


def form_of(request: Request, token: str) -> Mapping[str, str]:
    """Return what a form of this page holds; refuses others and what is too long."""
    request.max_content_length = LARGEST_FORM
    request.max_form_memory_size = LARGEST_FORM
    try:
        values = request.form.to_dict()
    except RequestEntityTooLarge:
        raise RefusedError(413, "too long") from None
    if not hmac.compare_digest(values.get("token", "").encode(), token.encode()):
        raise RefusedError(403, "not a form of this page")
    return {name: text.replace("\r\n", "\n") for name, text in values.items()}
