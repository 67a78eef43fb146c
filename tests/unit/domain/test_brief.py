from datetime import timedelta
from typing import Any

import pytest

from bot.domain.changes import EditComment, Planned, PostComment, Reason, SetDescription, Skip
from bot.domain.fields import Field
from bot.domain.messages import BrokenTemplate, Obstacle, Unreadable
from bot.domain.model import Action, Card, Person
from bot.domain.policy import KindText, Policy, Step
from bot.domain.rules.brief import QUIET, brief, obstacles
from bot.domain.tokens import reference, signed
from bot.domain.written import LONGEST_DESCRIPTION, written_brief
from tests.builders import (
    BOT,
    CORE,
    DELEGATE,
    DONE,
    HOLD,
    LONG_AGO,
    MEL,
    NOTES,
    NOW,
    PAUL,
    STRANGER,
    TOM,
    PlainPen,
    action,
    an_id,
    board,
    card,
    comment,
    edit,
    kind,
    logged,
    pen,
    replace,
    situation,
    utc,
)
from tests.unit.domain.handed import in_own_name

MINUTE = timedelta(minutes=1)
SETTINGS = Policy(kinds={"generic": kind("generic")})
CARD = card(desc="")
ASK = reference(CARD.id, "ask")


def verdicts(subject: Card, **parts: Any) -> list[Planned | Skip]:
    return in_own_name(brief, subject, brief(subject, situation(subject, **parts)))


def plain(subject: Card, *forgotten: str, **parts: Any) -> list[Planned | Skip]:
    pen = PlainPen(*forgotten, **parts)
    return verdicts(subject, policy=SETTINGS, texts=pen)


def the_question(found: list[Planned | Skip]) -> str:
    (one,) = found
    assert isinstance(one, Planned)
    assert isinstance(one.change, PostComment)
    return one.change.text


HANDED = comment(BOT, signed("à vous", reference(CARD.id, "hand-over", MEL.member_id)), NOW)
ASKED_CORE = comment(BOT, signed("?", reference(CARD.id, "triage")), NOW)
SENT = logged(replace(CARD, member_ids=(MEL.member_id,)), HANDED)


@pytest.mark.parametrize(
    ("subject", "reason"),
    [
        (replace(CARD, closed=True), Reason("archived")),
        (replace(CARD, is_template=True), Reason("template_card")),
        (replace(CARD, role="mirror"), Reason("card_role")),
        (replace(CARD, list_id=an_id("gone")), Reason("list_archived")),
        (replace(CARD, label_ids=frozenset()), Reason("not_delegated")),
        (replace(CARD, label_ids=frozenset({DELEGATE, HOLD})), Reason("held")),
        (replace(CARD, log=None), Reason("log_unread")),
        (replace(CARD, list_id=DONE), Reason("done")),
        (replace(CARD, due_complete=True), Reason("done")),
        (SENT, Reason("handed_over", {"assistant": "mel"})),
        (replace(SENT, member_ids=()), Reason("assistant_left")),
        (replace(SENT, member_ids=(STRANGER,)), Reason("assistant_left")),
        (card(desc="", labels=(CORE,)), Reason("core_asked")),
        (logged(card(desc="", labels=(CORE,)), ASKED_CORE), Reason("core_asked")),
    ],
)
def test_each_gate_has_its_reason(subject: Card, reason: Reason) -> None:
    assert verdicts(subject) == [Skip("brief", subject.id, reason)]


def test_a_hand_over_comment_that_a_person_deleted_is_remembered() -> None:
    full = replace(SENT, log=())
    remembered = frozenset({reference(CARD.id, "hand-over", MEL.member_id)})
    assert verdicts(full, remembered=remembered) == [
        Skip("brief", CARD.id, Reason("handed_over", {"assistant": "mel"}))
    ]


def test_a_complete_card_is_described_with_its_dates_in_one_request_and_handed_over() -> None:
    first, *_, last = verdicts(card(desc=NOTES))
    assert isinstance(first, Planned)
    assert isinstance(last, Planned)
    assert isinstance(first.change, SetDescription)
    assert isinstance(last.change, PostComment)
    assert (first.change.due, first.change.start) == (utc("2026-11-30 14:00"), NOW)
    assert first.change.text.startswith(f"{NOTES}\n\n---\n\n**Tâche.**")
    assert first.reason == Reason("kind_by_default")
    assert last.reason == Reason("hand_over", {"assistant": "mel"})


@pytest.mark.parametrize("due", ["2026-12-04 11:00", "2026-11-04 11:00", "2150-01-01 00:00"])
def test_a_date_that_a_person_set_is_never_changed(due: str) -> None:
    found = verdicts(card(desc=NOTES, due=utc(due), start=LONG_AGO))
    changes = [each.change for each in found if isinstance(each, Planned)]
    assert isinstance(changes[0], SetDescription)
    assert (changes[0].due, changes[0].start) == (None, None)
    assert {type(each).__name__ for each in changes[1:]} == {
        *("AddChecklist", "AddCheckItem", "AddMember", "PostComment")
    }


