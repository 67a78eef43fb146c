"""A brief as it stands in a description: notes on top, a line ``---``, the brief, its signature.

The bot's decisions are field lines of the brief; later steps read them back from here and never
decide again, so that a crash in between changes nothing.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from bot.domain.dates import read_due
from bot.domain.fields import Field, FieldValue, read_fields, unescape, urls_in
from bot.domain.mentions import unmentioning
from bot.domain.model import Card, Instant, Person
from bot.domain.recall import recalled_by_value
from bot.domain.tokens import before_signature, may_be_signed, reference, references_in
from bot.domain.words import fold
from bot.domain.workload import read_priority, read_workload

_RULE = re.compile(r"(?m)^[ \t]*(?:-{3,}|\*{3,}|(?:\* ){2,}\*|_{3,})[ \t]*\r?$")
_LINE_END = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile(r"( {0,3})(`{3,}+(?=[^`]*$)|~{3,}+)(.*)")
_LIST_MARK = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])(?: {1,4}(?=\S)|[ \t]|$)")

LONGEST_DESCRIPTION = 16_384
"""Trello's limit, in UTF-16 units."""

_DECISIONS = {Field.ASSISTANT, Field.WORKLOAD, Field.METHOD}


class WrittenBrief(Struct, frozen=True):
    """What a brief in a description says."""

    fields: Mapping[Field, FieldValue]
    own: bool
    """False on a copied or repeated card: the signature is another card's."""

    @property
    def steps(self) -> tuple[str, ...]:
        """The method's steps as plain text, each with its time where the brief says one.

        They become items of a checklist, where nobody is mentioned either.
        """
        value = self.fields.get(Field.METHOD)
        lines = value.lines if value else ()
        return tuple(unmentioning(unescape(line)) for line in lines)

    @property
    def assistant(self) -> str:
        """The assistant's user name."""
        return self._text(Field.ASSISTANT)

    @property
    def kind(self) -> str:
        """The kind's name."""
        return self._text(Field.BRIEF)

    @property
    def priority(self) -> int | None:
        """The priority, 1 first; ``None`` comes last."""
        return read_priority(self._text(Field.PRIORITY))

    @property
    def urls(self) -> tuple[str, ...]:
        """The links to attach."""
        value = self.fields.get(Field.ATTACHMENTS)
        return urls_in(value) if value else ()

    @property
    def attachments(self) -> frozenset[str]:
        """The attachments' lines, folded: names of files among them."""
        value = self.fields.get(Field.ATTACHMENTS)
        return frozenset(fold(unescape(line)) for line in value.lines) if value else frozenset()

    def workload(self, day: timedelta) -> timedelta | None:
        """Return the working time the brief counts with; ``day`` is what ``1 j`` stands for."""
        return read_workload(self._text(Field.WORKLOAD), day)

    def due(self, now: Instant, assistant: Person) -> Instant | None:
        """Return the date the brief names, in the assistant's zone."""
        calendar = assistant.calendar

        def end_of_day(day: date) -> Instant:
            return calendar.end_of_day(day)

        return read_due(self._text(Field.DUE), now, calendar.zone, end_of_day)

    def _text(self, field: Field) -> str:
        value = self.fields.get(field)
        return unescape(value.text) if value else ""


def brief_reference(card_id: str) -> str:
    """Return the reference that ends the brief of a card."""
    return reference(card_id, "brief")


def written_brief(card: Card) -> WrittenBrief | None:
    """Return the brief in the card's description; ``None`` when there is none.

    A signature alone is no brief: on a copied card the decisions must stand above it, or a
    comment of the bot that somebody pasted into their notes would count as one.
    """
    return _read(card.desc, brief_reference(card.id)) if may_be_signed(card.desc) else None


@recalled_by_value(most=1 << 10)
def _read(desc: str, own_ref: str) -> WrittenBrief | None:
    # Every card's brief is asked for again with each new card: its workload counts there.
    refs = references_in(desc)
    if not refs:
        return None
    above = before_signature(desc)
    rules = list(_RULE.finditer(above))
    brief = WrittenBrief(
        read_fields(above[rules[-1].end() :] if rules else above), own=own_ref in refs
    )
    return brief if brief.own or brief.fields.keys() >= _DECISIONS else None


def length_of(text: str) -> int:
    """Return the length that Trello counts: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def brief_text(desc: str) -> str:
    """Return the brief's own part of a description: from the line ``---`` that leads to it."""
    for rule in reversed(list(_RULE.finditer(desc))):
        below = desc[rule.end() :]
        if references_in(below):
            return below.strip()
    return desc.strip()


def with_brief(notes: str, brief: str) -> str:
    """Return a description: the notes byte for byte, a line ``---``, the brief.

    The empty line keeps ``---`` from turning the notes' last line into a heading, and an open
    code fence is closed, for it would swallow the brief.
    """
    if not notes.strip():
        return brief
    fence = _open_fence(notes)
    closed = f"{notes}\n{fence}" if fence else notes
    return f"{closed}\n\n---\n\n{brief}"


def holds_rule(brief: str) -> bool:
    """Tell whether a text has a line that Markdown reads as a rule: a brief must not."""
    return _RULE.search(brief) is not None


def _open_fence(notes: str) -> str:
    """Return the mark of a code fence that the notes leave open; one inside a list ends with it."""
    fence, column, above = "", 0, ""
    for line in _LINE_END.split(notes):
        mark = _FENCE.fullmatch(line)
        if fence:
            closes = mark is not None and not mark[3].strip() and mark[2].startswith(fence)
            fence = "" if closes else fence
        elif mark is not None and (len(mark[1]) < column or not column):
            fence, column = mark[2], 0
        else:
            column = _list_column(line, above, column)
        above = line
    return fence


def _list_column(line: str, above: str, column: int) -> int:
    """Return the column from which on text belongs to the list that ``line`` is in; 0: to none."""
    if not line.strip():
        return column
    item = None if _RULE.fullmatch(line) else _LIST_MARK.match(line)
    indent = len(line) - len(line.lstrip(" "))
    if item is not None:
        return column if 0 < column <= indent else item.end()
    goes_on = indent > 0 or (above.strip() and line[0] not in "#>*-_")
    return column if goes_on or line[0] == "\t" else 0
