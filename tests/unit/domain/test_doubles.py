"""What the bot has made twice goes, the oldest stays, and nobody else's work is touched."""

from typing import Any

import pytest

from bot.domain.answers import ANSWER_ITEMS, ANSWERS_NAME, STEPS_NAME
from bot.domain.changes import AddCheckItem, DeletePart
from bot.domain.doubles import doubles
from bot.domain.model import Action, Attachment, Card, CheckItem, Checklist, Reaction
from bot.domain.tokens import reference, signed
from bot.domain.written import brief_reference
from tests.builders import (
    BOT,
    ME,
    MEL,
    NOW,
    PAUL,
    SHARED,
    action,
    card,
    comment,
    logged,
    replace,
    snapshot,
)

STEPS, ANSWERS = STEPS_NAME["fr"], ANSWERS_NAME["fr"]
BRIEF = "méthode :\n- lire\n- écrire\n- lire"


def an_id(number: int, second: int = 0x65000000) -> str:
    """Return an id made at that second of Unix time."""
    return f"{second:08x}{number:016x}"


def made(part: str, by: str = BOT, kind: str = "addChecklistToCard") -> Action:
    return action(kind, by, NOW, part_id=part)


def items(*names: str, start: int = 100, second: int = 0x65000000) -> tuple[CheckItem, ...]:
    return tuple(CheckItem(an_id(start + place, second), name) for place, name in enumerate(names))


def found(subject: Card, **parts: Any) -> list[tuple[object, bool]]:
    return list(doubles(subject, snapshot(subject, **parts)))


def with_lists(*lists: Checklist, log: tuple[Action, ...] | None = None) -> Card:
    desc = signed(BRIEF, brief_reference(card().id))
    by_bot = tuple(made(each.id) for each in lists)
    return logged(replace(card(desc=desc), checklists=lists), *(by_bot if log is None else log))


OLD = Checklist(an_id(1), STEPS, items("lire", "écrire", "lire"))
YOUNG = Checklist(an_id(2), STEPS, items("lire", start=200))


def test_of_two_checklists_of_the_bot_the_younger_goes_whatever_their_places() -> None:
    gone = [(DeletePart("checklist", YOUNG.id, STEPS), True)]
    assert found(with_lists(OLD, YOUNG)) == gone
    assert found(with_lists(YOUNG, OLD)) == gone


@pytest.mark.parametrize(
    "subject",
    [
        with_lists(OLD),
        with_lists(OLD, replace(YOUNG, name="Courses")),
        with_lists(OLD, YOUNG, log=(made(OLD.id),)),
        with_lists(OLD, YOUNG, log=(made(YOUNG.id), made(OLD.id, PAUL.member_id))),
        with_lists(OLD, replace(YOUNG, items=(replace(YOUNG.items[0], done=True),))),
        with_lists(
            OLD,
            YOUNG,
            log=(
                made(OLD.id),
                made(YOUNG.id),
                made(YOUNG.items[0].id, MEL.member_id, "updateCheckItemStateOnCard"),
            ),
        ),
        with_lists(
            OLD,
            replace(YOUNG, items=(*YOUNG.items, replace(items("écrire", start=201)[0], done=True))),
        ),
        with_lists(
            OLD,
            YOUNG,
            log=(made(OLD.id), made(YOUNG.id), made(YOUNG.id, MEL.member_id, "updateChecklist")),
        ),
    ],
)
def test_a_checklist_that_somebody_made_or_touched_stays(subject: Card) -> None:
    assert found(subject) == []


def test_what_only_a_younger_checklist_holds_is_put_into_the_oldest_before_that_goes() -> None:
    begun = replace(OLD, items=OLD.items[:1])
    younger = replace(YOUNG, items=items("lire", "écrire", "lire", start=200))
    youngest = replace(younger, id=an_id(3))
    assert [change for change, _ in found(with_lists(begun, younger, youngest))] == [
        AddCheckItem(STEPS, "lire", 2),
        AddCheckItem(STEPS, "écrire", 1),
        DeletePart("checklist", younger.id, STEPS),
        DeletePart("checklist", youngest.id, STEPS),
    ]


def test_items_beyond_those_that_the_brief_asks_for_go_the_youngest_first() -> None:
    twice = replace(OLD, items=(*OLD.items, *items("lire", "écrire", start=300)))
    third, second = twice.items[3:]
    assert found(with_lists(twice)) == [
        (DeletePart("check_item", third.id, "lire"), True),
        (DeletePart("check_item", second.id, "écrire"), True),
    ]


def test_the_youngest_items_go_wherever_they_stand() -> None:
    (second,) = items("écrire", start=300)
    moved = replace(OLD, items=(second, *OLD.items))
    gone = (DeletePart("check_item", second.id, "écrire"), True)
    assert found(with_lists(moved)) == [gone]
    whole = (DeletePart("checklist", YOUNG.id, STEPS), True)
    assert found(with_lists(moved, YOUNG)) == [whole, gone]


