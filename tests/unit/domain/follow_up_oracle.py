"""What the contract says of each thing the bot does, told from what people did and not from rules.

Working time is looked up on the wall clock, the ball follows the declared meaning of each act.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.follow_up import (
    Changed,
    CheckIn,
    Late,
    LateUnanswered,
    OwnerAwaited,
    Stalled,
)
from bot.domain.messages import HandOver, Message
from bot.domain.model import Card, Instant, Person
from tests.builders import DELEGATE, DONE, HOLD, QUESTIONS, REVIEW
from tests.unit.domain.follow_up_world import BY_ID, OWNER, Deed, Post, World

TIMED = (Changed, CheckIn, Late, LateUnanswered, OwnerAwaited, Stalled)
"""What time brings about; the rest answers what a person did."""
_DAY = timedelta(days=1)


class Turn(NamedTuple):
    """Whose turn it is, and since when."""

    holder: Person
    since: Instant


def reader_of(message: Message) -> Person:
    return message.assistant if isinstance(message, HandOver) else message.reader  # type: ignore[union-attr]


def day_of(who: Person, at: Instant) -> date:
    return at.astimezone(ZoneInfo(who.calendar.zone)).date()


def is_working_day(who: Person, day: date) -> bool:
    return bool(who.calendar.week[day.weekday()]) and day not in who.calendar.off


def at_work(who: Person, at: Instant) -> bool:
    wall = at.astimezone(ZoneInfo(who.calendar.zone)).replace(tzinfo=None)
    into = wall - datetime(wall.year, wall.month, wall.day)  # noqa: DTZ001 - what the wall clock shows
    hours = who.calendar.week[wall.weekday()]
    return is_working_day(who, wall.date()) and any(h.start <= into < h.end for h in hours)


def working_days(who: Person, start: Instant, end: Instant) -> int:
    """Count the working days after the day of ``start`` up to that of ``end``."""
    first, last = day_of(who, start), day_of(who, end)
    days = (first + n * _DAY for n in range(1, (last - first).days + 1))
    return sum(is_working_day(who, each) for each in days)


def is_silent(card: Card) -> bool:
    return card.closed or HOLD in card.label_ids or DELEGATE not in card.label_ids


def is_done(card: Card) -> bool:
    return card.closed or card.due_complete or card.list_id == DONE


def deeds_on(card: Card, world: World) -> list[Deed]:
    return [each for each in world.deeds if each.card == card.id]


def turn(card: Card, world: World) -> Turn | None:
    """Return whose turn it is; ``None`` where the contract leaves it open."""
    assistant = world.assistant(card.id)
    if assistant is None:
        return None
    handed = world.handed.get((card.id, assistant.member_id))
    if handed is None or _hand_over_deleted(card, assistant, world):
        return None
    found, in_review = Turn(assistant, handed), False
    for deed in deeds_on(card, world):
        if deed.at > handed:
            in_review = deed.entered == REVIEW if deed.entered else in_review
            to = _given_to(deed, assistant, in_review=in_review)
            found = Turn(to, deed.at) if to is not None and to != found.holder else found
    return Turn(OWNER, found.since) if card.list_id == REVIEW else found


def _hand_over_deleted(card: Card, assistant: Person, world: World) -> bool:
    return any(
        post.deleted is not None
        and isinstance(post.message, HandOver)
        and (post.card, post.message.assistant) == (card.id, assistant)
        for post in world.posts
    )


def _given_to(deed: Deed, assistant: Person, *, in_review: bool) -> Person | None:
    if deed.entered in (QUESTIONS, REVIEW):
        return OWNER
    if deed.left in (QUESTIONS, REVIEW):
        return assistant
    if deed.who == assistant.member_id and deed.calls:
        return OWNER
    to_bot = deed.said is not None and deed.said.to_bot
    from_owner = deed.who == OWNER.member_id and deed.counts
    return assistant if from_owner and not to_bot and not in_review else None


def newest_act(who: Person, card: Card, world: World) -> Instant | None:
    acts = [each.at for each in deeds_on(card, world) if each.who == who.member_id and each.counts]
    return acts[-1] if acts else None


def episode(card: Card, world: World) -> Turn | None:
    """Return who is awaited, and since which act or change of the ball."""
    now = turn(card, world)
    if now is None:
        return None
    act = newest_act(now.holder, card, world)
    return Turn(now.holder, max(now.since, act) if act else now.since)


def standing(card: Card, world: World, *kinds: type) -> list[Post]:
    return [each for each in posts_on(card, world, *kinds) if each.deleted is None]


def posts_on(card: Card, world: World, *kinds: type) -> list[Post]:
    mine = (each for each in world.posts if each.card == card.id)
    return [each for each in mine if not kinds or isinstance(each.message, kinds)]


def counting(card: Card, world: World, *kinds: type) -> Iterator[Post]:
    """Yield the posts that the bot has to know of: one deleted before a restart may be lost."""
    for post in posts_on(card, world, *kinds):
        lost = post.deleted is not None and any(each > post.at for each in world.restarts)
        if not lost:
            yield post


def asked_today(who: Person, card: Card, world: World) -> list[Post]:
    return [
        each
        for each in standing(card, world, *TIMED)
        if reader_of(each.message) == who and day_of(who, each.at) == day_of(who, world.now)
    ]


def pause(card: Card, world: World) -> Deed | None:
    """Return the newest snooze, mute or resume of those who may."""
    assistant = world.assistant(card.id)
    authors = {OWNER.member_id, assistant.member_id if assistant else ""}
    said = [
        each
        for each in deeds_on(card, world)
        if each.said and each.said.verb in ("snooze", "mute", "resume") and each.who in authors
    ]
    return said[-1] if said else None


def surely_paused(deed: Deed | None, world: World) -> bool:
    """Tell whether it still lasts; on a snooze's very last day that is left open."""
    if deed is None or deed.said is None or deed.said.verb == "resume":
        return False
    author = BY_ID[deed.who]
    return deed.said.verb == "mute" or working_days(author, deed.at, world.now) < deed.said.days


def mentioned_in(text: str) -> list[str]:
    return re.findall(r"@(\w+)", text)
