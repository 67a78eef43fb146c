"""What must hold of every comment of the year, judged by the script's own hours and memory.

Each function returns what is wrong, one line each; nothing is shared with the bot's own reckoning.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from tests.end_to_end.year.ledger import (
    Posted,
    acts_on,
    handed_over,
    holder_at,
    labelled,
    people_of,
    posted,
    quiet_since,
)
from tests.end_to_end.year.people import HOURS
from tests.end_to_end.year.stage import Act, Stage

QUIET = timedelta(minutes=5)
"""Questions about blanks and words about a delivery wait until nobody touches the card so long."""


def outside_working_time(stage: Stage) -> Iterator[str]:
    """Time alone never speaks outside the addressee's working time."""
    for each in posted(stage):
        if each.is_timed and not HOURS[each.to].working(each.at):
            yield _told(each)


def twice_on_a_day(stage: Stage) -> Iterator[str]:
    """Nobody is asked twice on one card and day of theirs by time alone."""
    seen: set[tuple[int, str, object]] = set()
    for each in posted(stage):
        key = (each.number, each.to, HOURS[each.to].local(each.at).date())
        if each.is_timed and key in seen:
            yield _told(each)
        if each.is_timed:
            seen.add(key)


def check_ins_out_of_place(stage: Stage) -> Iterator[str]:
    """A check-in comes after hand-over and before due as it stood then."""
    for each in posted(stage):
        if each.rule != "check_in":
            continue
        handed = [at for at, who in handed_over(stage, each.number) if who == each.to]
        if not handed or each.at <= handed[0] or each.at >= due_at(stage, each):
            yield _told(each)


def due_at(stage: Stage, comment: Posted) -> datetime:
    """Return the card's due when a comment was posted, from the card's log."""
    card = stage.tasks[comment.number - 1].card
    due = card.due
    for action in reversed(stage.world.store.log(card.id)):
        if datetime.fromisoformat(action.date) < comment.at:
            break
        if action.type == "updateCard" and "due" in action.data.get("old", {}):
            due = action.data["old"]["due"]
    return datetime.fromisoformat(due) if due else datetime.min.replace(tzinfo=comment.at.tzinfo)


def not_one_mention(stage: Stage) -> Iterator[str]:
    """Each comment mentions exactly one person, and one of that card."""
    for each in posted(stage):
        if len(each.mentioned) != 1 or each.to not in people_of(stage, each.number):
            yield _told(each)


def on_silent_cards(stage: Stage) -> Iterator[str]:
    """Nothing is posted on a card without the delegate label, or with the hold label."""
    for each in posted(stage):
        task = stage.tasks[each.number - 1]
        for name in ("delegate", "hold"):
            for start, end in labelled(stage, task, name):
                if start < each.at and (end is None or each.at < end):
                    yield _told(each)


def stalls_within_one_episode(stage: Stage) -> Iterator[str]:
    """After an offer of help there is no other to that person until they act or get the ball."""
    for number in (each.number for each in stage.written):
        mine = [p for p in posted(stage) if p.number == number and p.rule == "stall"]
        for before, after in pairwise(mine):
            if before.to == after.to:
                moved = quiet_since(stage, number, after.to, after.at)
                if moved is None or moved < before.at:
                    yield _told(after)


def stalls_too_early(stage: Stage, least_days: int = 1) -> Iterator[str]:
    """An offer of help goes to who has the ball, after a working day of theirs without an act."""
    for each in posted(stage):
        if each.rule != "stall":
            continue
        holder = holder_at(stage, each.number, each.at)
        since = quiet_since(stage, each.number, each.to, each.at)
        waited = since is not None and HOURS[each.to].days_worked(since, each.at) >= least_days
        if holder is None or holder.who != each.to or not waited:
            yield f"{_told(each)}: ball {holder}, quiet since {since}"


def asked_without_the_ball(stage: Stage) -> Iterator[str]:
    """While the owner has the ball, no check-in and no request for a date go to the assistant."""
    for each in posted(stage):
        if each.rule in {"check_in", "late", "changes"} and each.to != "paul":
            holder = holder_at(stage, each.number, each.at)
            if holder is None or holder.side != "assistant":
                yield f"{_told(each)}: ball {holder}"


def unanswered(stage: Stage) -> Iterator[str]:
    """Each act that calls for an answer gets it in the very next pass."""
    comments = posted(stage)
    for act in stage.acts:
        if act.expects is None or _is_silent(stage, act):
            continue
        after = _next_pass(stage, _settled(stage, act))
        if after is None:
            continue
        wanted = (act.number, act.expects)
        if not any(
            (p.number, p.rule) == wanted and after <= p.at < after + QUIET for p in comments
        ):
            yield f"{act.at:%a %d %b %H:%M}Z #{act.number:03} {act.who} {act.what}: no answer"


