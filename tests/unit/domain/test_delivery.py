"""delivery: delivered work reaches the owner once; a delivery of nothing is asked about once."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.domain.changes import Planned, PostComment
from bot.domain.follow_up import Delivered, NothingDelivered
from bot.domain.model import Action, Card
from bot.domain.rules.delivery import delivery
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    DONE,
    HOLD,
    MEL,
    PAUL,
    QUESTIONS,
    REVIEW,
    TODO,
    TOM,
    action,
    comment,
    edit,
    logged,
    replace,
    utc,
)
from tests.unit.domain.delivering import (
    CARD,
    IN,
    NOW,
    ZOE,
    asks_assistant,
    attaches,
    completed,
    entered,
    reopened,
    says,
    tells_owner,
    the_comment,
)
from tests.unit.domain.handed import (
    BarePen,
    after,
    desk,
    moved,
    passed,
    skipped,
    verdicts_of,
    without,
)


@pytest.mark.parametrize(("deliver", "by_mark"), [(entered, False), (completed, True)])
def test_a_delivery_of_nothing_asks_the_assistant_for_the_deliverable_once(
    deliver: Callable[[Card], Card], by_mark: bool
) -> None:
    subject = deliver(CARD)
    (found,) = verdicts_of(delivery, subject, NOW)
    assert isinstance(found, Planned)
    ref = reference(CARD.id, "delivery", (subject.log or ())[-1].id)
    text = BarePen().message(NothingDelivered(MEL, PAUL, by_mark), ref)
    assert found == Planned("delivery", CARD.id, PostComment(text, ref, ("mel",)), found.reason)
    assert found.reason.code == "nothing_delivered"
    once = passed(delivery, subject, NOW)
    assert skipped(delivery, once, NOW) == ["deliverable_asked"]
    assert skipped(delivery, logged(once, says("/why", 40)), after(days=9)) == ["deliverable_asked"]
    deleted = without(once, (once.log or ())[-1].id)
    assert skipped(delivery, deleted, NOW, remembered=frozenset({ref})) == ["deliverable_asked"]


@pytest.mark.parametrize(
    ("log", "links"),
    [
        ([says("Voici.")], 0),
        ([says("ok")], 0),
        ([says("https://x.fr/a")], 1),
        ([says("https://x.fr/a et HTTP://x.fr/b"), says("<https://x.fr/c>", 11)], 3),
        ([attaches()], 1),
        ([attaches(), attaches(11), says("voilà https://x.fr/a", 12)], 3),
        ([says("/pause 1j\nVoici.")], 0),
    ],
)
@pytest.mark.parametrize(("deliver", "by_mark"), [(entered, False), (completed, True)])
def test_delivered_work_is_told_to_the_owner_once(
    log: list[Action], links: int, deliver: Callable[[Card], Card], by_mark: bool
) -> None:
    subject = deliver(logged(CARD, *log))
    (found,) = verdicts_of(delivery, subject, NOW)
    assert isinstance(found, Planned)
    assert found.reason.code == "delivered_work"
    ref = reference(CARD.id, "delivery", (subject.log or ())[-1].id)
    text = BarePen().message(Delivered(PAUL, MEL, links, by_mark), ref)
    assert found.change == PostComment(text, ref, ("paul",))
    once = passed(delivery, subject, NOW)
    assert skipped(delivery, once, NOW) == ["delivery_told"]
    more = logged(once, attaches(40), says("et voilà", 41))
    assert skipped(delivery, more, after(days=9)) == ["delivery_told"]
    deleted = without(once, (once.log or ())[-1].id)
    assert skipped(delivery, deleted, NOW, remembered=frozenset({ref})) == ["delivery_told"]


@pytest.mark.parametrize("done", [frozenset({DONE}), frozenset[str]()])
def test_the_owner_is_told_of_a_list_for_finished_work_only_where_there_is_one(
    done: frozenset[str],
) -> None:
    boards = (desk(lists=replace(desk().lists, done=done)),)
    found = the_comment(entered(logged(CARD, says("Voici."))), boards=boards)
    assert f"has_done={bool(done)}" in found.text


@pytest.mark.parametrize(
    "nothing",
    [
        says("Voici.", -10),
        attaches(-10),
        says("/why"),
        says("/snoze 3j"),
        says("  \n"),
        *(says("Voici https://x.fr", who=each) for each in (TOM, ZOE)),
        attaches(who=ZOE),
        says("Voici https://x.fr", who=PAUL),
        attaches(who=PAUL),
        comment(BOT, "Voici https://x.fr", after(minutes=10)),
        action("deleteAttachmentFromCard", MEL.member_id, after(minutes=10), attachment="a.pdf"),
        edit(MEL.member_id, "desc", after(minutes=10)),
        edit(MEL.member_id, "name", after(minutes=10)),
    ],
)
def test_these_bring_nothing(nothing: Action) -> None:
    log = sorted((*(CARD.log or ()), nothing), key=lambda each: each.at)
    assert asks_assistant(entered(replace(CARD, log=tuple(log))))


def test_it_comes_at_any_hour_and_although_somebody_asked_for_silence() -> None:
    at_night = utc("2026-12-06 02:00")
    quiet = logged(CARD, says("/mute", 1, PAUL), says("/silence", 2))
    assert asks_assistant(entered(quiet), at_night)
    assert tells_owner(entered(logged(quiet, says("Voici."))), at_night)


@pytest.mark.parametrize(
    "act", [says("je lis", 25, PAUL), edit(PAUL.member_id, "due", after(minutes=25))]
)
def test_an_owner_who_has_acted_since_is_told_nothing(act: Action) -> None:
    work = logged(CARD, says("Voici."))
    for delivered in (entered(work), completed(work), entered(CARD), completed(CARD)):
        assert skipped(delivery, logged(delivered, act), NOW) == ["owner_knows"]


def test_an_owner_who_moved_it_knows() -> None:
    assert skipped(delivery, entered(CARD, PAUL), NOW) == ["owner_knows"]
    assert skipped(delivery, entered(logged(CARD, says("Voici.")), PAUL), NOW) == ["owner_knows"]


def test_what_the_owner_did_before_hides_nothing() -> None:
    work = logged(CARD, says("bon courage", 5, PAUL), says("Voici."), says("merci", 19, PAUL))
    assert tells_owner(entered(work))
    pushed = edit(PAUL.member_id, "pos", after(minutes=25))
    assert tells_owner(logged(entered(work), pushed))


def test_a_stranger_may_bring_it_into_review_but_not_mark_it_complete() -> None:
    work = logged(CARD, says("Voici."))
    assert tells_owner(entered(work, ZOE))
    assert asks_assistant(entered(CARD, ZOE))
    for who in (ZOE, PAUL, TOM):
        assert skipped(delivery, completed(work, who), NOW) == ["not_delivered"]


@pytest.mark.parametrize(
    "subject",
    [
        CARD,
        logged(CARD, says("Voici.")),
        moved(CARD, MEL, QUESTIONS, after(minutes=IN)),
        moved(CARD, MEL, DONE, after(minutes=IN)),
        moved(entered(CARD), MEL, TODO, after(minutes=25)),
        reopened(completed(CARD), MEL, 25),
        reopened(completed(CARD), PAUL, 25),
        replace(CARD, list_id=REVIEW),
        replace(CARD, due_complete=True),
        completed(CARD, ZOE),
        replace(entered(CARD), member_ids=()),
    ],
)
def test_a_card_that_nobody_delivered_is_left_alone(subject: Card) -> None:
    assert skipped(delivery, subject, NOW) == ["not_delivered"]


def test_delivered_before_the_hand_over_is_not_delivered() -> None:
    early = edit(MEL.member_id, "dueComplete", after(minutes=-5))
    subject = replace(CARD, due_complete=True, log=(early, *(CARD.log or ())))
    assert skipped(delivery, subject, NOW) == ["not_delivered"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"closed": True}, "archived"),
        ({"label_ids": CARD.label_ids | {HOLD}}, "held"),
        ({"label_ids": frozenset({HOLD})}, "held"),
        ({"label_ids": frozenset()}, "not_delegated"),
        ({"log": None}, "log_unread"),
        ({"log": (), "desc": ""}, "not_handed_over"),
    ],
)
def test_these_cards_are_left_alone(parts: dict[str, Any], code: str) -> None:
    assert skipped(delivery, replace(entered(CARD), **parts), NOW) == [code]


def test_what_a_former_assistant_brought_is_not_the_new_ones_delivery() -> None:
    told = signed("à vous", reference(CARD.id, "hand-over", TOM.member_id))
    with_tom = replace(CARD, member_ids=(TOM.member_id,))
    given_on = logged(with_tom, says("Voici."), comment(BOT, told, after(minutes=15)))
    assert the_comment(entered(given_on, TOM)).mentions == ("tom",)
    assert tells_owner(entered(logged(given_on, says("Here.", 16, TOM)), TOM))
