from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.changes import (
    Planned,
    PostComment,
    React,
    Reason,
    RemoveLabel,
    SetDescription,
    SetPortfolio,
    Skip,
)
from bot.domain.messages import AskLimit, Brief, UnwritableError
from bot.domain.model import Card, LabelRoles
from bot.domain.planner import RULES, Plan, card_plan, plan, verdicts
from bot.domain.situation import Situation
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    CORE,
    HOLD,
    MEL,
    NOTES,
    NOW,
    PAUL,
    PORTFOLIO,
    STALLED,
    TODO,
    PlainPen,
    after_pass,
    an_id,
    applied,
    board,
    card,
    changes_to,
    codes_for,
    comment,
    later,
    logged,
    person,
    policy,
    portfolio,
    replace,
    situation,
    snapshot,
    utc,
)
from tests.unit.domain.handed import after, bot_said, handed, log_of, said

SMALL = policy(max_cards=2)
MINUTE = timedelta(minutes=1)


def cards(number: int, desc: str = NOTES, **parts: Any) -> tuple[Card, ...]:
    return tuple(card(f"carte {place}", desc, **parts) for place in range(number))


def touched(found: Plan) -> list[str]:
    """Return the cards that a plan touches, but for the dashboard that tells of them."""
    return list(dict.fromkeys(each.card_id for each in found.changes if each.rule != "digest"))


def ids(*some: Card) -> list[str]:
    return [each.id for each in some]


def test_every_rule_bears_the_name_of_its_module() -> None:
    modules = [rule.__module__ for _, rule in RULES]
    assert [f"bot.domain.rules.{name}" for name, _ in RULES] == modules


def test_every_rule_has_its_say_on_a_card() -> None:
    found = verdicts(card(desc=""), situation(card(desc="")))
    assert [each.rule for each in found] == [
        "repair",
        "triage",
        "brief",
        "answers",
        "delivery",
        "late",
        "check_in",
        "changes",
        "stall",
        "commands",
    ]


def test_the_most_urgent_card_is_planned_first_and_the_next_sees_it_as_done() -> None:
    soon, late = card("a", due=utc("2026-12-02 11:00")), card("b", due=utc("2026-12-09 11:00"))
    urgent = replace(card("c"), desc=signed("priorité : 1", reference(card("c").id, "brief")))
    blank = card("d")
    whole = plan(situation(late, blank, soon, urgent))
    assert touched(whole) == ids(urgent, soon, late, blank)
    # Mel has three hours of the first card in hand; Tom is free.
    comments = [each.change for each in whole.changes if isinstance(each.change, PostComment)]
    assert {each.mentions for each in comments} == {("mel",), ("tom",)}
    assert set(whole.before) == {urgent.id, soon.id, late.id, blank.id}
    assert soon.id in whole.before[late.id].snapshot.cards
    assert whole.before[late.id].snapshot.cards[soon.id].member_ids != ()


def test_only_delegated_and_portfolio_cards_are_looked_at() -> None:
    other = card("à moi", label_ids=frozenset())
    labelled = card("bis", key="folio")
    boards = board(), board("attic", labels=LabelRoles(), portfolio=labelled.id)
    found = plan(situation(other, portfolio(), labelled, boards=boards))
    assert set(found.before) == {PORTFOLIO, labelled.id}
    assert codes_for(other, found, "brief") == []
    assert codes_for(portfolio(), found, "brief") == ["portfolio_card"]


def test_a_second_plan_after_the_first_changes_nothing() -> None:
    subjects = *cards(3), card("incomplète", ""), card("cœur", labels=(CORE,))
    once = later(after_pass(situation(*subjects, portfolio())), minutes=1)
    assert plan(once).changes == ()


def test_a_question_to_the_owner_is_never_repeated() -> None:
    subjects = card("incomplète", ""), card("cœur", labels=(CORE,))
    once = after_pass(situation(*subjects, portfolio()))
    assert plan(later(once, days=30)).changes == ()


def test_up_to_the_limit_nothing_is_asked() -> None:
    found = plan(situation(*cards(2), portfolio(), policy=SMALL))
    assert (len(touched(found)), found.withheld) == (2, ())


