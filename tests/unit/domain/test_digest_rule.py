"""Once a week the portfolio in one comment; at any time the same on the portfolio card."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.calendar import Calendar
from bot.domain.changes import PostComment, Reason, SetPortfolio, Skip
from bot.domain.messages import Dashboard, Digest, NoRoomError, UnwritableError
from bot.domain.model import Action, Card, Unseen
from bot.domain.planner import plan
from bot.domain.rules.digest import digest, next_message
from bot.domain.tokens import reference, signed
from bot.domain.traces import dashboard_reference
from bot.domain.written import length_of
from tests.builders import (
    BOT,
    HOLD,
    MEL,
    NOW,
    PAUL,
    PORTFOLIO,
    REVIEW,
    PlainPen,
    board,
    card,
    changes_to,
    comment,
    edit,
    logged,
    performed,
    portfolio,
    replace,
    situation,
    snapshot,
    utc,
)
from tests.unit.domain.handed import handed, in_own_name, moved

LAST_WEEK = utc("2026-11-24 10:00")
WORK = handed(when=LAST_WEEK)
TUESDAY = utc("2026-12-01 10:00")
REF = dashboard_reference(PORTFOLIO)


class Sketch(PlainPen):
    """Shows what was delivered, and fills the dashboard up to a length."""

    def __init__(self, length: int = 0) -> None:
        super().__init__()
        self._length = length

    def dashboard(self, dashboard: Dashboard, ref: str) -> str:
        names = " ".join(each.card.name for each in dashboard.picture.delivered)
        text = signed(f"{dashboard.reader.username} : {names}".ljust(self._length, "."), ref)
        if length_of(text) > dashboard.room:
            raise NoRoomError(f"longer than {dashboard.room}")
        return text


class NoDashboard(Sketch):
    """Whose template for the dashboard is broken."""

    def dashboard(self, dashboard: Dashboard, ref: str) -> str:
        raise UnwritableError(f"line 2 of {ref} for {dashboard.reader.username}")


def wanted(folio: Card, *cards: Card, now: datetime = NOW, **parts: Any) -> list[Any]:
    """Return the changes that the rule wants on the portfolio card."""
    known = {"texts": Sketch()} | parts
    found = in_own_name(digest, folio, digest(folio, situation(folio, *cards, now=now, **known)))
    return [each.change for each in found if not isinstance(each, Skip)]


def left(folio: Card, *cards: Card, now: datetime = NOW, **parts: Any) -> list[Any]:
    """Return why, and until when, the rule leaves the portfolio card alone."""
    known = {"texts": Sketch()} | parts
    found = in_own_name(digest, folio, digest(folio, situation(folio, *cards, now=now, **known)))
    return [(each.reason.code, each.until) for each in found if isinstance(each, Skip)]


def told(week: str, at: datetime, on: Card | None = None) -> Card:
    """Return the portfolio card with that week's digest."""
    words = signed("@paul voici", reference(PORTFOLIO, "digest", week))
    return logged(on or portfolio(), comment(BOT, words, at))


def test_on_other_cards_it_has_nothing_to_say() -> None:
    assert wanted(WORK) == []
    assert left(WORK) == []
    alone = board(portfolio=None)
    assert left(portfolio(), WORK, boards=(alone,)) == []


def test_a_digest_and_a_dashboard_are_planned_together() -> None:
    comment_, text = wanted(portfolio(), WORK)
    assert isinstance(comment_, PostComment)
    assert comment_.mentions == ("paul",)
    assert comment_.ref == reference(PORTFOLIO, "digest", "2026-W49")
    assert isinstance(text, SetPortfolio)
    assert REF in text.text


def test_through_the_planner_both_come_in_one_pass_and_none_in_the_next() -> None:
    before = situation(portfolio(), WORK, now=NOW)
    changes = changes_to(portfolio(), before)
    assert [type(each) for each in changes] == [PostComment, SetPortfolio]
    folio = portfolio()
    for each in changes:
        folio = performed(folio, each, before.snapshot.me, NOW)
    known = {**before.snapshot.cards, PORTFOLIO: folio}
    again = replace(before, snapshot=replace(before.snapshot, cards=known))
    assert changes_to(folio, again) == []


@pytest.mark.parametrize(
    ("folio", "reason"),
    [
        (portfolio(log=None), "log_unread"),
        (portfolio(closed=True), "archived"),
        (portfolio(label_ids=frozenset({HOLD})), "held"),
    ],
)
def test_a_card_that_is_held_archived_or_unread_is_left_alone(folio: Card, reason: str) -> None:
    assert left(folio, WORK) == [(reason, None)]
    assert wanted(folio, WORK) == []


def test_before_the_first_hand_over_there_is_nothing_to_tell() -> None:
    assert left(portfolio(), card("demande")) == [("no_hand_over", None)]