def _settled(stage: Stage, act: Act) -> datetime:
    """Return when the bot may answer: a delivery once nobody touches the card any more."""
    at = act.at
    if act.expects != "delivery":
        return at
    for each in acts_on(stage, act.number):
        if at < each.at < at + QUIET:
            at = each.at
    return at + QUIET


def out_of_nowhere(stage: Stage) -> Iterator[str]:
    """What answers an act comes in the first pass after it; questions wait five minutes."""
    for each in posted(stage):
        if each.is_timed:
            continue
        waits = each.code == "incomplete" or each.rule == "delivery"
        wait = QUIET if waits else timedelta()
        passes = [p for p in stage.passes if p <= each.at]
        before = passes[-2] if len(passes) > 1 else passes[-1]
        acts = [a.at + wait for a in acts_on(stage, each.number)]
        if not any(before < at <= each.at for at in acts):
            yield _told(each)


def doubles(stage: Stage) -> Iterator[str]:
    """No reference stands twice on the board."""
    for ref, count in Counter(each.ref for each in posted(stage)).items():
        if count > 1:
            yield f"{ref}: {count} times"


def flags_left_up(stage: Stage) -> Iterator[str]:
    """The stalled label goes up after an offer of help, and down in the pass after the next act."""
    for task in stage.written:
        up = None
        for done in (each for each in stage.done if each.number == task.number):
            kind = type(done.planned.change).__name__
            if kind == "AddLabel":
                up = done.at
                offered = any(
                    p.rule == "stall" and p.number == task.number and abs(p.at - up) < QUIET
                    for p in posted(stage)
                )
                if not offered:
                    yield f"{up:%a %d %b %H:%M}Z {task.name}: flag without a comment"
            elif kind == "RemoveLabel" and up is not None:
                yield from _wrong_end(stage, task.number, up, done.at)
                up = None
        if up is not None:
            yield from _wrong_end(stage, task.number, up, None)


def _wrong_end(stage: Stage, number: int, up: datetime, down: datetime | None) -> Iterator[str]:
    """Compare when a flag came down with the first act that ended its episode."""
    offers = [p for p in posted(stage) if (p.number, p.rule) == (number, "stall")]
    comment = next((each for each in offers if abs(each.at - up) < QUIET), None)
    if comment is None:
        return
    ended = [a for a in acts_on(stage, number) if a.at > up and _ends(a, comment)]
    if ended and _is_silent(stage, ended[0]):
        return
    wanted = _next_pass(stage, ended[0].at) if ended else None
    if down != wanted:
        yield f"#{number:03} flag of {up:%a %d %b %H:%M}Z came down {down}, not {wanted}"


def _ends(act: Act, comment: Posted) -> bool:
    """Tell whether an act ends the episode: one's own, a new holder, or the end of it all."""
    own = act.counts and act.who == comment.to
    passes_on = act.gives is not None and (act.gives == "owner") != (comment.to == "paul")
    over = act.what.startswith(
        ("archives", "moves it to « Terminé", "takes off « delegate", "takes the")
    )
    return own or passes_on or over


def _next_pass(stage: Stage, at: datetime) -> datetime | None:
    return next((each for each in stage.passes if each >= at), None)


def _is_silent(stage: Stage, act: Act) -> bool:
    """Tell whether the card was held, archived or without its label in the pass after an act."""
    task = stage.tasks[act.number - 1]
    spans = [*labelled(stage, task, "delegate"), *labelled(stage, task, "hold")]
    closed = [a.at for a in acts_on(stage, act.number) if a.what.startswith("archives")]
    silent = any(start <= act.at and (end is None or act.at < end) for start, end in spans)
    return silent or any(at <= act.at for at in closed)


def _told(each: Posted) -> str:
    local = HOURS[each.to].local(each.at)
    return f"{local:%a %d %b %H:%M} #{each.number:03} {each.rule}/{each.code} to {each.to}"


PROMISES = (
    outside_working_time,
    twice_on_a_day,
    check_ins_out_of_place,
    not_one_mention,
    on_silent_cards,
    stalls_within_one_episode,
    stalls_too_early,
    asked_without_the_ball,
    unanswered,
    out_of_nowhere,
    doubles,
    flags_left_up,
)
