from datetime import timedelta

import pytest

from bot.domain.acts import (
    addresses,
    bears_reference,
    bot_comments,
    comment_with,
    comments_of,
    is_act,
    is_bots,
    last_touch,
    learned_app,
    newest_act,
    people_actions,
    stands,
)
from bot.domain.model import Action, Identity
from bot.domain.tokens import reference, signed
from bot.domain.traces import dashboard_reference
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
    action,
    an_id,
    board,
    card,
    comment,
    edit,
    logged,
    move,
    person,
    replace,
    snapshot,
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


@pytest.mark.covers("K3")
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


@pytest.mark.covers("C5")
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
    nameless = logged(CARD, replace(old, app_id=None), young)
    assert learned_app(snapshot(nameless, me=SHARED)) == "young"


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


@pytest.mark.parametrize("ref", [reference(CARD.id, "brief"), dashboard_reference(CARD.id)])
def test_the_application_is_learned_from_the_write_that_brought_brief_or_dashboard(
    ref: str,
) -> None:
    brief = signed("un brief", ref)
    writes = (
        edit(PAUL.member_id, "desc", LONG_AGO, app_id="a phone", old=""),
        edit(PAUL.member_id, "desc", NOW, app_id="the bot", old="notes"),
        edit(PAUL.member_id, "name", NOW, app_id="a phone", old="titre"),
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


def test_on_a_shared_account_a_text_is_found_by_its_reference_and_application_alone() -> None:
    # What it answers may be gone from the log: the reference asked for is proof enough.
    ref = reference(CARD.id, "pass", "a deleted comment")
    ours = comment(PAUL.member_id, signed("?", ref), NOW, app_id=APP)
    pasted = replace(ours, app_id="a phone")
    for entry, found in ((ours, ours), (pasted, None), (replace(ours, text=ref), None)):
        full = logged(CARD, entry)
        assert comment_with(full, ref, snapshot(full, me=SHARED)) == found
    assert not bears_reference(ours, logged(CARD, ours), board())


ORPHAN = comment(
    PAUL.member_id,
    signed("@paul lequel ?", reference(CARD.id, "pass", "a deleted comment")),
    NOW,
    app_id=APP,
)
"""The bot's word, on Paul's account, about a comment that its author has deleted."""


def test_on_a_shared_account_a_word_about_what_was_deleted_is_nobodys() -> None:
    full = logged(CARD, ORPHAN)
    found = snapshot(full, me=SHARED)
    assert list(people_actions(full, found)) == []
    assert list(comments_of(PAUL.member_id, full, found)) == []
    assert list(bot_comments(full, found)) == []
    assert newest_act(PAUL.member_id, full, found) is None
    assert last_touch(full, found) == CARD.created


@pytest.mark.parametrize(
    ("entry", "me"),
    [
        (replace(ORPHAN, app_id="a phone"), SHARED),
        (replace(ORPHAN, app_id=None), SHARED),
        (ORPHAN, replace(SHARED, app_id=None)),
        (ORPHAN, ME),
        (replace(ORPHAN, member_id=MEL.member_id), SHARED),
        (replace(ORPHAN, text="lequel ?"), SHARED),
        (replace(ORPHAN, text=f"{ORPHAN.text}\nmerci"), SHARED),
    ],
)
def test_whatever_a_person_may_have_typed_or_pasted_is_theirs(entry: Action, me: Identity) -> None:
    full = logged(CARD, entry)
    assert list(people_actions(full, snapshot(full, me=me))) == [entry]


def test_a_text_stands_when_it_is_on_the_card_or_remembered() -> None:
    ref = reference(CARD.id, "ask")
    asked = logged(CARD, comment(BOT, ASK, NOW))
    assert stands(asked, ref, snapshot(asked))
    assert stands(CARD, ref, snapshot(CARD, remembered=frozenset({ref})))
    assert not stands(CARD, ref, snapshot(CARD, remembered=frozenset({"another"})))
    assert not stands(logged(CARD, comment(MEL.member_id, ASK, NOW)), ref, snapshot(CARD))


def test_the_newest_act_of_a_person_is_theirs_and_an_act() -> None:
    minute = timedelta(minutes=1)
    old, new = comment(MEL.member_id, "oui", NOW), edit(MEL.member_id, "name", NOW + minute)
    pushed = edit(MEL.member_id, "pos", NOW + 2 * minute)
    other = comment(PAUL.member_id, "bien", NOW + 3 * minute)
    full = logged(CARD, old, new, pushed, other, comment(BOT, ASK, NOW + 4 * minute))
    assert newest_act(MEL.member_id, full, snapshot(full)) == new
    assert newest_act(PAUL.member_id, full, snapshot(full)) == other
    assert newest_act(BOT, full, snapshot(full)) is None
    assert newest_act(STRANGER, full, snapshot(full)) is None


@pytest.mark.parametrize(
    ("text", "to_mel"),
    [
        *(("@mel bonjour", True), ("  @mel, bonjour", True), ("@MEL\nbonjour", True)),
        *(("@mel", True), ("@mel.", True), ("@mel: dit @paul", True)),
        *(("@melanie bonjour", False), ("@mel_2", False), ("@mel-2", False), ("@mel2", False)),
        *(("bonjour @mel", False), ("mel", False), ("@paul dit @mel", False), ("", False)),
    ],
)
def test_a_comment_speaks_to_the_one_whom_its_first_word_mentions(text: str, to_mel: bool) -> None:
    assert addresses(comment(BOT, text, NOW), MEL) is to_mel


def test_a_name_in_capitals_is_mentioned_in_any_case() -> None:
    assert addresses(comment(BOT, "@mel bonjour", NOW), replace(MEL, username="Mel"))
