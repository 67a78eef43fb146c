r"""JSON that comes from outside, in a request or a file.

It may hold half of a surrogate pair (``\ud800``), which is no Unicode text: no file could keep it
and no page show it, so it becomes U+FFFD at the door.
"""

import json
import re
from typing import Any

_MAY_HOLD_HALVES = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = re.compile("[\ud800-\udfff]")


def json_in(body: bytes) -> Any:
    """Read JSON in UTF-8, each half character as U+FFFD. Raises ``ValueError`` for what is none."""
    text = body.decode("utf-8-sig")
    try:
        found = json.loads(text)
        if not _MAY_HOLD_HALVES.search(text):
            return found
        return json.loads(_HALF.sub("\ufffd", json.dumps(found, ensure_ascii=False)))
    except RecursionError as error:
        message = "it is nested too deeply"
        raise ValueError(message) from error
