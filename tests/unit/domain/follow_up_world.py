"""A small world of handed-over cards: people act, the bot's passes are carried out, time goes by.

People's acts leave the traces that Trello leaves.  What each of them means is declared here, where
it is made, so that the properties need not ask the rules.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from bot.domain.calendar import WorkingDays, WorkingTime
from bot.domain.changes import AddLabel, Planned, PostComment, RemoveLabel
from bot.domain.messages import Brief, HandOver, Message
from bot.domain.model import Action, Card, LabelRoles, Person
from bot.domain.planner import Heard
from bot.domain.policy import CheckInPolicy
from bot.domain.situation import Situation
from bot.domain.tokens import reference_at_end
from tests.builders import (
    BOT,
    CORE,
    DELEGATE,
    HOLD,
    ME,
    MEL,
    PAUL,
    SHARED,
    STALLED,
    STRANGER,
    TOM,
    after_pass,
    an_id,
    applied,
    board,
    card,
    logged,
    office,
    pen,
    person,
    policy,
    replace,
    situation,
    utc,
)

IMPORTANT = an_id("important")
PHONE = "4ee912fee8a2505d1715191f"
"""An application with which people write."""
LABELS = {"hold": HOLD, "important": IMPORTANT, "stalled": STALLED, "delegate": DELEGATE}
STARTS = ("2026-03-05 08:10", "2026-03-26 09:00", "2026-10-22 12:30", "2026-11-30 08:00")
"""Before the clock changes of Toronto and of Europe, and one in December."""


def _away(who: Person, *days: str) -> Person:
    off = frozenset(map(date.fromisoformat, days))
    return replace(who, calendar=replace(who.calendar, off=off))


OWNER = _away(PAUL, "2026-03-31", "2026-04-06", "2026-10-28", "2026-12-04", "2026-12-25")
ANN = person("ann", "en", calendar=office("America/Toronto", (13, 21)))
"""Her working day is two days of UTC."""
ASSISTANTS = (
    _away(MEL, "2026-03-09", "2026-03-30", "2026-10-26", "2026-12-01", "2026-12-25"),
    _away(TOM, "2026-03-31", "2026-10-27", "2026-12-03", "2026-12-28"),
    _away(ANN, "2026-03-10", "2026-10-26", "2026-12-02"),
)
BY_ID = {each.member_id: each for each in (OWNER, *ASSISTANTS)}


class Saying(NamedTuple):
    """A comment, and what it means by the contract."""

    text: str
    calls: bool = False
    """From the assistant it passes the ball to the owner."""
    verb: str = ""
    days: int = 0
    """With a snooze: working days."""
    to_bot: bool = False
    """It holds a command and nothing else."""


class Deed(NamedTuple):
    """What a person did, and what it means."""

    at: datetime
    card: str
    who: str
    action: str
    """Its id in the log."""
    counts: bool = True
    """It is an act; False: a label, a position."""
    said: Saying | None = None
    calls: bool = False
    left: str | None = None
    entered: str | None = None


class Post(NamedTuple):
    """A comment of the bot."""

    at: datetime
    card: str
    ref: str
    message: Message
    planned: Planned
    action: str
    """Its id in the log."""
    deleted: datetime | None = None


Act: TypeAlias = Callable[["World", Card, str, str | int], Card | None]
"""What somebody does to a card: the world, the card, a member id, and what exactly."""


class Step(NamedTuple):
    """One thing that happens: somebody does something to a card, or time goes by."""

    act: str
    who: str = "assistant"
    what: str | int = 0
    card: int = 0


class Pen:
    """The project's own pen; it keeps what it was given, so that posts are told apart by data."""

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}

    def message(self, message: Message, ref: str) -> str:
        self.messages[ref] = message
        return pen().message(message, ref)

    def brief(self, brief: Brief) -> str:
        return pen().brief(brief)


@cache
def handed_over(start: str, me: str, due_in: int, checks: str, cards: int) -> Situation:
    """Return a card or two just after hand-over: a long one of Mel's, a short one of Ann's."""
    now = utc(start)
    due = now + timedelta(days=due_in, hours=6) if due_in else None
    labels = LabelRoles(
        delegate=DELEGATE, stalled=STALLED, hold=HOLD, core=CORE, important=IMPORTANT
    )
    names = {each: name for name, each in LABELS.items()} | {CORE: "cœur"}
    office_board = board(labels=labels, label_names=names, owner=OWNER, assistants=ASSISTANTS)
    people = {*office_board.member_ids, ANN.member_id}
    often = CheckInPolicy(at=(30, 60), before=(WorkingDays(2), WorkingTime(timedelta(hours=3))))
    settings = policy(check_ins=often) if checks == "often" else policy()
    steps = "méthode :\n- lire\n- écrire\n- relire"
    both = (
        card("Long", f"{steps}\ncharge : 6h\nassistant : mel", due=due, created=now),
        card("Court", f"{steps}\ncharge : 2h\nassistant : ann", due=due, created=now),
    )
    before = situation(
        *both[:cards],
        boards=(replace(office_board, member_ids=frozenset(people)),),
        now=now,
        me=SHARED if me == "shared" else ME,
        policy=settings,
        texts=pen(),
    )
    return after_pass(before)