def test_only_what_was_added_within_the_hour_is_a_double() -> None:
    just, late = (items("lire", start=300, second=0x65000000 + each)[0] for each in (3599, 3600))
    (gone,) = found(with_lists(replace(OLD, items=(*OLD.items, just, late))))
    assert gone == (DeletePart("check_item", just.id, "lire"), True)


def test_a_checklist_of_a_persons_keeps_no_other_from_being_mended() -> None:
    names = (*ANSWER_ITEMS["fr"].values(), next(iter(ANSWER_ITEMS["fr"].values())))
    answers = Checklist(an_id(3), ANSWERS, items(*names, start=400))
    log = (made(OLD.id, PAUL.member_id), made(answers.id))
    assert len(found(with_lists(OLD, answers, log=log))) == 1


def test_an_answer_that_stands_twice_goes() -> None:
    names = (*ANSWER_ITEMS["fr"].values(), next(iter(ANSWER_ITEMS["fr"].values())))
    answers = Checklist(an_id(3), ANSWERS, items(*names))
    assert found(with_lists(answers)) == [
        (DeletePart("check_item", answers.items[-1].id, names[-1]), True)
    ]


@pytest.mark.parametrize("more", [items("Autre : je suis absente", start=300), items("a", "a")])
def test_what_people_add_to_the_answers_stays(more: tuple[CheckItem, ...]) -> None:
    answers = Checklist(an_id(3), ANSWERS, (*items(*ANSWER_ITEMS["fr"].values()), *more))
    assert found(with_lists(answers)) == []
    doubled = replace(answers, items=(*answers.items, *items("En bonne voie", start=500)))
    gone = DeletePart("check_item", doubled.items[-1].id, "En bonne voie")
    assert found(with_lists(doubled)) == [(gone, True)]


@pytest.mark.parametrize(
    "more",
    [
        items("lire", start=300, second=0x65000000 + 3600),
        items("relire", "relire", start=300),
        (replace(items("lire", start=300)[0], done=True),),
        (CheckItem("new:Étapes:lire:9", "lire"),),
    ],
)
def test_items_of_peoples_own_stay(more: tuple[CheckItem, ...]) -> None:
    assert found(with_lists(replace(OLD, items=(*OLD.items, *more)))) == []


def test_an_item_that_somebody_ticked_and_unticked_stays() -> None:
    (more,) = items("lire", start=300)
    full = replace(OLD, items=(*OLD.items, more))
    touched = made(more.id, MEL.member_id, "updateCheckItemStateOnCard")
    assert found(with_lists(full, log=(made(full.id), touched))) == []


def test_items_of_a_checklist_that_a_person_made_stay() -> None:
    full = replace(OLD, items=(*OLD.items, *items("lire", start=300)))
    assert found(with_lists(full, log=(made(full.id, PAUL.member_id),))) == []


LINK = Attachment(an_id(5), "plan", "https://example.com/plan")
FILE = Attachment(an_id(7), "modele.txt", "https://trello.com/1/a/modele.txt", is_upload=True)


def attached(*attachments: Attachment, by: str = BOT) -> Card:
    log = (made(each.id, by, "addAttachmentToCard") for each in attachments)
    return logged(replace(card(), attachments=attachments), *log)


def test_of_equal_attachments_of_the_bot_the_younger_goes() -> None:
    second = replace(LINK, id=an_id(6))
    other_file = replace(FILE, id=an_id(8), url="https://trello.com/2/b/modele.txt")
    assert found(attached(second, LINK, FILE, other_file)) == [
        (DeletePart("attachment", second.id, "plan"), True),
        (DeletePart("attachment", other_file.id, "modele.txt"), True),
    ]


def test_attachments_that_a_person_made_or_that_differ_stay() -> None:
    second = replace(LINK, id=an_id(6))
    assert found(attached(LINK, second, by=MEL.member_id)) == []
    assert found(attached(LINK, replace(second, url="https://example.com/autre"))) == []
    assert found(attached(LINK, replace(FILE, name="plan"))) == []


def test_on_a_shared_account_nothing_may_be_taken_off() -> None:
    subject = with_lists(OLD, YOUNG)
    log = subject.log or ()
    own = replace(
        subject, log=tuple(replace(e, member_id=PAUL.member_id, app_id="app") for e in log)
    )
    me = replace(SHARED, app_id="app")
    assert found(own, me=me) == [(DeletePart("checklist", YOUNG.id, STEPS), False)]


def test_a_word_without_a_reference_hides_no_double_after_it() -> None:
    text = signed("…", reference(card().id, "ask"))
    log = (comment(BOT, each, NOW) for each in ("merci", text, text))
    assert len(found(logged(card(), *log))) == 1


def test_a_double_to_which_somebody_reacted_stays() -> None:
    text = signed("…", reference(card().id, "ask"))
    first, second = comment(BOT, text, NOW), comment(BOT, text, NOW)
    liked = replace(second, reactions=(Reaction(MEL.member_id, "heart"),))
    own = replace(second, reactions=(Reaction(ME.member_id, "heart"),))
    assert [may for _, may in found(logged(card(), first, liked))] == [False]
    assert [may for _, may in found(logged(card(), first, own))] == [True]
