"""What a worker keeps of the boards between passes; losing it costs requests, and nothing else.

A board that has not moved is not read again.  Of one that has, the log tells what happened since;
each card's own log goes on from where it was kept, unless its date shows that something happened
which no log tells, such as an edited comment.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.changes import Change, logged_as
from bot.domain.fold import PLACEHOLDER
from bot.domain.model import Action, Card, Instant
from bot.ports import Entry, Mark
from bot.resolve import SeenBoard

OVERLAP = timedelta(minutes=2)
"""How far a board's log is read again: an entry may appear a moment after a younger one."""

_NEAR = timedelta(seconds=2)
"""Between the date of a card or board and that of the entry which moved it (facts.md, 6.3)."""

_LATE = timedelta(minutes=10)
"""A date that no entry explains is younger than this when an answer lags, or something has just
been edited; an older one is hidden activity, which is common."""

_IN_ORDER = attrgetter("at", "id")
_WHEN = attrgetter("action.at")


class Served(Struct, frozen=True):
    """A card as the bot's turn on it has left it, and what it wrote there."""

    card: Card
    changes: tuple[Change, ...]


class KeptBoard(Struct, frozen=True):
    """A board as it was when it was last read."""

    seen: SeenBoard
    cards: Mapping[str, Card]
    """The visible ones; with its log where that has been read to the end."""
    mark: Mark
    """What the list of boards showed of it then: the same again means that nothing has moved."""
    heard: Instant
    """Trello's clock before its log was last asked for."""
    ids: frozenset[str] = frozenset()
    """Entries of its log that are known and may be shown once more."""
    turns: tuple[Served, ...] = ()
    """What the bot has written since."""
    untold: frozenset[str] = frozenset()
    """Cards whose making its log has not told."""


def after_own_writes(
    kept: KeptBoard, mark: Mark, entries: tuple[Entry, ...], own: str
) -> KeptBoard | None:
    """Return a board that only the bot has moved, as its own turns left it; ``None``: others did.

    ``own`` is the member whose entries are the bot's alone.  Each of them must be one that a turn's
    writes leave, since another installation may write with the same account; of everybody else's
    all must be known.  The newest must explain the board's date: an act that leaves no entry moves
    that too.
    """
    mine = Counter(
        (turn.card.id, *trace)
        for turn in kept.turns
        for change in turn.changes
        for trace in logged_as(change)
    )
    new = [each for each in entries if each.action.id not in kept.ids]
    done = Counter(
        (each.card_id, each.action.type, each.action.field)
        for each in new
        if each.action.member_id == own
    )
    others = any(each.action.member_id != own and not _is_kept(each, kept) for each in new)
    newest = max((each.action.at for each in entries), default=None)
    explained = newest is not None and (mark.activity is None or mark.activity <= newest + _NEAR)
    if not explained or others or done - mine or any(map(_is_unnamed, kept.turns)):
        return None
    told = _by_card(entries)
    cards = {
        turn.card.id: _gone_on(turn.card, told[turn.card.id])
        for turn in kept.turns
        if turn.card.id in kept.cards
    }
    return replace(kept, cards={**kept.cards, **cards}, mark=mark, turns=())


def gone_on(kept: KeptBoard, cards: Iterable[Card], entries: tuple[Entry, ...]) -> dict[str, Card]:
    """Return a board's cards just read, each with its log if that is known to its end.

    A card that is as it was stays the very same object: what was concluded about it still holds.
    """
    told, newest = _by_card(entries), _newest_by_card(entries)
    found: dict[str, Card] = {}
    for card in cards:
        old = kept.cards.get(card.id)
        if old is not None and old.log is not None:
            fresh = card.having(log=_with(old.log, told[card.id]))
            known = max((each.at for each in fresh.log or ()), default=card.created)
            known = max(known, newest.get(card.id, known))
            explained = card.last_activity == old.last_activity or _explains(known, card)
            if explained and not _has_been_away(told[card.id], old.log):
                card = fresh  # noqa: PLW2901 - the same card, with its log
        found[card.id] = old if old == card else card
    return found


