"""Cards archived since the last digest are looked for exactly when a digest is to be posted."""

from datetime import timedelta

import pytest

from bot.domain.calendar import Calendar
from bot.domain.changes import PostComment
from bot.domain.model import Card, Unseen
from bot.domain.planner import verdicts
from bot.domain.tokens import reference, signed
from bot.domain.traces import dashboard_reference
from bot.domain.wanted import digest_wanted, first_sign, last_digest, news_since, told_before
from tests.builders import (
    BOT,
    HOLD,
    MEL,
    NOW,
    PAUL,
    PORTFOLIO,
    SHARED,
    board,
    card,
    comment,
    edit,
    logged,
    policy,
    portfolio,
    situation,
    snapshot,
    utc,
)

LAST_WEEK = utc("2026-11-24 10:00")


def handed(at: str = "2026-11-24 10:00") -> Card:
    """Return a card in Mel's hands."""
    work = card(member_ids=(MEL.member_id,))
    told = signed("@mel voici", reference(work.id, "hand-over", MEL.member_id))
    return logged(work, comment(BOT, told, utc(at)))


def digest_on(of: Card, week: str, at: str) -> Card:
    """Return the portfolio card with that week's digest."""
    return logged(of, comment(BOT, signed("@paul", reference(PORTFOLIO, "digest", week)), utc(at)))


def dashboard_on(of: Card, at: str) -> Card:
    """Return the portfolio card with a dashboard."""
    ours = edit(BOT, "desc", utc(at), old="")
    return logged(
        card(of.name, signed("…", dashboard_reference(PORTFOLIO)), id=PORTFOLIO, labels=()), ours
    )


FOLIO = portfolio()
PLAIN = (FOLIO, handed())


@pytest.mark.parametrize(
    ("cards", "now", "wanted"),
    [
        (PLAIN, "2026-11-30 08:00", True),
        (PLAIN, "2026-11-30 07:59", False),
        (PLAIN, "2026-11-30 12:00", False),
        (PLAIN, "2026-12-03 08:30", True),
        (PLAIN, "2026-12-05 10:00", False),
        ((FOLIO,), "2026-11-30 08:00", False),
        ((FOLIO, card()), "2026-11-30 08:00", False),
        ((FOLIO, handed("2026-11-30 08:00")), "2026-11-30 08:30", False),
        ((portfolio(log=None), handed()), "2026-11-30 08:00", False),
        ((portfolio(closed=True), handed()), "2026-11-30 08:00", False),
        ((portfolio(label_ids=frozenset({HOLD})), handed()), "2026-11-30 08:00", False),
        ((digest_on(FOLIO, "2026-W49", "2026-11-30 08:00"), handed()), "2026-12-01 08:00", False),
        ((digest_on(FOLIO, "2026-W48", "2026-11-23 08:00"), handed()), "2026-11-30 08:00", True),
        ((digest_on(FOLIO, "2026-W48", "2026-11-27 08:00"), handed()), "2026-11-30 08:00", True),
        ((digest_on(FOLIO, "2026-W48", "2026-11-26 08:00"), handed()), "2026-11-30 08:00", True),
    ],
)
def test_it_is_wanted_exactly_when_the_rule_posts_it(
    cards: tuple[Card, ...], now: str, *, wanted: bool
) -> None:
    found = situation(*cards, now=utc(now))
    changes = (getattr(each, "change", None) for each in verdicts(cards[0], found))
    posts = any(isinstance(each, PostComment) for each in changes)
    assert digest_wanted(cards[0], found.snapshot, policy(), utc(now)) is wanted
    assert posts is wanted


def test_what_this_installation_remembers_to_have_posted_is_not_wanted() -> None:
    ref = reference(PORTFOLIO, "digest", "2026-W49")
    known = snapshot(*PLAIN, remembered=frozenset({ref}))
    assert not digest_wanted(FOLIO, known, policy(), NOW)


@pytest.mark.parametrize(
    ("folio", "first"),
    [
        (digest_on(FOLIO, "2026-W48", "2026-11-23 08:00"), "2026-11-23 08:00"),
        (dashboard_on(FOLIO, "2026-11-18 08:00"), "2026-11-18 08:00"),
        (
            digest_on(dashboard_on(FOLIO, "2026-11-18 08:00"), "2026-W48", "2026-11-23 08:00"),
            "2026-11-18 08:00",
        ),
    ],
)
def test_it_is_wanted_also_when_every_card_has_been_archived(folio: Card, first: str) -> None:
    only = snapshot(folio)
    assert first_sign(folio, only) == utc(first)
    assert digest_wanted(folio, only, policy(), NOW)


def test_a_persons_own_text_on_the_portfolio_card_is_no_sign_of_a_hand_over() -> None:
    folio = logged(FOLIO, edit(PAUL.member_id, "desc", LAST_WEEK, old=""))
    assert first_sign(folio, snapshot(folio)) is None
    assert first_sign(folio, snapshot(folio, me=SHARED)) is None


def test_an_owner_who_never_works_wants_none() -> None:
    never = Calendar("Europe/Paris", ((),) * 7)
    idle = board(owner=type(PAUL)(PAUL.member_id, "paul", "Paul", "fr", never))
    known = snapshot(*PLAIN, boards=(idle,))
    assert not digest_wanted(FOLIO, known, policy(), NOW)


