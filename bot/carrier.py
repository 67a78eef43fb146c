"""A process of its own that hands one letter to Apprise: ``python -m bot.carrier``.

It reads the letter from its standard input, since others see what stands on a command line, and
ends with one of the codes below.  It says nothing: what a service answers may repeat its address.
"""

import os
import sys
import threading
from typing import Final

import msgspec
from msgspec import Struct

SENT, NOT_SENT, UNREADABLE = range(3)
"""How it ends: a service has taken the letter, has not, or there is no such address."""

SECONDS: Final = 30.0
"""In which a service must have taken it."""


class Letter(Struct, frozen=True):
    """Plain text for one address; without a subject the address is only looked at."""

    address: str
    subject: str = ""
    body: str = ""


def carried(letter: Letter) -> int:
    """Send a letter; return how that ended. Raises whatever Apprise does, and takes its time."""
    import apprise  # noqa: PLC0415 - only those who want notices have it

    asset = apprise.AppriseAsset(
        app_id="delegate-bot", app_desc="delegate-bot", app_url="", storage_mode="memory"
    )
    to = apprise.Apprise(asset=asset)
    if not to.add(letter.address):
        return UNREADABLE
    if not letter.subject:
        return SENT
    sent = to.notify(title=letter.subject, body=letter.body, body_format=apprise.NotifyFormat.TEXT)
    return SENT if sent else NOT_SENT


def main(seconds: float = SECONDS) -> None:
    """Carry the letter on standard input, in time."""
    watch = threading.Timer(seconds, os._exit, [NOT_SENT])
    watch.daemon = True
    watch.start()
    code = NOT_SENT
    try:
        code = carried(msgspec.json.decode(sys.stdin.buffer.read(), type=Letter))
    finally:
        # At once: Apprise's own threads may still wait for a service, and no trace may be printed.
        os._exit(code)


if __name__ == "__main__":
    main()
