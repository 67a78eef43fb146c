"""Who has the ball after what somebody did: one act on a card that Paul handed over to Mel."""

import pytest
from msgspec.structs import replace

from bot.domain.ball import Holder, asks, holder, mentions, spoken
from bot.domain.model import Action, Card
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    DONE,
    IDEAS,
    MEL,
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
from tests.unit.domain.handed import after, handed

CARD = handed()
QUESTION = comment(MEL.member_id, "On fait comment ?", after(minutes=1))


def said(text: str, by: str = MEL.member_id, minutes: float = 2) -> Action:
    return comment(by, text, after(minutes=minutes))


def ticked(
    item: str, *, done: bool = True, checklist: str = "Où en êtes-vous ?", by: str = MEL.member_id
) -> Action:
    kind = "updateCheckItemStateOnCard"
    return action(kind, by, after(minutes=2), item=item, item_done=done, checklist=checklist)


def moved(by: str, before: str, to: str, minutes: float = 2) -> Action:
    return move(by, before, to, after(minutes=minutes))


def held_after(*log: Action, on: Card = CARD) -> Holder:
    full = logged(on, *log)
    return holder(full, snapshot(full))


@pytest.mark.parametrize(
    "act",
    [
        *map(said, ("@paul c'est fait", "J'ai un doute ?", "bloqué", "Pas clair", "J'attends")),
        *map(said, ("waiting\nfor the bank", "unclear", "BLOQUÉE !", "blocked.", "j’attends…")),
        *map(said, ("@PAUL.", "> merci\net la suite ?", "fait, @paul\n\nvoilà", "ok ?")),
        *map(said, ("/pause 3j\nC'est pour quand ?", "/pause 3j\n@paul à demain")),
        *map(said, ("bloqué\n> pourquoi ?", "`x` ou `y` ?", "https://x.fr/page ?")),
        ticked("Pas clair : j’ai une question"),
        ticked("J’attends quelque chose ou quelqu’un"),
        ticked("Blocked: I need help", checklist="How is it going?"),
        *(moved(each, TODO, QUESTIONS) for each in (MEL.member_id, STRANGER, PAUL.member_id)),
        *(moved(each, TODO, REVIEW) for each in (MEL.member_id, STRANGER, PAUL.member_id)),
        moved(MEL.member_id, QUESTIONS, REVIEW),
        moved(MEL.member_id, REVIEW, QUESTIONS),
    ],
)
def test_these_pass_the_ball_to_the_owner(act: Action) -> None:
    assert held_after(act) is Holder.OWNER


@pytest.mark.parametrize(
    "act",
    [
        *map(said, ("ok", "C'est en cours.", "on track", "En bonne voie", "je suis bloqué")),
        *map(said, ("@tom à toi", "@paulette merci", "moi@paul.fr", "paul, voilà", "ok\nbloqué")),
        *map(said, ("> tu viens ?", "`a ? b`", "```\na ? b\n```", "https://x.fr/?q=1")),
        *map(said, ("> @paul", "`@paul`", "```\n@paul\n```", "https://x.fr/@paul")),
        *map(said, ("> bloqué", "voir www.x.fr/?q=1 et la suite")),
        *map(said, ("/pause 3j ?", "/why", "/pourquoi ?", "/pause 3j @paul", "/snoze ?")),
        *map(said, ("/pause 3j\nje reprends lundi", "\\/why ?", "@paul-2 à toi")),
        *map(said, ("\\/pause 3j ?\nje reprends lundi", "\\/pause 3j @paul\nà lundi")),
        *(said(text, by=STRANGER) for text in ("C'est pour quand ?", "@paul", "bloqué")),
        said("C'est pour quand ?", by=TOM.member_id),
        said("C'est pour quand ?", by=BOT),
        ticked("En bonne voie"),
        ticked("Bloqué : j’ai besoin d’aide", done=False),
        ticked("Bloqué : j’ai besoin d’aide", checklist="Étapes"),
        ticked("Bloqué : j’ai besoin d’aide", by=STRANGER),
        ticked("relire"),
        ticked("C’est clair ?", checklist="Étapes"),
        action("updateCheckItemStateOnCard", MEL.member_id, after(minutes=2)),
        edit(MEL.member_id, "name", after(minutes=2)),
        edit(MEL.member_id, "dueComplete", after(minutes=2)),
        moved(MEL.member_id, TODO, DONE),
        moved(MEL.member_id, TODO, IDEAS),
        moved(BOT, TODO, QUESTIONS),
        action("copyCommentCard", MEL.member_id, after(minutes=2), text="@paul ?"),
    ],
)
def test_these_leave_it_with_the_assistant(act: Action) -> None:
    assert held_after(act) is Holder.ASSISTANT


