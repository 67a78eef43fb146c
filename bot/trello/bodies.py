r"""Answers as bytes that a strict reader takes: half characters in somebody's text are replaced.

JSON may hold half of a surrogate pair (``\\ud800``), which is no Unicode text; one such title must
not make a whole board unreadable.
"""

import json
import re
from typing import Final, TypeVar

import msgspec

_MAY_HOLD_HALVES: Final = re.compile(rb"\\u[dD][89a-fA-F]")
_HALF: Final = re.compile("[\ud800-\udfff]")

T = TypeVar("T")

UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What :func:`from_json` raises."""


def from_json(body: bytes, shape: type[T]) -> T:
    """Return what a body holds, half characters replaced.

    Raises one of `UNREADABLE` where it is no JSON of that shape.
    """
    try:
        return msgspec.json.decode(body, type=shape)
    except UNREADABLE:
        # Looked for only now: hardly any answer has halves, and a scan of all takes its time.
        mended = _whole(body)
        if mended is body:
            raise
        return msgspec.json.decode(mended, type=shape)


def _whole(body: bytes) -> bytes:
    """Return the same JSON with each half character as U+FFFD; other faults stay as they are."""
    if not _MAY_HOLD_HALVES.search(body):
        return body
    try:
        text = json.dumps(json.loads(body), ensure_ascii=False)
    except (ValueError, RecursionError):
        return body
    return _HALF.sub("\ufffd", text).encode()
