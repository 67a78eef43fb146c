"""Small builders of what a pass looks at: people, a board, cards, their logs, and a pen.

The world they show: Paul in Paris delegates to Mel in Antananarivo, who reads French, and to Tom
in London, who reads English.  It is Monday 30 November 2026, 09:00 in Paris.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct

from bot.domain.calendar import Calendar, weekly
from bot.domain.changes import (
    AddAttachment,
    AddMember,
    Change,
    Planned,
    SetDates,
    SetDescription,
    SetPortfolio,
)
from bot.domain.fold import card_after
from bot.domain.messages import Brief, Message, UnwritableError, reader_of
from bot.domain.model import (
    Action,
    Board,
    Card,
    CheckItem,
    Checklist,
    Contents,
    Identity,
    LabelRoles,
    Language,
    ListRoles,
    Parts,
    Person,
    Reaction,
    Snapshot,
)
from bot.domain.planner import Plan, plan
from bot.domain.policy import Kind, KindText, Policy, Step
from bot.domain.situation import Situation
from bot.domain.tokens import signed
from bot.domain.workload import write_workload
from bot.kinds import Kinds, load_kinds
from bot.paths import built_in_briefs, templates_folder
from bot.text.library import writer
from bot.text.writer import Writer


def utc(text: str) -> datetime:
    """Return the instant ``2026-11-30 08:00`` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


T = TypeVar("T", bound=Struct)

NOW = utc("2026-11-30 08:00")
LONG_AGO = utc("2026-11-02 08:00")
_NUMBERS = count(1)


def an_id(name: str) -> str:
    """Return the 24-hex id of what is called ``name`` here."""
    return hashlib.sha256(name.encode()).hexdigest()[:24]


def office(zone: str, *intervals: tuple[float, float]) -> Calendar:
    """Return the calendar of somebody who works from Monday to Friday."""
    day = tuple((timedelta(hours=start), timedelta(hours=end)) for start, end in intervals)
    return weekly(zone, dict.fromkeys(range(5), day))


def person(username: str, language: Language = "fr", **parts: Any) -> Person:
    """Return somebody with the given name; in Paris, from nine to six, unless told otherwise."""
    calendar = office("Europe/Paris", (9, 12), (14, 18))
    known: dict[str, Any] = {"full_name": f"{username.title()} Martin", "calendar": calendar}
    return Person(
        member_id=an_id(username), username=username, language=language, **(known | parts)
    )


PAUL = person("paul")
MEL = person("mel", calendar=office("Indian/Antananarivo", (8, 12), (13, 17)))
TOM = person("tom", "en", calendar=office("Europe/London", (9, 17)))
STRANGER = an_id("stranger")
BOT = an_id("delegatebot")
APP = an_id("the bot's application")
ME = Identity(BOT, frozenset({BOT}), shared=False)
SHARED = Identity(PAUL.member_id, frozenset({PAUL.member_id}), shared=True, app_id=APP)

DELEGATE, HOLD, CORE, STALLED = (an_id(name) for name in ("delegate", "hold", "core", "stalled"))
TODO, QUESTIONS, REVIEW, DONE, IDEAS = (
    an_id(name) for name in ("to do", "questions", "review", "done", "ideas")
)
PORTFOLIO = an_id("portfolio")


def board(name: str = "office", **parts: Any) -> Board:
    """Return a board with every list and label that means something."""
    known: dict[str, Any] = {
        "id": an_id(name),
        "name": name,
        "short_link": an_id(name)[:8],
        "lists": ListRoles(
            question=frozenset({QUESTIONS}),
            review=frozenset({REVIEW}),
            done=frozenset({DONE}),
            ignored=frozenset({IDEAS}),
        ),
        "labels": LabelRoles(delegate=DELEGATE, stalled=STALLED, hold=HOLD, core=CORE),
        "label_names": {
            DELEGATE: "delegate",
            HOLD: "en attente",
            CORE: "cœur de métier",
            STALLED: "à regarder",
        },
        "list_ids": frozenset({TODO, QUESTIONS, REVIEW, DONE, IDEAS}),
        "member_ids": frozenset({PAUL.member_id, MEL.member_id, TOM.member_id, BOT}),
        "owner": PAUL,
        "assistants": (MEL, TOM),
        "portfolio": PORTFOLIO,
    }
    return Board(**(known | parts))


