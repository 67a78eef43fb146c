from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.acts import (
    bot_comments,
    comment_with,
    comments_of,
    is_act,
    is_bots,
    last_touch,
    learned_app,
    limit_days,
    people_actions,
    references_on,
)
from bot.domain.model import Action, Identity
from bot.domain.tokens import TokenKind, reference, signed
from tests.builders import (
    APP,
    BOT,
    LONG_AGO,
    ME,
    MEL,
    NOW,
    PAUL,
    SHARED,
    STRANGER,
    TOM,
    action,
    an_id,
    board,
    card,
    comment,
    edit,
    logged,
    move,
    person,
    snapshot,
    utc,
)

CARD = card()
ASK = signed("?", reference(CARD.id, "ask"))


@pytest.mark.parametrize(
    "entry",
    [
        *(edit(PAUL.member_id, name, NOW) for name in ("name", "desc", "due", "start")),
        *(edit(PAUL.member_id, name, NOW) for name in ("dueComplete", "closed", "idList")),
        comment(PAUL.member_id, "ok", NOW),
        *(
            action(name, PAUL.member_id, NOW)
            for name in (
                *("updateCheckItemStateOnCard", "addChecklistToCard", "removeChecklistFromCard"),
                *("addAttachmentToCard", "deleteAttachmentFromCard"),
                *("addMemberToCard", "removeMemberFromCard", "moveCardToBoard"),
            )
        ),
    ],
    ids=lambda entry: f"{entry.type} {entry.field}",
)
def test_these_are_acts(entry: Action) -> None:
    assert is_act(entry)


@pytest.mark.parametrize(
    "entry",
    [
        *(edit(PAUL.member_id, name, NOW) for name in ("pos", "idLabels", "dueReminder")),
        edit(PAUL.member_id, "idAttachmentCover", NOW),
        *(action(name, PAUL.member_id, NOW) for name in ("copyCommentCard", "voteOnCard")),
    ],
    ids=lambda entry: f"{entry.type} {entry.field}",
)
def test_position_labels_cover_reminders_votes_and_copied_comments_are_none(entry: Action) -> None:
    assert not is_act(entry)


def test_a_question_about_the_limit_bears_the_owners_date_of_its_plan() -> None:
    in_tokyo = replace(
        board(), owner=replace(PAUL, calendar=replace(PAUL.calendar, zone="Asia/Tokyo"))
    )
    assert limit_days(board(), utc("2026-11-30 22:59")) == ("2026-11-30", "2026-11-29")
    assert limit_days(board(), utc("2026-11-30 23:00")) == ("2026-12-01", "2026-11-30")
    assert limit_days(in_tokyo, utc("2026-11-30 15:00")) == ("2026-12-01", "2026-11-30")


def test_a_comment_of_the_bot_may_bear_these_references_and_no_others() -> None:
    former = an_id("left the file, not the board")
    gone, busy = an_id("left the board, not the card"), an_id("left both, but was active")
    full = logged(replace(CARD, member_ids=(gone,)), comment(busy, "ok", NOW))
    known = references_on(full, board(member_ids=frozenset({former})), NOW)
    wanted: list[tuple[TokenKind, str]] = [
        *(("ask", "once"), ("triage", "once")),
        *(("hand-over", each) for each in (MEL.member_id, TOM.member_id, former, gone, busy)),
        *(("limit", "2026-11-30"), ("limit", "2026-11-29")),
    ]
    assert known == {reference(CARD.id, each, occurrence) for each, occurrence in wanted}


FORMER = an_id("former bot")


@pytest.mark.parametrize(
    ("entry", "me", "ours"),
    [
        (comment(BOT, "?", NOW), ME, True),
        (edit(BOT, "desc", NOW), ME, True),
        (comment(PAUL.member_id, ASK, NOW), ME, False),
        (comment(STRANGER, ASK, NOW), ME, False),
        (comment(FORMER, "?", NOW), replace(ME, accounts=frozenset({BOT, FORMER})), True),
        (comment(FORMER, "?", NOW), ME, False),
        (comment(PAUL.member_id, ASK, NOW, app_id=APP), SHARED, True),
        (comment(PAUL.member_id, ASK, NOW), SHARED, False),
        (comment(PAUL.member_id, ASK, NOW, app_id="a phone"), SHARED, False),
        (comment(PAUL.member_id, "fait", NOW, app_id=APP), SHARED, False),
        (comment(PAUL.member_id, signed("?", "a" * 10), NOW, app_id=APP), SHARED, False),
        (edit(PAUL.member_id, "desc", NOW, app_id=APP), SHARED, True),
        (edit(PAUL.member_id, "desc", NOW), SHARED, False),
        (edit(PAUL.member_id, "desc", NOW), replace(SHARED, app_id=None), False),
        (comment(PAUL.member_id, ASK, NOW), replace(SHARED, app_id=None), False),
        (comment(BOT, "?", NOW), replace(SHARED, accounts=frozenset({PAUL.member_id, BOT})), True),
    ],
)
def test_on_a_shared_account_only_valid_references_and_the_bots_application_are_the_bots(
    entry: Action, me: Identity, ours: bool
) -> None:
    assert is_bots(entry, CARD, board(), me) is ours


