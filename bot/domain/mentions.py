"""Markdown of people's own, without a single live mention."""

import re

# Also as HTML spells the sign, for a renderer may turn that into the sign itself.
_AT = r"@|\\?&(?:#0{0,9}64(?!\d)|#x0{0,9}40(?![\da-f])|commat\b);?"
_AT_SIGN = re.compile(_AT, re.IGNORECASE)
_ADDRESS_OR_AT = re.compile(rf"https?://[^\s<>)\]]+|{_AT}", re.IGNORECASE)


def unmentioning(markdown: str) -> str:
    """Return Markdown that may hold any link, and mentions nobody."""
    return _ADDRESS_OR_AT.sub(_harmless, markdown)


def _harmless(found: re.Match[str]) -> str:
    text = found.group()
    is_address = text[:4].lower() == "http"
    return _AT_SIGN.sub("%40" if is_address else "＠", text)
