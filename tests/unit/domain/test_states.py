from datetime import timedelta
from typing import Any

import msgspec
import pytest

from bot.domain.commands import is_go
from bot.domain.model import OUTLINE, Card, LabelRoles
from bot.domain.states import (
    State,
    concerns_bot,
    ever_handed_over,
    go_after,
    handed_over_to,
    is_flagged,
    is_handed_over,
    silence,
    state_of,
    waits_for_triage,
)
from bot.domain.tokens import reference, signed
from bot.domain.written import brief_reference
from tests.builders import (
    BOT,
    CORE,
    DELEGATE,
    DONE,
    HOLD,
    IDEAS,
    MEL,
    NOW,
    PAUL,
    REVIEW,
    STALLED,
    STRANGER,
    TOM,
    an_id,
    board,
    card,
    comment,
    logged,
    portfolio,
    replace,
    snapshot,
)
from tests.unit.domain.handed import brief_of

CARD = card()
MINUTE = timedelta(minutes=1)


def told(to: Card, member_id: str) -> Card:
    return logged(to, comment(BOT, signed("à vous", reference(to.id, "hand-over", member_id)), NOW))


def asked(to: Card) -> Card:
    return logged(to, comment(BOT, signed("?", reference(to.id, "ask")), NOW))


OUTLINED = msgspec.structs.replace(CARD, label_ids=frozenset({STALLED}), contents=OUTLINE)
"""A card that matters to no rule: nothing that stands on it is kept."""
BRIEFED = replace(CARD, desc=signed("brief", brief_reference(CARD.id)))
COPIED = replace(CARD, desc=brief_of(an_id("another card"), MEL, "3h", ("lire",), "generic"))
MINE = {"member_ids": (MEL.member_id,)}


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (replace(CARD, label_ids=frozenset()), State.NOT_DELEGATED),
        (CARD, State.REQUESTED),
        (asked(CARD), State.INCOMPLETE),
        (told(CARD, MEL.member_id), State.HANDED_OVER),
        (replace(BRIEFED, **MINE), State.HANDED_OVER),
        (BRIEFED, State.REQUESTED),
        (replace(COPIED, **MINE), State.REQUESTED),
        (told(replace(CARD, list_id=REVIEW), MEL.member_id), State.DELIVERED),
        (told(replace(CARD, list_id=DONE), MEL.member_id), State.DONE),
        (told(replace(CARD, due_complete=True), MEL.member_id), State.DONE),
        (told(replace(CARD, closed=True), MEL.member_id), State.DONE),
    ],
)
def test_the_state_is_derived_from_what_the_card_shows(found: Card, state: State) -> None:
    assert state_of(found, snapshot(found)) is state


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"closed": True}, "archived"),
        ({"list_id": an_id("archived list")}, "list_archived"),
        ({"is_template": True}, "template_card"),
        ({"role": "separator"}, "card_role"),
        ({"list_id": IDEAS}, "ignored_list"),
        ({"label_ids": frozenset({CORE})}, "not_delegated"),
        ({"label_ids": frozenset({DELEGATE, HOLD})}, "held"),
        ({"log": None}, "log_unread"),
        ({}, None),
        ({"list_id": REVIEW}, None),
        ({"due_complete": True}, None),
    ],
)
def test_every_rule_leaves_these_cards_alone_and_says_why(
    parts: dict[str, Any], code: str | None
) -> None:
    found = replace(CARD, **parts)
    reason = silence(found, snapshot(found))
    assert (reason.code if reason else None) == code


def test_the_portfolio_card_and_boards_without_the_label_are_left_alone() -> None:
    labelled = portfolio(label_ids=frozenset({DELEGATE}))
    reason = silence(labelled, snapshot(labelled))
    assert reason is not None
    assert reason.code == "portfolio_card"
    bare = snapshot(CARD, boards=(board(labels=LabelRoles()),))
    reason = silence(CARD, bare)
    assert reason is not None
    assert reason.code == "no_delegate_label"
    assert state_of(CARD, bare) is State.NOT_DELEGATED


@pytest.mark.parametrize(
    ("found", "flagged", "concerned"),
    [
        (OUTLINED, False, False),
        (CARD, False, True),
        (BRIEFED, False, True),
        (replace(BRIEFED, label_ids=frozenset({DELEGATE, STALLED})), True, True),
        # Delegated no more: the bot's own flag is still to be taken off.
        (replace(BRIEFED, label_ids=frozenset({STALLED})), True, True),
        (replace(COPIED, label_ids=frozenset({STALLED})), False, False),
        (replace(CARD, label_ids=frozenset({STALLED})), False, False),
        (replace(BRIEFED, label_ids=frozenset()), False, False),
        (replace(BRIEFED, label_ids=frozenset({CORE})), False, False),
    ],
)
def test_a_card_with_the_bots_flag_still_concerns_it(
    found: Card, flagged: bool, concerned: bool
) -> None:
    assert is_flagged(found, snapshot(found)) is flagged
    assert concerns_bot(found, snapshot(found)) is concerned


