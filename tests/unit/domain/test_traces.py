"""Which of the bot's texts a comment is: each kind on an account of its own and on a shared one."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.acts import bears_reference, is_bots
from bot.domain.model import Action, Board, Card
from bot.domain.tokens import TokenKind, reference, signed
from bot.domain.traces import (
    NO_EVENT,
    check_in_reference,
    hand_over_references,
    instant_in,
    kind_of_comment,
    late_reference,
    limit_days,
    weeks_around,
    written_instant,
)
from tests.builders import (
    APP,
    BOT,
    ME,
    MEL,
    NOW,
    PAUL,
    SHARED,
    STRANGER,
    TOM,
    an_id,
    board,
    card,
    comment,
    edit,
    logged,
    replace,
    utc,
)
from tests.unit.domain.handed import DUE, due_set, handed

CARD = logged(handed(), comment(MEL.member_id, "bloqué", NOW + timedelta(minutes=5)))
ACT = (CARD.log or ())[-1].id
LATER = NOW + timedelta(days=2)

KINDS: dict[TokenKind, tuple[str, ...]] = {
    "ask": ("once",),
    "triage": ("once",),
    "hand-over": (MEL.member_id, TOM.member_id),
    "limit": ("2026-12-02", "2026-12-01"),
    "check-in": ("2026-12-07T14:00:00Z 1d", "2026-12-07T14:00:00Z 50%"),
    "late": ("2026-12-07T14:00:00Z", "2026-12-07T14:00:00Z owner"),
    "digest": ("2026-W49", "2026-W48", "2026-W42"),
    **dict.fromkeys(("stall", "pass", "delivery", "changes", "proposal"), (ACT, NO_EVENT)),
    "reply": (ACT, NO_EVENT, f"{ACT} mistyped"),
}
"""Each kind of comment with occurrences as they are promised to be."""
EACH = [(kind, occurrence) for kind, found in KINDS.items() for occurrence in found]


def bearing(ref: str, at: datetime = LATER) -> Action:
    return comment(BOT, signed("@mel texte", ref), at)


def kind_on(ref: str, subject: Card = CARD, at: datetime = LATER) -> TokenKind | None:
    return kind_of_comment(bearing(ref, at), subject, board())


@pytest.mark.parametrize(("kind", "occurrence"), EACH)
def test_each_text_is_known_by_its_reference(kind: TokenKind, occurrence: str) -> None:
    ref = reference(CARD.id, kind, occurrence)
    assert kind_on(ref) == kind
    assert bears_reference(bearing(ref), CARD, board())


@pytest.mark.parametrize(("kind", "occurrence"), EACH)
def test_on_a_shared_account_each_is_the_bots_by_reference_and_application(
    kind: TokenKind, occurrence: str
) -> None:
    text = bearing(reference(CARD.id, kind, occurrence))
    ours = replace(text, member_id=PAUL.member_id, app_id=APP)
    assert is_bots(text, CARD, board(), ME)
    assert is_bots(ours, CARD, board(), SHARED)
    assert not is_bots(replace(ours, app_id=None), CARD, board(), SHARED)
    assert not is_bots(ours, card("autre"), board(), SHARED)


@pytest.mark.parametrize(("kind", "occurrence"), EACH)
def test_a_text_copied_from_another_card_is_none(kind: TokenKind, occurrence: str) -> None:
    assert kind_on(reference(card("autre").id, kind, occurrence)) is None


@pytest.mark.parametrize(
    ("kind", "occurrence"),
    [
        *(("ask", "twice"), ("brief", "once"), ("hand-over", an_id("nobody here"))),
        *(("limit", "2026-12-03"), ("limit", "2026-11-30")),
        *(("digest", "2026-W51"), ("digest", "2026-W41"), ("digest", "dashboard")),
        *(("check-in", "2026-12-08T14:00:00Z 1d"), ("late", "2026-12-06T14:00:00Z")),
        *(("check-in", "2026-12-07T14:00:00Z 0%"), ("check-in", "2026-12-07T14:00:00Z 100%")),
        *(("check-in", "2026-12-07T14:00:00Z 61d"), ("check-in", "2026-12-07T14:00:00Z 7m")),
        *((each, "an action since deleted") for each in ("stall", "pass", "reply")),
        *((each, "an action since deleted") for each in ("delivery", "changes", "proposal")),
        *(("reply", "an action since deleted mistyped"), ("pass", f"{ACT} mistyped")),
    ],
)
def test_what_cannot_have_happened_here_is_none(kind: TokenKind, occurrence: str) -> None:
    assert kind_on(reference(CARD.id, kind, occurrence)) is None


@pytest.mark.parametrize("text", ["", "@mel texte", "texte, pas signé : abcdefghij"])
def test_a_comment_without_a_signature_is_none(text: str) -> None:
    assert kind_of_comment(comment(BOT, text, LATER), CARD, board()) is None


def test_only_the_signature_at_the_end_counts() -> None:
    ref = reference(CARD.id, "ask")
    quoted = comment(BOT, f"{signed('?', ref)}\nd’accord", LATER)
    assert kind_of_comment(quoted, CARD, board()) is None


@pytest.mark.covers("C4")
@pytest.mark.parametrize(
    "offset", ["1%", "33%", "99%", "1d", "2d", "60d", "5m", "90m", "480m", "1440m"]
)
def test_a_check_in_is_known_by_any_offset_that_was_configured_earlier(offset: str) -> None:
    ref = check_in_reference(CARD.id, DUE, offset)
    assert ref == reference(CARD.id, "check-in", f"2026-12-07T14:00:00Z {offset}")
    assert kind_on(ref) == "check-in"


@pytest.mark.parametrize("offset", ["7m", "1800m", "61d"])
def test_a_check_in_is_known_by_any_offset_that_is_configured_now(offset: str) -> None:
    on = board(offsets=(offset,))
    for each in (offset, "50%", "1d"):
        text = bearing(check_in_reference(CARD.id, DUE, each))
        assert kind_of_comment(text, CARD, on) == "check-in"
    assert kind_on(check_in_reference(CARD.id, DUE, offset)) is None


def test_texts_about_a_due_are_known_after_it_was_changed_and_after_it_was_cleared() -> None:
    first, second = utc("2026-12-09 10:00"), utc("2026-12-11 10:00")
    subject = due_set(CARD, first, LATER)
    subject = due_set(subject, second, LATER + timedelta(hours=1))
    cleared = due_set(subject, None, LATER + timedelta(hours=2))
    for each in (DUE, first, second):
        assert kind_on(late_reference(CARD.id, each), cleared) == "late"
        assert kind_on(late_reference(CARD.id, each, to_owner=True), cleared) == "late"
        assert kind_on(check_in_reference(CARD.id, each, "1d"), cleared) == "check-in"
    assert kind_on(late_reference(CARD.id, second), CARD) is None


def test_a_due_that_the_log_does_not_hold_in_full_is_passed_over() -> None:
    odd = (
        edit(PAUL.member_id, "due", LATER, old="soon"),
        edit(PAUL.member_id, "due", LATER),
        edit(PAUL.member_id, "start", LATER, old="2026-12-09T10:00:00.000Z"),
    )
    first = utc("2026-12-03 10:00")
    subject = logged(due_set(replace(CARD, due=first), DUE, NOW), *odd)
    assert kind_on(late_reference(CARD.id, DUE), subject) == "late"
    assert kind_on(late_reference(CARD.id, first), subject) == "late"
    assert kind_on(late_reference(CARD.id, utc("2026-12-09 10:00")), subject) is None


def test_on_a_card_whose_log_is_unread_what_needs_no_log_is_known() -> None:
    unread = replace(CARD, log=None)
    assert kind_on(reference(CARD.id, "ask"), unread) == "ask"
    assert kind_on(late_reference(CARD.id, DUE), unread) == "late"
    assert kind_on(reference(CARD.id, "pass", ACT), unread) is None


def test_a_question_about_the_limit_bears_the_owners_date_of_its_plan() -> None:
    in_tokyo = replace(
        board(), owner=replace(PAUL, calendar=replace(PAUL.calendar, zone="Asia/Tokyo"))
    )
    assert limit_days(board(), utc("2026-11-30 22:59")) == ("2026-11-30", "2026-11-29")
    assert limit_days(board(), utc("2026-11-30 23:00")) == ("2026-12-01", "2026-11-30")
    assert limit_days(in_tokyo, utc("2026-11-30 15:00")) == ("2026-12-01", "2026-11-30")


def test_a_digest_bears_a_week_of_the_owners_calendar() -> None:
    sunday = utc("2027-01-03 22:59")
    assert weeks_around(board(), sunday)[:3] == ("2027-W01", "2026-W53", "2026-W52")
    assert weeks_around(board(), sunday + timedelta(minutes=1))[:2] == ("2027-W02", "2027-W01")
    assert len(weeks_around(board(), sunday)) == 9


FORMER = an_id("left the file, not the board")
GONE, BUSY = an_id("left the board, not the card"), an_id("left both, but was active")


def test_a_hand_over_is_known_to_all_who_may_have_been_assistants() -> None:
    subject = logged(card(member_ids=(GONE,)), comment(BUSY, "ok", NOW))
    on: Board = board(member_ids=frozenset({FORMER}))
    wanted = (MEL.member_id, TOM.member_id, FORMER, GONE, BUSY)
    known = {reference(subject.id, "hand-over", each) for each in wanted}
    assert hand_over_references(subject, on) == known
    for ref in known:
        assert kind_of_comment(bearing(ref), subject, on) == "hand-over"
    never = reference(subject.id, "hand-over", STRANGER)
    assert kind_of_comment(bearing(never), subject, on) is None


def test_instants_are_written_to_the_second_in_utc() -> None:
    in_paris = datetime.fromisoformat("2026-12-07T15:00:00.900+01:00")
    assert written_instant(in_paris) == "2026-12-07T14:00:00Z"
    assert late_reference("c", in_paris) == reference("c", "late", "2026-12-07T14:00:00Z")
    owners = reference("c", "late", "2026-12-07T14:00:00Z owner")
    assert late_reference("c", in_paris, to_owner=True) == owners


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-12-07T14:00:00.000Z", DUE),
        ("2026-12-07T15:00:00+01:00", DUE),
        ("2026-12-07T09:00:00-05:00", DUE),
        # In UTC unless it says so.
        ("2026-12-07T14:00:00", DUE),
        ("2026-12-07T14:00:00.000", DUE),
        ("2026-12-07", utc("2026-12-07 00:00")),
        (None, None),
        ("", None),
        ("bientôt", None),
        ("2026-13-07T14:00:00Z", None),
    ],
)
def test_an_instant_is_read_from_the_log(text: str | None, found: datetime | None) -> None:
    read = instant_in(text)
    assert read == found
    assert read is None or read.tzinfo is UTC


@pytest.fixture
def machine_in_tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of this system cannot be set")
@pytest.mark.usefixtures("machine_in_tokyo")
def test_an_instant_without_a_zone_is_in_utc_wherever_the_bot_runs() -> None:
    assert instant_in("2026-12-07T14:00:00") == DUE


def test_texts_about_a_due_that_the_log_tells_without_a_zone_are_known() -> None:
    cleared = logged(
        replace(CARD, due=None), edit(PAUL.member_id, "due", LATER, old="2026-12-07T14:00:00")
    )
    assert kind_on(late_reference(CARD.id, DUE), cleared) == "late"
