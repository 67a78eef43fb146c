from datetime import timedelta
from typing import Any

import pytest

from bot.domain.changes import Planned, PostComment, Reason, Skip
from bot.domain.model import Card, LabelRoles
from bot.domain.rules.triage import triage
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    CORE,
    DELEGATE,
    DONE,
    HOLD,
    MEL,
    NOW,
    PAUL,
    after_pass,
    an_id,
    board,
    card,
    changes_to,
    comment,
    logged,
    pen,
    replace,
    situation,
)
from tests.unit.domain.handed import in_own_name

CARD = card(labels=(CORE,))
REF = reference(CARD.id, "triage")
MINUTE = timedelta(minutes=1)


def verdict(subject: Card, **parts: Any) -> Planned | Skip:
    (found,) = in_own_name(triage, subject, triage(subject, situation(subject, **parts)))
    return found


def test_a_core_task_is_asked_about_in_one_comment_to_the_owner() -> None:
    found = verdict(CARD)
    assert isinstance(found, Planned)
    assert isinstance(found.change, PostComment)
    assert (found.change.ref, found.change.mentions) == (REF, ("paul",))
    assert found.change.text.startswith("@paul")
    assert "/go" in found.change.text
    assert found.reason == Reason("core_label", {"label": "cœur de métier"})


BRIEFED = replace(CARD, desc=signed("brief", reference(CARD.id, "brief")))
ASKED = logged(CARD, comment(BOT, signed("?", REF), NOW))
HANDED = signed("à vous", reference(CARD.id, "hand-over", MEL.member_id))


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        (card(), "not_core"),
        (replace(CARD, label_ids=frozenset({CORE})), "not_delegated"),
        (replace(CARD, label_ids=frozenset({CORE, DELEGATE, HOLD})), "held"),
        (replace(CARD, log=None), "log_unread"),
        (replace(CARD, list_id=DONE), "done"),
        (BRIEFED, "already_briefed"),
        (logged(CARD, comment(BOT, HANDED, NOW)), "already_briefed"),
        (ASKED, "core_asked"),
        (logged(ASKED, comment(PAUL.member_id, "/go", NOW + MINUTE)), "owner_said_go"),
        (logged(ASKED, comment(PAUL.member_id, "non", NOW + MINUTE)), "core_asked"),
        (logged(ASKED, comment(MEL.member_id, "/go", NOW + MINUTE)), "core_asked"),
    ],
)
def test_each_gate_has_its_reason(subject: Card, code: str) -> None:
    assert verdict(subject) == Skip("triage", subject.id, Reason(code))


def test_a_question_that_a_person_deleted_is_not_asked_again() -> None:
    remembered = frozenset({REF})
    assert verdict(CARD, remembered=remembered) == Skip("triage", CARD.id, Reason("core_asked"))


def test_a_board_without_a_core_label_has_no_core_tasks() -> None:
    plain = board(labels=LabelRoles(delegate=DELEGATE))
    found = verdict(CARD, boards=(plain,))
    assert found.reason.code == "not_core"


def test_nothing_else_happens_until_the_owner_says_go() -> None:
    asked = after_pass(situation(CARD))
    waiting = asked.snapshot.cards[CARD.id]
    assert changes_to(waiting, asked) == []
    go = logged(waiting, comment(PAUL.member_id, "/go", NOW + MINUTE))
    released = [type(each).__name__ for each in changes_to(go, situation(go, now=NOW + 2 * MINUTE))]
    assert (released[0], released[-1]) == ("SetDescription", "React")


def test_the_label_taken_off_releases_the_card_too() -> None:
    asked = after_pass(situation(CARD)).snapshot.cards[CARD.id]
    free = replace(asked, label_ids=frozenset({DELEGATE}))
    assert len(changes_to(free, situation(free))) > 5


def test_a_copied_brief_with_the_core_label_is_not_asked_about_nor_held_back() -> None:
    copied = replace(
        CARD,
        desc=signed(
            "assistant : mel\ncharge : 3h\nméthode : appeler", reference(an_id("other"), "brief")
        ),
    )
    assert verdict(copied).reason.code == "already_briefed"
    assert isinstance(changes_to(copied, situation(copied))[-1], PostComment)
    assert pen() is pen()
