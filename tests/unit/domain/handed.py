"""A card that has been handed over, what people and the bot do on it, and what a rule says of it.

Unless told otherwise Paul in Paris hands a card to Mel in Antananarivo on Monday 30 November 2026,
08:00 UTC, due a week later.  Mel works from 05:00 to 09:00 and from 10:00 to 14:00 UTC, Tom in
London from 09:00 to 17:00 UTC, Paul from 08:00 to 11:00 and from 13:00 to 17:00 UTC.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import asdict

from bot.domain.answers import ANSWER_ITEMS, ANSWERS_NAME, STEPS_NAME
from bot.domain.changes import Change, Planned, PostComment, Skip, Verdict
from bot.domain.course import Course, course_of
from bot.domain.follow_up import FollowUp
from bot.domain.messages import Brief, Message
from bot.domain.model import (
    Action,
    Board,
    Card,
    CheckItem,
    Checklist,
    LabelRoles,
    Person,
)
from bot.domain.situation import Situation
from bot.domain.tokens import TokenKind, reference, signed
from bot.domain.written import with_brief
from tests.builders import (
    BOT,
    CORE,
    DELEGATE,
    HOLD,
    ME,
    MEL,
    NOW,
    PAUL,
    STALLED,
    TODO,
    action,
    an_id,
    board,
    card,
    comment,
    edit,
    logged,
    move,
    performed,
    replace,
    situation,
    utc,
)

IMPORTANT = an_id("important")
DUE = utc("2026-12-07 14:00")
"""Monday a week after hand-over, the end of Mel's day."""

Rule = Callable[[Card, Situation], Iterator[Verdict]]


class BarePen:
    """Writes to whom a message speaks and the data it holds, so that tests can read both."""

    def message(self, message: Message | FollowUp, ref: str) -> str:
        held = {
            name: value.username if isinstance(value, Person) else value
            for name, value in asdict(message).items()
        }
        told = " ".join(f"{name}={value}" for name, value in held.items())
        return signed(f"@{held.get('reader')} {type(message).__name__} {told}", ref)

    def brief(self, brief: Brief) -> str:
        raise NotImplementedError(brief.ref)


def desk(**parts: Any) -> Board:
    """Return the board ``office`` with a name and a meaning for every label."""
    labels = LabelRoles(
        delegate=DELEGATE, stalled=STALLED, hold=HOLD, important=IMPORTANT, core=CORE
    )
    names = {
        DELEGATE: "à déléguer",
        STALLED: "à regarder",
        HOLD: "en attente",
        IMPORTANT: "important",
        CORE: "cœur de métier",
    }
    known: dict[str, Any] = {"labels": labels, "label_names": names}
    return board(**(known | parts))


def brief_of(
    card_id: str, assistant: Person, workload: str, steps: tuple[str, ...], kind: str
) -> str:
    """Return the brief as it stands below a card's notes."""
    method = "".join(f"\n{place}. {step}" for place, step in enumerate(steps, 1))
    lines = ["objective: le faire", f"workload: {workload}"]
    lines += [f"method:{method}", f"assistant: {assistant.username}", f"brief: {kind}"]
    return signed("\n\n".join(lines), reference(card_id, "brief"))


def handed(
    *,
    due: datetime | None = DUE,
    workload: str = "3h",
    steps: tuple[str, ...] = ("lire", "écrire"),
    done: int = 0,
    when: datetime = NOW,
    assistant: Person = MEL,
    kind: str = "generic",
    labels: tuple[str, ...] = (),
    **parts: Any,
) -> Card:
    """Return a card handed over at ``when``: brief, checklists, member and comment are there.

    ``done``: how many of the steps are ticked, without a trace; ``parts`` as in ``card``.
    """
    made = card(labels=labels, due=due, member_ids=(assistant.member_id,), **parts)
    brief = brief_of(made.id, assistant, workload, steps, kind)
    told = (
        edit(BOT, "desc", when - timedelta(minutes=1), old=made.desc),
        action("addMemberToCard", BOT, when - timedelta(seconds=2)),
        bot_said(made, "hand-over", when, to=assistant, about=assistant.member_id),
    )
    lists = (_steps(assistant, steps, done), _answers(assistant)) if steps else ()
    desc = with_brief(made.desc, brief)
    return logged(replace(made, desc=desc, checklists=lists), *told)


def _steps(assistant: Person, steps: Iterable[str], done: int) -> Checklist:
    name = STEPS_NAME[assistant.language]
    items = (CheckItem(f"step {place}", each, place < done) for place, each in enumerate(steps))
    return Checklist("steps", name, tuple(items))


def _answers(assistant: Person) -> Checklist:
    items = ANSWER_ITEMS[assistant.language].values()
    made = (CheckItem(f"answer {place}", each) for place, each in enumerate(items))
    return Checklist("answers", ANSWERS_NAME[assistant.language], tuple(made))


