"""One card's turn in applying a plan: what was planned and is still wanted."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from msgspec.structs import replace

from bot.domain.acts import comment_with, learned_app
from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    Change,
    DeleteComment,
    DeletePart,
    EditComment,
    Planned,
    PostComment,
    Rule,
    SetDescription,
    SetPortfolio,
    identity,
)
from bot.domain.fold import PLACEHOLDER, card_after, snapshot_with
from bot.domain.model import Attachment, Card, CheckItem, Checklist
from bot.domain.planner import card_plan
from bot.domain.situation import Situation
from bot.ports import Done

_MOST_MENDS = 12
"""Unplanned repairs of one card in one turn; what is left then waits for the next pass."""


class Turn:
    """One card's turn: what was planned, what is still wanted, what the card looks like now."""

    def __init__(self, card: Card, planned: tuple[Planned, ...], situation: Situation) -> None:
        self._waiting: Mapping[tuple[str, ...], Planned] = {key_of(each): each for each in planned}
        self._planned = frozenset(self._waiting)
        self.situation = situation
        self._rules: frozenset[Rule] = frozenset(each.rule for each in planned) | {"repair"}
        self._given_up: set[tuple[str, ...]] = set()
        self._mends = 0
        self.made: list[Change] = []
        """What has been written, in order."""
        self.dropped: list[Planned] = []
        self.postponed: list[Planned] = []
        self.read(card)

    def read(self, card: Card) -> None:
        """Take the card as it stands; what the rules no longer want is dropped."""
        self.card = card
        self.written = self.described = False
        self.situation = self._with(card)
        wanted = {key_of(each): each for each in self._wanted(card, self.situation)}
        self.dropped += [each for key, each in self._waiting.items() if key not in wanted]
        self._waiting = self._in_turn(wanted)

    def _in_turn(self, wanted: Mapping[tuple[str, ...], Planned]) -> dict[tuple[str, ...], Planned]:
        """Keep what waits, up to the first wanted step of a rule that does not: that comes first.

        Otherwise a step that a failed write left out would be passed over for ever, and somebody
        would be told of a brief that a person has just taken away.  The bot's own
        repairs need no plan: what has just gone wrong is mended at once.
        """
        kept: dict[tuple[str, ...], Planned] = {}
        held_up: set[Rule] = set()
        for key, each in wanted.items():
            is_repair = each.rule == "repair"
            if is_repair and self._mends < _MOST_MENDS:
                kept[key] = each
            elif key in self._given_up:
                continue
            elif key not in self._waiting or (is_repair and key not in self._planned):
                # Nobody planned it, or what was done a moment ago has been undone by a person.
                held_up.add(each.rule)
            elif each.rule in held_up:
                self.postponed.append(each)
            else:
                kept[key] = each
        return kept

    def next(self) -> Planned | None:
        """Return the next change to make."""
        return next(iter(self._waiting.values()), None)

    def must_read(self, change: Change) -> bool:
        """Tell whether the card is to be read before this change.

        A comment must not come twice, a description replaces what people have just typed, and what
        is taken off somebody may just have answered or touched.
        """
        careful = isinstance(
            change,
            PostComment | EditComment | SetPortfolio | SetDescription | DeleteComment | DeletePart,
        )
        return careful and self.written

    def still_wanted(self, planned: Planned, card: Card) -> bool:
        """Tell whether the rules, shown this card, want the change: then it is not there."""
        if _asks_about_limit(planned):
            return _is_unasked(planned.change, card, self._with(card))
        wanted = card_plan(card, self._with(card), self._rules)
        return any(key_of(each) == key_of(planned) for each in wanted)

    def _with(self, card: Card) -> Situation:
        snapshot = snapshot_with(self.situation.snapshot, card)
        me = snapshot.me
        if me.shared and me.app_id is None:
            # The bot's own description, just written, tells whose hands the next answers are.
            me = replace(me, app_id=learned_app(snapshot))
            snapshot = replace(snapshot, me=me)
        return replace(self.situation, snapshot=snapshot)

    def _wanted(self, card: Card, situation: Situation) -> Iterator[Planned]:
        """Yield what its rules want of this card, and what the limit asks on it."""
        yield from card_plan(card, situation, self._rules)
        for each in self._waiting.values():
            if _asks_about_limit(each) and _is_unasked(each.change, card, situation):
                yield each

    def lacks(self, change: Change) -> bool:
        """Tell whether a comment is not there, though nobody wants it any more."""
        if not isinstance(change, PostComment):
            return False
        return comment_with(self.card, change.ref, self.situation.snapshot) is None

    def fresh(self, planned: Planned) -> Planned | None:
        """Return the change as the rules want it now; ``None``: no longer."""
        return self._waiting.get(key_of(planned))

    def done(self, planned: Planned, done: Done) -> None:
        """Take a write's own answer for the read."""
        now, me = self.situation.now, self.situation.snapshot.me
        self.card = _with_id(card_after(self.card, planned.change, me, now), planned.change, done)
        self.made.append(planned.change)
        self.written = True
        self.described = isinstance(planned.change, SetDescription)
        self._mends += planned.rule == "repair"
        self.settle(planned)

    def settle(self, planned: Planned) -> None:
        """Wait for this change no longer, however it ended."""
        self._waiting = {k: each for k, each in self._waiting.items() if k != key_of(planned)}

    def give_up(self, planned: Planned) -> None:
        """Go on without this change, though the card lacks it."""
        self._given_up.add(key_of(planned))

    def drop_rest(self) -> tuple[Planned, ...]:
        """Give up what waits: a later step must not be taken before an earlier one."""
        rest = tuple(self._waiting.values())
        self._waiting = {}
        return rest