def test_a_complete_card_is_not_held_back_while_somebody_works_on_it() -> None:
    touched = logged(card(desc=NOTES), edit(PAUL.member_id, "desc", NOW))
    assert len(verdicts(touched)) > 5


@pytest.mark.parametrize(
    "touch",
    [
        edit(PAUL.member_id, "desc", NOW),
        edit(STRANGER, "idLabels", NOW),
        comment(MEL.member_id, "je regarde", NOW),
        action("voteOnCard", PAUL.member_id, NOW),
    ],
)
def test_a_question_waits_until_no_person_has_touched_the_card_for_five_minutes(
    touch: Action,
) -> None:
    touched = logged(CARD, touch)
    waiting = Skip("brief", CARD.id, Reason("touched_just_now"), NOW + QUIET)
    assert verdicts(touched, now=NOW + QUIET - MINUTE / 60) == [waiting]
    assert the_question(verdicts(touched, now=NOW + QUIET))
    assert timedelta(minutes=5) == QUIET


def test_a_new_card_is_left_five_minutes_too_and_the_bots_own_acts_do_not_count() -> None:
    new = replace(CARD, created=NOW)
    assert verdicts(new, now=NOW + MINUTE)[0].reason.code == "touched_just_now"
    assert the_question(verdicts(logged(CARD, edit(BOT, "due", NOW)), now=NOW + MINUTE))


def test_all_blanks_are_listed_together_with_an_example_each() -> None:
    text = the_question(verdicts(card("Faire", desc="priorité : haute\npour : jamais")))
    assert text.startswith("@paul")
    for shown in ("`méthode :`", "`charge : 3h`", "jamais", "haute"):
        assert shown in text
    assert "objectif" not in text
    assert text.endswith(reference(card("Faire").id, "ask"))


def asked(desc: str = "", by: str = BOT) -> Card:
    """Return a card whose owner was asked about a method and a workload."""
    text = the_question(verdicts(CARD))
    return logged(replace(CARD, desc=desc), comment(by, text, NOW))


def test_the_question_is_asked_once() -> None:
    assert verdicts(asked(), now=NOW + 9 * MINUTE) == [Skip("brief", CARD.id, Reason("incomplete"))]


@pytest.mark.covers("K12")
def test_the_editor_of_trello_may_change_white_space_in_the_question() -> None:
    log = asked().log or ()
    spaced = replace(CARD, log=(replace(log[0], text=log[0].text.replace("\n", " \n ")),))
    assert verdicts(spaced)[0].reason.code == "incomplete"


def test_when_blanks_remain_the_same_comment_is_edited() -> None:
    half = logged(asked(), comment(PAUL.member_id, "charge : 3h", NOW + MINUTE))
    (wait,) = verdicts(half, now=NOW + 2 * MINUTE)
    assert wait == Skip("brief", CARD.id, Reason("touched_just_now"), NOW + MINUTE + QUIET)
    (found,) = verdicts(half, now=NOW + 9 * MINUTE)
    assert isinstance(found, Planned)
    assert isinstance(found.change, EditComment)
    assert found.reason == Reason("blanks_remain")
    assert (found.change.action_id, found.change.ref) == ((half.log or ())[0].id, ASK)
    assert "méthode" in found.change.text
    assert "charge : 3h" not in found.change.text


def test_when_nothing_is_missing_any_more_the_card_is_handed_over() -> None:
    answer = comment(PAUL.member_id, f"{NOTES}\n\nassistant : mel", NOW + MINUTE)
    full = verdicts(logged(asked(), answer), now=NOW + MINUTE)
    assert isinstance(full[-1], Planned)
    assert isinstance(full[-1].change, PostComment)
    assert full[-1].change.mentions == ("mel",)


def test_a_question_that_a_person_deleted_is_not_asked_again() -> None:
    found = verdicts(CARD, remembered=frozenset({ASK}))
    assert found == [Skip("brief", CARD.id, Reason("question_deleted"))]


def test_a_question_by_a_former_account_cannot_be_edited() -> None:
    former = an_id("former")
    both = situation(CARD).snapshot.me
    me = replace(both, accounts=frozenset({BOT, former}))
    found = verdicts(asked("charge : 3h", by=former), me=me, now=NOW + 9 * MINUTE)
    assert found == [Skip("brief", CARD.id, Reason("asked_by_former_account"))]


def test_a_template_that_fails_is_told_to_the_owner() -> None:
    text = the_question(verdicts(CARD, policy=SETTINGS, texts=FailingBriefs()))
    assert "line 3: no such word" in text


class FailingBriefs(PlainPen):
    """Cannot write briefs; says in its comments what it was handed."""

    def __init__(self, *forgotten: str, extra: str = "") -> None:
        super().__init__(*(forgotten or ("everything",)), extra=extra)

    def message(self, message: Any, ref: str) -> str:
        return signed(repr(message), ref)


