"""Figures of the service: text lengths, caps and object limits.

Object limits are those of real boards of 2024 and 2026; text lengths those of the documentation,
counted here in UTF-16 units (the unit is inferred).
"""

from bot.sandbox import errors
from bot.sandbox.rows import Json

TEXT = 16384
"""Names, descriptions, comments, check items, labels."""
ATTACHMENT_NAME = 256
URL = 8192
"""Characters of a request's target beyond which the edge answers 414."""
PAGE = 1000
"""Most cards, actions or labels in one answer."""
DEFAULT_PAGE = 50
BATCH = 10
CARDS_WITH_ACTIONS = 100
"""Cards that may come together with their actions in one answer (inferred)."""

CARDS_OPEN_PER_BOARD = 5000
CHECKLISTS_PER_CARD = 500
ITEMS_PER_CHECKLIST = 200
ATTACHMENTS_PER_CARD = 1000
LABELS_PER_BOARD = 1000
LISTS_OPEN_PER_BOARD = 500
REACTIONS_PER_ACTION = 900
REACTION_KINDS_PER_ACTION = 17


def utf16_units(text: str) -> int:
    """Return the length of ``text`` in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def checked_text(text: str, field: str, *, most: int = TEXT, least: int = 0) -> str:
    """Return ``text``, or refuse it as the value of ``field``."""
    if len(text) * 2 > most and utf16_units(text) > most:
        raise errors.invalid_value(field)
    if least and not text.strip():
        raise errors.invalid_value(field)
    return text


def limit(disable_at: int) -> Json:
    """Return an object limit as the service shows it; the warning comes at 80 %."""
    return {"status": "ok", "disableAt": disable_at, "warnAt": disable_at * 4 // 5}


def card_limits() -> Json:
    """Return a card's ``limits``."""
    return {
        "attachments": {"perCard": limit(ATTACHMENTS_PER_CARD)},
        "checklists": {"perCard": limit(CHECKLISTS_PER_CARD)},
        "stickers": {"perCard": limit(70)},
    }


def list_limits() -> Json:
    """Return a list's ``limits``."""
    return {"cards": {"openPerList": limit(5000), "totalPerList": limit(1_000_000)}}


def action_limits() -> Json:
    """Return a comment's ``limits``; other actions have none."""
    return {
        "reactions": {
            "perAction": limit(REACTIONS_PER_ACTION),
            "uniquePerAction": {"status": "ok", "disableAt": 17, "warnAt": 14},
        }
    }


def board_limits() -> Json:
    """Return a board's ``limits``."""
    return {
        "attachments": {"perBoard": limit(36_000), "perCard": limit(ATTACHMENTS_PER_CARD)},
        "boards": {
            "totalMembersPerBoard": limit(1600),
            "totalAccessRequestsPerBoard": limit(4000),
        },
        "cards": {
            "openPerBoard": limit(CARDS_OPEN_PER_BOARD),
            "openPerList": limit(5000),
            "totalPerBoard": limit(2_000_000),
            "totalPerList": limit(1_000_000),
        },
        "checklists": {"perBoard": limit(1_800_000), "perCard": limit(CHECKLISTS_PER_CARD)},
        "checkItems": {"perChecklist": limit(ITEMS_PER_CHECKLIST)},
        "customFields": {"perBoard": limit(50)},
        "customFieldOptions": {"perField": limit(50)},
        "labels": {"perBoard": limit(LABELS_PER_BOARD)},
        "lists": {"openPerBoard": limit(LISTS_OPEN_PER_BOARD), "totalPerBoard": limit(3000)},
        "stickers": {"perCard": limit(70)},
        "reactions": {
            "perAction": limit(REACTIONS_PER_ACTION),
            "uniquePerAction": {"status": "ok", "disableAt": 17, "warnAt": 14},
        },
    }