def test_on_a_board_without_the_label_no_card_is_flagged() -> None:
    bare = snapshot(BRIEFED, boards=(board(labels=LabelRoles(delegate=DELEGATE)),))
    assert not is_flagged(BRIEFED, bare)


@pytest.mark.parametrize(
    ("found", "handed"),
    [
        (told(CARD, MEL.member_id), True),
        (told(CARD, an_id("left")), False),
        (logged(told(CARD, an_id("left")), comment(an_id("left"), "ok", NOW)), True),
        (replace(BRIEFED, **MINE), True),
        (replace(BRIEFED, member_ids=(STRANGER,)), False),
        (replace(COPIED, **MINE), False),
        (replace(CARD, **MINE), False),
    ],
)
def test_a_card_is_handed_over_by_the_comment_or_by_its_own_brief_and_an_assistant(
    found: Card, handed: bool
) -> None:
    assert is_handed_over(found, snapshot(found)) is handed


def test_what_the_bot_remembers_counts_although_a_person_deleted_it() -> None:
    ref = reference(CARD.id, "hand-over", MEL.member_id)
    assert handed_over_to(CARD, MEL.member_id, snapshot(CARD, remembered=frozenset({ref})))
    assert ever_handed_over(CARD, snapshot(CARD, remembered=frozenset({ref})))
    assert not handed_over_to(CARD, TOM.member_id, snapshot(CARD, remembered=frozenset({ref})))
    assert not ever_handed_over(CARD, snapshot(CARD, remembered=frozenset({"another"})))


@pytest.mark.parametrize(
    "by_now",
    [
        board(assistants=(TOM,)),
        board(assistants=(TOM,), member_ids=frozenset({PAUL.member_id, TOM.member_id})),
    ],
)
def test_a_hand_over_to_a_former_assistant_is_still_one(by_now: Any) -> None:
    done = logged(told(CARD, MEL.member_id), comment(MEL.member_id, "ok", NOW))
    assert ever_handed_over(done, snapshot(done, boards=(by_now,)))


@pytest.mark.parametrize(
    "text", ["/go", "/GO", " /go ", "\n\n/go\nvas-y", "/go\r\n", "\\/go", "/go!"]
)
def test_go_stands_alone_on_the_first_line(text: str) -> None:
    assert is_go(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "go", "/gogo", "/go vas-y", "ok\n/go", "> /go", "`/go`", "```\n/go\n```"),
        *("    /go", "\n\t/go", "/go!oui", "@bot /go"),
    ],
)
def test_nothing_else_is_go(text: str) -> None:
    assert not is_go(text)


REF = reference(CARD.id, "triage")
QUESTION = comment(BOT, signed("?", REF), NOW)


def test_go_counts_by_the_owner_after_the_question_and_the_first_is_taken() -> None:
    go = comment(PAUL.member_id, "/go", NOW + 2 * MINUTE)
    full = logged(
        CARD,
        comment(PAUL.member_id, "/go", NOW - MINUTE),
        QUESTION,
        comment(PAUL.member_id, "/go", NOW),
        comment(MEL.member_id, "/go", NOW + MINUTE),
        comment(STRANGER, "/go", NOW + MINUTE),
        comment(BOT, "/go", NOW + MINUTE),
        comment(PAUL.member_id, "non", NOW + MINUTE),
        go,
        comment(PAUL.member_id, "/go", NOW + 3 * MINUTE),
    )
    assert go_after(full, REF, snapshot(full)) == go.id


def test_without_the_question_there_is_nothing_to_answer() -> None:
    early = logged(CARD, comment(PAUL.member_id, "/go", NOW))
    assert go_after(early, REF, snapshot(early)) is None
    remembered = snapshot(early, remembered=frozenset({REF}))
    assert go_after(early, REF, remembered) is not None


def test_a_core_task_waits_until_the_owner_says_go_or_the_label_is_gone() -> None:
    core = logged(card(labels=(CORE,)), QUESTION)
    released = logged(core, comment(PAUL.member_id, "/go", NOW + MINUTE))
    assert waits_for_triage(core, snapshot(core))
    assert not waits_for_triage(released, snapshot(released))
    assert not waits_for_triage(CARD, snapshot(CARD))
