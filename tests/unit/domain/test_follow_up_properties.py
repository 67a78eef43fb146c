"""Whatever people do and whenever passes run, the follow-up of a card keeps its promises."""

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.acts import last_touch, newest_act
from bot.domain.ball import evidence, possessions
from bot.domain.changes import identity
from bot.domain.follow_up import CheckIn, Late, OwnerAwaited, Stalled
from bot.domain.model import Action, Card, Snapshot
from bot.domain.pauses import newest_pause
from bot.domain.planner import card_plan, plan
from bot.domain.states import state_of
from bot.domain.tokens import reference
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
from tests.unit.domain.follow_up_people import PEOPLES_ACTS, SAYINGS
from tests.unit.domain.follow_up_promises import judge
from tests.unit.domain.follow_up_world import ASSISTANTS, LABELS, OWNER, STARTS, Step, World


class Wait(NamedTuple):
    """Time goes by, with passes at even distances, the last one at its end."""

    minutes: int
    passes: int = 1


class Until(NamedTuple):
    """Time goes by until a card is due, or until its assistant's next morning; then a pass."""

    what: str
    card: int = 0


class Restart(NamedTuple):
    """The machine is set up anew, with an empty disk; then a pass."""


class Story(NamedTuple):
    """Where a world begins, and what happens in it."""

    start: str
    me: str
    due_in: int
    checks: str
    steps: tuple[Step | Wait | Until | Restart, ...]


WAITS = st.sampled_from(
    [
        *(Wait(minutes) for minutes in (6, 11, 65, 240, 720, 1440, 4 * 1440)),
        *(Wait(1440, 6), Wait(2 * 1440, 8), Wait(4 * 1440, 12), Wait(8 * 1440, 16)),
    ]
)
UNTIL = st.builds(Until, st.sampled_from(["due", "after due", "morning"]), st.integers(0, 1))
WHO = st.sampled_from(["assistant", "assistant", "owner", "owner", "other"])
WHATS = {
    "says": st.sampled_from(sorted(SAYINGS)),
    "copies": st.just(0),
    "ticks": st.integers(0, 6),
    "moves": st.sampled_from(["todo", "questions", "review", "done"]),
    "dates": st.sampled_from([-1, 0, 2, 9, 30, 75, 200]),
    "describes": st.integers(0, 1),
    "attaches": st.integers(0, 1),
    "completes": st.just(0),
    "archives": st.just(0),
    "shifts": st.just(0),
    "labels": st.sampled_from(sorted(LABELS)),
    "joins": st.integers(0, 3),
    "deletes": st.integers(0, 2),
}
assert set(WHATS) == set(PEOPLES_ACTS)


def _act(name: str) -> st.SearchStrategy[Step]:
    cards = st.sampled_from([0, 0, 0, 1])
    return st.builds(Step, st.just(name), WHO, WHATS[name], cards)


OFTEN = (*["says"] * 8, *["ticks", "dates", "deletes", "moves", "describes"] * 2)
ACTS = st.sampled_from([*OFTEN, *WHATS]).flatmap(_act)
TIME = st.one_of(WAITS, WAITS, WAITS, UNTIL, UNTIL, st.just(Restart()))
CHAPTER = st.lists(st.one_of(ACTS, TIME, TIME), max_size=5)
STORIES = st.builds(
    Story,
    st.sampled_from(STARTS),
    st.sampled_from(["own", "shared"]),
    st.sampled_from([0, 2, 5, 9]),
    st.sampled_from(["usual", "often"]),
    # Ten short lists shrink as well as one, and are longer together than one list of choice is.
    st.tuples(*[CHAPTER] * 10).map(lambda parts: tuple(step for part in parts for step in part)),
)


def tell(story: Story) -> World:
    """Let a story happen and watch every pass in it."""
    world = World(story.start, story.me, story.due_in, story.checks)
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
                forget(world)
                watch(world)
    return world


def _time_until(step: Until, world: World) -> timedelta:
    subject = world.card(world.card_ids[step.card])
    if step.what != "morning":
        due = subject.due or world.now
        after = timedelta(hours=19) if step.what == "after due" else timedelta()
        return max(due + after - world.now, timedelta())
    who = world.assistant(subject.id) or ASSISTANTS[0]
    wall = world.now.astimezone(ZoneInfo(who.calendar.zone))
    morning = wall.replace(hour=9, minute=0, second=0) + timedelta(days=1)
    return morning.astimezone(world.now.tzinfo) - world.now


def watch(world: World) -> None:
    """Run a pass, one write after the other, and look at each before and after."""
    found = plan(world.at)
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
    for card in world.cards():
        _verdicts_about_people_are_the_same_without_the_bot(card, world)
        _nobody_is_forgotten(card, world)


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
    now = turn(card, world)
    if now is not None:
        ball = possessions(card, whole)[-1]
        holder = OWNER if ball.holder.value == "owner" else world.assistant(card.id)
        assert (holder, ball.since) == now, "the ball is where people's acts put it"


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
    if now is None or is_silent(card) or is_done(card) or not at_work(now.holder, world.now):
        return
    quiet = pause(card, world)
    silent = quiet is not None and quiet.said is not None and quiet.said.verb != "resume"
    owners = silent and quiet is not None and quiet.who == OWNER.member_id
    if owners or asked_today(now.holder, card, world):
        return
    if now.holder != OWNER and card.due is not None:
        if world.now >= card.due:
            assert _about(card, Late, card.due, world), "who is late is asked for a new date"
        elif _must_have_been_asked(card, world):
            assert _about(card, CheckIn, card.due, world), "before delivery everybody is asked"
    since = episode(card, world)
    if since is not None and not silent and not _ever_paused(card, world):
        told = posts_on(card, world, Stalled, OwnerAwaited)
        long = working_days(now.holder, since.since, world.now) > 3
        assert not long or any(each.at > since.since for each in told), "a stall is seen"


def _ever_paused(card: Card, world: World) -> bool:
    return any(each.said and each.said.verb == "snooze" for each in deeds_on(card, world))


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


@settings(max_examples=200)
@given(STORIES)
def test_no_story_breaks_a_promise(story: Story) -> None:
    tell(story)