class World:
    """The board, what people have done to it, and what the bot has said."""

    def __init__(self, start: str, me: str, due_in: int, checks: str, cards: int) -> None:
        handed = handed_over(start, me, due_in, checks, cards)
        self.pen = Pen()
        self.at = replace(handed, texts=self.pen)
        self.card_ids = tuple(handed.snapshot.cards)
        self.handed = {
            (each.id, member): handed.now
            for each in handed.snapshot.cards.values()
            for member in each.member_ids
        }
        """When each assistant was told of each card."""
        self.heard: Mapping[str, Heard] = {}
        """What the last plan has heard of each card."""
        self.deeds: list[Deed] = []
        self.posts: list[Post] = []
        self.restarts: list[datetime] = []
        self.flag: dict[str, str] = {}
        """By card: who set the label of stopped work that stands."""
        refs = [reference_at_end(each.text) for one in self.cards() for each in one.log or ()]
        self._remember(ref for ref in refs if ref)

    @property
    def now(self) -> datetime:
        return self.at.now

    def cards(self) -> Iterable[Card]:
        return tuple(self.at.snapshot.cards.values())

    def card(self, card_id: str) -> Card:
        return self.at.snapshot.cards[card_id]

    def card_at(self, place: int) -> str:
        return self.card_ids[place % len(self.card_ids)]

    def assistant(self, card_id: str) -> Person | None:
        members = self.card(card_id).member_ids
        return next((each for each in ASSISTANTS if each.member_id in members), None)

    def is_bots(self, entry: Action) -> bool:
        """Tell whether the bot's own hand made an entry; on a shared account its application."""
        me = self.at.snapshot.me
        return entry.member_id == me.member_id and entry.app_id == me.app_id

    def wait(self, time: timedelta) -> None:
        self.at = replace(self.at, now=self.now + time)

    def restart(self) -> None:
        """Start again with an empty disk."""
        self.restarts.append(self.now)
        self.at = replace(self.at, snapshot=replace(self.at.snapshot, remembered=frozenset()))

    def _remember(self, refs: Iterable[str]) -> None:
        known = self.at.snapshot.remembered | frozenset(refs)
        self.at = replace(self.at, snapshot=replace(self.at.snapshot, remembered=known))

    def put(self, after: Card) -> None:
        cards = {**self.at.snapshot.cards, after.id: after}
        self.at = replace(self.at, snapshot=replace(self.at.snapshot, cards=cards))

    def carry_out(self, planned: Planned) -> None:
        """Do what the bot wants, as Trello would, and remember it as the bot would."""
        before, change = self.card(planned.card_id), planned.change
        self.at = applied(self.at, (planned,))
        self.put(_with_old_due(before, self.card(before.id)))
        if isinstance(change, PostComment):
            self._posted(planned, change)
        elif isinstance(change, AddLabel):
            self.flag[before.id] = BOT
        elif isinstance(change, RemoveLabel):
            self.flag.pop(before.id, None)

    def _posted(self, planned: Planned, change: PostComment) -> None:
        message = self.pen.messages[change.ref]
        log = self.card(planned.card_id).log or ()
        post = Post(self.now, planned.card_id, change.ref, message, planned, log[-1].id)
        self.posts.append(post)
        if isinstance(message, HandOver):
            self.handed[post.card, message.assistant.member_id] = self.now
        self._remember((change.ref,))

    def happens(self, step: Step, act: Act) -> None:
        """Let somebody do something, half a minute after what was before."""
        self.wait(timedelta(seconds=37))
        subject = self.card(self.card_at(step.card))
        who = self._member(step.who, subject.id)
        done = act(self, subject, who, step.what)
        if done is not None:
            self.put(done)

    def _member(self, who: str, card_id: str) -> str:
        if who == "owner":
            return OWNER.member_id
        if who == "other":
            return STRANGER
        assistant = self.assistant(card_id) or ASSISTANTS[1]
        return assistant.member_id

    def did(self, subject: Card, done: Action, **meaning: Any) -> Card:
        """Enter what a person did in the card's log, and note what it means."""
        by_owner = done.member_id == OWNER.member_id
        entry = replace(done, app_id=PHONE if by_owner else None)
        deed = Deed(self.now, subject.id, done.member_id, done.id)
        self.deeds.append(deed._replace(**meaning))
        return logged(subject, entry)


def _with_old_due(before: Card, after: Card) -> Card:
    """Return the card with the old date in the log's new entry, where Trello puts it."""
    known = {each.id for each in before.log or ()}
    log = (
        replace(each, old=written(before.due))
        if each.field == "due" and each.id not in known
        else each
        for each in after.log or ()
    )
    return replace(after, log=tuple(log))


def written(at: datetime | None) -> str | None:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z" if at else None
