from datetime import timedelta
from typing import Any

import pytest

from bot.domain.answers import ANSWER_ITEMS
from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    AddMember,
    Change,
    PostComment,
    SetDates,
    Skip,
)
from bot.domain.filling import absence, missing_parts, start_of
from bot.domain.messages import NobodyForKind, NotOnBoard, Obstacle
from bot.domain.model import Action, Attachment, Card, CheckItem, Checklist
from bot.domain.policy import KindText, Policy, Step
from bot.domain.situation import Situation
from bot.domain.tokens import TokenKind, reference, signed
from tests.builders import (
    BOT,
    LONG_AGO,
    MEL,
    NOW,
    PAUL,
    TOM,
    PlainPen,
    action,
    an_id,
    board,
    card,
    checklist,
    comment,
    kind,
    logged,
    person,
    replace,
    situation,
    utc,
)

ASKING = KindText("Joint", method=(Step("lire"),), questions=("Où ?",))
SETTINGS = Policy(
    kinds={
        "generic": kind("generic"),
        "joint": kind("joint", files=("m_1.docx", "b.pdf"), links=("https://k.fr",), text=ASKING),
    },
    broken_kinds={"devis": "line 3"},
)
SAYS = (
    "assistant : mel\npour : 2026-12-04 14:00 Z\ncharge : 2h\n"
    "méthode :\n- lire\n- lire\nbrief : generic"
)
DUE = utc("2026-12-04 14:00")
ANSWERS = tuple(ANSWER_ITEMS["fr"].values())


def briefed(says: str = SAYS, of: str | None = None, **parts: Any) -> Card:
    """Return a card with a brief of its own, or with that of the card ``of``."""
    bare = card(**parts)
    ref = reference(of or bare.id, "brief")
    return replace(bare, desc=signed(says, ref))


def within(subject: Card, *others: Card, **parts: Any) -> Situation:
    return situation(subject, *others, policy=SETTINGS, texts=PlainPen(), **parts)


def parts_of(subject: Card, *others: Card, **parts: Any) -> list[Change]:
    verdicts = missing_parts(subject, within(subject, *others, **parts))
    return [each.change for each in verdicts if not isinstance(each, Skip)]


def only(changes: list[Change], *kinds: type) -> list[Change]:
    return [each for each in changes if isinstance(each, kinds)]


def made(name: str, by: str = BOT) -> Action:
    return action("addChecklistToCard", by, LONG_AGO, checklist=name)


def test_everything_is_filled_in_one_order_and_the_hand_over_comes_last() -> None:
    says = f"{SAYS}\npièces : https://x.fr"
    first, *rest = parts_of(briefed(says))
    assert first == SetDates(DUE, NOW)
    assert rest[:-1] == [
        AddChecklist("Étapes"),
        AddCheckItem("Étapes", "lire", 1),
        AddCheckItem("Étapes", "lire", 2),
        AddChecklist("Où en êtes-vous ?"),
        *(AddCheckItem("Où en êtes-vous ?", name) for name in ANSWERS),
        AddAttachment("https://x.fr", "https://x.fr"),
        AddMember(MEL.member_id, "mel"),
    ]
    assert isinstance(rest[-1], PostComment)
    assert rest[-1].ref == reference(card().id, "hand-over", MEL.member_id)
    assert rest[-1].mentions == ("mel",)


def test_each_part_bears_its_reason() -> None:
    subject = briefed(f"{SAYS}\npièces : https://x.fr")
    found = [each.reason.code for each in missing_parts(subject, within(subject))]
    assert list(dict.fromkeys(found)) == [
        *("deadline", "steps", "answers", "attachments", "assistant", "hand_over")
    ]


def test_what_is_there_is_not_filled_again() -> None:
    full = briefed(
        f"{SAYS}\npièces : https://x.fr",
        due=NOW,
        member_ids=(MEL.member_id,),
        checklists=(checklist("Mes étapes"), checklist("How is it going?")),
        attachments=(Attachment("1", "x", "https://x.fr/"),),
    )
    assert [type(each) for each in parts_of(full)] == [PostComment]


