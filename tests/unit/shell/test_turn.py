"""When a card is read again in its turn, and whose hands the bot takes for its own."""

import pytest

from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    AddLabel,
    AddMember,
    Change,
    DeleteComment,
    DeletePart,
    EditComment,
    Planned,
    PostComment,
    React,
    Reason,
    RemoveLabel,
    SetDates,
    SetDescription,
    SetPortfolio,
    Untick,
)
from bot.domain.model import Action, Card
from bot.domain.tokens import reference, signed
from bot.ports import Done
from bot.turn import Turn
from tests.builders import (
    APP,
    BOT,
    HOLD,
    LONG_AGO,
    MEL,
    NOW,
    PAUL,
    SHARED,
    STALLED,
    an_id,
    card,
    comment,
    logged,
    replace,
    situation,
)
from tests.unit.shell.board import Board, Run, lost

CARD = card()
REF = reference(CARD.id, "reply", "x")
CAREFUL: list[Change] = [
    SetDescription("brief"),
    SetPortfolio("tableau"),
    PostComment("@paul ?", REF),
    EditComment("a1", "@paul !", REF),
    DeleteComment("a1"),
    DeletePart("checklist", "c1", "Étapes"),
]
"""What may come twice, cover what a person has typed, or take away what they have touched."""
OTHERS: list[Change] = [
    SetDates(NOW),
    AddChecklist("Étapes"),
    AddCheckItem("Étapes", "lire"),
    AddAttachment("plan", "https://example.com"),
    AddMember(MEL.member_id, "mel"),
    AddLabel(STALLED, "à regarder"),
    RemoveLabel(STALLED, "à regarder"),
    Untick("i1", "Où ?"),
    React("a1"),
]


def turn(*planned: Planned) -> Turn:
    return Turn(CARD, planned, situation(CARD))


@pytest.mark.parametrize("change", CAREFUL, ids=lambda each: type(each).__name__)
def test_after_a_write_the_card_is_read_again_before_what_could_do_harm(change: Change) -> None:
    mine = turn()
    assert not mine.must_read(change)
    mine.done(Planned("brief", CARD.id, AddChecklist("Étapes"), Reason("handed_over")), Done())
    assert mine.must_read(change)
    mine.read(mine.card)
    assert not mine.must_read(change)


@pytest.mark.parametrize("change", OTHERS, ids=lambda each: type(each).__name__)
def test_nothing_is_read_before_what_only_adds_to_the_card(change: Change) -> None:
    mine = turn()
    mine.done(Planned("brief", CARD.id, AddChecklist("Étapes"), Reason("handed_over")), Done())
    assert not mine.must_read(change)


def test_a_checklist_bears_the_id_that_trello_gave_it() -> None:
    mine = Turn(replace(CARD, checklists=()), (), situation(CARD))
    for name, known in (("Étapes", "5f1b"), ("Réponses", None)):
        made = Planned("brief", CARD.id, AddChecklist(name), Reason("handed_over"))
        mine.done(made, Done(id=known))
    assert [(each.name, each.id) for each in mine.card.checklists] == [
        ("Étapes", "5f1b"),
        ("Réponses", "new:Réponses"),
    ]


def test_a_comment_that_nobody_wants_any_more_is_not_posted() -> None:
    board = Board(CARD)
    board.meanwhile[3] = lambda each: replace(each, label_ids=each.label_ids | {HOLD})
    done = Run(board, situation(CARD))
    assert done.outcomes[-2:] == ["applied", "dropped"]
    assert not [each for each in board.written if isinstance(each, PostComment)]


def asked(times: int) -> tuple[Action, ...]:
    text = signed("?", reference(CARD.id, "ask"))
    return tuple(comment(BOT, text, NOW) for _ in range(times))


@pytest.mark.parametrize(("times", "mended"), [(2, 1), (13, 12), (15, 12)])
def test_what_turns_out_to_be_doubled_is_mended_in_the_same_turn_a_dozen_at_most(
    times: int, mended: int
) -> None:
    board = Board(CARD)
    board.meanwhile[2] = lambda each: logged(each, *asked(times))
    done = Run(board, situation(CARD))
    deleted = [each for each in board.written if isinstance(each, DeleteComment)]
    assert len(deleted) == mended
    assert done.outcomes == ["applied"] * (11 + mended)
    left = Run(board, situation(*board.cards.values()))
    assert left.outcomes == ["applied"] * (times - 1 - mended)


def test_whatever_people_settle_in_the_course_of_a_turn_is_dropped() -> None:
    board = Board(CARD)
    board.meanwhile[2] = lambda each: replace(each, member_ids=(MEL.member_id,))
    board.meanwhile[3] = lambda each: replace(each, closed=True)
    done = Run(board, situation(CARD))
    assert done.outcomes == [*["applied"] * 9, "dropped", "dropped"]
    assert [type(each.planned.change) for each in done.effects[9:]] == [AddMember, PostComment]


UNKNOWN_APP = replace(SHARED, app_id=None)
"""The owner's own account, before anything has told which application the bot's is."""


def test_on_a_shared_account_the_bots_own_description_tells_its_application() -> None:
    board = Board(CARD, wrong={11: lost()}, me=SHARED)
    board.lost_but_made = {11}
    done = Run(board, situation(CARD, me=UNKNOWN_APP))
    assert done.outcomes == ["applied"] * len(done.planned)
    assert [each.planned.rule for each in done.effects] == ["brief"] * 11
    assert len(done.memory.refs) == 1


def pasted(on: Card) -> Card:
    """Return the card on which the owner pasted a comment of the bot's, by hand."""
    text = signed("@paul ?", reference(on.id, "ask"))
    return logged(on, comment(PAUL.member_id, text, LONG_AGO, app_id=an_id("a browser")))


def test_an_application_that_an_answer_named_is_known_on_the_next_card() -> None:
    first, asked = card(id="0" * 24), card("Sans notes", "")
    answers = dict.fromkeys(range(1, 12), Done(app_id=APP))
    board = Board(first, asked, wrong=answers, me=SHARED)
    board.meanwhile[4] = pasted
    done = Run(board, situation(first, asked, me=UNKNOWN_APP))
    assert [each.planned.card_id for each in done.effects] == [first.id] * 11 + [asked.id]
    assert done.outcomes == ["applied"] * 12
    assert [each.planned.reason.code for each in done.effects][-1] == "incomplete"
