"""Monday is 30 November 2026: Paul works in Paris 9-12 and 14-18, Mel in Antananarivo 8-12, 13-17.

In UTC that is 8-11 and 13-17 for Paul, 5-9 and 10-14 for Mel.
"""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.calendar import NoWorkingTime, weekly
from bot.domain.commands import Verb
from bot.domain.model import Action, Card, Instant, Person
from bot.domain.pauses import Pause, clock_restart, in_force, newest_pause
from bot.domain.tokens import reference, signed
from tests.builders import (
    APP,
    BOT,
    ME,
    MEL,
    PAUL,
    SHARED,
    STRANGER,
    TOM,
    action,
    board,
    card,
    comment,
    logged,
    replace,
    snapshot,
    utc,
)

CARD = card(member_ids=(MEL.member_id,))
NOON = utc("2026-11-30 12:00")
SECOND = timedelta(seconds=1)


def pause_after(*log: Action, to: Card = CARD, **parts: Any) -> Pause | None:
    found = logged(to, *log)
    return newest_pause(found, snapshot(found, **parts))


def typed(text: str, at: Instant = NOON, who: str = PAUL.member_id, **parts: str) -> Action:
    return comment(who, text, at, **parts)


@pytest.mark.parametrize(
    ("who", "text", "at", "until"),
    [
        # At noon in UTC Paul is at lunch and Mel at work.
        (PAUL, "/snooze 1d", "2026-11-30 12:00", "2026-12-01 13:00"),
        (MEL, "/pause 1j", "2026-11-30 12:00", "2026-12-01 12:00"),
        (PAUL, "/snooze 2h", "2026-11-30 12:00", "2026-11-30 15:00"),
        (MEL, "/pause 2h", "2026-11-30 12:00", "2026-12-01 05:00"),
        # At 16:00 Mel's day is over.
        (PAUL, "/snooze 1d", "2026-11-30 16:00", "2026-12-01 16:00"),
        (MEL, "/pause 1j", "2026-11-30 16:00", "2026-12-02 05:00"),
        # Friday over the weekend, and typed on a Saturday.
        (PAUL, "/snooze 1d", "2026-12-04 10:00", "2026-12-07 10:00"),
        (MEL, "/pause 3h", "2026-12-04 13:00", "2026-12-07 07:00"),
        (PAUL, "/snooze une semaine", "2026-12-05 10:00", "2026-12-14 08:00"),
        (MEL, "/pause 30 min", "2026-12-05 10:00", "2026-12-07 05:30"),
    ],
)
def test_a_snooze_counts_in_its_authors_calendar(
    who: Person, text: str, at: str, until: str
) -> None:
    found = pause_after(typed(text, utc(at), who.member_id))
    assert found == Pause(who, Verb.SNOOZE, utc(at), utc(until))
    assert in_force(found, utc(until) - SECOND)
    assert not in_force(found, utc(until))
    assert clock_restart(found, utc(until) - SECOND) is None
    assert clock_restart(found, utc(until)) == utc(until)
    assert clock_restart(found, utc("2027-06-01 12:00")) == utc(until)


def test_a_mute_lasts_for_ever() -> None:
    found = pause_after(typed("/silence"))
    assert found == Pause(PAUL, Verb.MUTE, NOON, None)
    assert in_force(found, utc("2036-11-30 12:00"))
    assert clock_restart(found, utc("2036-11-30 12:00")) is None


def test_a_resume_ends_silence_and_starts_the_clock_at_once() -> None:
    found = pause_after(typed("/mute"), typed("/reprendre", NOON + SECOND, MEL.member_id))
    assert found == Pause(MEL, Verb.RESUME, NOON + SECOND, NOON + SECOND)
    assert not in_force(found, NOON + SECOND)
    assert clock_restart(found, NOON + SECOND) == NOON + SECOND


def test_without_a_command_there_is_no_pause_and_no_clock_starts() -> None:
    assert pause_after() is None
    assert newest_pause(replace(CARD, log=None), snapshot(CARD)) is None
    assert not in_force(None, NOON)
    assert clock_restart(None, NOON) is None


