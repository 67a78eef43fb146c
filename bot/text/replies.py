"""What a comment's template is given, for each answer to a command."""

from collections.abc import Iterator
from typing import TypeAlias, assert_never

from bot.domain.changes import Reason
from bot.domain.follow_up import Help, Mistyped, Why, WhyLine
from bot.domain.model import Instant, Language, Person
from bot.text import times
from bot.text.briefs import typed
from bot.text.catalogue import Phrases
from bot.text.comments import Values, named
from bot.text.engine import Markdown
from bot.text.visible import plain, shortened

Reply: TypeAlias = Why | Help | Mistyped

_LONGEST_REASON = 120
_LONGEST_COMMAND = 60


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
    """Leave out rules from the end."""
    language = message.reader.language
    shown = [_line(each, message.reader, phrases) for each in message.lines]
    known = {
        "yours": message.holder == message.reader,
        "holder": named(message.holder),
        "since": _date(message.since, message.reader),
        "evidence": _reason(message.evidence, language, phrases),
    }
    for listed in range(len(shown), -1, -1):
        yield {**known, "lines": shown[:listed], "more": len(shown) - listed}


def _line(line: WhyLine, reader: Person, phrases: Phrases) -> Values:
    until = _date(line.until, reader) if line.until else None
    return {
        "rule": Markdown(phrases.say(f"why_rule_{line.rule}", reader.language)),
        "reason": _reason(line.reason, reader.language, phrases),
        "until": Markdown(phrases.say("until", reader.language, date=until)) if until else None,
    }


def _reason(reason: Reason, language: Language, phrases: Phrases) -> str:
    return shortened(plain(phrases.reason(reason, language)), _LONGEST_REASON)


def _date(at: Instant, reader: Person) -> Markdown:
    return Markdown(times.short_date(at, reader.calendar.zone, reader.language))
