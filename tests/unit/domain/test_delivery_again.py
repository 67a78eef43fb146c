"""delivery: what follows the first word, when work is brought late, sent back or marked twice."""

from collections.abc import Callable

import pytest

from bot.domain.model import Action, Card
from bot.domain.rules.delivery import delivery
from bot.domain.tokens import reference
from tests.builders import MEL, PAUL, REVIEW, TODO, logged
from tests.unit.domain.delivering import (
    CARD,
    NOW,
    asks_assistant,
    attaches,
    completed,
    entered,
    reopened,
    says,
    tells_owner,
    the_comment,
)
from tests.unit.domain.handed import after, moved, passed, skipped, without

TOLD = passed(delivery, entered(logged(CARD, says("Voici."))), NOW)
ASKED = passed(delivery, entered(CARD), NOW)


def test_what_is_brought_after_the_request_is_told_to_the_owner_once() -> None:
    for late in (says("Voici.", 60), attaches(60)):
        brought_now = logged(ASKED, late)
        found = the_comment(brought_now, after(minutes=65))
        assert (found.mentions, found.ref) == (
            ("paul",),
            reference(CARD.id, "delivery", late.id),
        )
        told = passed(delivery, brought_now, after(minutes=65))
        assert skipped(delivery, told, after(minutes=66)) == ["delivery_told"]
        more = logged(told, attaches(70), says("et voilà", 71))
        assert skipped(delivery, more, after(minutes=76)) == ["delivery_told"]


def test_of_two_things_brought_after_the_request_one_word_tells() -> None:
    both = logged(ASKED, attaches(60), says("Voici https://x.fr", 61))
    told = passed(delivery, both, after(minutes=66))
    assert len(told.log or ()) == len(both.log or ()) + 1
    assert "links=2" in (told.log or ())[-1].text


@pytest.mark.parametrize("work", [says("Voici.", 60), attaches(60)])
@pytest.mark.parametrize("owners", [says("alors ?", 50, PAUL), says("alors ?", 60, PAUL)])
@pytest.mark.parametrize("deliver", [entered, completed])
def test_work_that_bot_and_owner_have_asked_for_is_told_to_the_owner_once(
    deliver: Callable[[Card], Card], owners: Action, work: Action
) -> None:
    asked = passed(delivery, deliver(CARD), NOW)
    both_asked = logged(asked, owners)
    assert skipped(delivery, both_asked, after(minutes=70)) == ["owner_knows"]
    brought_now = logged(both_asked, work)
    found = the_comment(brought_now, after(minutes=65))
    assert found.mentions == ("paul",)
    assert found.ref == reference(CARD.id, "delivery", work.id)
    told = passed(delivery, brought_now, after(minutes=65))
    assert skipped(delivery, told, after(minutes=66)) == ["delivery_told"]


def test_a_request_about_one_of_two_deliveries_asked_for_the_work() -> None:
    marked = logged(completed(ASKED, minutes=40), says("alors ?", 50, PAUL), says("Voici.", 60))
    assert tells_owner(marked, after(minutes=70))


def test_an_owner_who_has_acted_since_the_work_came_is_told_nothing_of_it() -> None:
    waited = logged(ASKED, says("alors ?", 50, PAUL), says("Voici.", 60))
    assert tells_owner(waited, after(minutes=70))
    looked = logged(waited, says("merci", 61, PAUL))
    assert skipped(delivery, looked, after(minutes=70)) == ["owner_knows"]


def test_work_that_the_owner_alone_has_asked_for_is_not_told() -> None:
    never_asked = logged(entered(CARD), says("alors ?", 21, PAUL), says("Voici.", 22))
    assert skipped(delivery, never_asked, NOW) == ["owner_knows"]
    moved_by_owner = logged(entered(CARD, PAUL), says("Voici.", 22))
    assert skipped(delivery, moved_by_owner, NOW) == ["owner_knows"]


def test_a_request_that_a_person_deleted_was_a_request_while_it_is_remembered() -> None:
    request = (ASKED.log or ())[-1]
    deleted = logged(without(ASKED, request.id), says("alors ?", 50, PAUL), says("Voici.", 60))
    moved_in = next(each for each in ASKED.log or () if each.list_after == REVIEW)
    known = frozenset({reference(CARD.id, "delivery", moved_in.id)})
    assert skipped(delivery, deleted, after(minutes=70)) == ["owner_knows"]
    assert the_comment(deleted, after(minutes=70), remembered=known).mentions == ("paul",)


def test_delivered_again_after_rework_it_is_told_again() -> None:
    back = logged(moved(TOLD, PAUL, TODO, after(minutes=40)), says("à revoir", 41, PAUL))
    assert skipped(delivery, back, after(minutes=46)) == ["not_delivered"]
    again = entered(back, minutes=60)
    found = the_comment(again, after(minutes=65))
    assert found.mentions == ("paul",)
    assert found.ref == reference(CARD.id, "delivery", (again.log or ())[-1].id)


def test_a_delivery_of_nothing_is_asked_about_again_after_rework() -> None:
    again = entered(moved(ASKED, PAUL, TODO, after(minutes=40)), minutes=60)
    assert asks_assistant(again, after(minutes=65))


def test_a_mark_on_a_card_that_lies_in_review_is_no_second_delivery() -> None:
    marked = completed(TOLD, minutes=40)
    assert skipped(delivery, marked, after(minutes=45)) == ["delivery_told"]
    assert skipped(delivery, reopened(marked, MEL, 42), after(minutes=47)) == ["delivery_told"]
    late_mark = completed(ASKED, minutes=40)
    assert skipped(delivery, late_mark, after(minutes=45)) == ["deliverable_asked"]


@pytest.mark.parametrize(
    ("subject", "by_mark"),
    [
        (completed(logged(CARD, says("Voici."))), True),
        (entered(logged(CARD, says("Voici."))), False),
        # Where it lies is what the owner sees first.
        (entered(completed(logged(CARD, says("Voici."))), minutes=25), False),
        (completed(entered(logged(CARD, says("Voici."))), minutes=25), False),
    ],
)
def test_the_owner_is_told_of_a_mark_where_the_card_lies_in_no_review_list(
    subject: Card, by_mark: bool
) -> None:
    assert f"completed={by_mark}" in the_comment(subject).text


def test_a_mark_after_a_word_of_the_owners_is_a_delivery_of_its_own() -> None:
    looked = logged(TOLD, says("manque la fin", 40, PAUL))
    marked = completed(looked, minutes=50)
    found = the_comment(marked, after(minutes=55))
    assert found.mentions == ("paul",)
    assert found.ref == reference(CARD.id, "delivery", (marked.log or ())[-1].id)


def test_moved_out_and_in_again_without_the_owner_it_is_told_once() -> None:
    again = entered(moved(TOLD, MEL, TODO, after(minutes=40)), minutes=41)
    assert skipped(delivery, again, after(minutes=46)) == ["delivery_told"]
