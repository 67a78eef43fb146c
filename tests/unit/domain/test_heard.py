"""What the rules have said of a card holds until time, or somebody, changes something."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.changes import Skip
from bot.domain.planner import LOOK_AGAIN, Heard, Plan, plan
from bot.domain.situation import Situation
from tests.builders import MEL, PORTFOLIO, card, comment, later, logged, portfolio, situation
from tests.unit.domain.handed import after, handed

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def quiet() -> Situation:
    """Return a card in somebody's hands on which nothing is to be done for some hours."""
    return situation(handed(), now=after(hours=1))


def marked(found: Plan) -> dict[str, Heard]:
    """Return what a plan has heard, with a mark in its place: what is asked anew bears none."""
    return {
        key: replace(
            each, verdicts=(Skip("brief", key, replace(each.verdicts[0].reason, code="marked")),)
        )
        for key, each in found.heard.items()
    }


def is_reused(now: Situation, found: Plan) -> bool:
    return "marked" in {each.reason.code for each in plan(now, heard=marked(found)).skips}


def test_of_a_card_on_which_nothing_happened_no_rule_is_asked_again() -> None:
    now = quiet()
    found = plan(now)
    assert found.changes == ()
    assert is_reused(later(now, minutes=59), found)
    assert found.still_until == found.now + LOOK_AGAIN
    assert found.reasons == {each.reason.code for each in found.skips}


def test_a_plan_holds_until_the_first_of_its_cards_is_to_be_asked_again() -> None:
    found = plan(quiet())
    (heard,) = found.heard.values()
    sooner = replace(heard, until=heard.until - HOUR / 2)
    assert replace(found, heard={"a": heard, "b": sooner}).still_until == sooner.until


def test_a_plan_that_changes_something_or_holds_it_back_does_not_last() -> None:
    found, changed = plan(quiet()), plan(situation(card())).changes
    assert changed
    assert replace(found, changes=changed).still_until == found.now
    assert replace(found, withheld=changed).still_until == found.now


@pytest.mark.parametrize("minutes", [60, 61])
def test_after_an_hour_every_rule_is_asked_again(minutes: int) -> None:
    now = quiet()
    assert not is_reused(later(now, minutes=minutes), plan(now))


def test_a_rule_that_is_due_is_asked_when_it_said() -> None:
    now = situation(handed(), now=after(hours=1))
    found = plan(now)
    first = min(each.until for each in found.skips if each.until)
    just_before = replace(now, now=first - 10 * MINUTE)
    again = plan(just_before)
    assert again.still_until == first
    assert not is_reused(replace(now, now=first), again)


def test_whoever_touches_a_card_has_every_rule_asked_again() -> None:
    now = quiet()
    found = plan(now)
    (subject,) = now.snapshot.cards.values()
    touched = logged(subject, comment(MEL.member_id, "noté", now.now))
    moved = replace(now, snapshot=replace(now.snapshot, cards={subject.id: touched}))
    assert not is_reused(moved, found)


def test_where_something_is_to_be_done_nothing_holds() -> None:
    now = situation(card("neuve"))
    found = plan(now)
    assert found.changes
    assert found.still_until == now.now
    assert not is_reused(now, found)


def test_a_portfolio_card_is_looked_at_every_quarter_of_an_hour_and_hears_the_others() -> None:
    now = situation(handed(), portfolio(), now=after(hours=1))
    heard = plan(now).heard
    again = plan(later(now, minutes=1), heard=heard)
    assert again.before[PORTFOLIO].heard.keys() == {handed().id}
    assert heard[PORTFOLIO].until <= now.now + 15 * MINUTE


def test_boards_without_a_card_are_looked_at_within_the_hour() -> None:
    found = plan(situation(now=after(hours=1)))
    assert found.still_until == found.now + LOOK_AGAIN