NEXT_WEEK = utc("2026-12-07 08:00")


@pytest.mark.parametrize(
    ("folio", "work", "now", "reason", "until"),
    [
        # Handed over in this very week: its digest comes next week.
        (portfolio(), handed(), TUESDAY, "digest_later", NEXT_WEEK),
        (portfolio(), handed(when=LAST_WEEK), utc("2026-11-30 07:59"), "digest_later", NOW),
        (told("2026-W49", NOW), WORK, TUESDAY, "digest_posted", NEXT_WEEK),
        (portfolio(), WORK, utc("2026-11-30 12:00"), "outside_hours", utc("2026-11-30 13:00")),
        (portfolio(), WORK, utc("2026-12-05 12:00"), "outside_hours", NEXT_WEEK),
    ],
)
def test_a_digest_waits_for_its_time(
    folio: Card, work: Card, now: datetime, reason: str, until: datetime
) -> None:
    assert (reason, until) in left(folio, work, now=now)
    assert not any(isinstance(each, PostComment) for each in wanted(folio, work, now=now))


def reasons(folio: Card, *cards: Card, now: datetime = NOW, **parts: Any) -> list[Reason]:
    """Return why the rule does, or does not do, what it says."""
    found = digest(folio, situation(folio, *cards, now=now, **({"texts": Sketch()} | parts)))
    return [each.reason for each in found]


def test_each_word_of_the_rule_says_why() -> None:
    week = {"week": "2026-W49"}
    assert reasons(portfolio(), WORK) == [Reason("digest_due", week), Reason("dashboard")]
    at_lunch = Reason("outside_hours", {"person": "Paul"})
    assert at_lunch in reasons(portfolio(), WORK, now=utc("2026-11-30 12:00"))
    why = {"problem": f"line 2 of {REF} for paul"}
    assert Reason("unwritable", why) in reasons(portfolio(), WORK, texts=NoDashboard())


def test_while_a_board_is_missing_the_digest_waits_an_hour_and_the_dashboard_until_it_is_back() -> (
    None
):
    missing = {PORTFOLIO: (Unseen("Atelier", lasting=False),)}
    assert left(portfolio(), WORK, unseen=missing) == [
        ("board_unread", NOW + timedelta(hours=1)),
        ("board_unread", None),
    ]


def test_without_a_week_due_for_long_the_next_one_is_named() -> None:
    """Whoever was away for two months gets their digest on their return."""
    days = {NOW.date() + timedelta(days=each) for each in range(-80, 1)}
    paul = replace(PAUL, calendar=replace(PAUL.calendar, off=frozenset(days)))
    back = ("digest_later", utc("2026-12-01 08:00"))
    work = handed(when=utc("2026-08-03 08:00"))
    assert back in left(portfolio(), work, boards=(board(owner=paul),))


@pytest.mark.parametrize("days", [3, 4, 7])
def test_a_week_has_its_digest_however_late_the_last_one_came(days: int) -> None:
    folio = told("2026-W48", NOW - timedelta(days=days))
    assert any(isinstance(each, PostComment) for each in wanted(folio, WORK))


def comment_of(text: str, at: datetime) -> Action:
    return comment(BOT, text, at)


DONE_SINCE = moved(handed(when=LAST_WEEK, name="Devis"), MEL, REVIEW, NOW + timedelta(seconds=20))


def test_what_is_delivered_while_a_digest_is_being_made_is_told_in_the_next() -> None:
    at = NOW + timedelta(seconds=30)
    comment, text = wanted(portfolio(), DONE_SINCE, now=at)
    assert "Livré" not in comment.text
    assert "Devis" in text.text
    shown = comment.text.replace("\n\n—", "\n\nÉtat au lundi 30 novembre 2026, 09:00.\n\n—")
    posted = logged(portfolio(), comment_of(shown, at + timedelta(seconds=40)))
    following = next_message(posted, situation(posted, DONE_SINCE, now=NEXT_WEEK))
    assert following.since == NOW
    assert [each.card.id for each in following.picture.delivered] == [DONE_SINCE.id]


def test_what_is_remembered_is_not_posted_again() -> None:
    ref = reference(PORTFOLIO, "digest", "2026-W49")
    found = left(portfolio(), WORK, remembered=frozenset({ref}))
    assert ("digest_posted", NEXT_WEEK) in found


def test_an_owner_who_never_works_gets_none_and_stops_nobody() -> None:
    never = replace(PAUL, calendar=Calendar("Europe/Paris", ((),) * 7))
    found = plan(situation(portfolio(), WORK, boards=(board(owner=never),)))
    codes = [each.reason.code for each in found.skips if each.rule == "digest"]
    assert codes[-1] == "no_working_time"


DELIVERED = moved(handed(when=LAST_WEEK, name="Devis"), MEL, REVIEW, utc("2026-11-26 10:00"))


