"""At most one thing that time brings about is asked of a person a day and card, in their hours."""

from datetime import timedelta

import pytest

from bot.domain.changes import Planned, PostComment, Reason
from bot.domain.model import Action, Card, Instant, Person
from bot.domain.people import first_name
from bot.domain.planner import verdicts
from bot.domain.restraint import Wait, not_now, said_enough, silenced
from bot.domain.tokens import TokenKind, signed
from bot.domain.traces import check_in_reference, late_reference
from tests.builders import (
    APP,
    BOT,
    MEL,
    PAUL,
    SHARED,
    STRANGER,
    TOM,
    action,
    card,
    comment,
    logged,
    office,
    person,
    replace,
    situation,
    utc,
)
from tests.unit.domain.handed import (
    DUE,
    IMPORTANT,
    after,
    an_event,
    bot_said,
    course,
    handed,
    said,
    said_with,
    seen,
    without,
)

CARD = handed()
TUESDAY = utc("2026-12-01 08:00")
"""A morning for Mel, Paul and Tom alike, but Tom has yet an hour to sleep."""
WEDNESDAY = utc("2026-12-02 05:00")
SECOND = timedelta(seconds=1)


def wait_of(on: Card, to: Person, now: Instant) -> Wait | None:
    return not_now(course(on, now), to, seen(on, now=now))


def asked(*log: Action, to: Person = MEL, now: Instant = TUESDAY) -> str | None:
    found = wait_of(logged(CARD, *log), to, now)
    return found.reason.code if found else None


def about_event(kind: TokenKind, at: Instant, to: Person = MEL) -> Action:
    return bot_said(CARD, kind, at, to=to, about=an_event(CARD))


@pytest.mark.parametrize(
    ("who", "now", "until"),
    [
        (MEL, "2026-12-01 04:59", "2026-12-01 05:00"),
        (MEL, "2026-12-01 05:00", None),
        (MEL, "2026-12-01 08:59", None),
        (MEL, "2026-12-01 09:00", "2026-12-01 10:00"),
        (MEL, "2026-12-01 14:00", "2026-12-02 05:00"),
        (MEL, "2026-12-05 08:00", "2026-12-07 05:00"),
        (PAUL, "2026-12-01 07:59", "2026-12-01 08:00"),
        (PAUL, "2026-12-01 08:00", None),
        (PAUL, "2026-12-01 11:00", "2026-12-01 13:00"),
        (TOM, "2026-12-01 08:59", "2026-12-01 09:00"),
        (TOM, "2026-12-01 09:00", None),
    ],
)
def test_a_person_is_asked_in_their_own_working_time(
    who: Person, now: str, until: str | None
) -> None:
    found = wait_of(CARD, who, utc(now))
    assert (found is None) == (until is None)
    if found is not None:
        assert (found.reason.code, found.until) == ("outside_hours", utc(until or now))
        assert found.reason.values == {"person": first_name(who)}


TODAY = TUESDAY - timedelta(hours=1)
TIMED = [
    about_event("stall", TODAY),
    about_event("changes", TODAY),
    said_with(late_reference(CARD.id, DUE), TODAY),
    said_with(late_reference(CARD.id, DUE, to_owner=True), TODAY),
    said_with(check_in_reference(CARD.id, DUE, "50%"), TODAY),
    said_with(check_in_reference(CARD.id, DUE, "1d"), TODAY),
    # What cannot be told apart counts: it may be about a comment that was deleted since.
    said_with("aaaaaaaaaa", TODAY),
    bot_said(CARD, "stall", TODAY, about="an action that is gone"),
    # What answers an act asks for something too.
    about_event("pass", TODAY),
    about_event("delivery", TODAY),
    about_event("proposal", TODAY),
]


@pytest.mark.parametrize("request_of_today", TIMED)
def test_a_second_request_of_the_day_waits_for_the_next_working_day(
    request_of_today: Action,
) -> None:
    found = wait_of(logged(CARD, request_of_today), MEL, TUESDAY)
    assert found is not None
    assert (found.reason.code, found.until) == ("asked_today", WEDNESDAY)
    assert found.reason.values == {"person": "Mel"}


def test_what_was_asked_before_an_older_answer_to_a_person_still_counts() -> None:
    later = about_event("reply", TODAY + timedelta(minutes=5))
    assert asked(about_event("stall", TODAY), later) == "asked_today"


