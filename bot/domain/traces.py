"""Which of the bot's texts a comment is, told by its reference alone.

A reference is a hash: what it stands for is found by trying what can have happened on that card.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from bot.domain.instants import known_offsets
from bot.domain.local_time import local_time
from bot.domain.model import Action, Board, Card, Instant
from bot.domain.recall import recalled_by_identity, recalled_by_value
from bot.domain.tokens import TokenKind, reference, reference_at_end
from bot.domain.weeks import LONGEST_AWAY, week_name

_ANSWERING: tuple[TokenKind, ...] = ("stall", "pass", "reply", "delivery", "changes", "proposal")
"""Kinds whose occurrence is the id of the action that they answer."""

NO_EVENT = "once"
"""Stands for a hand-over that left no entry in the log."""

MISTYPED = " mistyped"
"""Ends the occurrence of the reply to a command that is none."""

TO_OWNER = " owner"
"""Ends the occurrence of the second text about a due that has passed, the one to the owner."""


def written_instant(at: Instant) -> str:
    """Return an instant as it stands in an occurrence, to the second in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def check_in_reference(card_id: str, due: Instant, offset: str) -> str:
    """Return the reference of the check-in of one offset before one due."""
    return reference(card_id, "check-in", f"{written_instant(due)} {offset}")


def late_reference(card_id: str, due: Instant, *, to_owner: bool = False) -> str:
    """Return the reference of the request for a new date, or of the word to the owner after it."""
    return reference(card_id, "late", written_instant(due) + (TO_OWNER if to_owner else ""))


def dashboard_reference(card_id: str) -> str:
    """Return the reference that ends the dashboard of a portfolio card."""
    return reference(card_id, "digest", "dashboard")


@recalled_by_identity(most=256)
def kind_of_comment(comment: Action, card: Card, board: Board) -> TokenKind | None:
    """Return what kind of text a comment is by its reference, if that is valid for this card."""
    ref = reference_at_end(comment.text)
    if ref is None:
        return None
    dated = _dated(ref, card.id, comment.at, board.owner.calendar.zone)
    if dated is not None:
        return dated
    found = _kind(ref, card.id, _answerable(card), _told(card, board))
    return found or _about_due(ref, card.id, tuple(_dues(card)), board.offsets)


def limit_days(board: Board, at: Instant) -> tuple[str, str]:
    """Return the local dates that a question about the limit, posted at ``at``, may bear.

    Planned before midnight and posted after it is the case of the second.
    """
    return _two_days(board.owner.calendar.local(at).date())


def weeks_around(board: Board, at: Instant) -> tuple[str, ...]:
    """Return the names of the weeks whose digest may have been posted at ``at``.

    A digest may be weeks late: whoever was away gets that of the last week due.
    """
    return _weeks_before(board.owner.calendar.local(at).date())


def _two_days(day: date) -> tuple[str, str]:
    return day.isoformat(), (day - timedelta(days=1)).isoformat()


@recalled_by_value(most=1 << 10)
def _weeks_before(day: date) -> tuple[str, ...]:
    # The week to come: the owner may have moved to a zone in which it was still last week.
    return tuple(week_name(day - timedelta(days=7 * back)) for back in range(-1, LONGEST_AWAY))


@recalled_by_identity(most=256)
def hand_over_references(card: Card, board: Board) -> frozenset[str]:
    """Return the references of hand-overs to all who are or may have been assistants here."""
    return frozenset(reference(card.id, "hand-over", each) for each in _told(card, board))


@recalled_by_identity(most=256)
def _answerable(card: Card) -> tuple[str, ...]:
    return (*(each.id for each in card.log or ()), NO_EVENT)


@recalled_by_identity(most=256)
def _told(card: Card, board: Board) -> frozenset[str]:
    return frozenset(
        (
            *(each.member_id for each in board.assistants),
            *board.member_ids,
            *card.member_ids,
            *(each.member_id for each in card.log or ()),
        )
    )


@recalled_by_value(most=1 << 12)
def _dated(ref: str, card_id: str, at: Instant, zone: str) -> TokenKind | None:
    """Try the texts that bear a date first: few hashes, however much the card's log holds.

    A portfolio card gathers a digest a week, and every pass asks about each of them.
    """
    today = local_time(at, zone).date()
    tries: Iterable[tuple[TokenKind, str]] = chain(
        (("digest", week) for week in _weeks_before(today)),
        (("limit", day) for day in _two_days(today)),
    )
    return _first(ref, card_id, tries)


@recalled_by_value(most=1 << 11)
def _kind(
    ref: str, card_id: str, acts: tuple[str, ...], people: frozenset[str]
) -> TokenKind | None:
    """Try what a text may answer or say: the likely first, since each try is a hash."""
    tries = chain(
        (("hand-over", each) for each in people),
        ((kind, each) for each in acts for kind in _ANSWERING),
        (("reply", each + MISTYPED) for each in acts),
        (("ask", "once"), ("triage", "once")),
    )
    return _first(ref, card_id, tries)


def _first(ref: str, card_id: str, tries: Iterable[tuple[TokenKind, str]]) -> TokenKind | None:
    return next((kind for kind, about in tries if reference(card_id, kind, about) == ref), None)


@recalled_by_value(most=1 << 12)
def _about_due(
    ref: str, card_id: str, dues: tuple[Instant, ...], offsets: tuple[str, ...]
) -> TokenKind | None:
    """Try every due the card has had; offsets of an earlier configuration come last."""
    late = (late_reference(card_id, due, to_owner=each) for due in dues for each in (False, True))
    if ref in late:
        return "late"
    for known in (offsets, known_offsets()):
        if any(check_in_reference(card_id, due, each) == ref for due in dues for each in known):
            return "check-in"
    return None


def _dues(card: Card) -> Iterator[Instant]:
    """Yield the due that the card has, and every one that it had."""
    if card.due is not None:
        yield card.due
    for action in reversed(card.log or ()):
        before = instant_in(action.old) if action.field == "due" else None
        if before is not None:
            yield before


def instant_in(text: str | None) -> Instant | None:
    """Return the instant that an entry of a log holds as text; it is in UTC unless it says so."""
    try:
        at = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC) if at else None