def test_what_the_digest_tells_is_news_no_more_on_the_dashboard() -> None:
    (_, text) = wanted(portfolio(), DELIVERED)
    assert "Devis" not in text.text
    (waiting,) = wanted(portfolio(), DELIVERED, now=utc("2026-11-30 12:00"))
    assert "Devis" in waiting.text


def test_the_next_message_tells_since_the_last_digest_or_the_first_hand_over() -> None:
    folio = told("2026-W48", utc("2026-11-26 11:00"))
    found = next_message(folio, situation(folio, DELIVERED))
    assert (found.reader, found.since, found.now) == (PAUL, utc("2026-11-26 11:00"), NOW)
    assert found.picture.delivered == ()
    first = next_message(portfolio(), situation(portfolio(), DELIVERED))
    assert first.since == LAST_WEEK
    assert [each.card for each in first.picture.delivered] == [DELIVERED]
    assert isinstance(first, Digest)


def shown(now: datetime = TUESDAY) -> Card:
    """Return the portfolio card as it stands after the rule wrote its dashboard."""
    folio = told("2026-W49", NOW)
    (change,) = wanted(folio, WORK, now=now)
    return performed(folio, change, snapshot().me, now)


def test_the_dashboard_is_written_only_when_it_differs() -> None:
    week = TUESDAY + timedelta(hours=1)
    assert wanted(shown(), WORK, now=week) == []
    assert ("dashboard_current", None) in left(shown(), WORK, now=week)
    spaced = replace(shown(), desc=shown().desc.replace("\n\n", "\n\n\n") + "\n")
    assert wanted(spaced, WORK, now=week) == []


@pytest.mark.parametrize(("minutes", "written"), [(0, False), (14, False), (15, True), (99, True)])
def test_the_dashboard_is_written_at_most_every_quarter_of_an_hour(
    minutes: int, *, written: bool
) -> None:
    now, again = TUESDAY + timedelta(minutes=minutes), TUESDAY + timedelta(minutes=15)
    delivered = moved(WORK, MEL, REVIEW, TUESDAY)
    assert bool(wanted(shown(), delivered, now=now)) is written
    assert (("dashboard_soon", again) in left(shown(), delivered, now=now)) is not written


def test_a_persons_own_edit_delays_no_dashboard() -> None:
    folio = told("2026-W49", NOW, portfolio())
    noted = logged(replace(folio, desc="notes"), edit(PAUL.member_id, "desc", TUESDAY, old=""))
    (change,) = wanted(noted, WORK, now=TUESDAY)
    assert change.text.startswith("notes\n\n---\n\n")


@pytest.mark.parametrize(("length", "fits"), [(16_000, True), (16_384, False)])
def test_a_dashboard_that_does_not_fit_is_not_written(length: int, *, fits: bool) -> None:
    folio = told("2026-W49", NOW)
    pen = Sketch(length)
    assert bool(wanted(folio, WORK, now=TUESDAY, texts=pen)) is fits
    codes = [code for code, _ in left(folio, WORK, now=TUESDAY, texts=pen)]
    assert ("dashboard_too_long" in codes) is not fits


def test_peoples_notes_count_for_its_length_and_are_never_cut() -> None:
    folio = replace(told("2026-W49", NOW), desc="é" * 16_350)
    assert wanted(folio, WORK, now=TUESDAY) == []
    assert ("dashboard_too_long", None) in left(folio, WORK, now=TUESDAY)


def test_a_dashboard_that_cannot_be_written_keeps_no_digest_back() -> None:
    (only,) = wanted(portfolio(), WORK, texts=NoDashboard())
    assert isinstance(only, PostComment)
    assert ("unwritable", None) in left(portfolio(), WORK, texts=NoDashboard())


PASSING = {PORTFOLIO: (Unseen("AbCd1234", lasting=False),)}
REFUSED = {PORTFOLIO: (Unseen("AbCd1234", lasting=True),)}


@pytest.mark.parametrize(
    ("at", "kinds"),
    [
        ("2026-11-30 08:00", []),
        ("2026-11-30 08:59", []),
        ("2026-11-30 09:00", [PostComment]),
    ],
)
def test_a_digest_waits_an_hour_for_a_board_that_may_come_back_and_a_dashboard_until_it_does(
    at: str, kinds: list[type]
) -> None:
    found = wanted(portfolio(), DELIVERED, now=utc(at), unseen=PASSING)
    assert [type(each) for each in found] == kinds


def test_a_board_that_only_its_owner_can_mend_keeps_nobody_waiting_and_is_named() -> None:
    comment, text = wanted(portfolio(), DELIVERED, unseen=REFUSED)
    assert (type(comment), type(text)) == (PostComment, SetPortfolio)
    heard = situation(portfolio(), DELIVERED, unseen=REFUSED)
    assert next_message(portfolio(), heard).picture.unseen == ("AbCd1234",)
