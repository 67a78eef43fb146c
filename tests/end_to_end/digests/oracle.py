"""What must be true of two years of digests, whatever happened.

Each promise yields what breaks it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import pairwise

from msgspec import Struct

from bot.domain.model import Language
from tests.end_to_end.digests.ledger import Digest, Ledger, Pass, reference
from tests.end_to_end.digests.owners import Owner
from tests.end_to_end.digests.reckoning import DAY, Week, weeks

DASHBOARD_EVERY = timedelta(minutes=15)
LONGEST = 2_500
_WORDS: Mapping[Language, tuple[str, str]] = {
    "fr": ("\nÉtat au ", "rien à signaler"),
    "en": ("\nAs of ", "nothing to report"),
}
"""One of these stands in every digest."""


class Wanted(Struct, frozen=True):
    """A week's digest, and the pass that must post it."""

    week: str
    at: datetime


def wanted(owner: Owner, ledger: Ledger) -> tuple[Wanted, ...]:
    """Return every digest that must stand: the newest week due, at the first pass at work."""
    found: list[Wanted] = []
    clock = owner.clock
    for each in ledger.passes:
        week = newest(owner, each.at)
        if week is None or week.due <= ledger.handed_over or not clock.working(each.at):
            continue
        if found and found[-1].week == week.name:
            continue
        if not each.unsent and not _lapsed(owner, week, each.at):
            found.append(Wanted(week.name, each.at))
    return tuple(found)


def newest(owner: Owner, at: datetime) -> Week | None:
    """Return the last week whose digest is due; earlier ones are over."""
    return next((each for each in reversed(weeks(owner)) if each.due <= at), None)


def _lapsed(owner: Owner, week: Week, at: datetime) -> bool:
    """Tell whether a digest is a day late and the next one less than a day away."""
    following = next((each for each in weeks(owner) if each.due > at), None)
    return at - week.due >= DAY and following is not None and following.due - at < DAY


def posted(owner: Owner, ledger: Ledger) -> list[tuple[str, datetime]]:
    """Return the week of each digest by its reference, and when it was posted, to the second."""
    known = {reference(ledger.portfolio, each.name): each.name for each in weeks(owner)}
    return [
        (known.get(each.ref, "no week"), each.at.replace(microsecond=0)) for each in ledger.digests
    ]


def in_their_place(owner: Owner, ledger: Ledger) -> Iterator[str]:
    """Each week has its digest, posted by the very pass that had to, or rightly none."""
    must = {(each.week, each.at) for each in wanted(owner, ledger)}
    stand = set(posted(owner, ledger))
    for week, at in sorted(must - stand):
        yield f"{week} lacks the digest of {at:%a %d %b %H:%M:%S}Z"
    for week, at in sorted(stand - must):
        yield f"{week} has a digest of {at:%a %d %b %H:%M:%S}Z that it must not have"


def once_a_week(owner: Owner, ledger: Ledger) -> Iterator[str]:
    """No week has two digests."""
    for week, count in Counter(week for week, _ in posted(owner, ledger)).items():
        if count > 1:
            yield f"{week} has {count} digests"


def left_out(owner: Owner, ledger: Ledger) -> Iterator[str]:
    """A week goes without only if no pass found the owner at work before the next was due."""
    clock = owner.clock
    have = {week for week, _ in posted(owner, ledger)}
    for week, following in pairwise(weeks(owner)):
        if week.name in have or week.due <= ledger.handed_over:
            continue
        for each in ledger.passes:
            if each.unsent or not week.due <= each.at < following.due:
                continue
            if clock.working(each.at) and not _lapsed(owner, week, each.at):
                yield f"{week.name} goes without, but {each.at:%a %d %b %H:%M:%S}Z was a pass"


def in_working_time(owner: Owner, ledger: Ledger) -> Iterator[str]:
    """No digest comes when the owner does not work."""
    for each in ledger.digests:
        if not owner.clock.working(each.at):
            yield f"{owner.clock.local(each.at):%a %d %b %H:%M} is no working time"


def to_the_owner_alone(owner: Owner, ledger: Ledger) -> Iterator[str]:
    """A digest mentions the owner, in their language, and is soon read."""
    for each in ledger.digests:
        told = f"digest of {each.at:%Y-%m-%d}"
        if not each.text.startswith("@paul, ") or each.text.count("@") > 1:
            yield f"{told} mentions others"
        if not any(words in each.text for words in _WORDS[owner.language]):
            yield f"{told} is not in {owner.language}"
        if len(each.text.encode("utf-16-le")) // 2 > LONGEST:
            yield f"{told} is too long"


def deliveries_told_once(_: Owner, ledger: Ledger) -> Iterator[str]:
    """A digest tells what arrived since the one before and is still there, and nothing else.

    What arrives in the minute of a digest is told in the next.
    """
    since: datetime | None = None
    for each in ledger.digests:
        until = each.at.replace(second=0, microsecond=0)
        must = _arrived(ledger, since, until, each)
        for card in sorted((Counter(must) - Counter(each.delivered)).elements()):
            yield f"digest of {each.at:%Y-%m-%d} does not tell of {card}"
        for card in sorted((Counter(each.delivered) - Counter(must)).elements()):
            yield f"digest of {each.at:%Y-%m-%d} should not tell of {card}"
        since = until


def _arrived(ledger: Ledger, since: datetime | None, until: datetime, digest: Digest) -> list[str]:
    return [
        each.card
        for each in ledger.deliveries
        if (since is None or since <= each.at)
        and each.at < until
        and (each.back is None or each.back > digest.at)
    ]


def dashboard_current(_: Owner, ledger: Ledger) -> Iterator[str]:
    """After each pass that may write the dashboard is the boards' picture; it is rarely written."""
    last: Pass | None = None
    for each in ledger.passes:
        soon = last is not None and each.at - last.at < DASHBOARD_EVERY
        if each.wrote and soon:
            yield f"{each.at:%a %d %b %H:%M:%S}Z: the dashboard is written again"
        if not each.died and not (soon and not each.wrote) and each.shown != each.true:
            wrong = sorted(each.shown ^ each.true)
            yield f"{each.at:%Y-%m-%d %H:%M:%S}Z: the dashboard is wrong about {wrong}"
        last = each if each.wrote else last


PROMISES = (
    in_their_place,
    once_a_week,
    left_out,
    in_working_time,
    to_the_owner_alone,
    deliveries_told_once,
    dashboard_current,
)


def broken(owner: Owner, ledger: Ledger) -> dict[str, list[str]]:
    """Return what breaks each promise that does not hold."""
    found = {each.__name__: list(each(owner, ledger)) for each in PROMISES}
    return {name: wrong for name, wrong in found.items() if wrong}


def went_through(owner: Owner, ledger: Ledger) -> dict[str, bool]:
    """Tell whether the two years hold what they are lived for."""
    told = dict(posted(owner, ledger))
    due = {each.name: each.due for each in weeks(owner)}
    return {
        "told": len(told) > 80,
        "week 53": "2026-W53" in told,
        "three weeks down": not {"2026-W24", "2026-W25", "2027-W36", "2027-W37"} & set(told),
        "late by a day": sum(at - due[week] > DAY for week, at in told.items()) > 5,
        "died with it": sum(each.died and not each.unsent for each in ledger.passes) > 5,
        "died without it": sum(each.unsent for each in ledger.passes) > 2,
        "delivered": len(ledger.deliveries) > 50,
    }
