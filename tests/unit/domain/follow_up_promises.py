"""What each change must and must not be, at the moment when the bot makes it."""

from datetime import datetime

from bot.domain.changes import (
    AddLabel,
    Planned,
    PostComment,
    React,
    RemoveLabel,
    SetDates,
    Untick,
)
from bot.domain.follow_up import (
    Changed,
    CheckIn,
    Delivered,
    Late,
    LateUnanswered,
    NothingDelivered,
    OwnerAwaited,
    Passed,
    Proposal,
    Stalled,
)
from bot.domain.messages import HandOver, Message
from bot.domain.model import Card, Person
from tests.builders import BOT, DELEGATE, HOLD, REVIEW, STALLED
from tests.unit.domain.follow_up_oracle import (
    TIMED,
    asked_today,
    at_work,
    counting,
    day_of,
    episode,
    is_done,
    is_silent,
    mentioned_in,
    newest_act,
    pause,
    posts_on,
    reader_of,
    standing,
    surely_paused,
    turn,
    working_days,
)
from tests.unit.domain.follow_up_world import OWNER, World

MOST_UNANSWERED = 2


def judge(planned: Planned, world: World) -> None:
    """Fail when a change breaks a promise."""
    card, change = world.card(planned.card_id), planned.change
    assert HOLD not in card.label_ids, "hold means no writes at all"
    assert not card.closed, "an archived card is left alone"
    match change:
        case PostComment():
            assert DELEGATE in card.label_ids, "without the label no comment"
            _comment(card, planned, change, world)
        case AddLabel(label_id=label_id):
            assert label_id == STALLED, "the bot sets no label of people's"
            _flag_up(card, world)
        case RemoveLabel(label_id=label_id):
            assert label_id == STALLED, "the bot takes off no label of people's"
            _flag_down(card, world)
        case Untick(item_id=item_id):
            _untick(card, item_id, world)
        case React(action_id=action_id):
            _thumb(card, action_id, world)
        case SetDates():
            _dates(card, change, world)
        case _:
            raise AssertionError(f"nothing else is written after hand-over: {change}")


def _comment(card: Card, planned: Planned, change: PostComment, world: World) -> None:
    message = world.pen.messages[change.ref]
    reader = reader_of(message)
    assert change.mentions == (reader.username,), "one person is mentioned"
    assert mentioned_in(change.text) == [reader.username], "and no other by accident"
    assert len(change.text) <= 600, "a comment is short"
    known = [each.ref for each in counting(card, world)]
    assert change.ref not in known, "nothing is said twice"
    if isinstance(message, TIMED):
        _timed(card, reader, message, world)
    _by_kind(card, planned, message, world)


def _timed(card: Card, reader: Person, message: Message, world: World) -> None:
    assert not is_done(card), "no request about work that is done"
    assert at_work(reader, world.now), "what time brings about comes in working hours"
    assert not asked_today(reader, card, world), "one request a person, card and day"
    quiet = pause(card, world)
    if surely_paused(quiet, world) and quiet is not None:
        assert quiet.who != OWNER.member_id, "the owner asked for silence"
        assert not isinstance(message, Stalled), "the assistant asked for silence"


def _by_kind(card: Card, planned: Planned, message: Message, world: World) -> None:
    match message:
        case CheckIn():
            _check_in(card, planned, message, world)
        case Late():
            assert card.due is not None
            assert card.due == message.due <= world.now, "late is what is due"
            assert not _said_of_due(card, Late, message.due, world), "once a due"
            _for_worker(card, message.reader, world)
        case LateUnanswered():
            _unanswered(card, message, world)
        case Stalled() | OwnerAwaited():
            _stall(card, message.reader, world)
        case Passed():
            _passed(card, message.reader, world)
        case Delivered() | NothingDelivered():
            assert card.due_complete or card.list_id == REVIEW, "delivered"
        case Changed():
            _changed(card, message.reader, world)
        case HandOver():
            assert message.assistant == world.assistant(card.id), "the card's assistant is told"
        case _:
            pass


def _passed(card: Card, reader: Person, world: World) -> None:
    now, said = turn(card, world), counting(card, world, Passed)
    assert reader == OWNER
    assert now is None or now.holder == OWNER, "the owner is called when awaited"
    assert now is None or all(each.at < now.since for each in said), "once a turn"


def _changed(card: Card, reader: Person, world: World) -> None:
    _for_worker(card, reader, world)
    told = [each.at for each in counting(card, world, Changed)]
    others = (each for each in world.deeds if each.who != reader.member_id and each.counts)
    news = [each.at for each in others if each.card == card.id]
    assert not told or news[-1] > told[-1], "each change is told once"


def _said_of_due(card: Card, kind: type, due: datetime, world: World) -> bool:
    said = (each.message for each in counting(card, world, kind))
    return any(getattr(each, "due", None) == due for each in said)


