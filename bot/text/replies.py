"""What a comment's template is given, for each answer to a command."""

import re
from collections.abc import Iterator
from typing import TypeAlias, assert_never

from bot.domain.changes import Reason
from bot.domain.follow_up import Help, Mistyped, Why, WhyLine
from bot.domain.model import Instant, Person
from bot.text import times
from bot.text.briefs import typed
from bot.text.catalogue import Phrases
from bot.text.comments import Values, named
from bot.text.engine import Markdown
from bot.text.visible import plain, shortened

Reply: TypeAlias = Why | Help | Mistyped

_LONGEST_COMMAND = 60
_SIZES = ((120, True), (60, True), (60, False), (40, False), (30, False))
"""How many characters of each reason are told, and whether the evidence for the holder is."""

_YEAR = re.compile(r" \d{4}(?=,)")


def reply(message: Reply, phrases: Phrases) -> Iterator[Values]:
    """Yield what to put into the template, less each time, in the reader's language."""
    match message:
        case Why():
            yield from _why(message, phrases)
        case Help(for_owner=for_owner):
            yield {"for_owner": for_owner}
        case Mistyped(meant=meant):
            said = plain(typed(message.typed))
            yield {"typed": shortened(said, _LONGEST_COMMAND), "meant": meant}
        case _:
            assert_never(message)


def _why(message: Why, phrases: Phrases) -> Iterator[Values]:
    """Tell about every rule, in fewer words each time; only then leave out rules from the end."""
    known = {
        "yours": message.holder == message.reader,
        "holder": named(message.holder),
        "since": _date(message.since, message.reader),
    }
    lines, reader = message.lines, message.reader
    evidence = _said(message.evidence, reader, phrases)
    for longest, with_evidence in _SIZES:
        shown = list(_rows(lines, longest, reader, phrases))
        told = shortened(evidence, longest) if with_evidence else None
        yield {**known, "evidence": told, "lines": shown, "more": 0}
    for listed in range(len(lines) - 1, -1, -1):
        shown = list(_rows(lines[:listed], longest, reader, phrases))
        yield {**known, "evidence": None, "lines": shown, "more": len(lines) - listed}


def _rows(
    lines: tuple[WhyLine, ...], longest: int, reader: Person, phrases: Phrases
) -> Iterator[Values]:
    """Yield a row for each reason, with the names of all rules that have it."""
    rules: dict[tuple[str, Instant | None], list[str]] = {}
    for line in lines:
        verdict = _said(line.reason, reader, phrases), line.until
        rules.setdefault(verdict, []).append(phrases.say(f"why_rule_{line.rule}", reader.language))
    for (said, until), names in rules.items():
        yield {
            "rules": Markdown(", ".join(names).capitalize()),
            "reason": shortened(said, longest),
            "until": _until(until, reader, phrases) if until else None,
        }


def _until(at: Instant, reader: Person, phrases: Phrases) -> Markdown:
    return Markdown(phrases.say("why_until", reader.language, date=_date(at, reader)))


def _said(reason: Reason, reader: Person, phrases: Phrases) -> str:
    return plain(phrases.reason(reason, reader.language))


def _date(at: Instant, reader: Person) -> Markdown:
    """Return ``jeu. 3 déc., 16:30``: what is told about is near."""
    written = times.short_date(at, reader.calendar.zone, reader.language)
    return Markdown(_YEAR.sub("", written))