def test_over_the_limit_a_rule_writes_nothing_and_the_owner_is_asked() -> None:
    subjects = cards(3)
    found = plan(situation(*subjects, portfolio(), policy=SMALL))
    (question,) = found.changes
    assert isinstance(question.change, PostComment)
    assert question.card_id == PORTFOLIO
    assert question.change.mentions == ("paul",)
    assert all(each.short_link in question.change.text for each in subjects)
    assert {each.card_id for each in found.withheld} == set(ids(*subjects))
    for each in subjects:
        assert codes_for(each, found, "brief")[-1] == "over_limit"
    assert found.before[PORTFOLIO].now == NOW
    assert (question.rule, question.reason) == ("brief", Reason("over_limit_asked"))


def test_what_is_held_back_is_told_with_the_limit() -> None:
    found = plan(situation(*cards(3), portfolio(), policy=SMALL))
    assert (
        Reason("over_limit", {"limit": "2"})
        in {each.reason.code: each.reason for each in found.skips}.values()
    )


def test_the_other_rules_go_on() -> None:
    double = signed("?", reference(card("d").id, "ask"))
    asked = logged(card("d", ""), comment(BOT, double, NOW), comment(BOT, double, NOW))
    core = card("cœur", labels=(CORE,))
    found = plan(situation(*cards(3), asked, core, portfolio(), policy=SMALL))
    assert {each.rule for each in found.changes if each.card_id != PORTFOLIO} == {
        "repair",
        "triage",
    }


def test_repairs_and_acknowledgements_do_not_count() -> None:
    def released(place: int) -> Card:
        bare = card(f"cœur {place}", labels=(CORE,))
        question = comment(BOT, signed("?", reference(bare.id, "triage")), NOW)
        return logged(bare, question, comment(PAUL.member_id, "/go", NOW + MINUTE))

    many = [released(place) for place in range(3)]
    found = plan(situation(*many, policy=SMALL, now=NOW + 2 * MINUTE))
    assert {type(each.change) for each in found.changes} == {React}

    def doubled(place: int) -> Card:
        bare = card(f"double {place}")
        told = signed("à vous", reference(bare.id, "hand-over", MEL.member_id))
        both = comment(BOT, told, NOW), comment(BOT, told, NOW)
        return logged(replace(bare, member_ids=(MEL.member_id,)), *both)

    found = plan(situation(*(doubled(place) for place in range(3)), policy=SMALL))
    assert [each.rule for each in found.changes] == ["repair"] * 3
    assert found.withheld == ()


def test_the_question_comes_once_a_day() -> None:
    first = situation(*cards(3), portfolio(), policy=SMALL)
    asked = after_pass(first)
    assert plan(later(asked, hours=14)).changes == ()
    assert plan(later(asked, hours=14)).withheld
    (again,) = plan(later(asked, hours=15)).changes
    assert isinstance(again.change, PostComment)


def test_a_question_that_was_deleted_today_is_not_asked_again_today() -> None:
    ref = reference(PORTFOLIO, "limit", "2026-11-30")
    found = situation(*cards(3), portfolio(), policy=SMALL, remembered=frozenset({ref}))
    assert plan(found).changes == ()


def test_without_a_portfolio_card_that_can_be_read_nobody_is_asked() -> None:
    for folio in ((), (portfolio(log=None),)):
        found = plan(situation(*cards(3), *folio, policy=SMALL))
        assert found.changes == ()
        assert found.withheld


def test_each_portfolio_is_asked_about_its_own_boards() -> None:
    other = an_id("other folio")
    boards = board(), board("attic", portfolio=other)
    here, there = card("ici"), card("là", board_id=boards[1].id)
    folios = portfolio(), portfolio(id=other, board_id=boards[1].id)
    pens = Listening()
    settings = policy(max_cards=0)
    found = plan(situation(here, there, *folios, boards=boards, policy=settings, texts=pens))
    assert [each.card_id for each in found.changes] == [PORTFOLIO, other]
    assert [[name for _, name in each.listed] for each in pens.asked] == [["ici"], ["là"]]
    alone = plan(situation(here, *folios, boards=boards, policy=settings))
    assert touched(alone) == [PORTFOLIO]