@pytest.mark.covers("G9")
@pytest.mark.parametrize(
    "decision", ["assistant", "workload", "method", "due", "brief", "signature"]
)
def test_a_template_that_forgets_a_decision_is_refused_and_named(decision: str) -> None:
    text = the_question(verdicts(CARD, policy=SETTINGS, texts=FailingBriefs(decision)))
    assert f"problem='{decision}'" in text


def test_a_template_that_forgets_the_priority_is_refused_where_there_is_one() -> None:
    urgent = card(desc=f"{CARD.desc}\npriorité : 2")
    text = the_question(verdicts(urgent, policy=SETTINGS, texts=FailingBriefs("priority")))
    assert "problem='priority'" in text
    assert len(plain(CARD, "priority")) > 5


def test_a_template_must_not_hold_a_rule_nor_another_cards_signature() -> None:
    ruled = FailingBriefs("nothing", extra="a\n\n---\n\nb")
    assert "problem='---'" in the_question(verdicts(CARD, policy=SETTINGS, texts=ruled))
    assert the_question(plain(CARD, ref="aaaaaaaaaa"))
    assert len(plain(CARD)) > 5


@pytest.mark.parametrize("due", ["2026-12-04 11:00", "9999-12-31 23:59"])
def test_a_date_on_the_card_needs_a_line_but_not_to_be_read_back(due: str) -> None:
    dated = card(desc="", due=utc(due))
    assert len(plain(dated)) > 5
    assert the_question(plain(dated, "due"))


def test_a_date_with_seconds_is_held_to_the_minute() -> None:
    for late in (
        card(desc="", due=utc("2026-12-04 16:59:59.999")),
        card(desc="pour : 2026-12-04T16:59:59Z"),
        card(desc="pour : 2026-12-04T16:59:59.5Z"),
    ):
        assert len(verdicts(late, policy=policy_with_steps(("lire",)))) > 5


def policy_with_steps(steps: tuple[str, ...]) -> Policy:
    text = KindText("Tâche", objective="Le faire.", method=tuple(map(Step, steps)))
    return Policy(kinds={"generic": kind("generic", text=text)})


@pytest.mark.covers("G9", "H7", "J2")
def test_notes_and_brief_together_must_stay_within_the_limit_of_trello() -> None:
    written = plain(card(desc="x"))[0]
    assert isinstance(written, Planned)
    assert isinstance(written.change, SetDescription)
    room = LONGEST_DESCRIPTION - len(written.change.text) + 1
    assert len(plain(card(desc="x" * room))) > 5
    assert the_question(plain(card(desc="x" * (room + 1))))
    assert len(plain(card(desc="😀" * (room // 2)))) > 5
    assert the_question(plain(card(desc="😀" * (room // 2 + 1))))
    assert len(plain(card(desc="\ud800" * room))) > 5


@pytest.mark.parametrize("who", [MEL, TOM])
def test_the_brief_is_in_the_assistants_language(who: Person) -> None:
    first = verdicts(card(desc=f"{NOTES}\nassistant : {who.username}"))[0]
    assert isinstance(first, Planned)
    assert isinstance(first.change, SetDescription)
    word = {"fr": "**Charge", "en": "**Workload"}[who.language]
    assert word in first.change.text
    read = written_brief(replace(CARD, desc=first.change.text))
    assert read is not None
    assert read.assistant == who.username


def test_an_assistant_who_is_not_on_the_board_makes_the_card_incomplete() -> None:
    off = board(member_ids=frozenset({PAUL.member_id}))
    assert "mel" in the_question(verdicts(card(desc=NOTES), boards=(off,)))


def test_a_copied_card_for_somebody_who_is_not_on_the_board_is_asked_about() -> None:
    off = board(member_ids=frozenset({PAUL.member_id}))
    says = f"assistant : {MEL.username}\ncharge : 2h\nméthode : appeler"
    copied = card(desc=signed(says, reference(an_id("another"), "brief")))
    (planned,) = brief(copied, situation(copied, boards=(off,), texts=pen()))
    assert isinstance(planned, Planned)
    assert isinstance(planned.change, PostComment)
    assert planned.change.mentions == (PAUL.username,)
    assert MEL.username in planned.change.text


@pytest.mark.parametrize(
    ("desc", "texts", "found"),
    [
        (NOTES, PlainPen(), ()),
        ("charge : beaucoup", PlainPen(), (Unreadable(Field.WORKLOAD, "beaucoup"),)),
        (NOTES, PlainPen("due"), (BrokenTemplate("generic", "due"),)),
        (NOTES, PlainPen("signature"), (BrokenTemplate("generic", "signature"),)),
        (NOTES, PlainPen(extra="---"), (BrokenTemplate("generic", "---"),)),
        (NOTES, PlainPen("everything"), (BrokenTemplate("generic", "line 3: no such word"),)),
    ],
)
def test_all_that_keeps_a_card_from_being_described_can_be_asked_for(
    desc: str, texts: PlainPen, found: tuple[Obstacle, ...]
) -> None:
    given = situation(card(desc=desc), policy=SETTINGS, texts=texts)
    assert obstacles(card(desc=desc), given) == found
