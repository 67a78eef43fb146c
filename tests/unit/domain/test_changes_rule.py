"""changes: what others changed after hand-over is told to the assistant, once.

Mel works from 05:00 to 09:00 and from 10:00 to 14:00 UTC.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.changes import Planned, PostComment, Reason, Skip
from bot.domain.follow_up import AttachmentsChanged, Changed, Difference, DueChanged
from bot.domain.model import Action, Card, Person
from bot.domain.rules.changes import changes
from bot.domain.tokens import TokenKind, reference
from tests.builders import (
    BOT,
    DONE,
    HOLD,
    MEL,
    PAUL,
    REVIEW,
    TOM,
    action,
    edit,
    logged,
    person,
    replace,
    utc,
)
from tests.unit.domain.handed import (
    DUE,
    BarePen,
    after,
    bot_said,
    comments,
    due_set,
    handed,
    moved,
    passed,
    said,
    skipped,
    skips,
    verdicts_of,
    without,
)

CARD = handed()
ZOE = person("zoe")
TUESDAY = utc("2026-12-01 07:00")
QUIET = timedelta(minutes=10)
NOW = TUESDAY + QUIET
SECOND = timedelta(seconds=1)
LATER = utc("2026-12-09 14:00")
NEW_DUE: tuple[Difference, ...] = (DueChanged(DUE, LATER),)


def attached(name: str, at: datetime = TUESDAY, who: Person = PAUL) -> Action:
    return action("addAttachmentToCard", who.member_id, at, attachment=name)


def detached(name: str, at: datetime = TUESDAY, who: Person = PAUL) -> Action:
    return action("deleteAttachmentFromCard", who.member_id, at, attachment=name)


def described(on: Card, text: str, at: datetime = TUESDAY, who: Person = PAUL) -> Card:
    return logged(replace(on, desc=text), edit(who.member_id, "desc", at, old=on.desc))


def told(on: Card, now: datetime = NOW) -> str:
    (found,) = comments(changes, on, now)
    return found.text


MOVED_DUE = due_set(CARD, LATER, TUESDAY)


def test_the_assistant_is_told_what_changed() -> None:
    ref = reference(CARD.id, "changes", (MOVED_DUE.log or ())[-1].id)
    text = BarePen().message(Changed(MEL, NEW_DUE), ref)
    reason = Reason("changed", {"count": "1", "person": "Mel"})
    assert verdicts_of(changes, MOVED_DUE, NOW) == [
        Planned("changes", CARD.id, PostComment(text, ref, ("mel",)), reason)
    ]


@pytest.mark.parametrize("who", [PAUL, ZOE, TOM])
@pytest.mark.parametrize(
    "change",
    [
        lambda who: due_set(CARD, LATER, TUESDAY, who=who),
        lambda who: due_set(CARD, None, TUESDAY, who=who),
        lambda who: described(CARD, "Autre chose.", who=who),
        lambda who: logged(CARD, attached("a.pdf", who=who)),
        lambda who: logged(CARD, detached("a.pdf", who=who)),
    ],
    ids=["due", "no due", "description", "attached", "detached"],
)
def test_description_due_and_attachments_are_told_whoever_else_changed_them(
    who: Person, change: Any
) -> None:
    assert len(comments(changes, change(who), NOW)) == 1


@pytest.mark.parametrize(
    "subject",
    [
        CARD,
        due_set(CARD, LATER, TUESDAY, who=MEL),
        described(CARD, "Autre chose.", who=MEL),
        logged(CARD, attached("a.pdf", who=MEL)),
        logged(CARD, detached("a.pdf", who=MEL)),
        logged(replace(CARD, due=LATER), edit(BOT, "due", TUESDAY, old=f"{DUE:%FT%T.000Z}")),
        logged(replace(CARD, desc="Autre chose."), edit(BOT, "desc", TUESDAY, old=CARD.desc)),
        *(
            logged(CARD, edit(PAUL.member_id, field, TUESDAY, old="avant"))
            for field in ("name", "start", "dueComplete", "pos", "idLabels")
        ),
        *(
            logged(CARD, action(kind, PAUL.member_id, TUESDAY))
            for kind in ("addChecklistToCard", "addMemberToCard", "updateCheckItemStateOnCard")
        ),
        logged(CARD, said(PAUL, TUESDAY, "à mardi")),
    ],
)
def test_what_the_assistant_or_the_bot_did_and_other_changes_are_not_told(subject: Card) -> None:
    assert skipped(changes, subject, NOW) == ["nothing_changed"]


def test_what_was_changed_up_to_the_hand_over_is_not_told() -> None:
    for minutes, code in ((-5, ["nothing_changed"]), (0, ["nothing_changed"]), (1, [])):
        early = due_set(replace(CARD, log=()), LATER, after(minutes=minutes))
        log = sorted((*(CARD.log or ()), *(early.log or ())), key=lambda each: each.at)
        assert skipped(changes, replace(early, log=tuple(log)), NOW) == code


@pytest.mark.parametrize(
    "net_nothing",
    [
        due_set(MOVED_DUE, DUE, TUESDAY + SECOND),
        described(described(CARD, "Autre."), CARD.desc, TUESDAY + SECOND, ZOE),
        described(CARD, f"\n{CARD.desc} \n\n"),
        logged(CARD, attached("a"), detached("a", TUESDAY + SECOND)),
        logged(CARD, detached("a"), attached("a", TUESDAY + SECOND, ZOE)),
    ],
)
def test_what_was_changed_back_is_not_told(net_nothing: Card) -> None:
    assert skipped(changes, net_nothing, NOW + QUIET) == ["nothing_changed"]


def test_only_the_net_difference_is_told() -> None:
    twice = due_set(MOVED_DUE, utc("2026-12-10 14:00"), TUESDAY + SECOND, who=ZOE)
    renamed = logged(twice, edit(PAUL.member_id, "name", TUESDAY, old="avant"))
    both = logged(renamed, attached("a"), attached("b"), detached("a"))
    found = (DueChanged(DUE, utc("2026-12-10 14:00")), AttachmentsChanged(("b",), ()))
    (planned,) = verdicts_of(changes, both, NOW + SECOND)
    assert isinstance(planned, Planned)
    assert planned.reason.values["count"] == "5"
    ref = reference(CARD.id, "changes", (both.log or ())[-1].id)
    assert planned.change == PostComment(BarePen().message(Changed(MEL, found), ref), ref, ("mel",))


@pytest.mark.parametrize(
    "touch",
    [
        edit(PAUL.member_id, "pos", TUESDAY + QUIET),
        edit(MEL.member_id, "idLabels", TUESDAY + QUIET),
        said(ZOE, TUESDAY + QUIET),
    ],
)
def test_nobody_may_have_touched_the_card_for_ten_minutes(touch: Action) -> None:
    until = TUESDAY + QUIET
    still = Skip("changes", CARD.id, Reason("still_changing"), until)
    assert verdicts_of(changes, MOVED_DUE, until - SECOND) == [still]
    assert len(comments(changes, MOVED_DUE, until)) == 1
    touched = logged(MOVED_DUE, touch)
    assert skips(changes, touched, until)[0].until == until + QUIET
    assert len(comments(changes, touched, until + QUIET)) == 1
    assert len(comments(changes, logged(MOVED_DUE, edit(BOT, "pos", until)), until)) == 1


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-12-01 13:49:59", None),
        ("2026-12-01 13:50:00", "2026-12-02 05:00"),
        ("2026-12-01 08:55:00", "2026-12-01 10:00"),
        ("2026-12-04 13:55:00", "2026-12-07 05:00"),
        ("2026-12-05 10:00:00", "2026-12-07 05:00"),
        ("2026-12-01 04:50:00", None),
    ],
)
def test_it_comes_in_the_assistants_working_time_only(at: str, until: str | None) -> None:
    changed = due_set(CARD, LATER, utc(at))
    now = utc(at) + QUIET
    if until is None:
        assert len(comments(changes, changed, now)) == 1
        return
    (found,) = skips(changes, changed, now)
    assert found == Skip("changes", CARD.id, Reason("outside_hours", {"person": "Mel"}), utc(until))
    assert len(comments(changes, changed, utc(until))) == 1


@pytest.mark.parametrize("kind", ["check-in", "late", "stall", "changes"])
def test_after_another_request_of_the_day_it_waits_for_the_next(kind: TokenKind) -> None:
    about = {"check-in": f"{DUE:%FT%TZ} 1d", "late": f"{DUE:%FT%TZ}"}
    asked = bot_said(CARD, kind, TUESDAY - SECOND, about=about.get(kind, "once"))
    subject = logged(CARD, asked, *(MOVED_DUE.log or ())[-1:])
    (found,) = skips(changes, replace(subject, due=LATER), NOW)
    assert found == Skip(
        "changes", CARD.id, Reason("asked_today", {"person": "Mel"}), utc("2026-12-02 05:00")
    )
    assert len(comments(changes, replace(subject, due=LATER), utc("2026-12-02 05:00"))) == 1


def test_answers_to_acts_and_requests_to_others_do_not_count_as_the_days_request() -> None:
    earlier = (
        bot_said(CARD, "reply", TUESDAY - SECOND),
        bot_said(CARD, "stall", TUESDAY - SECOND, to=PAUL),
        bot_said(CARD, "stall", utc("2026-11-30 20:59")),
    )
    subject = logged(replace(CARD, due=LATER), *earlier, *(MOVED_DUE.log or ())[-1:])
    assert len(comments(changes, subject, NOW)) == 1


@pytest.mark.parametrize(
    ("who", "text", "code", "until"),
    [
        (PAUL, "/mute", "muted", None),
        (PAUL, "/pause 1j", "snoozed", utc("2026-12-02 08:00")),
        (PAUL, "/pause 2h", "snoozed", utc("2026-12-01 10:00")),
        (MEL, "/silence", None, None),
        (MEL, "/pause 3j", None, None),
        (ZOE, "/mute", None, None),
        (PAUL, "/resume", None, None),
    ],
)
def test_an_owners_silence_covers_it_and_an_assistants_does_not(
    who: Person, text: str, code: str | None, until: datetime | None
) -> None:
    found = skips(changes, logged(MOVED_DUE, said(who, TUESDAY, text)), NOW)
    if code is None:
        assert found == []
    else:
        assert found == [Skip("changes", CARD.id, Reason(code, {"person": "Paul"}), until)]


def test_it_is_told_once_and_new_changes_again() -> None:
    once = passed(changes, MOVED_DUE, NOW)
    assert skipped(changes, once, NOW + SECOND) == ["nothing_changed"]
    assert skipped(changes, once, NOW + timedelta(days=3)) == ["nothing_changed"]
    next_day = TUESDAY + timedelta(days=1)
    later_still = utc("2026-12-11 14:00")
    again = due_set(once, later_still, next_day)
    assert f"differences={(DueChanged(LATER, later_still),)}" in told(again, next_day + QUIET)
    # Back to what it was at first is a change too, once the other date was told.
    back = due_set(once, DUE, next_day)
    assert f"differences={(DueChanged(LATER, DUE),)}" in told(back, next_day + QUIET)
    other = logged(once, attached("a", next_day))
    assert f"differences={(AttachmentsChanged(('a',), ()),)}" in told(other, next_day + QUIET)


def test_a_comment_that_a_person_deleted_is_not_posted_again_while_remembered() -> None:
    once = passed(changes, MOVED_DUE, NOW)
    deleted = without(once, (once.log or ())[-1].id)
    known = frozenset({reference(CARD.id, "changes", (MOVED_DUE.log or ())[-1].id)})
    assert skipped(changes, deleted, NOW, remembered=known) == ["nothing_changed"]
    assert len(comments(changes, deleted, NOW)) == 1


def test_a_field_that_the_assistant_has_edited_since_is_known_to_them() -> None:
    by_mel = due_set(MOVED_DUE, utc("2026-12-10 14:00"), TUESDAY + SECOND, who=MEL)
    assert skipped(changes, by_mel, NOW + SECOND) == ["nothing_changed"]
    both = described(by_mel, "Autre chose.", TUESDAY + 2 * SECOND)
    assert "DueChanged" not in told(both, NOW + 2 * SECOND)
    other = logged(MOVED_DUE, attached("a", TUESDAY + SECOND, MEL))
    assert f"differences={NEW_DUE}" in told(other, NOW + SECOND)
    renamed = logged(other, edit(MEL.member_id, "name", TUESDAY + SECOND))
    assert f"differences={NEW_DUE}" in told(renamed, NOW + SECOND)
    attached_by_both = logged(CARD, attached("a"), attached("b", TUESDAY + SECOND, MEL))
    wanted = f"differences={(AttachmentsChanged(('a',), ()),)}"
    assert wanted in told(attached_by_both, NOW + SECOND)


def test_while_the_owner_has_the_ball_it_waits() -> None:
    asked = logged(MOVED_DUE, said(MEL, TUESDAY + SECOND, "Lequel ?"))
    assert skipped(changes, asked, NOW + SECOND) == ["ball_with_owner"]
    answered = logged(asked, said(PAUL, TUESDAY + 2 * SECOND, "le premier"))
    assert f"differences={NEW_DUE}" in told(answered, NOW + 2 * SECOND)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"list_id": DONE}, "done"),
        ({"due_complete": True}, "done"),
        ({"closed": True}, "archived"),
        ({"label_ids": CARD.label_ids | {HOLD}}, "held"),
        ({"label_ids": frozenset()}, "not_delegated"),
        ({"member_ids": ()}, "ball_with_owner"),
        ({"log": None}, "log_unread"),
        ({"log": (), "desc": ""}, "not_handed_over"),
    ],
)
def test_these_cards_are_left_alone(parts: dict[str, Any], code: str) -> None:
    assert skipped(changes, replace(MOVED_DUE, **parts), NOW) == [code]


def test_in_a_review_list_the_assistant_is_left_in_peace() -> None:
    delivered = moved(MOVED_DUE, MEL, REVIEW, TUESDAY + SECOND)
    assert skipped(changes, delivered, NOW + SECOND) == ["delivered"]
