"""What a comment's template is given, for each message about a card in somebody's hands."""

from collections.abc import Iterator
from typing import TypeAlias, assert_never

from bot.domain.answers import ANSWERS_NAME
from bot.domain.follow_up import (
    Changed,
    CheckIn,
    Delivered,
    FollowUp,
    Help,
    Late,
    LateUnanswered,
    Mistyped,
    NothingDelivered,
    OwnerAwaited,
    Passed,
    Proposal,
    Stalled,
    Why,
)
from bot.domain.model import Instant, Person
from bot.text import times
from bot.text.briefs import typed
from bot.text.catalogue import Phrases
from bot.text.comments import Values, named
from bot.text.differences import changed
from bot.text.engine import Markdown
from bot.text.replies import reply
from bot.text.visible import plain, shortened

_Timed: TypeAlias = CheckIn | Late | LateUnanswered | Stalled | OwnerAwaited | Changed
_Told: TypeAlias = Passed | NothingDelivered | Delivered | Proposal

_SHORT_NAME = 10
_QUOTES = (300, 150, 75, 30)
"""Characters of somebody's words, from the fullest text to the shortest."""


def drafts(message: FollowUp, phrases: Phrases) -> Iterator[Values]:
    """Yield what to put into the template, less each time, in the reader's language."""
    match message:
        case Passed() | NothingDelivered() | Delivered() | Proposal():
            yield from _told(message)
        case Why() | Help() | Mistyped():
            yield from reply(message, phrases)
        case _:
            yield from _timed(message)


def _timed(message: _Timed) -> Iterator[Values]:
    """Yield what time alone brings about, and what changed on the card."""
    match message:
        case CheckIn():
            yield from _check_in(message)
        case Late(reader=reader, owner=owner, due=due):
            for name, date in _names_and_dates(owner, due, reader):
                yield {"owner": name, "due": date}
        case LateUnanswered(reader=reader, assistant=assistant, due=due):
            asked = _since(message.asked, reader)
            for name, date in _names_and_dates(assistant, due, reader):
                yield {"assistant": name, "due": date, "asked": asked}
        case Stalled(reader=reader, owner=owner, since=since):
            for checklist in (_answers(reader), None):
                known = {"owner": named(owner), "since": _since(since, reader)}
                yield {**known, "checklist": checklist}
        case OwnerAwaited(reader=reader, assistant=assistant, since=since, awaited=awaited):
            known = {"awaited": awaited.value, "since": _since(since, reader)}
            yield {**known, "assistant": named(assistant) if assistant else None}
        case Changed():
            yield from changed(message)
        case _:
            assert_never(message)


def _told(message: _Told) -> Iterator[Values]:
    """Yield what somebody did, and what it asks of the reader."""
    match message:
        case Passed(assistant=assistant, answer=answer, quoted=quoted):
            said = plain(typed(quoted))
            for longest in _QUOTES:
                yield {
                    "assistant": named(assistant),
                    "answer": answer.value if answer else None,
                    "quoted": shortened(said, longest),
                }
        case NothingDelivered(owner=owner):
            yield {"owner": named(owner)}
        case Delivered(assistant=assistant, links=links, completed=completed):
            yield {"assistant": named(assistant), "links": links, "completed": completed}
        case Proposal():
            yield from _proposal(message)
        case _:
            assert_never(message)


def _check_in(message: CheckIn) -> Iterator[Values]:
    known = {
        "question": message.question.value,
        "done": message.done,
        "steps": message.steps,
        "asks_document": message.asks_document,
        "checklist": _answers(message.reader),
    }
    for name, due in _names_and_dates(message.owner, message.due, message.reader):
        yield {**known, "owner": name, "due": due}


def _proposal(message: Proposal) -> Iterator[Values]:
    reader, assistant = message.reader, message.assistant
    known = {
        "pause": Markdown(times.duration(message.pause)),
        "since": _since(message.since, reader),
        "until": _since(message.until, reader),
        "due": _since(message.due, reader),
    }
    for name, proposed in _names_and_dates(assistant, message.proposed, reader):
        yield {**known, "assistant": name, "proposed": proposed}


def _names_and_dates(other: Person, at: Instant, reader: Person) -> Iterator[tuple[str, Markdown]]:
    """Yield somebody's name and a date of the reader's, less each time."""
    language, zone = reader.language, reader.calendar.zone
    full = times.long_date(at, zone, language)
    short = times.short_date(at, zone, language)
    both = times.both_zones(at, reader, other, language)
    if both != times.both_zones(at, reader, reader, language):  # their clocks differ
        yield named(other), Markdown(f"{full} ({both})")
        yield named(other), Markdown(f"{short} ({both})")
    else:
        yield named(other), Markdown(full)
    yield named(other), Markdown(short)
    yield named(other, _SHORT_NAME), Markdown(short)


def _since(at: Instant, reader: Person) -> Markdown:
    return Markdown(times.short_date(at, reader.calendar.zone, reader.language))


def _answers(reader: Person) -> Markdown:
    """Return the name of the checklist on which one tick answers."""
    return Markdown(ANSWERS_NAME[reader.language].replace(" ?", "\u00a0?"))