NOTES = "méthode :\n- lire\n- écrire\ncharge : 3h"
"""All that a card of the generic kind needs."""


def card(name: str = "Ranger le dépôt", desc: str = NOTES, **parts: Any) -> Card:
    """Return a delegated card, quiet for weeks, on the board ``office``."""
    key = parts.pop("key", name)
    labels = {DELEGATE, *parts.pop("labels", ())}
    known: dict[str, Any] = {
        "id": an_id(f"card {key}"),
        "board_id": an_id("office"),
        "list_id": TODO,
        "short_link": an_id(f"card {key}")[:8],
        "last_activity": LONG_AGO,
        "created": LONG_AGO,
        "label_ids": frozenset(labels),
        "log": (),
    }
    return _card(name=name, desc=desc, **(known | parts))


def _card(**parts: Any) -> Card:
    inside = {each: parts.pop(each) for each in Contents.__struct_fields__ if each in parts}
    return Card(**parts, contents=Contents(**inside))


def replace(value: T, **parts: Any) -> T:
    """Return a struct with other fields; those of a card's contents count as the card's."""
    if isinstance(value, Card):
        inside = {each: parts.pop(each) for each in Contents.__struct_fields__ if each in parts}
        return cast(T, msgspec.structs.replace(value.having(**cast(Parts, inside)), **parts))
    return msgspec.structs.replace(value, **parts)


def portfolio(**parts: Any) -> Card:
    """Return the portfolio card: it bears no label."""
    known = {"id": PORTFOLIO, "label_ids": frozenset[str]()}
    return card("Portefeuille", "", **(known | parts))


def checklist(name: str, *items: str, done: int = 0) -> Checklist:
    """Return a checklist of which the first ``done`` items are ticked."""
    made = (CheckItem(f"{name} {place}", item, place < done) for place, item in enumerate(items))
    return Checklist(an_id(name), name, tuple(made))


def action(kind: str, who: str, at: datetime, **parts: Any) -> Action:
    """Return an entry of a card's log with an id of its own."""
    return Action(f"action {next(_NUMBERS)}", kind, who, at, **parts)


def comment(who: str, text: str, at: datetime, **parts: Any) -> Action:
    """Return a comment."""
    return action("commentCard", who, at, text=text, **parts)


def edit(who: str, field: str, at: datetime, **parts: Any) -> Action:
    """Return a change of one field of a card."""
    return action("updateCard", who, at, field=field, **parts)


def move(who: str, before: str, after: str, at: datetime) -> Action:
    """Return a move from list to list."""
    return edit(who, "idList", at, list_before=before, list_after=after)


def logged(to: Card, *actions: Action) -> Card:
    """Return the card with these actions at the end of its log."""
    return replace(to, log=(*(to.log or ()), *actions))


def snapshot(*cards: Card, **parts: Any) -> Snapshot:
    """Return a picture of these cards on the board ``office``."""
    boards = parts.pop("boards", (board(),))
    known: dict[str, Any] = {
        "me": ME,
        "boards": {each.id: each for each in boards},
        "cards": {each.id: each for each in cards},
    }
    return Snapshot(**(known | parts))


@cache
def built_in_kinds() -> Kinds:
    """Return the kinds of the project, read once."""
    return load_kinds([built_in_briefs()])


@cache
def pen() -> Writer:
    """Return the project's own pen, made once."""
    bodies = {name: file.body for name, file in built_in_kinds().files.items()}
    return writer(templates_folder(), bodies)


def policy(**parts: Any) -> Policy:
    """Return the settings by default, with the kinds of the project."""
    return Policy(**({"kinds": built_in_kinds().usable} | parts))


def kind(name: str, **parts: Any) -> Kind:
    """Return a kind of task in French that needs nothing from the owner."""
    text = KindText(
        title=name.title(), objective="Le faire.", method=(Step("lire"), Step("écrire"))
    )
    known: dict[str, Any] = {
        "keywords": (),
        "texts": {"fr": parts.pop("text", text)},
        "workload": timedelta(hours=3),
    }
    return Kind(name, **(known | parts))


