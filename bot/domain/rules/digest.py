"""digest: once a week the portfolio in one comment; at any time the same on the portfolio card."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.acts import bot_comments, is_bots, stands
from bot.domain.changes import Planned, PostComment, Reason, SetPortfolio, Skip, Verdict
from bot.domain.dashboard import dashboard_reference, with_dashboard
from bot.domain.messages import Digest
from bot.domain.model import Card, Instant
from bot.domain.portfolio import cards_of, first_hand_over, picture_of
from bot.domain.situation import Situation
from bot.domain.states import is_held
from bot.domain.tokens import reference
from bot.domain.traces import kind_of_comment
from bot.domain.weeks import latest_digest, next_digest
from bot.domain.written import LONGEST_DESCRIPTION, length_of

LEAST_APART = timedelta(days=4)
"""Two digests: whoever changes the configured day in mid-week gets no second one at once."""

DASHBOARD_EVERY = timedelta(minutes=15)

_WEEK = timedelta(days=7)


def digest(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Post the week's digest on a portfolio card, and keep its description current."""
    snapshot = situation.snapshot
    if card.id != snapshot.board_of(card).portfolio:
        return
    reason = _settled(card, situation)
    if reason is not None:
        yield Skip("digest", card.id, reason)
        return
    yield _comment(card, situation)
    yield _dashboard(card, situation)


def next_message(card: Card, situation: Situation) -> Digest:
    """Return what the next digest on a portfolio card would say if it were posted now."""
    owner = situation.snapshot.board_of(card).owner
    since = _last_digest(card, situation) or situation.now - _WEEK
    return Digest(owner, picture_of(card, situation, since), since, situation.now)


def _settled(card: Card, situation: Situation) -> Reason | None:
    snapshot = situation.snapshot
    if card.log is None:
        return Reason("log_unread")
    if card.closed:
        return Reason("archived")
    if is_held(card, snapshot):
        return Reason("held")
    first = first_hand_over(cards_of(card, snapshot), snapshot)
    return Reason("no_hand_over") if first is None else None


def _comment(card: Card, situation: Situation) -> Verdict:
    snapshot, now, policy = situation.snapshot, situation.now, situation.policy
    owner = snapshot.board_of(card).owner
    week = latest_digest(now, policy, owner.calendar)
    following = next_digest(now, policy, owner.calendar)
    first = first_hand_over(cards_of(card, snapshot), snapshot)
    if week is None or first is None or first >= week.due:
        return Skip("digest", card.id, Reason("digest_later"), following.due)
    ref = reference(card.id, "digest", week.name)
    last = _last_digest(card, situation)
    if stands(card, ref, snapshot) or (last is not None and now - last < LEAST_APART):
        return Skip("digest", card.id, Reason("digest_posted"), following.due)
    if not owner.calendar.is_working(now):
        until = owner.calendar.next_working(now)
        return Skip("digest", card.id, Reason("outside_hours", {"person": owner.username}), until)
    text = situation.texts.message(next_message(card, situation), ref)
    comment = PostComment(text, ref, (owner.username,))
    return Planned("digest", card.id, comment, Reason("digest_due", {"week": week.name}))


def _last_digest(card: Card, situation: Situation) -> Instant | None:
    board = situation.snapshot.board_of(card)
    posted = [
        each.at
        for each in bot_comments(card, situation.snapshot)
        if kind_of_comment(each, card, board) == "digest"
    ]
    return max(posted, default=None)


def _dashboard(card: Card, situation: Situation) -> Verdict:
    snapshot, now = situation.snapshot, situation.now
    board = snapshot.board_of(card)
    ref = dashboard_reference(card.id)
    since = _last_digest(card, situation) or now - _WEEK
    picture = picture_of(card, situation, since)
    dashboard = situation.texts.dashboard(picture, board.owner, ref)
    whole = with_dashboard(card, dashboard, snapshot)
    if whole.split() == card.desc.split():
        return Skip("digest", card.id, Reason("dashboard_current"))
    if length_of(whole) > LONGEST_DESCRIPTION:
        return Skip("digest", card.id, Reason("dashboard_too_long"))
    written = [
        each.at
        for each in card.log or ()
        if each.field == "desc" and is_bots(each, card, board, snapshot.me)
    ]
    again = written[-1] + DASHBOARD_EVERY if written else now
    if now < again:
        return Skip("digest", card.id, Reason("dashboard_soon"), again)
    return Planned("digest", card.id, SetPortfolio(whole), Reason("dashboard"))