def test_an_assistant_reads_checklists_in_their_own_language() -> None:
    english = only(parts_of(briefed(SAYS.replace("mel", "tom"))), AddChecklist)
    assert english == [AddChecklist("Steps"), AddChecklist("How is it going?")]


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        (checklist("Étapes"), [1, 2]),
        (checklist("Étapes", "lire"), [2]),
        (checklist("Étapes", "lire", "lire"), []),
        (checklist("Steps", "lire"), [2]),
    ],
)
def test_a_checklist_that_the_bot_left_unfinished_is_completed(
    there: Checklist, missing: list[int]
) -> None:
    changes = parts_of(logged(briefed(checklists=(there,)), made(there.name)))
    added = [each for each in changes if isinstance(each, AddCheckItem) and each.name == "lire"]
    assert added == [AddCheckItem(there.name, "lire", nth) for nth in missing]
    assert AddChecklist(there.name) not in changes


def test_a_checklist_by_a_person_is_left_as_it_is() -> None:
    own = checklist("Étapes"), checklist("Où en êtes-vous ?")
    by_person = logged(briefed(checklists=own), made("Étapes", MEL.member_id))
    assert only(parts_of(by_person), AddCheckItem) == []
    beside = logged(briefed(checklists=(checklist("Courses"), own[0])), made("Étapes"))
    assert AddCheckItem("Étapes", "lire", 2) in parts_of(beside)


def test_answers_left_unfinished_are_completed_in_the_language_they_began_in() -> None:
    english = checklist("How is it going?", "On track")
    full = logged(briefed(checklists=(english,)), made("How is it going?"))
    names = [each.name for each in parts_of(full) if isinstance(each, AddCheckItem)]
    assert names[2:] == list(ANSWER_ITEMS["en"].values())[1:]
    odd = checklist("OU EN ETES-VOUS ?", "En bonne voie")
    full = logged(briefed(checklists=(odd,)), made(odd.name))
    names = [each.name for each in parts_of(full) if isinstance(each, AddCheckItem)]
    assert names[2:] == list(ANSWERS[1:])


def test_a_brief_without_steps_makes_no_checklist_of_steps() -> None:
    assert only(parts_of(briefed("assistant : mel")), AddChecklist) == [
        AddChecklist("Où en êtes-vous ?")
    ]


@pytest.mark.parametrize(
    "attached",
    [
        "https://x.fr/~a(b)/@c?q=1*2",
        "https://x.fr/%7Ea%28b%29/%40c?q=1%2A2",
        "https://x.fr/~a(b)/@c?q=1*2/",
    ],
)
def test_a_link_that_is_there_in_another_spelling_is_not_attached_again(attached: str) -> None:
    says = f"{SAYS}\npièces : [x](https://x.fr/%7Ea%28b%29/%40c?q=1%2A2)"
    full = briefed(says, attachments=(Attachment("1", "x", attached),))
    assert only(parts_of(full), AddAttachment) == []


def test_another_page_of_the_same_place_is_another_link() -> None:
    there = (Attachment("1", "x", "https://x.fr/"),)
    full = briefed(f"{SAYS}\npièces : https://x.fr/X", attachments=there)
    assert only(parts_of(full), AddAttachment) == [
        AddAttachment("https://x.fr/X", "https://x.fr/X")
    ]


def test_links_and_files_are_those_that_the_brief_names_and_no_others() -> None:
    says = SAYS.replace("generic", "joint") + "\npièces :\n- m\\_1.docx\n- https://x.fr"
    wanted = [
        AddAttachment("https://x.fr", "https://x.fr"),
        AddAttachment("m_1.docx", kind="joint"),
    ]
    assert only(parts_of(briefed(says)), AddAttachment) == wanted
    uploaded = Attachment("1", "m_1.docx", "https://trello.com/1/x", is_upload=True)
    assert only(parts_of(briefed(says, attachments=(uploaded,))), AddAttachment) == wanted[:1]
    linked = Attachment("1", "m_1.docx", "https://x.fr")
    assert only(parts_of(briefed(says, attachments=(linked,))), AddAttachment) == wanted[1:]