def test_an_owner_who_is_away_for_months_wants_none_before_they_are_back() -> None:
    days = {NOW.date() + timedelta(days=each) for each in range(-80, 10)}
    calendar = type(PAUL.calendar)("Europe/Paris", PAUL.calendar.week, frozenset(days))
    away = board(owner=type(PAUL)(PAUL.member_id, "paul", "Paul", "fr", calendar))
    known = snapshot(*PLAIN, boards=(away,))
    assert not digest_wanted(FOLIO, known, policy(), NOW)


def test_news_are_what_came_after_the_last_digest_or_the_first_hand_over() -> None:
    told = digest_on(
        digest_on(FOLIO, "2026-W47", "2026-11-16 08:00"), "2026-W48", "2026-11-23 08:00"
    )
    last = last_digest(told, snapshot(told))
    assert last is not None
    assert last.at == utc("2026-11-23 08:00")
    assert news_since(told, snapshot(told), policy(), NOW) == utc("2026-11-23 08:00")
    assert last_digest(FOLIO, snapshot(FOLIO)) is None
    assert news_since(FOLIO, snapshot(*PLAIN), policy(), NOW) == LAST_WEEK
    assert news_since(FOLIO, snapshot(FOLIO), policy(), NOW) == NOW


def test_news_of_more_than_eight_weeks_ago_are_none() -> None:
    old = snapshot(FOLIO, handed("2026-01-05 10:00"))
    assert news_since(FOLIO, old, policy(), NOW) == NOW - timedelta(weeks=8)


@pytest.mark.parametrize(
    ("lasting", "at", "wanted"),
    [
        (False, "2026-11-30 08:30", False),
        (False, "2026-11-30 09:00", True),
        (True, "2026-11-30 08:30", True),
    ],
)
def test_it_waits_an_hour_for_a_board_that_may_come_back(
    at: str, *, lasting: bool, wanted: bool
) -> None:
    known = snapshot(*PLAIN, unseen={PORTFOLIO: (Unseen("AbCd1234", lasting),)})
    assert digest_wanted(FOLIO, known, policy(), utc(at)) is wanted


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("État au lundi 30 novembre 2026, 09:00.", "2026-11-30 08:00"),
        ("As of Monday 30 November 2026, 09:00.", "2026-11-30 08:00"),
        ("rien à signaler (lundi 30 novembre 2026, 08:59).", "2026-11-30 07:59"),
        # Another zone's hour, another day's, a title's: the comment's own time counts.
        ("État au lundi 30 novembre 2026, 15:00.", "2026-11-30 08:03"),
        ("« lundi 23 novembre 2026, 09:00 »", "2026-11-30 08:03"),
        ("rien", "2026-11-30 08:03"),
        ("(2026-11-30 09:00+01:00)", "2026-11-30 08:00"),
        ("(2026-11-30 03:00-05:00)", "2026-11-30 08:00"),
        ("(lundi 30 novembre 2026, 08:33)", "2026-11-30 08:03"),
        ("(lundi 30 novembre 2026, 08:34)", "2026-11-30 07:34"),
    ],
)
def test_news_begin_with_the_minute_that_the_last_digest_shows(words: str, until: str) -> None:
    text = signed(f"@paul\n\n{words}", reference(PORTFOLIO, "digest", "2026-W49"))
    told = logged(FOLIO, comment(BOT, text, utc("2026-11-30 08:03")))
    assert news_since(told, snapshot(told), policy(), utc("2026-12-07 08:00")) == utc(until)


def test_of_a_digest_that_stands_and_a_later_one_that_was_deleted_the_later_counts() -> None:
    stands = digest_on(FOLIO, "2026-W48", "2026-11-23 08:00")
    deleted = frozenset({reference(PORTFOLIO, "digest", "2026-W49")})
    known = snapshot(stands, remembered=deleted)
    at = utc("2026-12-07 08:00")
    assert news_since(stands, known, policy(), at) == utc("2026-11-30 08:00")


def test_a_digest_tells_what_was_before_its_minute() -> None:
    assert told_before(utc("2026-11-30 08:00:59.5")) == utc("2026-11-30 08:00")


def test_a_digest_of_the_first_of_a_month_shows_its_minute_too() -> None:
    ref = reference(PORTFOLIO, "digest", "2026-W49")
    text = signed("État au mardi 1er décembre 2026, 09:00.", ref)
    told = logged(FOLIO, comment(BOT, text, utc("2026-12-01 08:02")))
    assert news_since(told, snapshot(told), policy(), utc("2026-12-07 08:00")) == utc(
        "2026-12-01 08:00"
    )


def test_a_digest_that_the_owner_deleted_has_been_told_all_the_same() -> None:
    ref = reference(PORTFOLIO, "digest", "2026-W49")
    known = snapshot(*PLAIN, remembered=frozenset({ref}))
    later = utc("2026-12-07 08:00")
    assert news_since(FOLIO, known, policy(), later) == utc("2026-11-30 08:00")
    never = Calendar("Europe/Paris", ((),) * 7)
    idle = board(owner=type(PAUL)(PAUL.member_id, "paul", "Paul", "fr", never))
    lost = snapshot(*PLAIN, boards=(idle,), remembered=frozenset({ref}))
    assert news_since(FOLIO, lost, policy(), later) == LAST_WEEK
