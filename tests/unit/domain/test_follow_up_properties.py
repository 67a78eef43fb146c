"""Whatever people do and whenever passes run, the follow-up of a card keeps its promises."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from bot.domain.acts import last_touch, newest_act
from bot.domain.ball import evidence, possessions
from bot.domain.changes import identity
from bot.domain.follow_up import CheckIn, Late, OwnerAwaited, Proposal, Stalled
from bot.domain.model import Action, Card, Snapshot
from bot.domain.pauses import newest_pause
from bot.domain.planner import Plan, card_plan, plan
from bot.domain.states import state_of
from bot.domain.tokens import reference
from tests.builders import BOT, STALLED, replace
from tests.unit.domain.follow_up_oracle import (
    asked_today,
    at_work,
    day_of,
    deeds_on,
    episode,
    is_done,
    is_silent,
    pause,
    posts_on,
    standing,
    turn,
    working_days,
)
from tests.unit.domain.follow_up_people import PEOPLES_ACTS
from tests.unit.domain.follow_up_promises import judge
from tests.unit.domain.follow_up_stories import (
    RARE,
    STORIES,
    WHATS,
    Restart,
    Story,
    Until,
    Wait,
    told,
)
from tests.unit.domain.follow_up_world import ASSISTANTS, OWNER, STARTS, Step, World


def tell(story: Story) -> World:
    """Let a story happen and watch every pass in it."""
    world = World(*story[:-1])
    for step in story.steps:
        match step:
            case Step():
                world.happens(step, PEOPLES_ACTS[step.act])
            case Wait():
                for _ in range(step.passes):
                    world.wait(timedelta(minutes=step.minutes) / step.passes)
                    watch(world)
            case Until():
                world.wait(_time_until(step, world))
                watch(world)
            case Restart():
                world.wait(timedelta(minutes=1))
                forget(world)
                watch(world)
    return world


def _time_until(step: Until, world: World) -> timedelta:
    subject = world.card(world.card_at(step.card))
    if step.what != "morning":
        due = subject.due or world.now
        after = {"day before": -23, "due": 0, "after due": 19}[step.what]
        return max(due + timedelta(hours=after) - world.now, timedelta())
    who = world.assistant(subject.id) or ASSISTANTS[0]
    wall = world.now.astimezone(ZoneInfo(who.calendar.zone))
    morning = wall.replace(hour=9, minute=0, second=0) + timedelta(days=1)
    return morning.astimezone(world.now.tzinfo) - world.now


def watch(world: World) -> None:
    """Run a pass, one write after the other, and look at each before and after."""
    found = plan(world.at)
    again = plan(world.at, heard=world.heard)
    assert again.changes == found.changes, "what was heard holds until it says"
    world.heard = again.heard
    faults = [each for each in found.skips if each.reason.code in ("fault", "unwritable")]
    assert not faults
    for planned in found.changes:
        judge(planned, world)
        rules = frozenset({planned.rule})
        wanted = card_plan(world.card(planned.card_id), world.at, rules)
        assert identity(planned.change) in [identity(each.change) for each in wanted], (
            "still wanted"
        )
        world.carry_out(planned)
    if found.changes:
        assert not plan(world.at).changes, "a second pass writes nothing"
    else:
        _nothing_is_said_before_it_was_announced(found, world)
    for card_id in {each.card_id for each in found.changes}:
        _verdicts_about_people_are_the_same_without_the_bot(world.card(card_id), world)
    for card in world.cards():
        _the_ball_is_where_people_put_it(card, world)
        _nobody_is_forgotten(card, world)


def _nothing_is_said_before_it_was_announced(found: Plan, world: World) -> None:
    """Where nobody does anything, the first rule that speaks has said when it would."""
    announced = [each.until for each in found.skips if each.until and each.until > world.now]
    soonest = min(announced, default=world.now + timedelta(days=5))
    just_before = replace(world.at, now=soonest - timedelta(minutes=1))
    assert not plan(just_before).changes or just_before.now <= world.now


def forget(world: World) -> None:
    """Lose the memory: only what a person deleted may come back."""
    before = {identity(each.change) for each in plan(world.at).changes}
    world.restart()
    after = plan(world.at).changes
    if not any(each.deleted for each in world.posts):
        assert {identity(each.change) for each in after} == before, "memory changes nothing"


def _verdicts_about_people_are_the_same_without_the_bot(card: Card, world: World) -> None:
    whole = world.at.snapshot
    log = tuple(
        each for each in card.log or () if not world.is_bots(each) or _hands_over(each, card)
    )
    bare = replace(whole, cards={**whole.cards, card.id: replace(card, log=log)})
    assert _verdicts(card.id, bare) == _verdicts(card.id, whole), "no write of the bot is an act"


def _the_ball_is_where_people_put_it(card: Card, world: World) -> None:
    now = turn(card, world)
    if now is not None:
        ball = possessions(card, world.at.snapshot)[-1]
        holder = OWNER if ball.holder.value == "owner" else world.assistant(card.id)
        assert (holder, ball.since) == now


def _hands_over(entry: Action, card: Card) -> bool:
    """Tell whether it made somebody the card's assistant: that alone gives the ball."""
    refs = (reference(card.id, "hand-over", each.member_id) for each in ASSISTANTS)
    return entry.type == "addMemberToCard" or any(entry.text.endswith(ref) for ref in refs)


