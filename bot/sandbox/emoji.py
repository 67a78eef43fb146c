"""The emoji that people answer comments with, and how the service names them."""

import unicodedata
from typing import Any, TypeAlias

from bot.sandbox import errors

Emoji: TypeAlias = dict[str, Any]

NATIVE = {
    "thumbsup": "👍",
    "+1": "👍",
    "thumbsdown": "👎",
    "-1": "👎",
    "heart": "❤️",
    "eyes": "👀",
    "tada": "🎉",
    "white_check_mark": "✅",
    "pray": "🙏",
    "rocket": "🚀",
    "hourglass": "⌛",
    "thinking_face": "🤔",
    "smile": "😄",
}
SHORT_NAMES = {native: short for short, native in reversed(NATIVE.items())}


def emoji(*, short_name: str = "", native: str = "", unified: str = "") -> Emoji:
    """Return an emoji by any one of its names; refuses what names none."""
    if unified and not native:
        native = _from_code_points(unified)
    native = native or NATIVE.get(short_name.strip(":"), "")
    if not native:
        raise errors.invalid_value("emoji")
    return {
        "unified": "-".join(f"{ord(each):04X}" for each in native),
        "native": native,
        "name": unicodedata.name(native[0], ""),
        "skinVariation": None,
        "shortName": short_name.strip(":") or SHORT_NAMES.get(native, native),
    }


def _from_code_points(unified: str) -> str:
    try:
        return "".join(chr(int(each, 16)) for each in unified.split("-"))
    except (ValueError, OverflowError):
        raise errors.invalid_value("unified") from None
