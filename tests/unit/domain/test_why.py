"""/why: one comment tells who has the ball, and what each rule does or why it does nothing."""

import pytest
from msgspec.structs import replace

from bot.domain.changes import Planned, PostComment, Reason, Rule, SetDates, Skip, Verdict
from bot.domain.follow_up import Why, WhyLine
from bot.domain.model import Card, Instant, Person
from bot.domain.planner import verdicts
from bot.domain.rules.commands import commands
from bot.domain.tokens import reference
from tests.builders import CORE, LONG_AGO, MEL, NOW, PAUL, REVIEW, card, logged, utc
from tests.unit.domain.handed import DUE, BarePen, after, handed, moved, said, seen

CARD = handed()
ASKED = said(PAUL, after(minutes=5), "/why")
THEN = utc("2026-12-04 05:00")


def spoke(rule: Rule, code: str) -> Planned:
    return Planned(rule, CARD.id, SetDates(DUE), Reason(code))


def kept_quiet(rule: Rule, code: str, until: Instant | None = None) -> Skip:
    return Skip(rule, CARD.id, Reason(code), until)


def line(rule: Rule, code: str, until: Instant | None = None) -> WhyLine:
    return WhyLine(rule, Reason(code), until)


def told(on: Card, *before: Verdict) -> str:
    """Return the answer when the rules before have said this."""
    found, _ = commands(on, replace(seen(on, now=after(minutes=6)), said=before))
    assert isinstance(found, Planned)
    assert isinstance(found.change, PostComment)
    return found.change.text


def answer(why: Why, on: Card = CARD) -> str:
    return BarePen().message(why, reference(on.id, "reply", ASKED.id))


@pytest.mark.parametrize(
    ("before", "lines"),
    [
        ((), ()),
        ((kept_quiet("late", "not_due", THEN),), (line("late", "not_due", THEN),)),
        ((spoke("late", "due_passed"),), (line("late", "due_passed"),)),
        # What matters most comes first, in whatever order the rules spoke.
        (
            tuple(
                kept_quiet(rule, rule)
                for rule in ("delivery", "answers", "changes", "stall", "late", "check_in")
            ),
            tuple(
                line(rule, rule)
                for rule in ("check_in", "late", "stall", "changes", "answers", "delivery")
            ),
        ),
        # Of a rule that spoke twice the first counts, but what it does comes before what not.
        (
            (kept_quiet("check_in", "a", THEN), kept_quiet("check_in", "b")),
            (line("check_in", "a", THEN),),
        ),
        ((kept_quiet("check_in", "a", THEN), spoke("check_in", "b")), (line("check_in", "b"),)),
        ((spoke("check_in", "a"), kept_quiet("check_in", "b", THEN)), (line("check_in", "a"),)),
        # Rules of before the hand-over, and the bot's own business, are nobody's question.
        (
            (
                kept_quiet("repair", "a"),
                kept_quiet("triage", "b"),
                kept_quiet("brief", "c"),
                kept_quiet("commands", "d"),
            ),
            (),
        ),
    ],
)
def test_each_rule_of_the_follow_up_has_one_line(
    before: tuple[Verdict, ...], lines: tuple[WhyLine, ...]
) -> None:
    why = Why(PAUL, MEL, NOW, Reason("ball_handed_over"), lines)
    assert told(logged(CARD, ASKED), *before) == answer(why)


@pytest.mark.parametrize(
    ("subject", "holder", "since", "evidence"),
    [
        (CARD, MEL, NOW, "ball_handed_over"),
        (logged(CARD, said(MEL, after(minutes=1), "Quand ?")), PAUL, 1, "act_question"),
        (moved(CARD, MEL, REVIEW, after(minutes=2)), PAUL, 2, "ball_review_list"),
        (replace(CARD, member_ids=()), PAUL, 0, "ball_nobody"),
    ],
)
def test_it_tells_who_has_the_ball_since_when_and_by_what(
    subject: Card, holder: Person, since: Instant | int, evidence: str
) -> None:
    at = after(minutes=since) if isinstance(since, int) else since
    why = Why(PAUL, holder, at, Reason(evidence), ())
    assert told(logged(subject, ASKED)) == answer(why)


def test_before_hand_over_it_tells_what_the_brief_waits_for() -> None:
    bare = logged(card(labels=(CORE,)), ASKED)
    before = (
        kept_quiet("repair", "nothing_to_mend"),
        kept_quiet("triage", "core_asked"),
        kept_quiet("brief", "incomplete"),
        kept_quiet("late", "not_handed_over"),
    )
    lines = (line("brief", "incomplete"), line("triage", "core_asked"))
    why = Why(PAUL, PAUL, LONG_AGO, Reason("not_handed_over"), lines)
    assert told(bare, *before) == answer(why, bare)


def test_in_a_pass_each_rule_of_the_follow_up_has_its_say() -> None:
    subject = logged(CARD, ASKED)
    (text,) = [
        each.change.text
        for each in verdicts(subject, seen(subject, now=after(minutes=6)))
        if isinstance(each, Planned) and isinstance(each.change, PostComment)
    ]
    for rule in ("check_in", "late", "stall", "changes", "answers", "delivery"):
        assert text.count(f"WhyLine(rule='{rule}'") == 1
