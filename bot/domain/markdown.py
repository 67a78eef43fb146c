"""Lines of Markdown as people type it and as Trello's editor rewrites it.

Trello's editor puts backslashes before punctuation, ends lines with one, and fills empty lines
with U+200C (seen in exports of real boards).  Reading takes time linear in the text's length.
"""

import re
from enum import Enum, auto

from msgspec import Struct

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BLANK_RANGES = (
    (0x09, 0x0D),
    (0x1C, 0x20),
    (0x85, 0x85),
    (0xA0, 0xA0),
    (0xAD, 0xAD),
    (0x1680, 0x1680),
    (0x180E, 0x180E),
    (0x2000, 0x200F),
    (0x2028, 0x202F),
    (0x205F, 0x206F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)
BLANK = "".join(chr(code) for first, last in _BLANK_RANGES for code in range(first, last + 1))
"""White space, and what takes no room: zero-width and direction marks, soft hyphens."""

_FENCE = re.compile(r"(`{3,}+|~{3,}+)(.*)")
_HEADING = re.compile(r"(?:\\?#){1,6}(?=\s|\\?[*_]|[^\W\d_])\s*")
_ITEM = re.compile(
    r"(?:\\?[-+*•–—·◦‣▪●○☐☑](?=\s|$)"
    r"|\\?[-•–·◦‣▪●○☐☑](?=[^\W\d_])"  # "-a", as typed on phones
    r"|\d{1,3}\\?[.)](?=\s|$|[^\W\d_])"
    r"|\d\ufe0f?\u20e3)\s*"
)
_CHECKBOX = re.compile(r"\\?\[[ xX]?\\?\](?=\s|$)\s*")
_TAB = 4


class Shape(Enum):
    """What a line is in its text."""

    PLAIN = auto()
    BLANK = auto()
    HEADING = auto()
    ITEM = auto()
    RULE = auto()
    CODE = auto()


class Line(Struct, frozen=True):
    """One line without heading mark, list mark, checkbox and the white space around."""

    text: str
    """As typed otherwise, the editor's backslashes included."""
    shape: Shape
    indent: int = 0
    """Columns of white space in front; a tab is four."""


def unescape(text: str) -> str:
    """Return ``text`` without the backslashes that Markdown and Trello's editor put before marks.

    A backslash escapes ASCII punctuation only (CommonMark, "Backslash escapes").
    """
    return _ESCAPED.sub(r"\1", text)


def read_lines(text: str) -> list[Line]:
    """Return the lines of ``text``; fenced code, its fences included, has the shape CODE."""
    lines = []
    opened = ""
    for raw in text.splitlines():
        stripped = raw.strip(BLANK)
        mark = _closing(stripped, opened) if opened else _opening(stripped)
        lines.append(Line("", Shape.CODE) if opened or mark else _line(raw, stripped))
        if mark:
            opened = "" if opened else mark
    return lines


def _opening(stripped: str) -> str:
    """Return the mark of a line that opens a fence; ```` ```x``` ```` is code inside a line."""
    found = _FENCE.fullmatch(stripped)
    if found is None or (found[1][0] == "`" and "`" in found[2]):
        return ""
    return found[1]


def _closing(stripped: str, opened: str) -> str:
    closes = stripped.startswith(opened) and not stripped.strip(opened[0])
    return stripped if closes else ""


def _line(raw: str, stripped: str) -> Line:
    text = _without_line_break(stripped)
    if not text:
        return Line("", Shape.BLANK)
    if _is_rule(text):
        return Line("", Shape.RULE)
    shape, text = _without_marks(text)
    return Line(text, shape, _indent(raw))


def _without_line_break(stripped: str) -> str:
    """Leave out the lone backslash at the end that breaks a line in Markdown."""
    backslashes = len(stripped) - len(stripped.rstrip("\\"))
    return stripped[:-1].rstrip(BLANK) if backslashes % 2 else stripped


def _is_rule(text: str) -> bool:
    marks = "".join(text.split())
    return len(marks) >= 3 and marks[0] in "-*_" and not marks.strip(marks[0])


def _without_marks(text: str) -> tuple[Shape, str]:
    """Take off the mark in front: a heading's, a list's, or a list's inside a heading's."""
    shape = Shape.PLAIN
    if mark := _HEADING.match(text):
        shape, text = Shape.HEADING, _without_closing_marks(text[mark.end() :])
    if mark := _ITEM.match(text):
        shape = Shape.ITEM if shape is Shape.PLAIN else shape
        text = text[mark.end() :]
    if box := _CHECKBOX.match(text):
        text = text[box.end() :]
    return shape, text


def _without_closing_marks(heading: str) -> str:
    """Leave out the marks that may also end a heading: ``## Title ##``."""
    bare = heading.rstrip("#")
    return bare.rstrip(BLANK) if bare.endswith(" ") else heading


def _indent(raw: str) -> int:
    front = raw[: len(raw) - len(raw.lstrip(BLANK))]
    return sum(_TAB if blank == "\t" else int(blank.isspace()) for blank in front)