@pytest.mark.parametrize(
    "act",
    [
        *(said(text, by=PAUL.member_id) for text in ("oui", "bloqué", "Et vous ?", "@paul")),
        *(said(text, by=PAUL.member_id) for text in ("/go\nmerci", "/pause 3j\nà lundi")),
        *(
            edit(PAUL.member_id, field, after(minutes=2))
            for field in ("due", "start", "desc", "name", "dueComplete", "closed")
        ),
        *(
            action(kind, PAUL.member_id, after(minutes=2))
            for kind in (
                *("updateCheckItemStateOnCard", "addChecklistToCard", "removeChecklistFromCard"),
                *("addAttachmentToCard", "deleteAttachmentFromCard", "addMemberToCard"),
                *("removeMemberFromCard", "moveCardToBoard"),
            )
        ),
        moved(PAUL.member_id, TODO, DONE),
        *(moved(each, QUESTIONS, TODO) for each in (PAUL.member_id, MEL.member_id, STRANGER)),
        *(moved(each, REVIEW, TODO) for each in (PAUL.member_id, MEL.member_id, STRANGER)),
        moved(MEL.member_id, QUESTIONS, DONE),
    ],
)
def test_an_act_of_the_owner_or_leaving_a_list_gives_it_back(act: Action) -> None:
    assert held_after(QUESTION, act) is Holder.ASSISTANT


@pytest.mark.parametrize(
    "act",
    [
        *(
            edit(PAUL.member_id, field, after(minutes=2))
            for field in ("pos", "idLabels", "idAttachmentCover", "dueReminder")
        ),
        action("voteOnCard", PAUL.member_id, after(minutes=2)),
        action("copyCommentCard", PAUL.member_id, after(minutes=2), text="oui"),
        *(
            said(text, by=PAUL.member_id)
            for text in ("/why", "/pause 3j", "/go", "/GO !", "/snoze 3j", "/aide\n\n")
        ),
        *(said(text) for text in ("pardon", "ok", "/resume")),
        ticked("En bonne voie"),
        *(said(text, by=STRANGER) for text in ("j'aide", "oui", "@mel")),
        said("c'est fait", by=TOM.member_id),
        said("rappel", by=BOT),
        edit(BOT, "due", after(minutes=2)),
        edit(STRANGER, "due", after(minutes=2)),
        moved(STRANGER, TODO, DONE),
    ],
)
def test_nothing_else_gives_it_back(act: Action) -> None:
    assert held_after(QUESTION, act) is Holder.OWNER


def test_the_hand_over_gives_it_to_the_assistant_whatever_came_before() -> None:
    assert held_after(said("Et après ?", minutes=-5)) is Holder.ASSISTANT
    assert held_after(said("Et après ?", minutes=0)) is Holder.ASSISTANT
    assert held_after(said("Et après ?", minutes=0.1)) is Holder.OWNER
    bare = card(member_ids=(MEL.member_id,))
    without = logged(bare, said("Et après ?", minutes=-5))
    assert holder(without, snapshot(without)) is Holder.OWNER


def test_the_newest_evidence_wins_again_and_again() -> None:
    answered, again = said("oui", PAUL.member_id, 2), said("Et ensuite ?", minutes=3)
    assert held_after(QUESTION, answered, again) is Holder.OWNER
    assert held_after(QUESTION, answered, again, said("fini", PAUL.member_id, 4)) is (
        Holder.ASSISTANT
    )


@pytest.mark.parametrize("who", [PAUL.member_id, MEL.member_id, STRANGER])
def test_in_a_review_list_the_owner_keeps_it_until_the_card_leaves(who: str) -> None:
    delivered = replace(CARD, list_id=REVIEW)
    entered, answered = moved(who, TODO, REVIEW), said("à refaire", PAUL.member_id, 3)
    assert held_after(entered, answered, on=delivered) is Holder.OWNER
    back = replace(CARD, list_id=TODO)
    assert held_after(entered, answered, moved(who, REVIEW, TODO, 4), on=back) is Holder.ASSISTANT


