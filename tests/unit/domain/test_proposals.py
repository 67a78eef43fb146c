"""The owner's time counts too: a later date is proposed when a card comes back to Mel after long.

Mel works from 05:00 to 09:00 and from 10:00 to 14:00 UTC; the card is due on Monday 7 December
2026, 14:00 UTC, the end of her day.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.changes import Change, Planned, PostComment, SetDates
from bot.domain.follow_up import Proposal
from bot.domain.model import Action, Card, Person
from bot.domain.proposals import date_changed_since, offer_of
from bot.domain.rules.answers import answers
from bot.domain.tokens import reference
from tests.builders import (
    APP,
    BOT,
    MEL,
    PAUL,
    QUESTIONS,
    REVIEW,
    SHARED,
    TODO,
    comment,
    edit,
    logged,
    person,
    replace,
    utc,
)
from tests.unit.domain.handed import (
    DUE,
    BarePen,
    course,
    desk,
    done_by_bot,
    due_set,
    handed,
    moved,
    passed,
    planned,
    said,
    ticked,
    verdicts_of,
    without,
)

CARD = handed()
MINUTE = timedelta(minutes=1)
ASKED, ANSWERED = utc("2026-12-01 08:00"), utc("2026-12-02 08:00")
NEXT = utc("2026-12-08 14:00")
"""Due and the eight working hours that went by between question and answer."""


def waited(on: Card, asked: datetime, answered: datetime) -> Card:
    """Return the card after a question of Mel's that Paul has answered."""
    return logged(on, said(MEL, asked, "Lequel ?"), said(PAUL, answered, "le premier"))


def posts(subject: Card, now: datetime, **parts: Any) -> list[PostComment]:
    return [
        each for each in planned(answers, subject, now, **parts) if isinstance(each, PostComment)
    ]


def sets(subject: Card, now: datetime, **parts: Any) -> list[Change]:
    return [each for each in planned(answers, subject, now, **parts) if isinstance(each, SetDates)]


def go(at: datetime, who: Person = PAUL, text: str = "/go") -> Action:
    return said(who, at, text)


BACK = waited(CARD, ASKED, ANSWERED)
PROPOSED = passed(answers, BACK, ANSWERED + MINUTE)
POSTED = (PROPOSED.log or ())[-1]
GO_AT = ANSWERED + 60 * MINUTE
SOON = GO_AT + MINUTE
ACCEPTED = logged(PROPOSED, go(GO_AT))


def test_the_owner_is_told_what_the_pause_was_and_which_date_is_fair() -> None:
    *_, found = verdicts_of(answers, BACK, ANSWERED)
    assert isinstance(found, Planned)
    assert found.reason.code == "owner_pause"
    ref = reference(CARD.id, "proposal", (BACK.log or ())[-1].id)
    message = Proposal(PAUL, MEL, timedelta(hours=8), ASKED, ANSWERED, DUE, NEXT)
    assert found.change == PostComment(BarePen().message(message, ref), ref, ("paul",))


@pytest.mark.parametrize(
    ("asked", "answered", "due", "proposed"),
    [
        # A working day or more, to the second, across nights and weekends.
        ("2026-12-01 08:00:00", "2026-12-02 07:59:59", "2026-12-07 14:00", None),
        ("2026-12-01 08:00:00", "2026-12-02 08:00:00", "2026-12-07 14:00", "2026-12-08 14:00"),
        ("2026-12-04 12:00:00", "2026-12-07 11:59:59", "2026-12-10 14:00", None),
        ("2026-12-04 12:00:00", "2026-12-07 12:00:00", "2026-12-10 14:00", "2026-12-11 14:00"),
        # Asked on a Saturday, the day that counts is Monday.
        ("2026-12-05 10:00:00", "2026-12-08 04:59:59", "2026-12-10 14:00", None),
        ("2026-12-05 10:00:00", "2026-12-08 05:00:00", "2026-12-10 14:00", "2026-12-11 14:00"),
        # Five hours of Tuesday, Wednesday, and five of Thursday.
        ("2026-12-01 08:00:00", "2026-12-03 11:00:00", "2026-12-07 14:00", "2026-12-10 07:00"),
        # What is due within a day stays so, and a night moves on to the morning.
        ("2026-12-01 08:00:00", "2026-12-02 08:00:00", "2026-12-07 12:00", "2026-12-08 12:00"),
        ("2026-12-01 08:00:00", "2026-12-02 08:00:00", "2026-12-07 22:00", "2026-12-08 14:00"),
        # Over a weekend.
        ("2026-12-01 08:00:00", "2026-12-02 08:00:00", "2026-12-04 13:00", "2026-12-07 13:00"),
        # Late already, but the new date lies ahead.
        ("2026-12-01 08:00:00", "2026-12-02 08:00:00", "2026-12-01 14:00", "2026-12-02 14:00"),
        ("2026-12-01 08:00:00", "2026-12-02 08:00:00", "2026-12-01 09:00", "2026-12-02 09:00"),
        ("2026-12-01 08:00:00", "2026-12-02 08:00:00", "2026-12-01 08:00", None),
    ],
)
def test_a_pause_of_a_working_day_or_more_is_added_to_due(
    asked: str, answered: str, due: str, proposed: str | None
) -> None:
    subject = waited(replace(CARD, due=utc(due)), utc(asked), utc(answered))
    found = [each.text for each in posts(subject, utc(answered))]
    assert len(found) == (proposed is not None)
    assert all(f"proposed={utc(proposed or due)}" in text for text in found)


