"""References as the design defines them, reckoned anew: nothing is taken from the bot.

A signature ends with the first ten characters of the lower-case base32 of SHA-256 over
``1|card id|kind|occurrence``.
"""

import re
from base64 import b32encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from bot.sandbox import Store
from bot.sandbox.rows import Action, Card

_SIGNATURE = re.compile(r"— delegate-bot · ref ([a-z2-7]{10})\s*$")


@cache
def token(card_id: str, kind: str, occurrence: str = "once") -> str:
    """Return the reference of one text of the bot's."""
    digest = sha256(f"1|{card_id}|{kind}|{occurrence}".encode()).digest()
    return b32encode(digest).decode()[:10].lower()


def token_of(comment: Action) -> str | None:
    """Return the reference that ends a comment, if any."""
    found = _SIGNATURE.search(comment.data["text"])
    return found[1] if found else None


def bots_comments(store: Store, card: Card, app_id: str) -> Iterator[tuple[str, Action]]:
    """Yield the comments made by the bot's application, with their references."""
    for each in store.log(card.id):
        if each.type == "commentCard" and each.id_app == app_id:
            ref = token_of(each)
            if ref is not None:
                yield ref, each


def dates_seen(store: Store, card: Card) -> set[str]:
    """Return every due date that the card has had, as the service writes it."""
    seen = {card.due}
    for each in store.log(card.id):
        seen.add(each.data.get("old", {}).get("due"))
        seen.add(each.data.get("card", {}).get("due"))
    return {each for each in seen if each}
