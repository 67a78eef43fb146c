"""References as the design defines them, reckoned anew: nothing is taken from the bot.

A signature ends with the first ten characters of the lower-case base32 of SHA-256 over
``1|card id|kind|occurrence``.
"""

import re
from base64 import b32encode
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from bot.sandbox.rows import Action, Card
from tests.simulation.office import QuietOffice

_SIGNATURE = re.compile(r"— delegate-bot · ref ([a-z2-7]{10})\s*$")


# Bounded: a soak reckons those of thousands of cards that are gone.
@lru_cache(maxsize=1 << 11)
def token(card_id: str, kind: str, occurrence: str = "once") -> str:
    """Return the reference of one text of the bot's."""
    digest = sha256(f"1|{card_id}|{kind}|{occurrence}".encode()).digest()
    return b32encode(digest).decode()[:10].lower()


def token_of(comment: Action) -> str | None:
    """Return the reference that ends a comment, if any."""
    found = _SIGNATURE.search(comment.data["text"])
    return found[1] if found else None


def bots_comments(office: QuietOffice, card: Card) -> Iterator[tuple[str, Action]]:
    """Yield the bot's own comments with their references.

    On an account that a person uses too only those through the bot's application.
    """
    store, grant = office.app.store, office.grant
    account = store.tokens[grant.token].id_member
    shared = is_shared(office)
    for each in store.log(card.id):
        if each.type == "commentCard" and each.id_member_creator == account:
            ref = token_of(each)
            if ref is not None and (not shared or each.id_app == grant.id_app):
                yield ref, each


def is_shared(office: QuietOffice) -> bool:
    """Tell whether the bot works on the owner's own account."""
    account = office.app.store.tokens[office.grant.token].id_member
    return account == office.paul.id