def begun(cards: Iterable[Card], entries: Sequence[Entry], now: Instant) -> dict[str, Card]:
    """Return those cards whose making stands in these entries, with their whole log.

    ``now``: a card's date that no entry explains, and that is no older than some minutes, tells
    that the entries lag behind; such a card is left out.
    """
    told: defaultdict[str, list[Entry]] = defaultdict(list)
    for each in entries:
        told[each.card_id].append(each)
    made = {each.card_id for each in entries if each.begins}
    found: dict[str, Card] = {}
    for card in cards:
        if card.id not in made:
            continue
        actions = [each.action for each in told[card.id] if each.counts]
        newest = max(map(_WHEN, told[card.id]))
        explained = _explains(newest, card) or card.last_activity < now - _LATE
        if explained and not _has_been_away(actions, ()):
            found[card.id] = card.having(log=_with((), actions))
    return found


def _has_been_away(entries: Iterable[Action], known: tuple[Action, ...]) -> bool:
    """Tell whether a card has come from another board, whose log tells what happened there."""
    moves = {each.id for each in entries if each.type == "moveCardToBoard"}
    return bool(moves) and not moves.issubset(each.id for each in known)


def _explains(entry_at: Instant, card: Card) -> bool:
    return card.last_activity <= entry_at + _NEAR


def _is_kept(entry: Entry, kept: KeptBoard) -> bool:
    card = kept.cards.get(entry.card_id)
    return any(each.id == entry.action.id for each in (card.log if card else None) or ())


def _gone_on(card: Card, entries: list[Action]) -> Card:
    newest = max((each.at for each in entries), default=card.last_activity)
    log = _with(card.log or (), entries)
    return replace(card.having(log=log), last_activity=max(card.last_activity, newest))


def _with(log: tuple[Action, ...], entries: Iterable[Action]) -> tuple[Action, ...]:
    """Return a log with these entries, oldest first, each once and as it now reads."""
    known = {each.id: each for each in log if not each.id.startswith(PLACEHOLDER)}
    known |= {each.id: each for each in entries}
    return tuple(sorted(known.values(), key=_IN_ORDER))


def _is_unnamed(turn: Served) -> bool:
    """Tell whether a part of a turn's card bears no id of Trello's yet."""
    card = turn.card
    ids = [each.id for each in card.checklists]
    ids += [each.id for each in card.attachments]
    ids += [item.id for checklist in card.checklists for item in checklist.items]
    return any(each.startswith(PLACEHOLDER) for each in ids)


def _by_card(entries: Iterable[Entry]) -> Mapping[str, list[Action]]:
    found: defaultdict[str, list[Action]] = defaultdict(list)
    for each in entries:
        if each.counts:
            found[each.card_id].append(each.action)
    return found


def _newest_by_card(entries: Iterable[Entry]) -> dict[str, Instant]:
    found: dict[str, Instant] = {}
    for each in entries:
        found[each.card_id] = max(each.action.at, found.get(each.card_id, each.action.at))
    return found


class KeptCards:
    """Archived cards for as long as their digest waits to be posted: nobody works on them."""

    def __init__(self, longest: timedelta) -> None:
        self._longest = longest
        self._kept: dict[str, tuple[Instant, Card]] = {}

    def get(self, card_id: str, now: Instant) -> Card | None:
        """Return the card if it was read not long ago."""
        read_at, card = self._kept.get(card_id, (now, None))
        return card if now - read_at < self._longest else None

    def keep(self, card: Card, now: Instant) -> None:
        """Keep a card just read; what is too old by now is dropped."""
        fresh = {key: kept for key, kept in self._kept.items() if now - kept[0] < self._longest}
        self._kept = {**fresh, card.id: (now, card)}