class Listening(PlainPen):
    """Keeps the questions about the limit."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[AskLimit] = []

    def message(self, message: Any, ref: str) -> str:
        if isinstance(message, AskLimit):
            self.asked.append(message)
        return super().message(message, ref)


def approved(subjects: tuple[Card, ...], newcomer: Card) -> Situation:
    """Return the boards after the owner said go about these cards, and one more came."""
    asked = after_pass(situation(*subjects, portfolio(), policy=SMALL))
    folio = logged(asked.snapshot.cards[PORTFOLIO], comment(PAUL.member_id, "/go", NOW + MINUTE))
    known = {**asked.snapshot.cards, PORTFOLIO: folio, newcomer.id: newcomer}
    return later(replace(asked, snapshot=replace(asked.snapshot, cards=known)), minutes=2)


def test_go_approves_exactly_the_cards_that_were_listed() -> None:
    subjects, newcomer = cards(3), card("de plus")
    now = approved(subjects, newcomer)
    found = plan(now)
    assert set(touched(found)) == {*ids(*subjects), PORTFOLIO}
    assert {each.card_id for each in found.withheld} == {newcomer.id}
    assert [type(each) for each in changes_to(portfolio(), now)] == [React, SetPortfolio]
    rest = plan(later(applied(now, found.changes), minutes=1))
    assert touched(rest) == [newcomer.id]


def test_force_approves_all() -> None:
    found = plan(situation(*cards(3), portfolio(), policy=SMALL), force=True)
    assert (len(touched(found)), found.withheld) == (3, ())


def problem_of(subject: Card, found: Plan) -> str:
    """Return what the rule of briefs says is wrong with a card."""
    (reason,) = [e.reason for e in found.skips if (e.rule, e.card_id) == ("brief", subject.id)]
    return reason.values["problem"]


def test_a_card_that_cannot_be_planned_stops_no_other() -> None:
    off = frozenset(date.fromordinal(NOW.toordinal() + day) for day in range(-9, 4000))
    never = person("nobody", calendar=replace(MEL.calendar, off=off))
    boards = (board(assistants=(MEL, never)),)
    idle = card("a", f"{NOTES}\nassistant : nobody")
    good = card("b", f"{NOTES}\nassistant : mel")
    found = plan(situation(idle, good, boards=boards))
    assert touched(found) == [good.id]
    assert codes_for(idle, found, "brief") == ["no_working_time"]
    assert "not enough working time" in problem_of(idle, found)


def test_a_comment_that_cannot_be_written_stops_no_other_card_and_leaves_none_half_done() -> None:
    first, second = (card(name, f"{NOTES}\nassistant : mel") for name in "ab")
    mute = Mute(reference(first.id, "hand-over", MEL.member_id))
    found = plan(situation(first, second, texts=mute))
    assert touched(found) == [second.id]
    assert codes_for(first, found, "brief") == ["unwritable"]
    assert problem_of(first, found) == "no words"


class Mute(PlainPen):
    """Cannot write one comment."""

    def __init__(self, ref: str) -> None:
        super().__init__()
        self._mute = ref

    def message(self, message: Any, ref: str) -> str:
        if ref == self._mute:
            raise UnwritableError("no words")
        return super().message(message, ref)


class FaultyPen(PlainPen):
    """A fault of the program's own on one card."""

    def brief(self, brief: Brief) -> str:
        if brief.title == "poison":
            raise ZeroDivisionError
        return super().brief(brief)


@pytest.mark.covers("M3")
def test_an_unforeseen_fault_on_one_card_stops_no_other() -> None:
    poison, sound = card(name="poison", desc=NOTES), card(name="sound", desc=NOTES)
    found = plan(situation(poison, sound, texts=FaultyPen()))
    assert touched(found) == ids(sound)
    assert codes_for(poison, found, "brief") == ["fault"]
    assert problem_of(poison, found) == "ZeroDivisionError: "


def test_a_card_alone_gets_what_the_plan_had_for_it() -> None:
    subject = card("a")
    now = situation(subject)
    whole = plan(now).changes
    assert card_plan(subject, now, frozenset({"brief"})) == whole
    assert card_plan(subject, now, frozenset({"repair", "triage"})) == ()
    assert isinstance(whole[0].change, SetDescription)
    assert all(isinstance(each, Planned | Skip) for each in verdicts(subject, now))
    assert subject.list_id == TODO


def overdue(number: int) -> Situation:
    """Return cards in an assistant's hands whose due has passed, the next morning."""
    handed = after_pass(situation(*cards(number), portfolio()))
    return replace(handed, now=utc("2026-12-18 10:00"))