def test_the_pause_counts_in_the_assistants_calendar_not_in_the_owners() -> None:
    away = frozenset({ASKED.date()})
    paul = replace(PAUL, calendar=replace(PAUL.calendar, off=away))
    mel = replace(MEL, calendar=replace(MEL.calendar, off=away))
    assert len(posts(BACK, ANSWERED, boards=(desk(owner=paul),))) == 1
    assert posts(BACK, ANSWERED, boards=(desk(assistants=(mel,)),)) == []


@pytest.mark.parametrize("which", ["question list", "review list", "tick", "word"])
def test_however_the_owner_got_the_ball(which: str) -> None:
    by_list = {"question list": QUESTIONS, "review list": REVIEW}
    if which in by_list:
        there = moved(CARD, MEL, by_list[which], ASKED)
        back = moved(there, PAUL, TODO, ANSWERED)
    elif which == "tick":
        back = logged(
            ticked(CARD, "Bloqué : j’ai besoin d’aide", ASKED), said(PAUL, ANSWERED, "voilà")
        )
    else:
        back = logged(CARD, said(MEL, ASKED, "bloqué"), said(PAUL, ANSWERED, "voilà"))
    assert len(posts(back, ANSWERED)) == 1


def test_it_is_proposed_at_any_hour_and_although_somebody_asked_for_silence() -> None:
    at_night = utc("2026-12-03 01:00")
    quiet = logged(BACK, go(ANSWERED + MINUTE, text="/mute"), go(ANSWERED + MINUTE, MEL, "/mute"))
    assert len(posts(quiet, at_night)) == 1


def test_while_the_owner_has_the_ball_nothing_is_proposed() -> None:
    waiting = logged(CARD, said(MEL, ASKED, "Lequel ?"))
    assert [each for each in posts(waiting, ANSWERED) if "Proposal" in each.text] == []
    again = logged(BACK, said(MEL, ANSWERED + MINUTE, "@paul merci"))
    assert posts(again, SOON) == []


def test_the_owners_first_words_after_hand_over_are_no_return() -> None:
    assert posts(logged(CARD, said(PAUL, ANSWERED, "bon courage")), ANSWERED) == []


def test_a_card_without_a_due_or_an_assistant_gets_no_proposal() -> None:
    assert posts(replace(BACK, due=None), ANSWERED) == []
    alone = replace(BACK, member_ids=())
    assert posts(alone, ANSWERED) == []
    assert offer_of(course(alone)) is None


def test_once_proposed_it_is_not_proposed_again() -> None:
    assert planned(answers, PROPOSED, SOON) == []
    assert planned(answers, PROPOSED, SOON + timedelta(days=2)) == []
    deleted = without(PROPOSED, POSTED.id)
    ref = reference(CARD.id, "proposal", (BACK.log or ())[-1].id)
    assert planned(answers, deleted, SOON, remembered=frozenset({ref})) == []
    assert len(posts(deleted, SOON)) == 1


@pytest.mark.parametrize("who", [PAUL, MEL, person("zoe")])
def test_a_date_that_somebody_set_since_the_pause_began_is_left_alone(who: Person) -> None:
    for minutes, proposals in ((-1, 1), (0, 0), (1, 0)):
        set_by = edit(who.member_id, "due", ASKED + minutes * MINUTE, old=None)
        subject = waited(logged(CARD, set_by), ASKED, ANSWERED)
        assert len(posts(subject, ANSWERED)) == proposals
    since = due_set(BACK, DUE + timedelta(days=1), ANSWERED + MINUTE, who=who)
    assert posts(since, SOON) == []


def test_the_date_itself_may_be_the_owners_answer() -> None:
    asked = logged(CARD, said(MEL, ASKED, "Pour quand ?"))
    answered = due_set(asked, DUE + timedelta(days=1), ANSWERED)
    assert course(answered).ball.since == ANSWERED
    assert posts(answered, ANSWERED) == []


def test_another_field_is_not_the_date() -> None:
    subject = logged(BACK, edit(PAUL.member_id, "start", ANSWERED))
    assert len(posts(subject, SOON)) == 1
    assert not date_changed_since(course(subject), ASKED)


def test_a_pause_that_was_followed_by_a_short_one_lapses() -> None:
    later = ANSWERED + timedelta(hours=2)
    twice = waited(BACK, later, later + MINUTE)
    assert posts(twice, later + 2 * MINUTE) == []


def test_go_sets_the_proposed_date_once() -> None:
    (found,) = verdicts_of_change(ACCEPTED)
    assert (found.change, found.reason.code) == (SetDates(NEXT), "go")
    done = done_by_bot(ACCEPTED, [found.change], SOON)
    assert done.due == NEXT
    for at in (SOON, SOON + timedelta(days=1), SOON + timedelta(days=30)):
        assert planned(answers, done, at) == []
    assert planned(answers, logged(done, go(SOON + MINUTE)), SOON + 2 * MINUTE) == []