@pytest.mark.parametrize(
    ("texts", "verb"),
    [
        (["/mute", "/snooze 1d"], Verb.SNOOZE),
        (["/snooze 3d", "/mute"], Verb.MUTE),
        (["/mute", "/resume", "/snooze 1h"], Verb.SNOOZE),
        (["/snooze 3d", "/resume"], Verb.RESUME),
        (["/resume", "/resume"], Verb.RESUME),
        (["/mute", "/go", "/why", "/help", "ok"], Verb.MUTE),
        (["/mute", "/snooze", "/resume vite", "/snoze 3d"], Verb.MUTE),
    ],
)
def test_the_newest_that_was_understood_wins(texts: list[str], verb: Verb) -> None:
    log = [typed(text, NOON + n * SECOND) for n, text in enumerate(texts)]
    found = pause_after(*log)
    assert found is not None
    assert found.verb is verb


def test_a_newer_snooze_replaces_a_longer_one_whoever_typed_it() -> None:
    long, short = typed("/snooze 2 weeks"), typed("/pause 1h", NOON + SECOND, MEL.member_id)
    found = pause_after(long, short)
    assert found is not None
    assert (found.by, found.until) == (MEL, utc("2026-11-30 13:00:01"))


@pytest.mark.covers("S5")
@pytest.mark.parametrize(
    "other",
    [
        typed("/mute", who=STRANGER),
        typed("/mute", who=BOT),
        typed("/mute", who=TOM.member_id),
        typed("> /mute"),
        typed("    /mute"),
        typed("```\n/mute\n```"),
        typed("Bonjour\n/mute"),
        action("copyCommentCard", PAUL.member_id, NOON, text="/mute"),
        action("updateCard", PAUL.member_id, NOON, field="desc", text="/mute"),
    ],
)
def test_strangers_the_bot_quotes_and_copies_silence_nothing(other: Action) -> None:
    assert pause_after(other) is None
    earlier = typed("/snooze 1d", NOON - SECOND)
    found = pause_after(earlier, other)
    assert found is not None
    assert found.verb is Verb.SNOOZE


def test_a_former_assistant_has_no_say_and_a_new_one_has() -> None:
    toms = typed("/mute", who=TOM.member_id)
    assert pause_after(toms) is None
    found = pause_after(toms, to=replace(CARD, member_ids=(TOM.member_id,)))
    assert found is not None
    assert found.by == TOM


def test_without_an_assistant_the_owner_is_heard() -> None:
    alone = replace(CARD, member_ids=())
    found = pause_after(typed("/mute"), typed("/resume", who=MEL.member_id), to=alone)
    assert found is not None
    assert found.verb is Verb.MUTE


def test_on_a_shared_account_only_what_the_bot_wrote_is_left_out() -> None:
    by_hand = typed("/mute", app_id="the web client")
    by_application = typed("/mute", app_id=APP)
    signature = reference(CARD.id, "ask")
    by_bot = typed(signed("/resume", signature), NOON + SECOND, app_id=APP)
    for said in (by_hand, by_application):
        found = pause_after(said, by_bot, me=SHARED)
        assert found is not None
        assert (found.by, found.verb) == (PAUL, Verb.MUTE)
    assert pause_after(by_bot, me=SHARED) is None


def test_a_former_account_of_the_bot_silences_nothing() -> None:
    former = replace(ME, accounts=ME.accounts | {TOM.member_id})
    tom_is_on = replace(CARD, member_ids=(TOM.member_id,))
    assert pause_after(typed("/mute", who=TOM.member_id), to=tom_is_on, me=former) is None


def test_a_snooze_in_a_calendar_without_hours_has_no_end() -> None:
    idle = replace(PAUL, calendar=weekly("Europe/Paris", {}))
    with pytest.raises(NoWorkingTime):
        pause_after(typed("/snooze 1d"), boards=(board(owner=idle),))
    assert pause_after(typed("/mute"), boards=(board(owner=idle),)) is not None
