"""What the boards of one portfolio come to."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.changes import AddLabel, Reason, Skip
from bot.domain.model import Card
from bot.domain.picture import Picture, Quiet
from bot.domain.planner import plan
from bot.domain.portfolio import cards_of, first_hand_over, picture_of
from tests.builders import (
    HOLD,
    IDEAS,
    LONG_AGO,
    MEL,
    PAUL,
    REVIEW,
    STALLED,
    TOM,
    an_id,
    applied,
    board,
    card,
    changes_to,
    logged,
    policy,
    portfolio,
    replace,
    situation,
    snapshot,
    utc,
)
from tests.unit.domain.handed import DUE, after, handed, moved, said
from tests.unit.domain.pictured import (
    FAR,
    INCOMPLETE,
    NOW,
    QUESTION,
    drawn,
    picture,
    proposed,
    recent,
)


def test_a_card_on_which_help_was_offered_in_vain_has_stopped() -> None:
    stuck, moving = handed(key="arrêtée", due=FAR), recent("en cours")
    found = picture(stuck, moving, QUESTION)
    assert [(each.card.id, each.holder, each.since) for each in found.stopped] == [
        (stuck.id, MEL, after())
    ]


def test_b4_a_card_on_which_only_the_label_is_missing_has_stopped_too() -> None:
    stuck = handed(key="arrêtée", due=FAR)
    before = situation(portfolio(), stuck, now=NOW)
    offered = [each for each in plan(before).changes if not isinstance(each.change, AddLabel)]
    cut_off = replace(applied(before, offered), now=NOW + timedelta(minutes=1))
    assert changes_to(stuck, cut_off) == [AddLabel(STALLED, "à regarder")]
    assert [each.card.id for each in drawn(cut_off).stopped] == [stuck.id]


def with_help_offered(subject: Card, *others: Card, code: str = "stall_told") -> Picture:
    """Return the picture after the rule of stalls has said this of one card."""
    heard = {subject.id: (Skip("stall", subject.id, Reason(code)),)}
    within = replace(situation(portfolio(), subject, *others, now=NOW), heard=heard)
    return picture_of(portfolio(), within, LONG_AGO)


@pytest.mark.parametrize("code", ["stall_told", "stalled", "stall_flag"])
def test_whatever_tells_of_an_offer_of_help_the_card_has_stopped(code: str) -> None:
    stuck = recent("arrêtée")
    assert [each.card.id for each in with_help_offered(stuck, code=code).stopped] == [stuck.id]
    assert with_help_offered(stuck, code="moving").stopped == ()


@pytest.mark.parametrize(
    ("due", "workload"), [("2026-12-07 08:00", "1h"), ("2026-12-07 10:00", "9h")]
)
def test_a_late_card_or_one_at_risk_that_has_stopped_says_so_and_is_told_once(
    due: str, workload: str
) -> None:
    stuck, moving = (recent(name, due=utc(due), workload=workload) for name in ("un", "deux"))
    found = with_help_offered(stuck, moving)
    late = {each.card.id: each.stopped for each in found.late}
    risks = {each.card.id: each.stopped for each in found.at_risk}
    assert late | risks == {stuck.id: True, moving.id: False}
    assert (found.stopped, found.soon) == ((), ())


def test_what_waits_for_a_decision_is_not_told_as_soon() -> None:
    waiting = proposed(handed(due=utc("2026-12-11 14:00"), workload="1h"))
    found = picture(waiting, recent("bientôt", due=utc("2026-12-11 14:00"), workload="1h"))
    assert [each.card.id for each in found.decisions] == [waiting.id]
    assert waiting.id not in {each.card.id for each in found.soon}
    assert len(found.soon) == 1


def test_late_soon_and_at_risk_exclude_each_other() -> None:
    late = recent("en retard", due=utc("2026-12-07 08:00"), workload="0h30")
    risky = recent("à risque", due=utc("2026-12-07 10:00"), workload="3h")
    soon = recent("bientôt", due=utc("2026-12-11 17:00"), workload="1h")
    other = recent("plus tard", due=utc("2026-12-11 17:01"), workload="1h")
    undated = recent("sans date", due=None, workload="1h")
    found = picture(undated, other, soon, risky, late)
    assert [each.card.id for each in found.late] == [late.id]
    assert [each.card.id for each in found.at_risk] == [risky.id]
    assert [each.card.id for each in found.soon] == [soon.id]
    (load,) = found.loads
    assert (load.assistant, len(load.cards)) == (MEL, 5)


def test_each_list_is_in_order_of_due_whoever_has_the_card() -> None:
    def at(name: str, due: str, **parts: Any) -> Card:
        return recent(name, due=utc(due), **({"workload": "0h30"} | parts))

    late = at("mel", "2026-12-04 10:00"), at("tom", "2026-12-03 10:00", assistant=TOM)
    soon = at("mel 2", "2026-12-10 10:00"), at("tom 2", "2026-12-09 10:00", assistant=TOM)
    risky = (
        at("mel 3", "2026-12-09 09:00", workload="90h"),
        at("tom 3", "2026-12-08 09:00", workload="90h", assistant=TOM),
    )
    found = picture(*late, *soon, *risky)
    assert [each.assistant for each in found.late] == [TOM, MEL]
    assert [each.assistant for each in found.at_risk][:2] == [TOM, MEL]
    calm = picture(*soon)
    assert [each.assistant for each in calm.soon] == [TOM, MEL]
    assert [each.assistant for each in calm.loads] == [MEL, TOM]


def test_what_was_delivered_is_told_in_order_and_its_hours_added_up() -> None:
    first = moved(handed(key="un", workload="3h"), MEL, REVIEW, after(1))
    second = moved(handed(key="deux", workload="2h"), MEL, REVIEW, after(2))
    unknown = replace(moved(handed(key="trois"), MEL, REVIEW, after(3)), desc="")
    found = picture(unknown, second, first)
    assert [each.card.id for each in found.delivered] == [first.id, second.id, unknown.id]
    assert found.freed == timedelta(hours=5)
    now = situation(portfolio(), first, second, now=NOW)
    assert [each.card.id for each in drawn(now, since=after(2)).delivered] == [second.id]


def test_open_cards_that_lost_their_label_are_told() -> None:
    bare = frozenset[str]()
    lost = replace(handed(key="sans étiquette"), label_ids=bare)
    done = replace(lost, id=an_id("done"), due_complete=True)
    found = picture(lost, done, card("à moi", label_ids=bare), handed(due=FAR))
    assert [each.id for each in found.unlabelled] == [lost.id]


def test_cards_on_which_the_bot_keeps_quiet_are_counted_by_reason() -> None:
    muted = logged(handed(key="muette", due=FAR), said(PAUL, after(1), "/mute"))
    snoozed = logged(handed(key="en pause", due=FAR), said(MEL, after(6), "/snooze 5d"))
    held = [handed(key=f"tenue {place}", labels=(HOLD,)) for place in range(3)]
    ignored = handed(key="idée", list_id=IDEAS)
    done = replace(held[0], id=an_id("held and done"), due_complete=True)
    mine = replace(held[0], id=an_id("held and mine"), label_ids=frozenset({HOLD}))
    found = picture(mine, done, muted, snoozed, *held, ignored, recent("en cours"))
    assert found.quiet == Quiet(held=3, paused=2, ignored=1)


def test_cards_that_the_limit_holds_back_are_counted() -> None:
    new = [card(f"carte {place}") for place in range(3)]
    assert picture(*new, policy=policy(max_cards=2)).held_back == 3
    assert picture(*new, policy=policy(max_cards=3)).held_back == 0


OTHER = an_id("another portfolio")
BOARDS = board(), board("attic", portfolio=OTHER), board("cellar"), board("shed", portfolio=None)


def elsewhere(subject: Card, place: int = 1) -> Card:
    return replace(subject, board_id=BOARDS[place].id)


def test_each_portfolio_shows_the_cards_of_its_own_boards() -> None:
    here, there = recent("ici"), elsewhere(recent("là"), 1)
    below, alone = elsewhere(recent("en bas"), 2), elsewhere(recent("à part"), 3)
    folio = elsewhere(portfolio(id=OTHER), 1)
    known = snapshot(portfolio(), folio, here, there, below, alone, boards=BOARDS)
    assert cards_of(portfolio(), known) == [here, below]
    assert cards_of(folio, known) == [there]


def test_an_assistants_work_for_another_portfolio_stands_in_front_but_is_not_shown() -> None:
    today = utc("2026-12-07 14:00")
    mine = recent("mine", due=today, workload="4h")
    theirs = elsewhere(recent("theirs", due=utc("2026-12-07 10:00"), workload="2h"))
    folio = elsewhere(portfolio(id=OTHER))
    within = situation(portfolio(), folio, mine, theirs, now=NOW, boards=BOARDS)
    found = drawn(within)
    assert [(each.card.id, each.in_front) for each in found.at_risk] == [
        (mine.id, timedelta(hours=2))
    ]
    assert [[each.card.id for each in load.cards] for load in found.loads] == [[mine.id]]
    assert found.late == found.soon == ()
    assert [each.card.id for each in drawn(within, folio=OTHER).at_risk] == [theirs.id]


def test_the_first_hand_over_is_the_bots_oldest_one() -> None:
    cards = [handed(key="b", when=after(1)), handed(key="a"), INCOMPLETE]
    assert first_hand_over(cards, snapshot(*cards)) == after()
    assert first_hand_over([INCOMPLETE], snapshot(INCOMPLETE)) is None


def test_an_empty_board_makes_an_empty_picture() -> None:
    nothing = Picture((), (), (), (), (), (), (), (), Quiet(0, 0, 0), 0, timedelta())
    assert picture() == nothing


def test_what_lies_in_an_ignored_list_is_in_no_section() -> None:
    ignored = (
        replace(INCOMPLETE, list_id=IDEAS),
        replace(handed(key="confiée", due=DUE), list_id=IDEAS),
        replace(QUESTION, list_id=IDEAS),
        replace(handed(key="sans étiquette"), list_id=IDEAS, label_ids=frozenset()),
    )
    found = picture(*ignored)
    assert (found.decisions, found.late, found.loads, found.unlabelled) == ((), (), (), ())
    assert found.quiet.ignored == 3


def test_what_nobody_has_yet_is_counted_unless_it_waits_for_a_decision() -> None:
    fresh = card("neuve", "", log=())
    assert picture(replace(fresh, created=NOW)).preparing == 1
    assert picture(INCOMPLETE).preparing == 0
    assert picture(replace(fresh, created=NOW, list_id=IDEAS)).preparing == 0


def test_cards_that_trello_refuses_are_told() -> None:
    subject = recent("refusée")
    assert picture(subject, troubled=frozenset({subject.id})).troubled[0].id == subject.id


def test_another_portfolios_cards_are_hours_and_no_titles() -> None:
    mine, theirs = recent("mienne"), recent("autre", workload="2h")
    other = replace(board("other board"), portfolio=an_id("other folio"))
    far = replace(theirs, board_id=other.id)
    found = picture(mine, far, boards=(board(), other))
    (load,) = found.loads
    assert [each.card.id for each in load.cards] == [mine.id]
    assert load.elsewhere == timedelta(hours=2)
    alone = picture(far, boards=(board(), other))
    assert alone.loads == ()


def first_of_all(name: str) -> Card:
    """Return a card that its brief puts first."""
    made = recent(name)
    return replace(made, desc=made.desc.replace("objective:", "priority: 1\n\nobjective:"))


@pytest.mark.parametrize(("here", "there", "told"), [(2, 0, 2), (1, 1, 0), (2, 1, 2), (1, 0, 0)])
def test_two_cards_that_claim_to_come_first_are_told_if_both_are_this_portfolios(
    here: int, there: int, told: int
) -> None:
    other = replace(board("other board"), portfolio=an_id("other folio"))
    mine = [first_of_all(f"ici {place}") for place in range(here)]
    far = [replace(first_of_all(f"là {place}"), board_id=other.id) for place in range(there)]
    (load,) = picture(*mine, *far, boards=(board(), other)).loads
    assert len(load.two_firsts) == told
    assert {each.id for each in load.two_firsts} <= {each.id for each in mine}


def test_the_assistants_of_every_board_of_a_portfolio_have_their_loads() -> None:
    cellar = board("cellar", assistants=(TOM,))
    here, there = recent("ici"), replace(recent("là", assistant=TOM), board_id=cellar.id)
    found = picture(here, there, boards=(board(assistants=(MEL,)), cellar))
    assert [each.assistant for each in found.loads] == [MEL, TOM]


def test_what_is_delivered_from_an_instant_on_is_left_to_the_next_digest() -> None:
    first = moved(handed(key="un"), MEL, REVIEW, after(1))
    second = moved(handed(key="deux"), MEL, REVIEW, after(2))
    within = situation(portfolio(), first, second, now=NOW)

    def told(until: datetime | None) -> list[str]:
        found = picture_of(portfolio(), within, LONG_AGO, until)
        return [each.card.id for each in found.delivered]

    assert told(None) == [first.id, second.id]
    assert told(after(2)) == [first.id]
