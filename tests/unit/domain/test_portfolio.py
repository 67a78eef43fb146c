"""What the boards of one portfolio come to, seen on Monday 7 December 2026, 09:00 in Paris."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.answers import ANSWER_ITEMS, Answer
from bot.domain.changes import AddLabel, Reason, Skip
from bot.domain.fields import Field
from bot.domain.model import Card
from bot.domain.picture import Awaited, Decision, Picture, Quiet
from bot.domain.planner import plan
from bot.domain.portfolio import cards_of, first_hand_over, picture_of
from bot.domain.situation import Situation
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    CORE,
    HOLD,
    IDEAS,
    LONG_AGO,
    MEL,
    NOTES,
    PAUL,
    PORTFOLIO,
    QUESTIONS,
    REVIEW,
    STALLED,
    TOM,
    after_pass,
    an_id,
    applied,
    board,
    card,
    changes_to,
    comment,
    later,
    logged,
    policy,
    portfolio,
    situation,
    snapshot,
    utc,
)
from tests.unit.domain.handed import DUE, after, bot_said, handed, log_of, moved, said, ticked

NOW = utc("2026-12-07 08:00")
FAR = utc("2027-01-29 14:00")
"""A due that troubles nobody for now."""
BLOCKED = ANSWER_ITEMS["fr"][Answer.BLOCKED]


def drawn(within: Situation, since: datetime = LONG_AGO, *, folio: str = PORTFOLIO) -> Picture:
    """Return the picture once all rules have had their say."""
    heard = plan(within).before[folio]
    return picture_of(heard.snapshot.cards[folio], heard, since)


def picture(*cards: Card, now: datetime = NOW, **parts: Any) -> Picture:
    return drawn(situation(portfolio(), *cards, now=now, **parts))


def awaited(found: Picture) -> list[tuple[Awaited, datetime]]:
    return [(each.awaited, each.since) for each in found.decisions]


def recent(key: str, **parts: Any) -> Card:
    """Return a card on which Mel has just been at work."""
    return logged(handed(key=key, **({"due": FAR} | parts)), said(MEL, NOW - timedelta(hours=1)))


def asked(on: Card, kind: Any, day: float) -> Card:
    return logged(on, bot_said(on, kind, after(day), to=PAUL))


def proposed(on: Card) -> Card:
    """Return the card after Paul took three days to answer, with the date proposed for it."""
    waited = logged(on, said(MEL, after(hours=1), "@paul lequel ?"))
    back = logged(waited, said(PAUL, after(3), "Le premier."))
    offer = bot_said(back, "proposal", after(3, minutes=1), to=PAUL, about=log_of(back)[-1].id)
    return logged(back, offer, said(MEL, NOW - timedelta(hours=1)))


INCOMPLETE = asked(card("blancs", ""), "ask", 0.5)
CORE_TASK = asked(card("cœur", labels=(CORE,)), "triage", 1)
QUESTION = logged(handed(key="question", due=FAR), said(MEL, after(1.5), "@paul lequel ?"))
DELIVERED = moved(handed(key="relire", due=FAR), MEL, REVIEW, after(2))
ORPHAN = replace(handed(key="personne", due=FAR), member_ids=())
ASKED_BEFORE = signed("?", reference(recent("d'abord incomplète").id, "ask"))
PROPOSED = proposed(handed(key="date", due=FAR))


@pytest.mark.parametrize(
    ("subject", "kind", "since"),
    [
        (INCOMPLETE, Awaited.BLANKS, after(0.5)),
        (CORE_TASK, Awaited.CORE, after(1)),
        (QUESTION, Awaited.ANSWER, after(1.5)),
        (moved(handed(due=FAR), MEL, QUESTIONS, after(2)), Awaited.ANSWER, after(2)),
        (DELIVERED, Awaited.REVIEW, after(2)),
        (ORPHAN, Awaited.NOBODY, after()),
        (PROPOSED, Awaited.DATE, after(3, minutes=1)),
    ],
)
def test_what_waits_for_the_owner_is_told_with_its_reason_and_since_when(
    subject: Card, kind: Awaited, since: datetime
) -> None:
    assert awaited(picture(subject)) == [(kind, since)]


def test_decisions_come_oldest_first() -> None:
    found = picture(PROPOSED, DELIVERED, QUESTION, CORE_TASK, INCOMPLETE)
    assert [each.awaited for each in found.decisions] == [
        Awaited.BLANKS,
        Awaited.CORE,
        Awaited.ANSWER,
        Awaited.REVIEW,
        Awaited.DATE,
    ]


def test_an_assistants_own_words_are_quoted() -> None:
    (found,) = picture(QUESTION).decisions
    assert (found.words, found.assistant) == ("@paul lequel ?", MEL)
    (tick,) = picture(ticked(handed(due=FAR), BLOCKED, after(1))).decisions
    assert (tick.awaited, tick.words) == (Awaited.ANSWER, "")


def test_a_proposed_date_is_shown() -> None:
    (found,) = picture(PROPOSED).decisions
    assert found.proposed is not None
    assert found.proposed > FAR


@pytest.mark.parametrize(
    "subject",
    [
        recent("au travail"),
        replace(INCOMPLETE, label_ids=frozenset()),
        replace(INCOMPLETE, label_ids=INCOMPLETE.label_ids | {HOLD}),
        replace(INCOMPLETE, log=None),
        replace(INCOMPLETE, closed=True),
        replace(QUESTION, closed=True),
        replace(DELIVERED, due_complete=True),
        logged(CORE_TASK, said(PAUL, after(2), "/go")),
        logged(PROPOSED, said(PAUL, after(4), "/go")),
        logged(recent("d'abord incomplète"), comment(BOT, ASKED_BEFORE, after(0.5))),
    ],
)
def test_what_is_settled_held_or_gone_waits_for_nobody(subject: Card) -> None:
    assert picture(subject).decisions == ()


def test_a_proposal_whose_date_has_passed_waits_no_more() -> None:
    assert Awaited.DATE not in dict(awaited(picture(PROPOSED, now=utc("2027-03-01 09:00"))))


def test_a_request_that_nobody_has_asked_about_yet_is_no_decision() -> None:
    found = picture(card("neuve", ""), card("cœur neuf", labels=(CORE,)))
    assert {each.since for each in found.decisions} == {NOW}
    before = situation(portfolio(), card("neuve", ""), card("cœur neuf", labels=(CORE,)))
    assert picture_of(portfolio(), before, LONG_AGO).decisions == ()


def silent(*cards: Card) -> Situation:
    """Return the boards three days after Mel was asked about a card that is late."""
    return later(after_pass(situation(portfolio(), *cards, now=utc("2026-12-08 08:00"))), days=3)


def test_an_assistant_who_does_not_answer_is_told_once_the_rules_give_up() -> None:
    subject = handed(due=DUE)
    found = drawn(silent(subject))
    assert [(each.awaited, each.assistant, each.since) for each in found.decisions] == [
        (Awaited.SILENCE, MEL, after())
    ]


def test_what_waits_for_a_decision_is_told_there_with_its_due_and_nowhere_else() -> None:
    subject = handed(due=DUE)
    found = drawn(silent(subject))
    assert [each.overdue for each in found.decisions] == [DUE]
    assert (found.late, found.at_risk, found.stopped, found.soon) == ((), (), (), ())
    assert [each.card.id for each in found.loads[0].cards] == [subject.id]


def test_silence_counts_from_the_last_word() -> None:
    subject = logged(handed(due=DUE), said(MEL, after(2)))
    assert [each.since for each in drawn(silent(subject)).decisions] == [after(2)]


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
    found = picture(muted, snoozed, *held, ignored, done, mine, recent("en cours"))
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


def test_a_decision_bears_its_card() -> None:
    (found,) = picture(DELIVERED).decisions
    assert found == Decision(found.card, Awaited.REVIEW, after(2), MEL)
    assert found.card.id == DELIVERED.id


def test_a_card_whose_question_was_deleted_waits_all_the_same_with_its_blanks() -> None:
    blank = card("à préciser", "", created=LONG_AGO)
    ref = reference(blank.id, "ask")
    (found,) = picture(blank, remembered=frozenset({ref})).decisions
    assert (found.awaited, found.since) == (Awaited.BLANKS, LONG_AGO)
    assert found.blanks == (Field.METHOD, Field.WORKLOAD)


@pytest.mark.parametrize(
    ("desc", "kinds", "blanks"),
    [
        ("", {}, (Field.METHOD, Field.WORKLOAD)),
        ("charge : bientôt", {}, (Field.METHOD, Field.WORKLOAD)),
        (f"{NOTES}\nbrief : cassé", {"cassé": "line 3"}, ()),
    ],
)
def test_a_question_bears_the_fields_that_it_is_about(
    desc: str, kinds: dict[str, str], blanks: tuple[Field, ...]
) -> None:
    blank = asked(card("à préciser", desc), "ask", 0.5)
    (found,) = picture(blank, policy=policy(broken_kinds=kinds)).decisions
    assert (found.awaited, found.blanks) == (Awaited.BLANKS, blanks)


@pytest.mark.parametrize("code", ["unanswered", "late_told", "late_unanswered"])
def test_each_way_in_which_the_rules_give_up_asking_is_a_silence(code: str) -> None:
    subject = handed(due=FAR)
    heard = {subject.id: (Skip("check_in", subject.id, Reason(code)),)}
    within = replace(situation(portfolio(), subject, now=NOW), heard=heard)
    assert awaited(picture_of(portfolio(), within, LONG_AGO)) == [(Awaited.SILENCE, after())]


def test_what_nobody_was_seen_to_do_bears_no_words() -> None:
    filled = replace(handed(due=FAR), list_id=REVIEW, log=())
    within = situation(portfolio(), filled, now=NOW)
    (found,) = picture_of(portfolio(), within, LONG_AGO).decisions
    assert (found.awaited, found.words, found.answer) == (Awaited.REVIEW, "", None)


def test_where_nobody_ever_works_the_blanks_are_left_out() -> None:
    days = frozenset(NOW.date() + timedelta(days=each) for each in range(-10, 4_000))
    idle = replace(MEL, calendar=replace(MEL.calendar, off=days))
    office = board(assistants=(idle,))
    blank = card("à préciser", "charge : 3h", created=LONG_AGO)
    asked = logged(blank, comment(BOT, signed("?", reference(blank.id, "ask")), LONG_AGO))
    found = picture(asked, boards=(office,))
    assert [each.blanks for each in found.decisions] == [()]


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


def test_the_words_before_a_move_and_the_ticked_answer_are_the_question() -> None:
    asked = logged(handed(due=FAR), said(MEL, after(1), "Il me manque le plan"))
    (found,) = picture(moved(asked, MEL, QUESTIONS, after(2))).decisions
    assert found.words == "Il me manque le plan"
    (tick,) = picture(ticked(handed(due=FAR), BLOCKED, after(1))).decisions
    assert tick.answer is Answer.BLOCKED


def test_cards_that_trello_refuses_are_told() -> None:
    subject = recent("refusée")
    assert picture(subject, troubled=frozenset({subject.id})).troubled[0].id == subject.id


def test_another_portfolios_cards_are_hours_and_no_titles() -> None:
    mine, theirs = recent("mienne"), recent("autre")
    other = replace(board("other board"), portfolio=an_id("other folio"))
    far = replace(theirs, board_id=other.id)
    found = picture(mine, far, boards=(board(), other))
    (load,) = found.loads
    assert [each.card.id for each in load.cards] == [mine.id]
    assert load.elsewhere > timedelta()
    alone = picture(far, boards=(board(), other))
    assert alone.loads == ()