def _verdicts(card_id: str, snapshot: Snapshot) -> tuple[object, ...]:
    card = snapshot.cards[card_id]
    acts = [newest_act(each.member_id, card, snapshot) for each in (OWNER, *ASSISTANTS)]
    people = [
        (each.action.id, each.by, each.meaning, each.gives) for each in evidence(card, snapshot)
    ]
    pauses = newest_pause(card, snapshot)
    state = state_of(card, snapshot)
    return (possessions(card, snapshot), acts, people, pauses, last_touch(card, snapshot), state)


def _nobody_is_forgotten(card: Card, world: World) -> None:
    """What is surely called for has been said by now: silence would keep all other promises."""
    now = turn(card, world)
    if now is None or is_silent(card) or is_done(card):
        return
    _the_flag_is_down_when_work_moves(card, world)
    if not at_work(now.holder, world.now):
        return
    quiet = pause(card, world)
    silent = quiet is not None and quiet.said is not None and quiet.said.verb != "resume"
    owners = silent and quiet is not None and quiet.who == OWNER.member_id
    if owners or asked_today(now.holder, card, world):
        return
    if now.holder != OWNER and card.due is not None:
        if world.now >= card.due:
            asked = _about(card, Late, card.due, world) or _a_date_is_proposed(card, world)
            assert asked, "who is late is asked for a new date"
        elif _must_have_been_asked(card, world):
            assert _about(card, CheckIn, card.due, world), "before delivery everybody is asked"
    since = episode(card, world)
    if since is not None and not silent and not _ever_paused(card, world):
        told = posts_on(card, world, Stalled, OwnerAwaited)
        long = working_days(now.holder, since.since, world.now) > 3
        assert not long or any(each.at > since.since for each in told), "a stall is seen"


def _a_date_is_proposed(card: Card, world: World) -> bool:
    """Tell whether the owner is being asked about a later date: for a working day of theirs."""
    proposed = posts_on(card, world, Proposal)
    return bool(proposed) and working_days(OWNER, proposed[-1].at, world.now) <= 1


def _the_flag_is_down_when_work_moves(card: Card, world: World) -> None:
    now, told = episode(card, world), posts_on(card, world, Stalled, OwnerAwaited)
    if now is not None and STALLED in card.label_ids and world.flag.get(card.id) == BOT:
        assert told
        assert told[-1].at > now.since, "the bot takes its own label off"


def _ever_paused(card: Card, world: World) -> bool:
    return any(
        each.said and each.said.verb in ("snooze", "resume") for each in deeds_on(card, world)
    )


def _about(card: Card, kind: type, due: datetime, world: World) -> bool:
    return any(getattr(each.message, "due", None) == due for each in posts_on(card, world, kind))


def _must_have_been_asked(card: Card, world: World) -> bool:
    """Tell whether the usual check-in, a working day before due, is surely reached."""
    who, due = world.assistant(card.id), card.due
    if who is None or due is None or world.at.policy.check_ins.at != (50,):
        return False
    handed = world.handed[card.id, who.member_id]
    act = max(
        [each.at for each in deeds_on(card, world) if each.who == who.member_id], default=handed
    )
    unanswered = [each for each in standing(card, world, CheckIn) if each.at > act]
    near = working_days(who, world.now, due) == 0 or day_of(who, world.now) == day_of(who, due)
    return near and len(unanswered) < 2 and working_days(who, handed, due) > 2


@pytest.mark.parametrize("me", ["own", "shared"])
@pytest.mark.parametrize("name", sorted(RARE))
def test_a_story_that_chance_seldom_tells_keeps_every_promise(name: str, me: str) -> None:
    tell(told(*RARE[name], me=me))


@pytest.mark.parametrize("me", ["own", "shared"])
@pytest.mark.parametrize("passes", [1, 24])
def test_a_silence_covers_a_check_in_in_mid_course_that_is_the_last_one(
    me: str, passes: int
) -> None:
    quiet = Step("says", "assistant", "silence")
    tell(told(quiet, Wait(1440, passes), me=me, start=STARTS[2], due_in=0))


def test_the_stories_tell_of_everything_that_people_can_do() -> None:
    assert set(WHATS) == set(PEOPLES_ACTS)


@pytest.mark.longest
@settings(max_examples=120, derandomize=True)
@given(STORIES)
def test_no_story_breaks_a_promise(story: Story) -> None:
    tell(story)
