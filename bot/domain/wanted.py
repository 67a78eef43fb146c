"""Whether a portfolio card wants its digest now: for that, cards archived since are read too."""

from datetime import timedelta

from bot.domain.acts import bot_comments, is_bots, stands
from bot.domain.calendar import NoWorkingTime
from bot.domain.model import Card, Instant, Policy, Snapshot
from bot.domain.portfolio import cards_of, first_hand_over
from bot.domain.states import is_held
from bot.domain.tokens import reference
from bot.domain.traces import kind_of_comment
from bot.domain.weeks import LONGEST_AWAY, Week, latest_digest

LEAST_APART = timedelta(days=4)
"""Two digests: whoever changes the configured day in mid-week gets no second one at once."""

WAITING_FOR_BOARDS = timedelta(hours=1)
"""How long a digest waits for a board that cannot be read; then it says so and comes."""

_FARTHEST = timedelta(weeks=LONGEST_AWAY)


def digest_wanted(portfolio: Card, snapshot: Snapshot, policy: Policy, now: Instant) -> bool:
    """Tell whether a digest is due on this card, and its owner at work to read it."""
    if portfolio.log is None or portfolio.closed or is_held(portfolio, snapshot):
        return False
    calendar = snapshot.board_of(portfolio).owner.calendar
    try:
        week = latest_digest(now, policy, calendar)
        if week is None or not calendar.is_working(now):
            return False
    except NoWorkingTime:
        return False
    ref = reference(portfolio.id, "digest", week.name)
    last = last_digest(portfolio, snapshot)
    if stands(portfolio, ref, snapshot) or (last is not None and now - last < LEAST_APART):
        return False
    first = first_sign(portfolio, snapshot)
    handed = first is not None and first < week.due
    return handed and not waits_for_boards(portfolio, snapshot, week, now)


def news_since(portfolio: Card, snapshot: Snapshot, now: Instant) -> Instant:
    """Return from when on deliveries are news: the last digest, or the first hand-over."""
    told = last_digest(portfolio, snapshot) or first_sign(portfolio, snapshot)
    return max(told or now, now - _FARTHEST)


def waits_for_boards(portfolio: Card, snapshot: Snapshot, week: Week, now: Instant) -> bool:
    """Tell whether a board of this portfolio may be back before its digest must come."""
    return is_partial(portfolio, snapshot) and now < week.due + WAITING_FOR_BOARDS


def is_partial(portfolio: Card, snapshot: Snapshot) -> bool:
    """Tell whether a board of this portfolio could not be read just now."""
    return any(not each.lasting for each in snapshot.unseen.get(portfolio.id, ()))


def last_digest(portfolio: Card, snapshot: Snapshot) -> Instant | None:
    """Return when the last digest on this card was posted."""
    board = snapshot.board_of(portfolio)
    posted = [
        each.at
        for each in bot_comments(portfolio, snapshot)
        if kind_of_comment(each, portfolio, board) == "digest"
    ]
    return max(posted, default=None)


def first_sign(portfolio: Card, snapshot: Snapshot) -> Instant | None:
    """Return when the first card is known to have been handed over.

    That card may be archived by now; what the bot wrote on the portfolio card then still tells.
    """
    board = snapshot.board_of(portfolio)
    written = [
        each.at
        for each in portfolio.log or ()
        if each.field == "desc" and is_bots(each, portfolio, board, snapshot.me)
    ]
    told = first_hand_over(cards_of(portfolio, snapshot), snapshot)
    known = (*written, told, last_digest(portfolio, snapshot))
    return min((each for each in known if each is not None), default=None)