@pytest.mark.parametrize("kind", ["hand-over", "reply"])
def test_what_asks_for_nothing_is_no_request_of_the_day(kind: TokenKind) -> None:
    about = MEL.member_id if kind == "hand-over" else an_event(CARD)
    assert asked(bot_said(CARD, kind, TODAY, about=about)) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("@mel voici", "asked_today"),
        ("@Mel, voici", "asked_today"),
        ("\n @mel", "asked_today"),
        ("@melanie voici", None),
        ("@mel-b voici", None),
        ("@mel_b voici", None),
        ("@paul voici, et @mel", None),
        ("mel voici", None),
    ],
)
def test_a_request_is_to_whom_its_first_word_mentions(text: str, code: str | None) -> None:
    request = replace(about_event("stall", TODAY), text=signed(text, "aaaaaaaaaa"))
    assert asked(request) == code


def test_what_the_other_one_was_asked_does_not_keep_a_person_from_being_asked() -> None:
    assert asked(about_event("stall", TODAY, PAUL)) is None
    assert asked(about_event("stall", TODAY, PAUL), to=PAUL) == "asked_today"


def test_what_people_write_is_no_request() -> None:
    copied = about_event("stall", TODAY)
    assert asked(replace(copied, member_id=PAUL.member_id)) is None


def test_a_request_that_a_person_deleted_keeps_nobody_waiting() -> None:
    request = about_event("stall", TODAY)
    assert wait_of(without(logged(CARD, request), request.id), MEL, TUESDAY) is None


@pytest.mark.parametrize(
    ("zone", "at", "now", "code"),
    [
        # Midnight in the person's zone parts two days, wherever the others' midnights are.
        ("Indian/Antananarivo", "2026-11-30 20:59", "2026-11-30 21:00", None),
        ("Indian/Antananarivo", "2026-11-30 21:00", "2026-11-30 21:01", "asked_today"),
        ("Indian/Antananarivo", "2026-11-30 23:59", "2026-12-01 00:01", "asked_today"),
        ("Indian/Antananarivo", "2026-11-30 21:00", "2026-12-01 20:59", "asked_today"),
        ("America/Montreal", "2026-12-01 04:59", "2026-12-01 05:00", None),
        ("America/Montreal", "2026-11-30 23:30", "2026-12-01 04:59", "asked_today"),
    ],
)
def test_a_day_lasts_from_midnight_to_midnight_where_the_person_is(
    zone: str, at: str, now: str, code: str | None
) -> None:
    mel = person("mel", calendar=office(zone, (0, 24)))
    assert asked(about_event("stall", utc(at)), to=mel, now=utc(now)) == code


def test_the_next_day_is_the_next_one_on_which_they_work() -> None:
    friday = utc("2026-12-04 05:00")
    found = wait_of(logged(CARD, about_event("stall", friday)), MEL, friday + SECOND)
    assert found is not None
    assert found.until == utc("2026-12-07 05:00")


def test_a_request_of_the_owners_own_account_counts_where_the_bot_writes_with_it() -> None:
    def with_owners_account(each: Action) -> Action:
        return replace(each, member_id=PAUL.member_id, app_id=APP)

    log = map(with_owners_account, (*(CARD.log or ()), about_event("stall", TODAY)))
    shared = replace(CARD, log=tuple(log))
    situation = seen(shared, now=TUESDAY, me=SHARED)
    found = not_now(course(shared, TUESDAY, me=SHARED), MEL, situation)
    assert found is not None
    assert found.reason.code == "asked_today"


def silence_of(*log: Action, now: Instant = TUESDAY, by_assistant: bool = True) -> Wait | None:
    quiet = logged(CARD, *log)
    return silenced(course(quiet, now), seen(quiet, now=now), by_assistant=by_assistant)


HOUR_AGO = TUESDAY - timedelta(hours=1)


@pytest.mark.parametrize(
    ("who", "text", "by_assistant", "code"),
    [
        (PAUL, "/mute", False, "muted"),
        (PAUL, "/mute", True, "muted"),
        (MEL, "/mute", False, None),
        (MEL, "/mute", True, "muted"),
        (PAUL, "/snooze 1d", False, "snoozed"),
        (MEL, "/pause 1j", True, "snoozed"),
        (MEL, "/pause 1j", False, None),
        (PAUL, "/resume", True, None),
        (TOM, "/mute", True, None),
        (PAUL, "> /mute", True, None),
        (PAUL, "silence", True, None),
    ],
)
def test_a_silence_is_the_owners_or_for_some_things_the_assistants(
    who: Person, text: str, by_assistant: bool, code: str | None
) -> None:
    found = silence_of(said(who, HOUR_AGO, text), by_assistant=by_assistant)
    assert (found.reason.code if found else None) == code
    if found is not None:
        assert found.reason.values == {"person": first_name(who)}