def verdicts_of_change(subject: Card) -> list[Planned]:
    found = verdicts_of(answers, subject, SOON)
    return [each for each in found if isinstance(each, Planned)]


@pytest.mark.parametrize(
    "typed",
    [
        go(GO_AT, MEL),
        go(GO_AT, person("zoe")),
        go(GO_AT, text="> /go"),
        go(GO_AT, text="/go demain"),
        go(GO_AT, text="oui"),
        comment(BOT, "/go", GO_AT),
        go(ANSWERED),
        go(POSTED.at),
    ],
)
def test_only_a_go_of_the_owners_after_the_proposal_sets_it(typed: Action) -> None:
    log = tuple(sorted((*(PROPOSED.log or ()), typed), key=lambda each: each.at))
    assert planned(answers, replace(PROPOSED, log=log), SOON) == []


@pytest.mark.parametrize(
    ("now", "wanted"),
    [(NEXT - MINUTE, [SetDates(NEXT)]), (NEXT, []), (NEXT + timedelta(days=1), [])],
)
def test_an_accepted_date_that_has_passed_by_now_is_not_set(
    now: datetime, wanted: list[Change]
) -> None:
    assert sets(ACCEPTED, now) == wanted


def test_without_a_go_the_date_stays() -> None:
    assert sets(PROPOSED, DUE) == []


@pytest.mark.parametrize("who", [PAUL, MEL, person("zoe")])
@pytest.mark.parametrize("minutes", [-30, 0, 30])
def test_a_date_that_a_person_set_after_the_proposal_is_not_overwritten(
    who: Person, minutes: int
) -> None:
    other = due_set(PROPOSED, DUE + timedelta(days=3), GO_AT + minutes * MINUTE, who=who)
    log = sorted((*(other.log or ()), go(GO_AT)), key=lambda each: each.at)
    assert planned(answers, replace(other, log=tuple(log)), GO_AT + timedelta(hours=1)) == []


def test_a_go_counts_while_the_owner_has_the_ball_again() -> None:
    delivered = moved(ACCEPTED, MEL, REVIEW, SOON)
    assert sets(delivered, SOON + MINUTE) == [SetDates(NEXT)]
    asked = logged(ACCEPTED, said(MEL, SOON, "@paul merci"))
    assert sets(asked, SOON + MINUTE) == [SetDates(NEXT)]


def test_a_proposal_that_was_deleted_cannot_be_accepted() -> None:
    deleted = without(ACCEPTED, POSTED.id)
    ref = reference(CARD.id, "proposal", (BACK.log or ())[-1].id)
    assert planned(answers, deleted, SOON, remembered=frozenset({ref})) == []


AGAIN, BACK_AGAIN = utc("2026-12-03 08:00"), utc("2026-12-04 12:00")
ELEVEN_HOURS_LATER = utc("2026-12-09 08:00")
AND_EIGHT_BEFORE = utc("2026-12-10 08:00")


def test_of_two_proposals_go_accepts_the_newest() -> None:
    twice = passed(answers, waited(PROPOSED, AGAIN, BACK_AGAIN), BACK_AGAIN + MINUTE)
    assert planned(answers, twice, BACK_AGAIN + 2 * MINUTE) == []
    accepted = logged(twice, go(BACK_AGAIN + 2 * MINUTE))
    now = BACK_AGAIN + 3 * MINUTE
    assert planned(answers, accepted, now) == [SetDates(ELEVEN_HOURS_LATER)]
    assert planned(answers, passed(answers, accepted, now), now) == []


def test_an_older_go_does_not_accept_a_newer_proposal() -> None:
    done = passed(answers, ACCEPTED, SOON)
    twice = passed(answers, waited(done, AGAIN, BACK_AGAIN), BACK_AGAIN + MINUTE)
    (message,) = [each for each in twice.log or () if f"proposed={AND_EIGHT_BEFORE}" in each.text]
    assert f"due={NEXT}" in message.text
    assert planned(answers, twice, BACK_AGAIN + 2 * MINUTE) == []
    accepted = logged(twice, go(BACK_AGAIN + 2 * MINUTE))
    assert sets(accepted, BACK_AGAIN + 3 * MINUTE) == [SetDates(AND_EIGHT_BEFORE)]


def test_on_a_shared_account_the_bots_own_date_and_proposal_are_no_acts_of_the_owner() -> None:
    def by_account(each: Action) -> Action:
        return (
            replace(each, member_id=PAUL.member_id, app_id=APP) if each.member_id == BOT else each
        )

    shared = replace(ACCEPTED, log=tuple(map(by_account, ACCEPTED.log or ())))
    assert sets(shared, SOON, me=SHARED) == [SetDates(NEXT)]
    set_by_bot = edit(PAUL.member_id, "due", SOON, app_id=APP)
    assert sets(logged(replace(shared, due=NEXT), set_by_bot), SOON + MINUTE, me=SHARED) == []