def test_a_reference_of_another_card_counts_for_nothing_on_a_shared_account() -> None:
    # C5: a comment that somebody copied by hand from the card it was written for.
    copied = comment(PAUL.member_id, ASK, NOW, app_id=APP)
    assert not is_bots(copied, card("autre"), board(), SHARED)


def test_the_application_is_learned_from_the_oldest_comment_with_a_valid_reference() -> None:
    young = comment(PAUL.member_id, ASK, NOW, app_id="young")
    old = comment(PAUL.member_id, ASK, LONG_AGO, app_id="old")
    cards = (
        logged(CARD, young),
        logged(
            card("autre"), replace(old, text=signed("?", reference(card("autre").id, "triage")))
        ),
    )
    assert learned_app(snapshot(*cards, me=SHARED)) == "old"


@pytest.mark.parametrize(
    "entry",
    [
        comment(PAUL.member_id, "sans signature", NOW, app_id="x"),
        comment(PAUL.member_id, ASK, NOW),
        comment(STRANGER, ASK, NOW, app_id="x"),
        edit(PAUL.member_id, "desc", NOW, app_id="x", old="rien"),
        edit(PAUL.member_id, "name", NOW, app_id="x"),
    ],
)
def test_nothing_is_learned_from_anything_else(entry: Action) -> None:
    assert learned_app(snapshot(logged(CARD, entry), card("non lue", log=None), me=SHARED)) is None


def test_the_application_is_learned_from_the_write_that_brought_the_brief() -> None:
    brief = signed("un brief", reference(CARD.id, "brief"))
    writes = (
        edit(PAUL.member_id, "desc", LONG_AGO, app_id="a phone", old=""),
        edit(PAUL.member_id, "desc", NOW, app_id="the bot", old="notes"),
        edit(PAUL.member_id, "desc", NOW, app_id="a phone", old=brief),
    )
    full = logged(replace(CARD, desc=f"relu\n{brief}"), *writes)
    assert learned_app(snapshot(full, me=SHARED)) == "the bot"
    later_edit = logged(replace(CARD, desc=f"relu\n{brief}"), writes[-1])
    assert learned_app(snapshot(later_edit, me=SHARED)) is None


def test_a_comment_is_found_by_its_reference_the_oldest_first() -> None:
    pasted = comment(PAUL.member_id, ASK, LONG_AGO)
    first, second = comment(BOT, ASK, NOW), comment(BOT, ASK, NOW + timedelta(minutes=1))
    full = logged(CARD, pasted, comment(BOT, "autre", NOW), first, second)
    found = snapshot(full)
    assert comment_with(full, reference(CARD.id, "ask"), found) == first
    assert comment_with(full, reference(CARD.id, "triage"), found) is None
    assert [each.text for each in bot_comments(full, found)] == ["autre", ASK, ASK]
    assert comment_with(card(log=None), reference(CARD.id, "ask"), found) is None


def test_people_are_told_apart_from_the_bot_and_from_each_other() -> None:
    copied = action("copyCommentCard", PAUL.member_id, NOW, text="copié")
    said, heard = comment(PAUL.member_id, "dit", NOW), comment(MEL.member_id, "oui", NOW)
    full = logged(CARD, comment(BOT, ASK, NOW), copied, said, heard, edit(BOT, "desc", NOW))
    found = snapshot(full)
    assert list(people_actions(full, found)) == [copied, said, heard]
    assert list(comments_of(PAUL.member_id, full, found)) == [said]
    assert list(people_actions(card(log=None), found)) == []


def test_any_touch_by_a_person_counts_and_none_by_the_bot() -> None:
    minute = timedelta(minutes=1)
    touched = logged(CARD, edit(PAUL.member_id, "pos", NOW), comment(BOT, ASK, NOW + minute))
    assert last_touch(touched, snapshot(touched)) == NOW
    assert last_touch(CARD, snapshot(CARD)) == CARD.created


def test_moves_by_somebody_unknown_are_a_persons() -> None:
    moved = logged(CARD, move(person("zoe").member_id, "a", "b", NOW))
    assert last_touch(moved, snapshot(moved)) == NOW