def test_a_mute_has_no_end_and_a_pause_has_one() -> None:
    mute = silence_of(said(PAUL, HOUR_AGO, "/mute"), now=after(300))
    assert mute is not None
    assert mute.until is None
    # Paul typed it at 09:00 in Paris.
    end = utc("2026-12-02 08:00")
    paused = said(PAUL, TUESDAY, "/pause 1j")
    pause = silence_of(paused, now=end - SECOND)
    assert pause is not None
    assert pause.until == end
    assert silence_of(paused, now=end) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([(PAUL, "/mute"), (PAUL, "/resume")], None),
        ([(PAUL, "/resume"), (PAUL, "/mute")], "muted"),
        ([(PAUL, "/mute"), (MEL, "/pause 1j")], "snoozed"),
        ([(MEL, "/pause 9j"), (PAUL, "/mute"), (MEL, "/reprendre")], None),
    ],
)
def test_the_newest_word_counts(words: list[tuple[Person, str]], code: str | None) -> None:
    log = [
        said(who, HOUR_AGO + timedelta(minutes=place), text)
        for place, (who, text) in enumerate(words)
    ]
    found = silence_of(*log)
    assert (found.reason.code if found else None) == code


MONDAY = utc("2026-12-07 08:00")
DUES = {"late": "2026-12-07 07:00", "before": "2026-12-08 08:00"}
"""What makes the one or the other rule speak on that Monday; otherwise due is a week away."""


def at_odds(*wanting: str) -> Card:
    """Return a card on which at ``MONDAY`` all these rules want to ask Mel something."""
    due = next((DUES[each] for each in wanting if each in DUES), "2026-12-14 08:00")
    on = handed(due=utc(due), labels=(IMPORTANT,) if "mid" in wanting else ())
    if "stall" not in wanting:
        # A working day ago: too long for peace from a check-in, not long enough to be stuck.
        on = logged(on, action("updateCheckItemStateOnCard", MEL.member_id, after(4)))
    if "changes" in wanting:
        on = logged(on, action("addAttachmentToCard", STRANGER, after(1), attachment="x"))
    return on


@pytest.mark.parametrize(
    ("wanting", "spoken"),
    [
        (("late",), "due_passed"),
        (("before",), "before_delivery"),
        (("changes",), "changed"),
        (("stall",), "stalled"),
        (("mid",), "mid_course"),
        (("late", "changes", "stall"), "due_passed"),
        (("before", "changes", "stall"), "before_delivery"),
        (("changes", "stall", "mid"), "changed"),
        (("stall", "mid"), "stalled"),
    ],
)
def test_of_several_requests_the_first_in_order_is_made_and_the_others_wait(
    wanting: tuple[str, ...], spoken: str
) -> None:
    on = at_odds(*wanting)
    found = verdicts(on, seen(on, now=MONDAY))
    told = [
        each.reason.code
        for each in found
        if isinstance(each, Planned) and isinstance(each.change, PostComment)
    ]
    waiting = [each for each in found if each.reason.code == "asked_today"]
    assert told == [spoken]
    assert len(waiting) == len(wanting) - 1


def test_what_waits_is_asked_the_next_day_and_lapses_when_its_reason_is_gone() -> None:
    on = at_odds("stall")
    asked_already = logged(on, bot_said(on, "changes", MONDAY, about=an_event(on)))
    tuesday = utc("2026-12-08 05:00")

    def codes(card: Card, now: Instant) -> list[str]:
        found = verdicts(card, seen(card, now=now))
        return [each.reason.code for each in found if each.rule == "stall"]

    assert codes(asked_already, MONDAY + SECOND) == ["asked_today"]
    assert codes(asked_already, tuesday) == ["stalled", "stall_flag"]
    assert codes(logged(asked_already, said(MEL, tuesday - SECOND)), tuesday) == ["moving"]


def test_after_twelve_comments_in_a_day_nothing_more_is_said_until_one_is_a_day_old() -> None:
    many = logged(handed(due=DUE), *(comment(BOT, f"mot {n}", after(minutes=n)) for n in range(20)))
    found = situation(many, now=after(hours=5))
    wait = said_enough(many, found)
    assert wait is not None
    assert wait.until == after(minutes=8) + timedelta(days=1)
    assert wait.reason == Reason("said_enough", {"count": "12"})
    assert said_enough(many, situation(many, now=after(days=2))) is None


def test_a_comment_a_day_old_does_not_count() -> None:
    some = (comment(BOT, f"mot {n}", after(days=n > 0)) for n in range(12))
    many = logged(handed(due=DUE, when=after(days=-9)), *some)
    assert said_enough(many, situation(many, now=after(days=1))) is None


def test_a_rule_that_may_not_speak_any_more_leaves_what_comes_after_its_word() -> None:
    blank = logged(card("à préciser", ""), *(comment(BOT, f"mot {n}", DUE) for n in range(12)))
    found = verdicts(blank, situation(blank, now=DUE + timedelta(hours=1)))
    assert not [each for each in found if isinstance(each, Planned)]
    assert "said_enough" in {each.reason.code for each in found}
