"""delivery: the bot waits until nobody touches the card, and leaves it to those who spoke."""

from collections.abc import Callable

import pytest

from bot.domain.changes import Reason, Skip
from bot.domain.model import Action, Card
from bot.domain.rules.delivery import delivery
from tests.builders import BOT, MEL, PAUL, TODO, TOM, comment, edit, logged, replace
from tests.unit.domain.delivering import (
    CARD,
    NOW,
    ZOE,
    asks_assistant,
    attaches,
    completed,
    entered,
    says,
    tells_owner,
    the_comment,
)
from tests.unit.domain.handed import after, moved, passed, skipped, verdicts_of

WORK = logged(CARD, says("Voici."))


@pytest.mark.parametrize("deliver", [entered, completed])
@pytest.mark.parametrize(("before", "speaks"), [(WORK, tells_owner), (CARD, asks_assistant)])
def test_a_card_that_has_just_been_delivered_is_left_alone_for_five_minutes(
    before: Card, speaks: Callable[[Card], bool], deliver: Callable[[Card], Card]
) -> None:
    subject = deliver(before)
    until = Skip("delivery", CARD.id, Reason("delivering_now"), after(minutes=25))
    for minutes in (20, 22, 24.99):
        assert verdicts_of(delivery, subject, after(minutes=minutes)) == [until]
    assert the_comment(subject, after(minutes=25)) == the_comment(subject, after(days=3))
    assert speaks(subject)


@pytest.mark.parametrize(
    "touch",
    [
        says("et voilà", 24),
        attaches(24),
        edit(MEL.member_id, "name", after(minutes=24)),
        *(edit(each.member_id, "pos", after(minutes=24)) for each in (MEL, PAUL, ZOE)),
        edit(PAUL.member_id, "idLabels", after(minutes=24)),
        says("bravo", 24, ZOE),
    ],
)
def test_whoever_touches_it_puts_the_word_off(touch: Action) -> None:
    subject = logged(entered(WORK), touch)
    until = Skip("delivery", CARD.id, Reason("delivering_now"), after(minutes=29))
    assert verdicts_of(delivery, subject, after(minutes=28.99)) == [until]
    assert tells_owner(subject, after(minutes=29))


def test_what_the_bot_does_puts_nothing_off() -> None:
    by_bot = edit(BOT, "desc", after(minutes=24)), comment(BOT, "relance", after(minutes=24))
    assert tells_owner(logged(entered(WORK), *by_bot), after(minutes=25))


@pytest.mark.parametrize("work", [says("Voici.", 23), attaches(23)])
def test_work_that_follows_the_move_at_once_spares_the_request(work: Action) -> None:
    assert tells_owner(logged(entered(CARD), work), after(minutes=28))


@pytest.mark.parametrize("deliver", [entered, completed])
@pytest.mark.parametrize("minutes", [-60, -1, 0, 1, 90])
@pytest.mark.parametrize("text", ["@paul voici : https://x.fr", "@PAUL, c’est prêt", "/why\n@paul"])
def test_an_owner_whom_the_assistant_has_told_is_not_told_by_the_bot(
    text: str, minutes: float, deliver: Callable[..., Card]
) -> None:
    delivered = deliver(CARD, minutes=100)
    log = sorted((*(delivered.log or ()), says(text, 100 + minutes)), key=lambda each: each.at)
    subject = replace(delivered, log=tuple(log))
    for now in (max(100, 100 + minutes), 200, 2000):
        assert skipped(delivery, subject, after(minutes=now)) == ["owner_knows"]


@pytest.mark.parametrize(
    "other",
    [
        says("@paul voici", 100 - 60.01),
        says("@paul voici", 10),
        says("paul, voici", 99),
        says("@paul-2 voici", 99),
        says("@tom voici", 99),
        says("voir `@paul`", 99),
        says("> @paul", 99),
        says("/pause 1j @paul", 99),
        says("@paul voici", 99, ZOE),
        says("@paul voici", 99, TOM),
        comment(BOT, "@paul voici", after(minutes=99)),
        replace(attaches(99), attachment="@paul.pdf", text="@paul"),
    ],
)
def test_what_did_not_reach_the_owner_hides_no_delivery(other: Action) -> None:
    log = sorted((*(WORK.log or ()), other), key=lambda each: each.at)
    subject = entered(replace(WORK, log=tuple(log)), minutes=100)
    assert tells_owner(subject, after(minutes=105))


def test_a_word_about_a_delivery_that_was_sent_back_tells_nothing_of_the_next() -> None:
    first = entered(logged(CARD, says("@paul voici", 19)))
    assert skipped(delivery, first, NOW) == ["owner_knows"]
    sent_back = moved(first, PAUL, TODO, after(minutes=35))
    assert tells_owner(entered(sent_back, minutes=50), after(minutes=55))
    with_a_word = logged(entered(sent_back, minutes=50), says("@paul corrigé", 51))
    assert skipped(delivery, with_a_word, after(minutes=56)) == ["owner_knows"]


def test_what_the_bot_asked_for_and_the_owner_was_told_of_is_not_told_again() -> None:
    asked = passed(delivery, entered(CARD), NOW)
    chased = logged(asked, says("alors ?", 50, PAUL), says("@paul voici", 60))
    assert skipped(delivery, chased, after(minutes=65)) == ["owner_knows"]