def situation(*cards: Card, now: datetime = NOW, **parts: Any) -> Situation:
    """Return what the rules are given about these cards."""
    texts, settings = parts.pop("texts", None) or pen(), parts.pop("policy", None) or policy()
    return Situation(snapshot(*cards, **parts), settings, now, texts)


class PlainPen:
    """Writes the bare decisions; a template of an owner's may forget a ``line``."""

    def __init__(self, *forgotten: str, extra: str = "", ref: str | None = None) -> None:
        self._forgotten, self._extra, self._ref = forgotten, extra, ref

    def message(self, message: Message, ref: str) -> str:
        return signed(f"@{reader_of(message).username} {type(message).__name__}", ref)

    def brief(self, brief: Brief) -> str:
        if "everything" in self._forgotten:
            raise UnwritableError("line 3: no such word")
        lines = {
            "objective": brief.objective,
            "due": f"{brief.due:%Y-%m-%d %H:%M} Z",
            "workload": write_workload(brief.workload),
            "method": "".join(f"\n{n}. {step.text}" for n, step in enumerate(brief.steps, 1)),
            "attachments": "".join(f"\n- {each.url or each.name}" for each in brief.attachments),
            "priority": str(brief.priority or ""),
            "assistant": brief.assistant.username,
            "brief": brief.kind.name,
        }
        kept = [f"{name}: {said}" for name, said in lines.items() if name not in self._forgotten]
        text = "\n\n".join((*kept, self._extra))
        return text if "signature" in self._forgotten else signed(text, self._ref or brief.ref)


def performed(to: Card, change: Change, me: Identity, at: datetime) -> Card:
    """Return the card once Trello has carried out a change: its log tells, with ids of its own."""
    after = card_after(to, change, me, at)
    known = {each.id for each in to.log or ()}
    log = [
        each if each.id in known else replace(each, id=f"action {next(_NUMBERS)}")
        for each in after.log or ()
    ]
    by_bot: dict[str, Any] = {"who": me.member_id, "at": at, "app_id": me.app_id}
    traces = (action(name, **by_bot, **parts) for name, parts in _traces(to, change))
    return replace(after, log=(*log, *traces))


def _traces(to: Card, change: Change) -> Iterable[tuple[str, Mapping[str, Any]]]:
    match change:
        case SetDescription(due=due, start=start):
            yield "updateCard", {"field": "desc", "old": to.desc}
            yield from _dates(due, start)
        case SetPortfolio():
            yield "updateCard", {"field": "desc", "old": to.desc}
        case SetDates(start=start):
            yield from _dates(None, start)
        case AddMember():
            yield "addMemberToCard", {}
        case AddAttachment():
            yield "addAttachmentToCard", {}
        case _:
            return


def _dates(due: datetime | None, start: datetime | None) -> Iterable[tuple[str, Mapping[str, Any]]]:
    yield from (
        ("updateCard", {"field": name}) for name, at in (("due", due), ("start", start)) if at
    )


def applied(before: Situation, changes: Iterable[Planned]) -> Situation:
    """Return the situation once these changes stand on the board; nothing is remembered."""
    cards = dict(before.snapshot.cards)
    for each in changes:
        cards[each.card_id] = performed(
            cards[each.card_id], each.change, before.snapshot.me, before.now
        )
    return replace(before, snapshot=replace(before.snapshot, cards=cards))


def later(before: Situation, **parts: float) -> Situation:
    """Return the same boards some time later."""
    return replace(before, now=before.now + timedelta(**parts))


def changes_to(subject: Card, within: Situation) -> list[Change]:
    """Return what the plan of a pass would do to a card."""
    return [each.change for each in plan(within).changes if each.card_id == subject.id]


def codes_for(subject: Card, found: Plan, rule: str) -> list[str]:
    """Return the reasons for which a rule leaves a card alone."""
    return [
        each.reason.code for each in found.skips if (each.rule, each.card_id) == (rule, subject.id)
    ]


def after_pass(within: Situation) -> Situation:
    """Return the situation after one undisturbed pass."""
    return applied(within, plan(within).changes)


def reacted(to: Action, who: str, emoji: str = "thumbsup") -> Action:
    """Return the comment with somebody's reaction."""
    return replace(to, reactions=(*to.reactions, Reaction(who, emoji)))