def test_files_of_a_kind_that_is_gone_are_not_attached() -> None:
    says = SAYS.replace("generic", "gone") + "\npièces : m_1.docx"
    assert only(parts_of(briefed(says)), AddAttachment) == []


def test_the_start_is_the_next_working_instant_if_that_is_before_the_due_date() -> None:
    night, morning = utc("2026-11-30 20:00"), utc("2026-12-01 05:00")
    assert start_of(card(), DUE, MEL, NOW) == NOW
    assert start_of(card(), DUE, MEL, night) == morning
    assert start_of(card(), morning, MEL, night) is None
    assert start_of(card(start=LONG_AGO), DUE, MEL, NOW) is None


ELSEWHERE = an_id("the card it was copied from")
PAST, SOON = NOW - timedelta(days=9), NOW + timedelta(days=9)


@pytest.mark.parametrize(
    ("due", "of", "dates"),
    [
        (SOON, None, None),
        (PAST, None, None),
        (None, None, SetDates(DUE, NOW)),
        (SOON, ELSEWHERE, SetDates(None, NOW)),
        (None, ELSEWHERE, SetDates(DUE, NOW)),
        (PAST, ELSEWHERE, SetDates(utc("2026-11-30 14:00"), NOW)),
        (NOW, ELSEWHERE, SetDates(utc("2026-11-30 14:00"), NOW)),
    ],
)
def test_a_date_is_set_where_it_is_blank_and_a_copied_past_one_counts_as_blank(
    due: Any, of: str | None, dates: SetDates | None
) -> None:
    found = only(parts_of(briefed(of=of, due=due)), SetDates)
    assert found == ([dates] if dates else [])


def test_a_date_in_the_brief_that_has_passed_is_derived_anew() -> None:
    old = briefed(SAYS.replace("2026-12-04", "2026-11-04"))
    assert only(parts_of(old), SetDates) == [SetDates(utc("2026-11-30 14:00"), NOW)]
    at_once = briefed(SAYS.replace("2026-12-04 14:00", f"{NOW:%Y-%m-%d %H:%M}"))
    assert only(parts_of(at_once), SetDates) == [SetDates(utc("2026-11-30 14:00"), NOW)]


def test_without_a_workload_no_date_is_derived() -> None:
    assert only(parts_of(briefed("assistant : mel")), SetDates) == []


@pytest.mark.parametrize(
    ("subject", "parts", "why"),
    [
        (
            briefed(),
            {"boards": (board(member_ids=frozenset({TOM.member_id})),)},
            NotOnBoard(MEL.username),
        ),
        (briefed("assistant : bob"), {"boards": (board(assistants=()),)}, NobodyForKind("")),
        (briefed("assistant : bob\nbrief : devis"), {}, NobodyForKind("devis")),
        (briefed(), {}, None),
    ],
)
def test_when_nobody_can_be_given_a_card_that_has_a_brief_it_says_why(
    subject: Card, parts: dict[str, Any], why: Obstacle | None
) -> None:
    scene = within(subject, **parts)
    assert absence(subject, scene) == why
    assert bool(list(missing_parts(subject, scene))) is (why is None)


def test_the_owners_answer_names_another_assistant_for_a_card_that_has_a_brief() -> None:
    question = signed("?", reference(briefed().id, "ask"))
    asked = comment(BOT, question, NOW - timedelta(hours=2))
    answer = comment(PAUL.member_id, "assistant : tom", NOW - timedelta(hours=1))
    subject = logged(briefed(), asked, answer)
    assert AddMember(TOM.member_id, TOM.username) in parts_of(subject)


def test_a_brief_for_somebody_who_left_goes_to_who_finishes_first() -> None:
    def chosen(*others: Card, says: str = "assistant : bob\ncharge : 2h") -> str:
        return next(
            each.username
            for each in parts_of(briefed(says), *others)
            if isinstance(each, AddMember)
        )

    busy = handed(card("autre"), MEL.member_id, "charge : 20h")
    assert chosen() == "mel"
    assert chosen(busy) == "tom"
    assert chosen(busy, says="assistant : bob\npriorité : 1") == "mel"


