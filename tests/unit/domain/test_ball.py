from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.ball import Holder, asks_owner, holder, spoken
from bot.domain.model import Action, Card
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    DONE,
    MEL,
    NOW,
    PAUL,
    QUESTIONS,
    REVIEW,
    STRANGER,
    TODO,
    TOM,
    action,
    card,
    comment,
    edit,
    logged,
    move,
    snapshot,
)

CARD = card(member_ids=(MEL.member_id,))
HANDED = comment(BOT, signed("à vous", reference(CARD.id, "hand-over", MEL.member_id)), NOW)


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def said(text: str, by: str = MEL.member_id, minutes: float = 1) -> Action:
    return comment(by, text, at(minutes))


def ticked(item: str, *, done: bool = True, checklist: str = "Où en êtes-vous ?") -> Action:
    kind = "updateCheckItemStateOnCard"
    return action(kind, MEL.member_id, at(1), item=item, item_done=done, checklist=checklist)


def held_after(*log: Action, on: Card = CARD) -> Holder:
    full = logged(on, HANDED, *log)
    return holder(full, snapshot(full))


@pytest.mark.parametrize(
    "act",
    [
        *map(said, ("@paul c'est fait", "J'ai un doute ?", "bloqué", "Pas clair", "J'attends")),
        *map(said, ("waiting\nfor the bank", "@PAUL.", "> merci\net la suite ?")),
        ticked("Pas clair : j’ai une question"),
        ticked("Blocked: I need help", checklist="How is it going?"),
        *(move(each, TODO, QUESTIONS, at(1)) for each in (MEL.member_id, STRANGER)),
        move(PAUL.member_id, TODO, QUESTIONS, at(1)),
        move(MEL.member_id, QUESTIONS, REVIEW, at(1)),
    ],
)
def test_these_pass_the_ball_to_the_owner(act: Action) -> None:
    assert held_after(act) is Holder.OWNER


@pytest.mark.parametrize(
    "act",
    [
        *map(said, ("ok", "C'est en cours.", "@tom à toi", "@paulette merci", "moi@paul.fr")),
        *map(said, ("> tu viens ?", "`a ? b`", "```\na ? b\n```", "https://x.fr/?q=1")),
        *map(said, ("/pause 3j ?", "voir www.x.fr/?q=1 et la suite")),
        said("C'est pour quand ?", by=STRANGER),
        ticked("En bonne voie"),
        ticked("Bloqué : j’ai besoin d’aide", done=False),
        ticked("Bloqué : j’ai besoin d’aide", checklist="Étapes"),
        ticked("relire"),
        action("updateCheckItemStateOnCard", MEL.member_id, at(1)),
        edit(MEL.member_id, "name", at(1)),
        move(MEL.member_id, TODO, DONE, at(1)),
    ],
)
def test_these_leave_it_with_the_assistant(act: Action) -> None:
    assert held_after(act) is Holder.ASSISTANT


@pytest.mark.parametrize(
    ("act", "after"),
    [
        (said("oui", by=PAUL.member_id, minutes=2), Holder.ASSISTANT),
        (edit(PAUL.member_id, "due", at(2)), Holder.ASSISTANT),
        (move(STRANGER, QUESTIONS, TODO, at(2)), Holder.ASSISTANT),
        (edit(PAUL.member_id, "pos", at(2)), Holder.OWNER),
        (edit(PAUL.member_id, "idLabels", at(2)), Holder.OWNER),
        (said("pardon", minutes=2), Holder.OWNER),
        (said("j'aide", by=STRANGER, minutes=2), Holder.OWNER),
        (said("rappel", by=BOT, minutes=2), Holder.OWNER),
    ],
)
def test_an_act_of_the_owner_gives_it_back(act: Action, after: Holder) -> None:
    assert held_after(said("On fait comment ?"), act) is after


def test_the_hand_over_gives_it_to_the_assistant_whatever_came_before() -> None:
    assert held_after(said("Et après ?", minutes=-5)) is Holder.ASSISTANT
    without = logged(CARD, said("Et après ?", minutes=-5))
    assert holder(without, snapshot(without)) is Holder.OWNER


def test_in_a_review_list_the_owner_keeps_it_until_the_card_leaves() -> None:
    delivered = replace(CARD, list_id=REVIEW)
    entered, answered = move(MEL.member_id, TODO, REVIEW, at(1)), said("vu", PAUL.member_id, 2)
    assert held_after(entered, answered, on=delivered) is Holder.OWNER
    assert held_after(entered, move(PAUL.member_id, REVIEW, TODO, at(3))) is Holder.ASSISTANT


def test_without_a_configured_assistant_the_owner_has_it() -> None:
    assert held_after(on=card(member_ids=(STRANGER,))) is Holder.OWNER
    assert held_after(on=card(member_ids=(TOM.member_id,))) is Holder.ASSISTANT


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("avant ``a ? b`` après", "avant   après"),
        ("~~~\nsans fin ?", " "),
        ("vu HTTPS://X.FR/?A=B.", "vu  ."),
        ("(https://x.fr/a?b=c)", "( )"),
        ("à lire : https://x.fr/a ?", "à lire :   ?"),
    ],
)
def test_code_quotes_commands_and_addresses_are_not_spoken(text: str, left: str) -> None:
    assert spoken(text) == left


def test_a_question_mark_that_ends_an_address_is_spoken() -> None:
    assert asks_owner("Vous avez vu https://x.fr/page?", PAUL)
