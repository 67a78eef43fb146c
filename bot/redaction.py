"""Keeps key, token and secret out of everything that leaves the process as text."""

import base64
import binascii
import logging
import re
import traceback
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, quote_plus

MASK: Final = "***"

_SHORTEST_SECRET: Final = 6
"""Shorter values are no secrets of Trello's, and masking them would garble ordinary words."""

_CREDENTIAL_SHAPES: Final = re.compile(
    r"""(?P<name>[?&](?:key|token)=|oauth_(?:consumer_key|token)=|/tokens/)"""
    r"""(?P<quote>"?)(?P<value>[^\s"'&/?<>{}]+)"""
    r"""|ATTA[0-9A-Za-z]{20,}"""
)
"""What looks like a credential, even one that this process does not know."""


class Redactor:
    """Masks known secrets in every spelling, and what looks like a credential of Trello's."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._spellings: set[str] = set()
        self.learn(secrets)

    def __repr__(self) -> str:
        """Show nothing of what is masked."""
        return "Redactor()"

    def learn(self, secrets: Iterable[str]) -> None:
        """Mask further secrets from now on."""
        self._spellings.update(spelling for each in secrets for spelling in _spellings(each))
        longest_first = sorted(self._spellings, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)

    def mask(self, text: str) -> str:
        """Return ``text`` with each secret replaced by ``***``."""
        return _CREDENTIAL_SHAPES.sub(_masked_shape, self._known.sub(MASK, text))


class RedactingFilter(logging.Filter):
    """Masks message, arguments, event, exception and stack of each record; lets every one pass.

    Put it on each handler, so that records of all libraries go through it.
    """

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self.redactor = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite ``record`` in place; the exception is kept as masked text only."""
        record.msg = self.redactor.mask(_message(record))
        record.args = None
        if event := getattr(record, "event", None):
            record.event = {name: self._masked(each) for name, each in event.items()}
        if record.exc_info:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            record.exc_info = None
        if record.exc_text:
            record.exc_text = self.redactor.mask(record.exc_text)
        if record.stack_info:
            record.stack_info = self.redactor.mask(record.stack_info)
        return True

    def _masked(self, value: object) -> object:
        return self.redactor.mask(value) if isinstance(value, str) else value


def _message(record: logging.LogRecord) -> str:
    # Arguments that do not fit their message would make logging print both, unmasked.
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} {record.args}"


def _masked_shape(found: re.Match[str]) -> str:
    return f"{found['name'] or ''}{found['quote'] or ''}{MASK}"


def _spellings(secret: str) -> Iterable[str]:
    if len(secret) < _SHORTEST_SECRET:
        return
    yield from (secret, repr(secret)[1:-1])
    yield from (quote(secret), quote(secret, safe=""), quote_plus(secret))
    raw = secret.encode()
    yield binascii.hexlify(raw).decode()
    for before in range(3):
        yield from _inside_base64(raw, before)


def _inside_base64(raw: bytes, before: int) -> Iterable[str]:
    """Spell ``raw`` as base64 shows it after ``before`` other bytes, without the mixed ends."""
    whole = len(raw) - (len(raw) + before) % 3
    clean = (bytes(before) + raw)[: before + whole]
    start = 4 if before else 0
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        spelling = encode(clean).decode()[start:]
        if len(spelling) >= _SHORTEST_SECRET:
            yield spelling