def handed(to: Card, member_id: str, says: str) -> Card:
    def told(kind: TokenKind, occurrence: str) -> str:
        return reference(to.id, kind, occurrence)

    full = replace(to, desc=signed(says, told("brief", "once")), member_ids=(member_id,))
    return logged(full, comment(BOT, signed("à vous", told("hand-over", member_id)), LONG_AGO))


def test_a_new_assistant_of_a_card_handed_over_gets_the_comment_alone() -> None:
    passed_on = replace(handed(card(), MEL.member_id, SAYS), member_ids=(TOM.member_id,))
    assert [type(each) for each in parts_of(passed_on)] == [PostComment]
    bare = replace(passed_on, desc="")
    assert [type(each) for each in parts_of(bare)] == [PostComment]


class Listening(PlainPen):
    """Keeps the messages it is handed."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Any] = []

    def message(self, message: Any, ref: str) -> str:
        self.heard.append(message)
        return super().message(message, ref)


def told(subject: Card, *others: Card) -> Any:
    ear = Listening()
    found = situation(subject, *others, policy=SETTINGS, texts=ear)
    list(missing_parts(subject, found))
    return ear.heard[-1]


def test_the_hand_over_tells_what_the_brief_says_and_where_the_card_comes() -> None:
    before = replace(handed(card("hier"), MEL.member_id, SAYS), due=DUE - timedelta(days=1))
    after = replace(handed(card("demain"), MEL.member_id, SAYS), due=DUE + timedelta(days=1))
    said = told(briefed(SAYS.replace("generic", "joint")), before, after)
    assert (said.assistant, said.owner, said.due) == (MEL, PAUL, DUE)
    assert (said.workload, said.questions) == (timedelta(hours=2), ("Où ?",))
    assert (said.before, said.after) == ("hier", "demain")


def test_the_order_is_that_of_the_date_the_card_will_have() -> None:
    late = replace(handed(card("tard"), MEL.member_id, SAYS), due=SOON)
    copied = briefed(of=ELSEWHERE, due=PAST)
    assert (told(copied, late).before, told(copied, late).after) == (None, "tard")
    assert told(copied, late).due == utc("2026-11-30 14:00")


def test_a_hand_over_without_a_brief_tells_what_the_card_shows() -> None:
    lost = replace(
        handed(card(), MEL.member_id, SAYS), desc="", due=SOON, member_ids=(TOM.member_id,)
    )
    undated = replace(lost, desc=signed(SAYS, reference(lost.id, "brief")), due=None)
    assert told(undated).due is None
    said = told(lost)
    assert (said.due, said.workload, said.questions) == (SOON, None, ())
    assert person("tom", "en").username == said.assistant.username


ASKED = Checklist("5e", "Où en êtes-vous ?", tuple(CheckItem(each, each) for each in ANSWERS))


def test_the_answers_are_copied_whole_from_the_oldest_checklist_on_the_board() -> None:
    younger = card("plus jeune", checklists=(replace(ASKED, id="6e"),))
    copied = only(parts_of(briefed(), card("autre", checklists=(ASKED,)), younger), AddChecklist)
    assert copied[-1] == AddChecklist(ASKED.name, "5e", ANSWERS)
    assert not only(parts_of(briefed("assistant : mel"), younger), AddCheckItem)


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, items=ASKED.items[:3]),
        replace(ASKED, name="Où en êtes-vous ?!"),
        replace(ASKED, id="new:Où en êtes-vous ?"),
    ],
    ids=["an item less", "another name", "not made yet"],
)
def test_what_is_not_the_answers_checklist_as_the_bot_makes_it_is_not_copied(
    other: Checklist,
) -> None:
    assert only(parts_of(briefed(), card("autre", checklists=(other,))), AddChecklist)[-1] == (
        AddChecklist("Où en êtes-vous ?")
    )


def test_nothing_is_copied_from_another_board() -> None:
    far = card("là-bas", board_id="elsewhere", checklists=(ASKED,))
    boards = board(), replace(board(), id="elsewhere")
    found = only(parts_of(briefed(), far, boards=boards), AddChecklist)
    assert found[-1] == AddChecklist("Où en êtes-vous ?")