def after(days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
    """Return an instant so long after hand-over, on the wall clock."""
    return NOW + timedelta(days=days, hours=hours, minutes=minutes)


def bot_said(
    on: Card, kind: TokenKind, at: datetime, *, to: Person = MEL, about: str = "once"
) -> Action:
    """Return a comment of the bot's; ``about`` is the occurrence in its reference."""
    return comment(BOT, signed(f"@{to.username} {kind}", reference(on.id, kind, about)), at)


def said_with(ref: str, at: datetime, *, to: Person = MEL) -> Action:
    """Return a comment of the bot's that bears a reference."""
    return comment(BOT, signed(f"@{to.username} écrit", ref), at)


def said(who: Person, at: datetime, text: str = "C’est en cours.") -> Action:
    """Return a person's comment; by default one that asks nobody anything."""
    return comment(who.member_id, text, at)


def moved(on: Card, who: Person, to: str, at: datetime) -> Card:
    """Return the card in another list, with its log."""
    return logged(replace(on, list_id=to), move(who.member_id, on.list_id or TODO, to, at))


def ticked(
    on: Card, item: str, at: datetime, *, who: str = MEL.member_id, done: bool = True
) -> Card:
    """Return the card with one item ticked, or unticked, with its log."""
    lists, name = [], ""
    for each in on.checklists:
        name = each.name if any(one.name == item for one in each.items) else name
        items = (replace(one, done=done) if one.name == item else one for one in each.items)
        lists.append(replace(each, items=tuple(items)))
    kind = "updateCheckItemStateOnCard"
    tick = action(kind, who, at, item=item, item_done=done, checklist=name)
    return logged(replace(on, checklists=tuple(lists)), tick)


def labelled(on: Card, label: str, at: datetime, *, who: str = BOT, off: bool = False) -> Card:
    """Return the card with a label put on, or taken off, with its log."""
    kept = on.label_ids - {label} if off else on.label_ids | {label}
    change = {"labels_off" if off else "labels_on": frozenset({label})}
    return logged(replace(on, label_ids=kept), edit(who, "idLabels", at, **change))


def due_set(on: Card, due: datetime | None, at: datetime, *, who: Person = PAUL) -> Card:
    """Return the card with another due, with its log."""
    old = None if on.due is None else f"{on.due:%Y-%m-%dT%H:%M:%S.000Z}"
    return logged(replace(on, due=due), edit(who.member_id, "due", at, old=old))


def without(on: Card, *ids: str) -> Card:
    """Return the card after a person has deleted comments: they leave no entry in the log."""
    return replace(on, log=tuple(each for each in on.log or () if each.id not in ids))


def seen(*cards: Card, now: datetime = NOW, **parts: Any) -> Situation:
    """Return the situation of these cards on Paul's desk; ``parts`` as in ``situation``."""
    known = {"boards": (desk(),), "texts": BarePen()}
    return situation(*cards, now=now, **(known | parts))


def course(on: Card, now: datetime = NOW, **parts: Any) -> Course:
    """Return the course of a card that is handed over."""
    found = course_of(on, seen(on, now=now, **parts))
    assert isinstance(found, Course)
    return found


def verdicts_of(rule: Rule, on: Card, now: datetime = NOW, **parts: Any) -> list[Verdict]:
    """Return what a rule says about a card at an instant; ``parts`` as in ``situation``."""
    return in_own_name(rule, on, rule(on, seen(on, now=now, **parts)))


def in_own_name(rule: Rule, on: Card, found: Iterable[Verdict]) -> list[Verdict]:
    """Return what a rule has said, each word in its own name and about this card."""
    said = list(found)
    names = rule.__name__, rule.__module__.rpartition(".")[2]
    assert {(each.rule, each.card_id) for each in said} <= {(name, on.id) for name in names}
    return said


def planned(rule: Rule, on: Card, now: datetime = NOW, **parts: Any) -> list[Change]:
    """Return the changes that a rule wants."""
    found = verdicts_of(rule, on, now, **parts)
    return [each.change for each in found if isinstance(each, Planned)]


def comments(rule: Rule, on: Card, now: datetime = NOW, **parts: Any) -> list[PostComment]:
    """Return the comments that a rule wants to post."""
    found = planned(rule, on, now, **parts)
    return [each for each in found if isinstance(each, PostComment)]


def skipped(rule: Rule, on: Card, now: datetime = NOW, **parts: Any) -> list[str]:
    """Return the codes for which a rule leaves a card alone."""
    return [each.reason.code for each in skips(rule, on, now, **parts)]


def skips(rule: Rule, on: Card, now: datetime = NOW, **parts: Any) -> list[Skip]:
    """Return why and until when a rule leaves a card alone."""
    found = verdicts_of(rule, on, now, **parts)
    return [each for each in found if isinstance(each, Skip)]


def done_by_bot(on: Card, changes: Iterable[Change], at: datetime) -> Card:
    """Return the card once the bot has carried out these changes."""
    for each in changes:
        on = performed(on, each, ME, at)
    return on


def passed(rule: Rule, on: Card, now: datetime, **parts: Any) -> Card:
    """Return the card after the rule has had its way at ``now``."""
    return done_by_bot(on, planned(rule, on, now, **parts), now)


def log_of(on: Card) -> tuple[Action, ...]:
    """Return the card's log."""
    return on.log or ()


def an_event(on: Card) -> str:
    """Return the id of some entry of the log, for a reference that is valid for the card."""
    return log_of(on)[0].id
