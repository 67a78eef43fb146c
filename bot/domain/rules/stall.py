"""stall: whoever has the ball has done nothing for too long; they are offered help, once."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.acts import addresses, bot_comments, is_bots
from bot.domain.answers import answers_of
from bot.domain.changes import (
    AddLabel,
    Change,
    Planned,
    Reason,
    RemoveLabel,
    Skip,
    Verdict,
)
from bot.domain.course import Course, open_course
from bot.domain.fold import card_after
from bot.domain.follow_up import Awaited, OwnerAwaited, Stalled
from bot.domain.model import Action, Card, Instant, Snapshot
from bot.domain.pauses import clock_restart, newest_pause
from bot.domain.people import first_name
from bot.domain.posting import posting
from bot.domain.restraint import not_now, silenced
from bot.domain.situation import Situation
from bot.domain.states import is_delegated, is_done, is_held
from bot.domain.tokens import reference
from bot.domain.traces import kind_of_comment


class Episode(Struct, frozen=True):
    """A time without an act of the one who has the ball."""

    since: Instant
    event: str
    """Id of the act or event with which it began."""


def stall(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Post one comment an episode, then set the label; take it off when the episode is over."""
    course = open_course(card, situation)
    if isinstance(course, Reason):
        yield _flag_of_old(card, situation) or Skip("stall", card.id, course)
        return
    episode = _episode(course, situation.snapshot)
    comment = _offer_of_help(course, episode, situation)
    if comment is not None:
        yield _flag_up(course, comment) or Skip("stall", card.id, Reason("stall_told"))
    elif _was_told(course, episode, situation.snapshot):
        yield Skip("stall", card.id, Reason("stall_told"))
    else:
        flag_down = _flag_down(card, situation)
        if flag_down is not None:
            yield flag_down
            course = _once_done(flag_down.change, course, situation)
        yield from _unless_moving(course, episode, situation)


def _flag_of_old(card: Card, situation: Situation) -> Planned | None:
    """Take the label off a card that is done or delegated no more, unless it is to be quiet."""
    snapshot = situation.snapshot
    left = not is_delegated(card, snapshot) or is_done(card, snapshot)
    quiet = is_held(card, snapshot) or card.closed
    return _flag_down(card, situation) if left and not quiet else None


def _episode(course: Course, snapshot: Snapshot) -> Episode:
    ball = course.ball
    act = course.newest_act_of(course.holder, snapshot)
    if act is not None and act.at > ball.since:
        return Episode(act.at, act.id)
    return Episode(ball.since, ball.event)


def _once_done(change: Change, course: Course, situation: Situation) -> Course:
    """Return the course after a change: where work has stopped again, the label comes anew."""
    return replace(
        course, card=card_after(course.card, change, situation.snapshot.me, situation.now)
    )


def _offer_of_help(course: Course, episode: Episode, situation: Situation) -> Action | None:
    """Return the bot's comment about this episode, while it stands."""
    comments = (
        each
        for each in bot_comments(course.card, situation.snapshot)
        if each.at > episode.since and _is_about_stall(each, course, episode, situation)
    )
    return next(comments, None)


def _was_told(course: Course, episode: Episode, snapshot: Snapshot) -> bool:
    """Tell whether a person deleted that comment: the label set after it, or memory, says so."""
    flagged = any(each.at > episode.since for each in _flagged(course.card, snapshot))
    return flagged or reference(course.card.id, "stall", episode.event) in snapshot.remembered


def _is_about_stall(
    comment: Action, course: Course, episode: Episode, situation: Situation
) -> bool:
    """Tell whether a comment offered help in this episode, whatever act its reference names.

    What is about an act that was deleted may be any answer; one that came before the time was
    over was no offer.
    """
    kind = kind_of_comment(comment, course.card, course.board)
    if kind is not None:
        return kind == "stall"
    if not addresses(comment, course.holder):
        return False
    after = course.stall_after(situation.policy.stall_after)
    return comment.at >= course.holder.calendar.after(episode.since, after)


def _unless_moving(course: Course, episode: Episode, situation: Situation) -> Iterator[Verdict]:
    card, holder = course.card, course.holder
    since = max([episode.since, *_restarts(course, situation)])
    after = course.stall_after(situation.policy.stall_after)
    patience = holder.calendar.after(since, after)
    wait = silenced(course, situation, by_assistant=holder is course.assistant)
    if wait is not None:
        yield Skip("stall", card.id, wait.reason, wait.until)
    elif situation.now < patience:
        yield Skip("stall", card.id, Reason("moving", {"person": first_name(holder)}), patience)
    elif (later := not_now(course, holder, situation)) is not None:
        yield Skip("stall", card.id, later.reason, later.until)
    else:
        yield from _speak(course, episode, situation)


def _restarts(course: Course, situation: Situation) -> Iterator[Instant]:
    """Yield when the clock started anew: with each word that gives the ball, though its holder had
    it already, at a silence's end, and when the hold label was taken off.
    """
    yield from (each.action.at for each in course.evidence if each.gives is course.ball.holder)
    silence_over = clock_restart(newest_pause(course.card, situation.snapshot), situation.now)
    if silence_over is not None:
        yield silence_over
    for action in course.card.log or ():
        if course.board.labels.hold in action.labels_off:
            yield action.at


def _speak(course: Course, episode: Episode, situation: Situation) -> Iterator[Verdict]:
    card, holder, label = course.card, course.holder, course.board.labels.stalled
    ref = reference(card.id, "stall", episode.event)
    reason = Reason("stalled", {"person": first_name(holder)})
    yield posting(("stall", card), _message(course, episode), ref, reason, situation)
    if label is not None and label not in card.label_ids:
        yield _flag(course, label)


def _message(course: Course, episode: Episode) -> Stalled | OwnerAwaited:
    if course.worker is not None:
        ticked = answers_of(course.card)
        can_tick = ticked is not None and not any(each.done for each in ticked.items)
        return Stalled(course.worker, course.owner, episode.since, can_tick)
    awaited = Awaited.REVIEW if course.in_review else Awaited.ANSWER
    if course.assistant is None:
        awaited = Awaited.ASSISTANT
    return OwnerAwaited(course.owner, course.assistant, course.ball.since, awaited)


def _flag_up(course: Course, comment: Action) -> Verdict | None:
    """Set the label after the comment, unless somebody took it off or put it on since."""
    card, label = course.card, course.board.labels.stalled
    if label is None or label in card.label_ids:
        return None
    changed = any(
        label in each.labels_on | each.labels_off and each.at > comment.at
        for each in card.log or ()
    )
    return None if changed else _flag(course, label)


def _flag(course: Course, label: str) -> Planned:
    name = course.board.label_names[label]
    return Planned("stall", course.card.id, AddLabel(label, name), Reason("stall_flag"))


def _flag_down(card: Card, situation: Situation) -> Planned | None:
    """Take the label off if the bot set it; a person's own is never touched."""
    snapshot = situation.snapshot
    board = snapshot.board_of(card)
    label = board.labels.stalled
    if label is None or label not in card.label_ids:
        return None
    set_by = [each for each in card.log or () if label in each.labels_on]
    if not set_by or not is_bots(set_by[-1], card, board, snapshot.me):
        return None
    change = RemoveLabel(label, board.label_names[label])
    return Planned("stall", card.id, change, Reason("moving_again"))


def _flagged(card: Card, snapshot: Snapshot) -> Iterator[Action]:
    """Yield the bot's own settings of the label."""
    board = snapshot.board_of(card)
    for action in card.log or ():
        if board.labels.stalled in action.labels_on and is_bots(action, card, board, snapshot.me):
            yield action
