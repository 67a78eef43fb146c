"""What changed on a card, as a comment shows it: a few lines, each of them short."""

from collections.abc import Iterator
from typing import NamedTuple, assert_never

from bot.domain.follow_up import (
    AttachmentsChanged,
    Changed,
    DescriptionChanged,
    Difference,
    DueChanged,
)
from bot.domain.model import Instant, Person
from bot.text import times
from bot.text.briefs import typed
from bot.text.comments import Values
from bot.text.engine import Markdown
from bot.text.visible import plain, shortened

_SIZES = ((3, 60), (3, 40), (2, 40), (1, 40), (1, 20), (0, 0))
"""How many lines or names of each sort are quoted, and how many characters of each."""


class _Texts(NamedTuple):
    """Lines or names of one sort, of which some will be quoted."""

    what: str
    texts: list[str]


def changed(message: Changed) -> Iterator[Values]:
    """Yield the differences with less of each every time; in the end only that there are some."""
    facts = [fact for each in message.differences for fact in _facts(each, message.reader)]
    for most, longest in _SIZES:
        yield {"differences": [_row(each, most, longest) for each in facts]}
    yield {"differences": []}


def _facts(difference: Difference, reader: Person) -> Iterator[_Texts | Values]:
    match difference:
        case DueChanged(before=before, now=now):
            yield _due(before, now, reader)
        case DescriptionChanged():
            added, removed = _said(difference.added), _said(difference.removed)
            if not added and not removed:
                yield {"what": "layout"}
            yield from _texts(lines_added=added, lines_removed=removed)
        case AttachmentsChanged(added=added_names, removed=removed_names):
            added, removed = [*map(plain, added_names)], [*map(plain, removed_names)]
            yield from _texts(files_added=added, files_removed=removed)
        case _:
            assert_never(difference)


def _said(lines: tuple[str, ...]) -> list[str]:
    """Return lines as people saw them; a blank one is nothing to tell."""
    return [said for said in (plain(typed(each)) for each in lines) if said]


def _texts(**named: list[str]) -> Iterator[_Texts]:
    yield from (_Texts(what, texts) for what, texts in named.items() if texts)


def _row(fact: _Texts | Values, most: int, longest: int) -> Values:
    if not isinstance(fact, _Texts):
        return fact
    quoted = [shortened(each, longest) for each in fact.texts if each][:most]
    return {"what": fact.what, "quoted": quoted, "more": len(fact.texts) - len(quoted)}


def _due(before: Instant | None, now: Instant | None, reader: Person) -> Values:
    zone, language = reader.calendar.zone, reader.language
    dates = [Markdown(times.short_date(at, zone, language)) if at else None for at in (before, now)]
    place = Markdown(times.place(zone, language))
    return {"what": "due", "before": dates[0], "now": dates[1], "place": place}