def test_a_card_that_left_a_review_list_comes_back_by_an_act_of_the_owner_as_before() -> None:
    came_and_went = moved(MEL.member_id, TODO, REVIEW, 2), moved(MEL.member_id, REVIEW, TODO, 3)
    asked, answered = said("C'est bon ?", minutes=4), said("oui", PAUL.member_id, 5)
    assert held_after(*came_and_went, asked) is Holder.OWNER
    assert held_after(*came_and_went, asked, answered) is Holder.ASSISTANT


def test_in_a_question_list_a_word_of_the_owner_gives_it_back() -> None:
    waiting = replace(CARD, list_id=QUESTIONS)
    entered = moved(MEL.member_id, TODO, QUESTIONS)
    assert held_after(entered, on=waiting) is Holder.OWNER
    assert held_after(entered, said("oui", PAUL.member_id, 3), on=waiting) is Holder.ASSISTANT


def test_an_edited_comment_counts_as_it_now_reads() -> None:
    assert held_after(replace(QUESTION, text="On avance.")) is Holder.ASSISTANT


@pytest.mark.parametrize(
    ("members", "by_now"),
    [
        ((), Holder.OWNER),
        ((STRANGER,), Holder.OWNER),
        ((PAUL.member_id,), Holder.OWNER),
        ((TOM.member_id,), Holder.ASSISTANT),
        ((STRANGER, MEL.member_id), Holder.ASSISTANT),
    ],
)
def test_without_a_configured_assistant_the_owner_has_it(
    members: tuple[str, ...], by_now: Holder
) -> None:
    assert held_after(on=replace(CARD, member_ids=members)) is by_now


def test_a_new_assistant_gets_it_with_their_own_hand_over() -> None:
    told = signed("à vous", reference(CARD.id, "hand-over", TOM.member_id))
    with_tom = replace(CARD, member_ids=(TOM.member_id,))
    handed_on = (QUESTION, comment(BOT, told, after(minutes=3)))
    assert held_after(*handed_on, on=with_tom) is Holder.ASSISTANT
    assert held_after(*handed_on, said("Et moi ?", minutes=4), on=with_tom) is Holder.ASSISTANT
    asked = said("Et moi ?", TOM.member_id, 4)
    assert held_after(*handed_on, asked, on=with_tom) is Holder.OWNER


def test_of_two_assistants_on_a_card_the_first_in_the_file_counts() -> None:
    both = replace(CARD, member_ids=(TOM.member_id, MEL.member_id))
    assert held_after(said("Et moi ?", TOM.member_id), on=both) is Holder.ASSISTANT
    assert held_after(said("Et moi ?", MEL.member_id), on=both) is Holder.OWNER


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("avant ``a ? b`` après", "avant   après"),
        ("~~~\nsans fin ?", " "),
        ("```\nfin ?\n```\n~~~\nfin ?\n~~~\nsuite", " \n \nsuite"),
        ("vu HTTPS://X.FR/?A=B.", "vu  ."),
        ("(https://x.fr/a?b=c)", "( )"),
        ("à lire : https://x.fr/a ?", "à lire :   ?"),
        ("www.x.fr?a", " "),
        ("  > cité ?\n non > oui ?", " \n non > oui ?"),
        ("\t/why ?\nc/o ?", " \nc/o ?"),
        ("\\/pause 3j ?\n \\/why ?\nfin ?", " \n \nfin ?"),
        ("\\\\/pause ?", "\\\\/pause ?"),
        ("1 / 2 ?", "1 / 2 ?"),
        (">\n/a\nb", " \n \nb"),
        ("`` ?", "`` ?"),
        ("`a ?", "`a ?"),
        ("`````` ?", "  ?"),
        ("http://x ?", "  ?"),
        ("https:// ?", "https:// ?"),
    ],
)
def test_code_quotes_commands_and_addresses_are_not_spoken(text: str, left: str) -> None:
    assert spoken(text) == left


def test_a_question_mark_that_ends_an_address_is_spoken() -> None:
    assert asks("Vous avez vu https://x.fr/page?")
    assert not asks("Vous avez vu https://x.fr/page?a=b")


def test_a_mention_is_a_whole_user_name_in_any_case() -> None:
    dotted = replace(PAUL, username="p.aul")
    assert mentions("(@Paul)", PAUL)
    assert mentions("@paul, voilà", PAUL)
    assert not mentions("@paul_2", PAUL)
    assert not mentions("@paul-2", PAUL)
    assert not mentions("\\/pause 1j @paul", PAUL)
    assert not mentions("x@paul", PAUL)
    assert mentions("@p.aul", dotted)
    assert not mentions("@pxaul", dotted)