def _for_worker(card: Card, reader: Person, world: World) -> None:
    now = turn(card, world)
    assert reader == world.assistant(card.id), "the card's assistant is asked"
    assert now is None or now.holder == reader, "while the owner has the ball nobody is pressed"


def _check_in(card: Card, planned: Planned, message: CheckIn, world: World) -> None:
    assert card.due is not None
    assert world.now < card.due, "no check-in after due"
    assert card.list_id != REVIEW, "no check-in on what is delivered"
    _for_worker(card, message.reader, world)
    offset = planned.reason.values["offset"]
    policy = world.at.policy.check_ins
    asked = list(counting(card, world, CheckIn))
    for each in asked:
        same = each.planned.reason.values["offset"] == offset
        assert not (same and getattr(each.message, "due", None) == card.due), "one an instant"
    act = newest_act(message.reader, card, world)
    since = [each for each in standing(card, world, CheckIn) if act is None or each.at > act]
    assert len(since) < policy.max_unanswered, "who does not answer is left in peace"
    if offset.endswith("%"):
        assert not surely_paused(pause(card, world), world), "a silence covers mid-course"
        today = day_of(message.reader, world.now)
        assert act is None or day_of(message.reader, act) != today, "who acted is at work"


def _unanswered(card: Card, message: LateUnanswered, world: World) -> None:
    assert message.reader == OWNER
    assert not _said_of_due(card, LateUnanswered, message.due, world), "once a due"
    asked = [each for each in standing(card, world, Late) if each.at == message.asked]
    act = newest_act(message.assistant, card, world)
    assert asked, "the assistant was asked before"
    assert act is None or act < message.asked, "and has not answered"
    assert working_days(message.assistant, message.asked, world.now) >= 2, "for long"


def _stall(card: Card, reader: Person, world: World) -> None:
    now = episode(card, world)
    if now is None:
        return
    assert reader == now.holder, "whoever has the ball is offered help"
    assert working_days(reader, now.since, world.now) >= 2, "after two working days"
    told = posts_on(card, world, Stalled, OwnerAwaited)
    flagged = [
        each.at for each in card.log or () if STALLED in each.labels_on and world.is_bots(each)
    ]
    known = list(counting(card, world))
    # A label set after it is the second trace of a comment that is gone.
    traced = [each for each in told if each in known or any(at >= each.at for at in flagged)]
    repeated = [each for each in traced if each.at > now.since]
    assert not repeated, "one comment about a stall an episode"


def _flag_up(card: Card, world: World) -> None:
    told = standing(card, world, Stalled, OwnerAwaited)
    assert STALLED not in card.label_ids
    assert told, "first the comment, then the label"
    changed = [
        each
        for each in card.log or ()
        if STALLED in each.labels_on | each.labels_off and each.at > told[-1].at
    ]
    assert not changed, "what a person did with the label since holds"


def _flag_down(card: Card, world: World) -> None:
    assert STALLED in card.label_ids
    assert world.flag.get(card.id) == BOT, "a person's label is never touched"
    now, told = episode(card, world), posts_on(card, world, Stalled, OwnerAwaited)
    over = is_done(card) or is_silent(card) or now is None
    assert over or (now is not None and now.since > told[-1].at), "it stays until something moves"


def _untick(card: Card, item_id: str, world: World) -> None:
    answers = [each for each in card.checklists if "?" in each.name]
    item = next(each for one in answers for each in one.items if each.id == item_id)
    assert item.done
    ticked = [each.at for each in card.log or () if each.item == item.name and each.item_done]
    asked = posts_on(card, world, CheckIn)
    assert asked, "an answer is used up by a check-in"
    assert ticked[-1] < asked[-1].at, "only an answer to an earlier one"


def _thumb(card: Card, action_id: str, world: World) -> None:
    said = next(each.said for each in world.deeds if each.action == action_id)
    assert said is not None
    assert said.verb not in ("", "none"), "only a command is acknowledged"
    done = next(each for each in card.log or () if each.id == action_id)
    assert not done.reactions, "once"


def _dates(card: Card, change: SetDates, world: World) -> None:
    offered = [
        each.at
        for each in posts_on(card, world, Proposal)
        if isinstance(each.message, Proposal) and each.message.proposed == change.due
    ]
    went = [
        each.at
        for each in world.deeds
        if each.card == card.id
        and each.said
        and each.said.verb == "go"
        and each.who in OWNER.member_id
    ]
    changed = [each.at for each in card.log or () if each.field == "due"]
    assert change.start is None
    assert offered, "the bot sets a date that it has proposed"
    assert went, "and that the owner accepted"
    assert went[-1] > offered[0], "after the proposal"
    assert all(each < offered[0] for each in changed), "and nobody has set another since"