def test_what_time_brings_about_is_spread_over_passes_and_never_refused() -> None:
    now = replace(overdue(5), policy=SMALL)
    first = plan(now)
    assert len(touched(first)) == 2
    assert (first.withheld, {each.rule for each in first.changes}) == ((), {"late", "digest"})
    assert [each.reason.code for each in first.skips].count("spread") == 3
    second = plan(applied(now, first.changes))
    third = plan(applied(applied(now, first.changes), second.changes))
    everyone = [*touched(first), *touched(second), *touched(third)]
    assert len(set(everyone)) == len(everyone) == 5


def test_the_most_urgent_cards_are_spread_first() -> None:
    now = overdue(3)
    urgent, *_ = now.snapshot.cards.values()
    ahead = replace(urgent, due=utc("2026-11-30 16:00"))
    cards_now = {**now.snapshot.cards, ahead.id: ahead}
    now = replace(now, snapshot=replace(now.snapshot, cards=cards_now), policy=policy(max_cards=1))
    assert touched(plan(now)) == [ahead.id]


def test_force_spreads_nothing() -> None:
    found = plan(replace(overdue(5), policy=SMALL), force=True)
    assert len(touched(found)) == 5


def test_one_card_and_person_gets_one_request_though_several_rules_are_due() -> None:
    now = overdue(1)
    (subject,) = (each for each in now.snapshot.cards.values() if each.id != PORTFOLIO)
    found = plan(now)
    assert [each.rule for each in found.changes if each.card_id == subject.id] == ["late"]
    assert "asked_today" in codes_for(subject, found, "stall")


def test_a_flagged_card_that_is_delegated_no_more_still_concerns_the_bot() -> None:
    now = overdue(1)
    late = after_pass(now)
    flagged = after_pass(later(late, days=3))
    (subject,) = (each for each in flagged.snapshot.cards.values() if each.id != PORTFOLIO)
    assert STALLED in subject.label_ids
    bare = replace(subject, label_ids=frozenset({STALLED}))
    after = later(replace(flagged, snapshot=snapshot(bare, portfolio())), hours=1)
    assert [type(each) for each in changes_to(bare, after)] == [RemoveLabel]


def test_over_the_limit_no_thumb_says_done_to_what_is_not_done() -> None:
    def accepted(place: int) -> Card:
        asked = handed(key=f"waited {place}", due=utc("2026-12-14 14:00"))
        asked = logged(asked, said(MEL, after(hours=1), "@paul lequel ?"))
        back = logged(asked, said(PAUL, after(days=2), "Le premier."))
        offered = bot_said(back, "proposal", after(days=2, minutes=1), about=log_of(back)[-1].id)
        return logged(back, offered, said(PAUL, after(days=2, minutes=2), "/go"))

    many = [accepted(place) for place in range(2)]
    now = situation(*many, portfolio(), policy=policy(max_cards=1), now=after(days=2, minutes=3))
    held = plan(now)
    assert {each.rule for each in held.withheld} == {"answers"}
    assert [each for each in held.changes if each.card_id != PORTFOLIO] == []
    released = plan(now, force=True)
    assert {each.rule for each in released.changes} == {"answers", "commands", "digest"}


def test_a_portfolio_card_comes_last_and_hears_what_was_said_of_every_card() -> None:
    folio = card("Portefeuille", id=PORTFOLIO)
    quiet = card("plus tard", labels=(HOLD,))
    heard = plan(situation(folio, quiet, card("a"))).before[PORTFOLIO].heard
    assert {key: {each.rule for each in said} >= {"brief"} for key, said in heard.items()} == {
        quiet.id: True,
        card("a").id: True,
    }
    assert [each.reason.code for each in heard[quiet.id] if each.rule == "brief"] == ["held"]


def test_an_archived_card_is_planned_for_no_more() -> None:
    gone = card("rangée", closed=True)
    assert gone.id not in plan(situation(gone, portfolio())).before


def test_dashboards_do_not_count_for_the_limit() -> None:
    other = an_id("other folio")
    boards = board(), board("attic", portfolio=other)
    work = handed(key="ici"), handed(key="là", board_id=boards[1].id)
    folios = portfolio(), portfolio(id=other, board_id=boards[1].id)
    now = situation(*work, *folios, boards=boards, policy=policy(max_cards=1), now=after(hours=1))
    found = plan(now)
    assert [each.card_id for each in found.changes if each.rule == "digest"] == [PORTFOLIO, other]
    assert found.withheld == ()
