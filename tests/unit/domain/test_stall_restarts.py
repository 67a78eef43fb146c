"""What starts the clock of a stall anew though the one who has the ball did nothing."""

from collections.abc import Callable

import pytest

from bot.domain.changes import PostComment
from bot.domain.model import Card, Person
from bot.domain.rules.stall import stall
from bot.domain.tokens import reference
from tests.builders import HOLD, MEL, PAUL, STRANGER, edit, logged, replace
from tests.unit.domain.handed import after, handed, labelled, planned, said, ticked
from tests.unit.domain.stuck import ASKED, CARD, FULL, HAND_OVER, SECOND, STUCK, THEIRS, kinds


def held(on: Card, days: float, until: float, who: str = PAUL.member_id) -> Card:
    """Return the card that somebody put on hold for a while."""
    put_on = labelled(on, HOLD, after(days), who=who)
    return labelled(put_on, HOLD, after(until), who=who, off=True)


@pytest.mark.parametrize("who", [PAUL.member_id, MEL.member_id, STRANGER])
def test_when_the_hold_label_is_taken_off_the_clock_starts_anew(who: str) -> None:
    back = held(CARD, 1, 7, who)
    assert not planned(stall, back, after(9) - SECOND)
    offer, _ = planned(stall, back, after(9))
    assert isinstance(offer, PostComment)
    # The episode is still the one since hand-over.
    assert offer.ref == reference(CARD.id, "stall", HAND_OVER.id)


def test_of_two_holds_the_later_end_counts_and_an_act_after_it_more() -> None:
    twice = held(held(CARD, 1, 2), 7, 8)
    assert not planned(stall, twice, after(10) - SECOND)
    assert kinds(twice, after(10)) == FULL
    acted = logged(held(CARD, 1, 7), said(MEL, after(8)))
    assert not planned(stall, acted, after(10) - SECOND)
    assert kinds(acted, after(10)) == FULL


def test_another_label_taken_off_and_hold_put_on_start_no_clock() -> None:
    other = logged(CARD, edit(PAUL.member_id, "idLabels", after(1), labels_off=frozenset({"x"})))
    put_on = edit(PAUL.member_id, "idLabels", after(1), labels_on=frozenset({HOLD}))
    for subject in (other, logged(CARD, put_on)):
        assert kinds(subject, STUCK) == FULL


@pytest.mark.parametrize("text", ["Prends ton temps.", "/why\nPrends ton temps."])
def test_a_word_of_the_owners_gives_the_assistant_time_though_they_had_the_ball(text: str) -> None:
    answered = logged(CARD, said(PAUL, after(1), text))
    assert not planned(stall, answered, after(3) - SECOND)
    assert kinds(answered, after(3)) == FULL


def test_a_command_of_the_owners_gives_the_assistant_no_time() -> None:
    assert kinds(logged(CARD, said(PAUL, after(1), "/why")), STUCK) == FULL


AGAIN = after(1, hours=2)
"""Tuesday 11:00 in Paris; two of Paul's working days later he is at work too."""


def asks_again(on: Card) -> Card:
    return logged(on, said(MEL, AGAIN, "Alors, lequel ?"))


def ticks_blocked(on: Card) -> Card:
    return ticked(on, "Bloqué : j’ai besoin d’aide", AGAIN)


@pytest.mark.parametrize("again", [asks_again, ticks_blocked])
def test_a_second_call_of_theirs_gives_the_owner_time(
    again: Callable[[Card], Card],
) -> None:
    assert kinds(ASKED, THEIRS) == FULL
    assert not planned(stall, again(ASKED), after(3, hours=2) - SECOND)
    assert kinds(again(ASKED), after(3, hours=2)) == FULL


@pytest.mark.parametrize(
    ("done", "can_tick"), [((), True), (("En bonne voie",), False), (("lire",), True)]
)
def test_the_offer_speaks_of_ticks_only_where_one_can_be_set(
    done: tuple[str, ...], can_tick: bool
) -> None:
    subject = CARD
    for item in done:
        subject = ticked(subject, item, after(hours=1))
    offer, _ = planned(stall, subject, after(4))
    assert isinstance(offer, PostComment)
    assert f"can_tick={can_tick}" in offer.text


@pytest.mark.parametrize("bare", [handed(steps=()), replace(CARD, checklists=())])
def test_without_a_list_of_answers_none_can_be_ticked(bare: Card) -> None:
    offer, _ = planned(stall, bare, after(4))
    assert isinstance(offer, PostComment)
    assert "can_tick=False" in offer.text


@pytest.mark.parametrize("who", [PAUL, MEL])
def test_an_answer_ticked_and_unticked_can_be_ticked_again(who: Person) -> None:
    subject = ticked(CARD, "En bonne voie", after(hours=1))
    cleared = ticked(subject, "En bonne voie", after(hours=2), who=who.member_id, done=False)
    offer, _ = planned(stall, cleared, after(4))
    assert isinstance(offer, PostComment)
    assert "can_tick=True" in offer.text
