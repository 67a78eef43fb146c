"""Whatever people do and whenever passes run, the follow-up of a card keeps its promises."""

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
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
from tests.builders import BOT, STALLED
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
    """Time goes by until a card is due or nearly so, or until its assistant's next morning."""

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
    cards: int
    steps: tuple[Step | Wait | Until | Restart, ...]


WAITS = st.sampled_from(
    [
        *(Wait(minutes) for minutes in (6, 11, 65, 240, 720, 1440, 4 * 1440)),
        *(Wait(1440, 4), Wait(2 * 1440, 6), Wait(4 * 1440, 9), Wait(8 * 1440, 10)),
    ]
)
UNTIL = st.builds(
    Until, st.sampled_from(["day before", "due", "after due", "morning"]), st.integers(0, 1)
)
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
    "labels": st.sampled_from(["hold", "hold", *sorted(LABELS)]),
    "joins": st.integers(0, 3),
    "deletes": st.integers(0, 2),
    "takes back": st.just(0),
}
assert set(WHATS) == set(PEOPLES_ACTS)


def _act(name: str) -> st.SearchStrategy[Step]:
    cards = st.sampled_from([0, 0, 0, 1])
    return st.builds(Step, st.just(name), WHO, WHATS[name], cards)


OFTEN = (*["says"] * 8, *["ticks", "dates", "deletes", "moves", "describes", "labels"] * 2)
ACTS = st.sampled_from([*OFTEN, *WHATS]).flatmap(_act)
TIME = st.one_of(WAITS, WAITS, WAITS, UNTIL, UNTIL, st.just(Restart()))
CHAPTER = st.lists(st.one_of(ACTS, TIME, TIME), max_size=5)
STORIES = st.builds(
    Story,
    st.sampled_from(STARTS),
    st.sampled_from(["own", "own", "shared"]),
    st.sampled_from([0, 3, 6, 12]),
    st.sampled_from(["usual", "often"]),
    st.sampled_from([1, 1, 2]),
    # Ten short lists shrink as well as one, and are longer together than one list of choice is.
    st.tuples(*[CHAPTER] * 10).map(lambda parts: tuple(step for part in parts for step in part)),
)


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
    for card_id in {each.card_id for each in found.changes}:
        _verdicts_about_people_are_the_same_without_the_bot(world.card(card_id), world)
    for card in world.cards():
        _the_ball_is_where_people_put_it(card, world)
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
            assert _about(card, Late, card.due, world), "who is late is asked for a new date"
        elif _must_have_been_asked(card, world):
            assert _about(card, CheckIn, card.due, world), "before delivery everybody is asked"
    since = episode(card, world)
    if since is not None and not silent and not _ever_paused(card, world):
        told = posts_on(card, world, Stalled, OwnerAwaited)
        long = working_days(now.holder, since.since, world.now) > 3
        assert not long or any(each.at > since.since for each in told), "a stall is seen"


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


def _says(what: str, who: str = "assistant") -> Step:
    return Step("says", who, what)


def _told(*steps: Step | Wait | Until | Restart, me: str = "own") -> Story:
    return Story(STARTS[3], me, 12, "usual", 1, steps)


_WEEK = Wait(8 * 1440, 20)
_FLAG = Step("labels", "other", "stalled")

RARE = {
    "a stall comment deleted, of which no label tells": (
        *(_FLAG, Wait(5 * 1440, 30), Step("deletes"), Wait(1440, 4), _says("plain")),
        *(_WEEK, Step("deletes"), Restart(), Wait(1440, 4)),
    ),
    "two stalls": (Wait(5 * 1440, 20), _says("plain"), Wait(6), _WEEK),
    "a person takes the bot's flag off, and puts it on": (
        *(Wait(5 * 1440, 20), _FLAG, Wait(11), Wait(1440), _FLAG, Wait(11), _says("ok"), _WEEK),
    ),
    "a pause of the owner's, and their go": (
        *(_says("question"), Wait(6), Wait(4 * 1440, 8), _says("plain", "owner"), Wait(11)),
        *(_says("go", "owner"), Wait(11), Wait(1440), _says("go", "owner"), Wait(11), _WEEK),
    ),
    "a date set between a proposal and the go": (
        *(_says("question"), Wait(4 * 1440, 8), _says("plain", "owner"), Wait(11)),
        *(Step("dates", "owner", 200), Wait(11), _says("go", "owner"), Wait(11), _WEEK),
    ),
    "ticked answers": (
        *(Step("ticks", what=3), Wait(11), _says("plain", "owner"), _WEEK, Wait(3 * 1440, 6)),
        *(Step("dates", "owner", 75), Step("ticks", what=3), Wait(4 * 1440, 16)),
    ),
    "silence by the assistant, through to late": (
        *(_says("silence"), _WEEK, Wait(4 * 1440, 8), Until("due"), _WEEK, _says("reprendre")),
        *(Wait(11), _WEEK),
    ),
    "silence by the owner, lifted by the assistant": (
        *(_says("mute", "owner"), _WEEK, _says("resume"), _WEEK),
    ),
    "hold, and no label": (
        *(_WEEK, Step("labels", "owner", "hold"), Step("labels", "owner", "delegate"), Wait(11)),
        *(_WEEK, Step("labels", "owner", "hold"), Wait(11)),
    ),
    "an answer of the bot to words that were taken back": (
        *(_says("question"), Wait(6), _says("aide"), Wait(6), Step("takes back"), Wait(11)),
    ),
    "delivered with nothing, then with something": (
        *(Step("moves", what="review"), Wait(11), Step("attaches"), Wait(11), _WEEK),
        *(Step("moves", "owner", "todo"), Wait(11), _WEEK),
    ),
    "changes of others, told once": (
        *(Step("describes", "owner"), Wait(6), Step("dates", "owner", 200), Wait(11), Wait(240)),
        *(Step("attaches", "other"), Wait(1440, 8), Step("deletes"), Restart(), _WEEK),
    ),
    "another assistant": (
        *(Step("joins", "owner", 1), Step("joins", "owner", 2), Wait(6), _WEEK, Step("deletes")),
        *(Step("joins", "owner", 2), Step("joins", "owner", 1), Wait(11), _WEEK),
    ),
}


@pytest.mark.parametrize("me", ["own", "shared"])
@pytest.mark.parametrize("name", sorted(RARE))
def test_a_story_that_chance_seldom_tells_keeps_every_promise(name: str, me: str) -> None:
    tell(_told(*RARE[name], me=me))


@settings(max_examples=150, derandomize=True)
@given(STORIES)
def test_no_story_breaks_a_promise(story: Story) -> None:
    tell(story)