def _asks_about_limit(planned: Planned) -> bool:
    return planned.reason.code == "over_limit_asked"


def _is_unasked(change: Change, card: Card, situation: Situation) -> bool:
    if not isinstance(change, PostComment) or card.closed:
        return False
    return comment_with(card, change.ref, situation.snapshot) is None


def key_of(planned: Planned) -> tuple[str, ...]:
    """Return what makes two planned changes the same intent."""
    return (planned.rule, *identity(planned.change))


def _with_id(card: Card, change: Change, done: Done) -> Card:
    """Put the real id in the place of the placeholder: what was made bears it from now on."""
    if done.id is None:
        return card
    match change:
        case AddChecklist():
            lists = tuple(_itemised(e, done.items) for e in _named(card.checklists, done.id))
            return card.having(checklists=lists)
        case AddCheckItem():
            lists = tuple(replace(e, items=_named(e.items, done.id)) for e in card.checklists)
            return card.having(checklists=lists)
        case AddAttachment():
            return card.having(attachments=_named(card.attachments, done.id))
        case PostComment(ref=ref):
            mine = f"{PLACEHOLDER}:{ref}"
            log = (replace(e, id=done.id) if e.id == mine else e for e in card.log or ())
            return card.having(log=tuple(log))
        case _:
            return card


def _itemised(checklist: Checklist, items: tuple[str, ...]) -> Checklist:
    """Return a checklist just copied with its items' own ids, if Trello has told them all."""
    if len(items) != len(checklist.items):
        return checklist
    pairs = zip(checklist.items, items, strict=True)
    renamed = (replace(e, id=i) if e.id.startswith(PLACEHOLDER) else e for e, i in pairs)
    return replace(checklist, items=tuple(renamed))


T = TypeVar("T", Checklist, CheckItem, Attachment)


def _named(parts: tuple[T, ...], real: str) -> tuple[T, ...]:
    """Return a card's parts with the newest one's own id."""
    return tuple(replace(e, id=real) if e.id.startswith(PLACEHOLDER) else e for e in parts)
