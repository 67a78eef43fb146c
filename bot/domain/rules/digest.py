"""digest: once a week the portfolio in one comment; at any time the same on the portfolio card."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.changes import Planned, Reason, SetPortfolio, Skip, Verdict
from bot.domain.crossings import own_writings
from bot.domain.dashboard import covered_on, room_below, typed_on, with_dashboard
from bot.domain.messages import Dashboard, Digest, NoRoomError, UnwritableError
from bot.domain.model import Card, Instant
from bot.domain.notices import out_of_reach
from bot.domain.people import first_name
from bot.domain.portfolio import picture_of
from bot.domain.posting import posting
from bot.domain.situation import Situation
from bot.domain.states import is_held
from bot.domain.tokens import reference
from bot.domain.traces import dashboard_reference
from bot.domain.wanted import (
    WAITING_FOR_BOARDS,
    first_sign,
    is_partial,
    is_told,
    news_since,
    told_before,
    waits_for_boards,
)
from bot.domain.weeks import next_digest, week_to_tell

DASHBOARD_EVERY = timedelta(minutes=15)


def digest(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Post the week's digest on a portfolio card, and keep its description current."""
    snapshot = situation.snapshot
    if card.id not in snapshot.portfolio_ids:
        return
    reason = _settled(card, situation)
    if reason is not None:
        yield Skip("digest", card.id, reason)
        return
    comment = _comment(card, situation)
    yield comment
    told = isinstance(comment, Planned)
    yield _dashboard(card, situation, told_before(situation.now) if told else None)


def next_message(card: Card, situation: Situation) -> Digest:
    """Return what the next digest on a portfolio card would say if it were posted now."""
    snapshot, now = situation.snapshot, situation.now
    owner = snapshot.board_of(card).owner
    since = news_since(card, snapshot, situation.policy, now)
    picture = picture_of(card, situation, since, told_before(now))
    whole = isinstance(_page(card, situation, told_before(now)), str)
    return Digest(owner, picture, since, now, whole, out_of_reach(card, situation))


def _settled(card: Card, situation: Situation) -> Reason | None:
    snapshot = situation.snapshot
    if card.log is None:
        return Reason("log_unread")
    if card.closed:
        return Reason("archived")
    if is_held(card, snapshot):
        return Reason("held")
    return Reason("no_hand_over") if first_sign(card, snapshot) is None else None


def _comment(card: Card, situation: Situation) -> Verdict:
    snapshot, now, policy = situation.snapshot, situation.now, situation.policy
    owner = snapshot.board_of(card).owner
    week = week_to_tell(now, policy, owner.calendar)
    following = next_digest(now, policy, owner.calendar)
    first = first_sign(card, snapshot)
    if week is None or first is None or first >= week.due:
        return Skip("digest", card.id, Reason("digest_later"), following.due)
    ref = reference(card.id, "digest", week.name)
    if is_told(card, week, snapshot):
        return Skip("digest", card.id, Reason("digest_posted"), following.due)
    if waits_for_boards(card, snapshot, week, now):
        return Skip("digest", card.id, Reason("board_unread"), week.due + WAITING_FOR_BOARDS)
    if not owner.calendar.is_working(now):
        until = owner.calendar.next_working(now)
        return Skip(
            "digest", card.id, Reason("outside_hours", {"person": first_name(owner)}), until
        )
    why = Reason("digest_due", {"week": week.name})
    return posting(("digest", card), next_message(card, situation), ref, why, situation)


def _dashboard(card: Card, situation: Situation, told: Instant | None) -> Verdict:
    """Return the description's new text; ``told``: the digest comes now and takes the news."""
    snapshot, now = situation.snapshot, situation.now
    if is_partial(card, snapshot):
        return Skip("digest", card.id, Reason("board_unread"))
    whole = _page(card, situation, told or news_since(card, snapshot, situation.policy, now))
    if not isinstance(whole, str):
        return Skip("digest", card.id, whole)
    if whole.split() == card.desc.split():
        return Skip("digest", card.id, Reason("dashboard_current"))
    written = own_writings(card, snapshot)
    again = written[-1].at + DASHBOARD_EVERY if written else now
    if now < again and not covered_on(card, snapshot):
        return Skip("digest", card.id, Reason("dashboard_soon"), again)
    return Planned("digest", card.id, SetPortfolio(whole), Reason("dashboard"))


def _page(card: Card, situation: Situation, since: Instant) -> str | Reason:
    """Return the description with the dashboard that has room there, or why there is none."""
    notes = typed_on(card, situation.snapshot)
    owner = situation.snapshot.board_of(card).owner
    picture = picture_of(card, situation, since)
    page = Dashboard(owner, picture, situation.now, room_below(notes))
    try:
        text = situation.texts.dashboard(page, dashboard_reference(card.id))
    except NoRoomError:
        return Reason("dashboard_too_long")
    except UnwritableError as problem:
        return Reason("unwritable", {"problem": str(problem)})
    return with_dashboard(notes, text)
