"""What the parts of a path may look like."""

import re

OBJECT_ID = re.compile(r"[0-9a-f]{24}")
SHORT_LINK = re.compile(r"[0-9A-Za-z]{8}")
BY_SHORT_LINK = frozenset({"board", "card"})
BY_ID = frozenset({
    "action", "attachment", "checklist", "item", "label", "list_", "membership", "reaction",
    "webhook",
})  # fmt: skip


def is_object_id(text: str) -> bool:
    """Tell whether ``text`` can be an object id."""
    return OBJECT_ID.fullmatch(text) is not None


def well_formed(part: str, text: str) -> bool:
    """Tell whether ``text`` can stand for a path's ``part``: an id, or where allowed a link."""
    if part in BY_ID:
        return is_object_id(text)
    if part in BY_SHORT_LINK:
        return is_object_id(text) or SHORT_LINK.fullmatch(text) is not None
    return True
