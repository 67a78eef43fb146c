"""Whether a portfolio card wants its digest now: for that, cards archived since are read too."""

import re
from datetime import timedelta

from bot.domain.acts import bot_comments, stands
from bot.domain.calendar import NoWorkingTime
from bot.domain.crossings import own_writings
from bot.domain.dates import read_due
from bot.domain.model import Action, Card, Instant, Person, Snapshot
from bot.domain.policy import Policy
from bot.domain.portfolio import cards_of, first_hand_over
from bot.domain.recall import recalled_by_identity
from bot.domain.states import is_held
from bot.domain.tokens import reference
from bot.domain.traces import kind_of_comment
from bot.domain.weeks import LONGEST_AWAY, Week, latest_digests, week_after, week_to_tell

WAITING_FOR_BOARDS = timedelta(hours=1)
"""How long a digest waits for a board that cannot be read; then it says so and comes."""

_LONGEST_PASS = timedelta(minutes=30)
"""Between the minute that a digest shows and its own."""

# ``lundi 30 novembre 2026, 09:00``, and the hour that comes twice.
_HOURS = re.compile(
    r"\b[^\W\d]++ \d{1,2}(?:er)? [^\W\d]+ \d{4}, \d{1,2}:\d{2}"
    r"|\d{4}-\d{2}-\d{2} \d{2}:\d{2}[+-]\d{2}:\d{2}"
)
_FARTHEST = timedelta(weeks=LONGEST_AWAY)


def digest_wanted(portfolio: Card, snapshot: Snapshot, policy: Policy, now: Instant) -> bool:
    """Tell whether a digest is due on this card, and its owner at work to read it."""
    if portfolio.log is None or portfolio.closed or is_held(portfolio, snapshot):
        return False
    calendar = snapshot.board_of(portfolio).owner.calendar
    try:
        week = week_to_tell(now, policy, calendar)
        if week is None or not calendar.is_working(now):
            return False
    except NoWorkingTime:
        return False
    if is_told(portfolio, week, snapshot):
        return False
    first = first_sign(portfolio, snapshot)
    handed = first is not None and first < week.due
    return handed and not waits_for_boards(portfolio, snapshot, week, now)


def is_told(portfolio: Card, week: Week, snapshot: Snapshot) -> bool:
    """Tell whether a week's digest has been posted, or the next one's.

    Who moves the configured day on within a week makes the last week's digest due again, too late.
    """
    names = week.name, week_after(week.name)
    refs = (reference(portfolio.id, "digest", each) for each in names)
    return any(stands(portfolio, each, snapshot) for each in refs)


def news_since(portfolio: Card, snapshot: Snapshot, policy: Policy, now: Instant) -> Instant:
    """Return from when on deliveries are news: the last digest, or the first hand-over."""
    last, owner = last_digest(portfolio, snapshot), snapshot.board_of(portfolio).owner
    deleted = _deleted_digest(portfolio, snapshot, policy, now)
    told = [_told_until(last, owner)] if last else []
    told += [deleted] if deleted else []
    return max(max(told, default=None) or first_sign(portfolio, snapshot) or now, now - _FARTHEST)


def _deleted_digest(
    portfolio: Card, snapshot: Snapshot, policy: Policy, now: Instant
) -> Instant | None:
    """Return when the newest digest was due that this installation knows to have posted."""
    calendar = snapshot.board_of(portfolio).owner.calendar
    try:
        return next(
            (
                week.due
                for week in latest_digests(now, policy, calendar)
                if reference(portfolio.id, "digest", week.name) in snapshot.remembered
            ),
            None,
        )
    except NoWorkingTime:
        return None


def told_before(now: Instant) -> Instant:
    """Return up to when a digest of this hour tells deliveries: the minute that it shows.

    What comes later, while the boards are read, is the next one's: the comment's own time would
    leave out what was delivered before it and after the reading.
    """
    return now.replace(second=0, microsecond=0)


def _told_until(digest: Action, owner: Person) -> Instant:
    """Return the minute that a digest shows; its own time where that cannot be read."""
    calendar = owner.calendar
    for said in reversed(_HOURS.findall(digest.text)):
        shown = read_due(said, digest.at - _LONGEST_PASS, calendar.zone, calendar.end_of_day)
        if shown is not None and digest.at - _LONGEST_PASS < shown <= digest.at:
            return shown
    return digest.at


def waits_for_boards(portfolio: Card, snapshot: Snapshot, week: Week, now: Instant) -> bool:
    """Tell whether a board of this portfolio may be back before its digest must come."""
    return is_partial(portfolio, snapshot) and now < week.due + WAITING_FOR_BOARDS


def is_partial(portfolio: Card, snapshot: Snapshot) -> bool:
    """Tell whether a board of this portfolio could not be read just now."""
    return any(not each.lasting for each in snapshot.unseen.get(portfolio.id, ()))


@recalled_by_identity(most=4)
def last_digest(portfolio: Card, snapshot: Snapshot) -> Action | None:
    """Return the last digest on this card."""
    board = snapshot.board_of(portfolio)
    posted = [
        each
        for each in bot_comments(portfolio, snapshot)
        if kind_of_comment(each, portfolio, board) == "digest"
    ]
    return posted[-1] if posted else None


@recalled_by_identity(most=4)
def first_sign(portfolio: Card, snapshot: Snapshot) -> Instant | None:
    """Return when the first card is known to have been handed over.

    That card may be archived by now; what the bot wrote on the portfolio card then still tells.
    """
    written = (each.at for each in own_writings(portfolio, snapshot))
    told = first_hand_over(cards_of(portfolio, snapshot), snapshot)
    last = last_digest(portfolio, snapshot)
    known = (*written, told, last.at if last else None)
    return min((each for each in known if each is not None), default=None)
