"""Field lines: what people state about a task in a description or a comment.

``Objectif : doubler les ventes``, ``- **Charge** : 3h``, ``## Méthode :`` above a list, in French
and English, as keyboards, phones and Trello's editor write them.
Beyond the names agreed on, everyday ones are read that stand for the same thing and that nobody
begins another sentence with: ``échéance``, ``deadline``, ``pièces jointes``, ``pj``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum

from msgspec import Struct

from bot.domain.links import web_addresses
from bot.domain.markdown import BLANK, Line, Shape, read_lines, unescape
from bot.domain.words import fold

__all__ = ["Field", "FieldValue", "list_in", "read_fields", "unescape", "urls_in"]


class Field(Enum):
    """What can be stated about a task."""

    OBJECTIVE = "objective"
    METHOD = "method"
    WORKLOAD = "workload"
    DUE = "due"
    ATTACHMENTS = "attachments"
    PRIORITY = "priority"
    ASSISTANT = "assistant"
    BRIEF = "brief"


class FieldValue(Struct, frozen=True):
    """What a field line states, Markdown and the editor's backslashes as typed."""

    text: str
    """In one line."""
    lines: tuple[str, ...]
    """The items or lines below the name, without list marks; else the rest of the line alone."""


_NAMES: Mapping[str, Field] = {
    name: field
    for field, names in {
        Field.OBJECTIVE: ("objectif", "objectifs", "objective", "objectives"),
        Field.METHOD: ("methode", "method"),
        Field.WORKLOAD: ("charge", "charge de travail", "workload"),
        Field.DUE: (
            *("pour", "pour le", "echeance", "date limite", "date d'echeance"),
            *("due", "due date", "deadline"),
        ),
        Field.ATTACHMENTS: (
            *("pieces", "pieces jointes", "piece jointe", "pj"),
            *("attachments", "attachment"),
        ),
        Field.PRIORITY: ("priorite", "priority"),
        Field.ASSISTANT: ("assistant", "assistante"),
        Field.BRIEF: ("brief",),
    }.items()
    for name in names
}
_MARKS = r"((?:\\?[*_]){0,3}+)"
# Possessive throughout, so that no line can be tried in two ways.
_NAMED = re.compile(
    rf"(?:@[\w.-]++\s++)*+{_MARKS}([^\W\d_][^:：﹕∶*_\\]{{0,39}}+){_MARKS}\s*+\\?[:：﹕∶]"
)
_LINK_ALONE = re.compile(r"\[[^\]]*\]\([^)]*\)|<?https?://\S+", re.IGNORECASE)
_UNFILLED = "-–—_.…?\\" + BLANK
_MOST_INDENT = 3
"""Markdown reads a line further in as code or as part of what stands above."""
_FEWEST_STEPS = 2
_TEXT = (Shape.PLAIN, Shape.ITEM)


class _Found(Struct, frozen=True):
    field: Field
    lines: tuple[str, ...]
    places: range
    """The lines that the field takes up, its name's included."""


def read_fields(text: str) -> Mapping[Field, FieldValue]:
    """Return what the field lines of ``text`` state; of two for one field the first wins.

    A name stands at the beginning of a line.  Its value is the rest of that line, or else the
    list or the indented lines that follow, up to a blank line or the next field.  Blank lines
    before a list do not count, since Trello's editor puts one there.  Below a heading the value
    may also be a paragraph.  A field without a value, or with a dash or dots for one, is not there.
    Nothing in fenced code or in quotes is a field.
    """
    fields: dict[Field, FieldValue] = {}
    for found in _found_in(read_lines(text)):
        if found.lines:
            fields.setdefault(found.field, FieldValue(" ".join(found.lines), found.lines))
    return fields


def list_in(notes: str) -> tuple[str, ...]:
    """Return the first list in ``notes`` that can be a method: two items or more, not all links.

    Lists that belong to a field and lists in fenced code are not looked at.
    """
    lines = read_lines(notes)
    taken = {place for found in _found_in(lines) for place in found.places}
    free = [line for place, line in enumerate(lines) if place not in taken]
    return next((items for items in _lists(free) if _can_be_method(items)), ())


def urls_in(value: FieldValue | str) -> tuple[str, ...]:
    """Return the http and https addresses in a field's value or a text, each once, in order."""
    return web_addresses(value.text if isinstance(value, FieldValue) else value)


def _found_in(lines: Sequence[Line]) -> Iterator[_Found]:
    for place, line in enumerate(lines):
        if named := _named(line):
            field, value = named
            below, end = ((), place + 1) if value else _below(lines, place)
            stated = tuple(each for each in (value, *below) if each.strip(_UNFILLED))
            yield _Found(field, stated, range(place, end))


def _named(line: Line) -> tuple[Field, str] | None:
    """Return the field that a line begins with, and the rest of the line."""
    match = _NAMED.match(line.text) if line.indent <= _MOST_INDENT else None
    field = _NAMES.get(fold(match[2])) if match else None
    if match is None or field is None:
        return None
    still_open = match[1].removesuffix(match[3])
    return field, _without_closing(line.text[match.end() :].lstrip(BLANK), still_open)


def _without_closing(value: str, mark: str) -> str:
    """Leave out the mark that closes what was opened before the name: ``**Pour :** demain``."""
    if value.endswith(mark) and not value.startswith(mark):
        return value.removesuffix(mark).rstrip(BLANK)
    return value.replace(mark, "", 1).lstrip(BLANK)


def _below(lines: Sequence[Line], place: int) -> tuple[tuple[str, ...], int]:
    """Return what stands below a name as its value, and the place after it."""
    start = place + 1
    while start < len(lines) and lines[start].shape is Shape.BLANK:
        start += 1
    if start == len(lines) or not _begins(lines[place], lines[start], start - place == 1):
        return (), place + 1
    end = start + 1
    while end < len(lines) and _goes_on(lines[start], lines[end], lines[place]):
        end += 1
    return _items(lines[start:end]), end


def _begins(name: Line, line: Line, adjacent: bool) -> bool:
    if _named(line):
        return False
    if line.shape is Shape.PLAIN:
        return name.shape is Shape.HEADING or (adjacent and line.indent > 0)
    return line.shape is Shape.ITEM


def _goes_on(first: Line, line: Line, name: Line) -> bool:
    if line.shape not in _TEXT or _named(line):
        return False
    if first.shape is Shape.ITEM:
        return line.shape is Shape.ITEM or line.indent > 0
    return name.shape is Shape.HEADING or line.indent > 0


def _items(block: Sequence[Line]) -> tuple[str, ...]:
    """Return a list's items, each with the indented lines that continue it; else the lines."""
    in_list = block[0].shape is Shape.ITEM
    items: list[list[str]] = []
    for line in block:
        if in_list and line.shape is Shape.PLAIN:
            items[-1].append(line.text)
        else:
            items.append([line.text])
    return tuple(" ".join(parts) for parts in items)


def _lists(lines: Iterable[Line]) -> Iterator[tuple[str, ...]]:
    """Yield the lists among ``lines``; blank lines between items do not end one."""
    block: list[Line] = []
    for line in (*lines, Line("", Shape.RULE)):
        if line.shape is Shape.ITEM or (block and line.shape is Shape.PLAIN and line.indent > 0):
            block.append(line)
        elif block and line.shape is not Shape.BLANK:
            yield tuple(item for item in _items(block) if item.strip(_UNFILLED))
            block = []


def _can_be_method(items: Sequence[str]) -> bool:
    return len(items) >= _FEWEST_STEPS and not all(map(_LINK_ALONE.fullmatch, items))
