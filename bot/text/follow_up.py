"""What a comment's template is given, for each message about a card in somebody's hands."""

from collections.abc import Iterator

from bot.domain.answers import ANSWERS_NAME
from bot.domain.follow_up import (
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

_SHORT_NAME = 10
_QUOTES = (300, 150, 75, 30)
"""Characters of somebody's words, from the fullest text to the shortest."""


def drafts(message: FollowUp, phrases: Phrases) -> Iterator[Values]:
    """Yield what to put into the template, less each time, in the reader's language."""
    match message:
        case CheckIn():
            return _check_in(message)
        case Late():
            return _late(message)
        case LateUnanswered():
            return _late_unanswered(message)
        case Stalled():
            return _stalled(message)
        case OwnerAwaited():
            return _owner_awaited(message)
        case Passed():
            return _passed(message)
        case NothingDelivered():
            return _nothing_delivered(message)
        case Delivered():
            return _delivered(message)
        case Proposal():
            return _proposal(message)
        case Why() | Help() | Mistyped():
            return reply(message, phrases)
        case _:
            return changed(message)


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


def _late(message: Late) -> Iterator[Values]:
    for name, due in _names_and_dates(message.owner, message.due, message.reader):
        yield {"owner": name, "due": due, "has_review": message.has_review}


def _late_unanswered(message: LateUnanswered) -> Iterator[Values]:
    asked = _since(message.asked, message.reader)
    for name, due in _names_and_dates(message.assistant, message.due, message.reader):
        yield {"assistant": name, "due": due, "asked": asked}


def _stalled(message: Stalled) -> Iterator[Values]:
    known = {"owner": named(message.owner), "since": _since(message.since, message.reader)}
    if message.can_tick:
        yield {**known, "checklist": _answers(message.reader)}
    yield {**known, "checklist": None}


def _owner_awaited(message: OwnerAwaited) -> Iterator[Values]:
    yield {
        "awaited": message.awaited.value,
        "since": _since(message.since, message.reader),
        "assistant": named(message.assistant) if message.assistant else None,
    }


def _passed(message: Passed) -> Iterator[Values]:
    said = plain(typed(message.quoted))
    for longest in _QUOTES:
        yield {
            "assistant": named(message.assistant),
            "answer": message.answer.value if message.answer else None,
            "quoted": shortened(said, longest),
        }


def _nothing_delivered(message: NothingDelivered) -> Iterator[Values]:
    yield {"owner": named(message.owner), "completed": message.completed}


def _delivered(message: Delivered) -> Iterator[Values]:
    yield {
        "assistant": named(message.assistant),
        "links": message.links,
        "completed": message.completed,
        "has_done": message.has_done,
    }


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
