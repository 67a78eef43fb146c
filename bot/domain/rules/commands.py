"""commands: what people type to the bot is carried out, answered where it asks, and thumbed up.

What a command does follows from the board alone: a snooze is the comment that asks for it.  The
rule answers and acknowledges; it runs last, since ``/why`` tells what the others have said.
"""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.acts import people_actions, stands
from bot.domain.changes import (
    Planned,
    React,
    Reason,
    Rule,
    Skip,
    Verdict,
)
from bot.domain.commands import Command, NotUnderstood, Verb, command_in
from bot.domain.course import Course, course_of
from bot.domain.follow_up import Help, Mistyped, Why, WhyLine
from bot.domain.limit import approval_on
from bot.domain.model import Action, Card, Person
from bot.domain.people import assistant_on
from bot.domain.posting import posting
from bot.domain.proposals import fate, is_carried_out
from bot.domain.situation import Situation
from bot.domain.states import go_after, silence
from bot.domain.tokens import reference
from bot.domain.traces import MISTYPED

_EMOJI = "thumbsup"

REMEMBERED = timedelta(days=14)
"""An older command that nobody answered is not spoken of any more; what it says still holds."""

_BEFORE: tuple[Rule, ...] = ("brief", "triage")
_FOLLOW_UP: tuple[Rule, ...] = ("check_in", "late", "stall", "changes", "answers", "delivery")
"""What ``/why`` tells about, before and after hand-over: what matters most comes first."""


def commands(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Answer and acknowledge each command of the owner and the card's assistant, once."""
    found = list(_on_portfolio(card, situation)) or list(_on_card(card, situation))
    yield from found or [Skip("commands", card.id, Reason("no_command"))]


def _on_portfolio(card: Card, situation: Situation) -> Iterator[Verdict]:
    if card.id in situation.snapshot.portfolio_ids:
        approval = approval_on(card, situation.snapshot)
        if approval is not None:
            yield _thumb(card, approval.action_id, situation)


def _on_card(card: Card, situation: Situation) -> Iterator[Verdict]:
    snapshot = situation.snapshot
    if silence(card, snapshot) is not None:
        return
    board = snapshot.board_of(card)
    people = {each.member_id: each for each in (board.owner, assistant_on(card, board)) if each}
    for action in people_actions(card, snapshot):
        said = command_in(action.text) if action.type == "commentCard" else None
        fresh = situation.now - action.at < REMEMBERED
        if said is not None and fresh and action.member_id in people:
            yield from _answered(card, action, (people[action.member_id], said), situation)


def _answered(
    card: Card,
    comment: Action,
    spoken: tuple[Person, Command | NotUnderstood],
    situation: Situation,
) -> Iterator[Verdict]:
    person, said = spoken
    if isinstance(said, NotUnderstood):
        meant = said.meant if _may(person, said.meant, card, situation) else Verb.HELP
        message = Mistyped(person, said.typed, meant.value)
        # Its own occurrence: whoever mends the comment gets the answer to the command too.
        ref = reference(card.id, "reply", comment.id + MISTYPED)
        yield _reply(card, ref, message, situation)
    elif said.verb is not Verb.GO:
        yield from _carried_out(card, comment, (person, said.verb), situation)
    elif comment.id in _answers_of_go(card, situation):
        yield _thumb(card, comment.id, situation)


def _carried_out(
    card: Card, comment: Action, spoken: tuple[Person, Verb], situation: Situation
) -> Iterator[Verdict]:
    person, verb = spoken
    thumb = _thumb(card, comment.id, situation)
    ref = reference(card.id, "reply", comment.id)
    # The thumb comes last: where it is, the reply was given too.
    if isinstance(thumb, Planned) and verb is Verb.HELP:
        yield _reply(card, ref, Help(person, _may(person, Verb.GO, card, situation)), situation)
    if isinstance(thumb, Planned) and verb is Verb.WHY:
        yield _reply(card, ref, _why(card, person, situation), situation)
    yield thumb


def _may(person: Person, verb: Verb, card: Card, situation: Situation) -> bool:
    """Tell whether a command is open to a person: only the owner agrees to anything."""
    return verb is not Verb.GO or person == situation.snapshot.board_of(card).owner


def _answers_of_go(card: Card, situation: Situation) -> Iterator[str | None]:
    """Yield the ids of the owner's ``/go`` that is carried out: a thumb says "done"."""
    snapshot = situation.snapshot
    yield go_after(card, reference(card.id, "triage"), snapshot)
    course = course_of(card, situation)
    found = fate(course, snapshot) if isinstance(course, Course) else None
    if isinstance(course, Course) and found and is_carried_out(found, course, snapshot):
        yield found.go.id if found.go else None


def _reply(card: Card, ref: str, message: Help | Why | Mistyped, situation: Situation) -> Verdict:
    if stands(card, ref, situation.snapshot):
        return Skip("commands", card.id, Reason("replied"))
    return posting(("commands", card), message, ref, Reason("command"), situation)


def _thumb(card: Card, action_id: str, situation: Situation) -> Verdict:
    accounts = situation.snapshot.me.accounts
    seen = any(
        reaction.member_id in accounts and reaction.emoji == _EMOJI
        for action in card.log or ()
        if action.id == action_id
        for reaction in action.reactions
    )
    if seen:
        return Skip("commands", card.id, Reason("acknowledged"))
    return Planned("commands", card.id, React(action_id, _EMOJI), Reason("command"))


def _why(card: Card, reader: Person, situation: Situation) -> Why:
    """Return what the rules before this one have said, and who has the ball."""
    course = course_of(card, situation)
    if isinstance(course, Course):
        ball = course.ball
        return Why(reader, course.holder, ball.since, ball.why, _lines(_FOLLOW_UP, situation.said))
    owner = situation.snapshot.board_of(card).owner
    return Why(reader, owner, card.created, course, _lines(_BEFORE, situation.said))


def _lines(rules: tuple[Rule, ...], said: tuple[Verdict, ...]) -> tuple[WhyLine, ...]:
    """Return what each of these rules does, or else why it does nothing."""
    by_rule: dict[Rule, Verdict] = {}
    for verdict in said:
        if verdict.rule not in by_rule or isinstance(verdict, Planned):
            by_rule[verdict.rule] = verdict
    return tuple(_line(by_rule[rule]) for rule in rules if rule in by_rule)


def _line(verdict: Verdict) -> WhyLine:
    until = verdict.until if isinstance(verdict, Skip) else None
    return WhyLine(verdict.rule, verdict.reason, until)
