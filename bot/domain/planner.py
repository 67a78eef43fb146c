"""Plan a pass: every rule on every card, looking ahead as if each planned change were done."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import cached_property
from types import MappingProxyType

import msgspec
from msgspec import Struct

from bot.domain.acts import comment_with
from bot.domain.calendar import NoWorkingTime
from bot.domain.changes import Planned, PostComment, Reason, Rule, Skip, Verdict
from bot.domain.fold import snapshot_after
from bot.domain.limit import approved_cards, portfolios, question
from bot.domain.messages import UnwritableError
from bot.domain.model import Board, Card, Identity, Instant, Snapshot
from bot.domain.order import rank
from bot.domain.policy import Policy
from bot.domain.posting import posting
from bot.domain.priorities import priority_of
from bot.domain.restraint import said_enough
from bot.domain.rules.answers import answers
from bot.domain.rules.brief import brief
from bot.domain.rules.changes import changes
from bot.domain.rules.check_in import before_delivery, mid_course
from bot.domain.rules.commands import commands
from bot.domain.rules.delivery import delivery
from bot.domain.rules.digest import DASHBOARD_EVERY, digest
from bot.domain.rules.late import late
from bot.domain.rules.repair import repair
from bot.domain.rules.stall import stall
from bot.domain.rules.triage import triage
from bot.domain.situation import Situation
from bot.domain.states import concerns_bot

RULES: tuple[tuple[Rule, Callable[[Card, Situation], Iterator[Verdict]]], ...] = (
    ("repair", repair),
    ("triage", triage),
    ("brief", brief),
    ("answers", answers),
    ("delivery", delivery),
    ("late", late),
    ("check_in", before_delivery),
    ("changes", changes),
    ("stall", stall),
    ("check_in", mid_course),
    ("commands", commands),
    ("digest", digest),
)
"""In the order in which they speak.

Of what time alone brings about a person is asked one thing a day and card: the first that wants to
does, since the later ones see its comment as posted.
"""

_UNLIMITED: frozenset[Rule] = frozenset({"repair", "commands", "digest"})
_SPREAD: frozenset[Rule] = frozenset({"late", "check_in", "changes", "stall"})
"""On cards already handed over more than the limit are not refused but left to the next pass."""


LOOK_AGAIN = timedelta(hours=1)
"""How long a verdict holds at most on a card on which nothing happens.

A skip says when time alone would let its rule speak.  What else time changes, such as a date in
words that has passed, is seen within the hour.
"""


class Heard(Struct, frozen=True):
    """What the rules have said about a card, and how long that holds."""

    card: Card
    board: Board
    me: Identity
    priority: int | None
    """1 first; ``None`` comes last."""
    verdicts: tuple[Verdict, ...]
    until: Instant
    """No rule says anything else earlier while nothing happens on the card."""


class Plan(Struct, frozen=True, dict=True):
    """What a pass does, what it leaves alone and why, and what the limit holds back."""

    now: Instant
    changes: tuple[Planned, ...]
    skips: tuple[Skip, ...]
    withheld: tuple[Planned, ...] = ()
    before: Mapping[str, Situation] = {}
    """By card id: the situation in which the card's changes were planned."""
    heard: Mapping[str, Heard] = {}
    """By card id: what need not be asked again for a while."""

    @cached_property
    def reasons(self) -> frozenset[str]:
        """Return why anything is left alone, each code once."""
        return frozenset(each.reason.code for each in self.skips)

    @cached_property
    def still_until(self) -> Instant:
        """Return until when a pass over the same boards would do nothing and say the same."""
        if self.changes or self.withheld:
            return self.now
        return min((each.until for each in self.heard.values()), default=self.now + LOOK_AGAIN)


def verdicts(
    card: Card, situation: Situation, only: Mapping[Rule, frozenset[str]] = MappingProxyType({})
) -> tuple[Verdict, ...]:
    """Return what every rule says about one card; each sees what those before it want as done.

    A rule that stands in ``only`` touches no other cards than these.
    """
    found: list[Verdict] = []
    for name, rule in RULES:
        current = situation.snapshot.cards.get(card.id, card)
        said = msgspec.structs.replace(situation, said=tuple(found))
        spoken = _spoken(name, rule, current, said)
        allowed = card.id in only.get(name, {card.id})
        found += spoken if allowed else _held_back(spoken, situation.policy)
        # What waits for the next pass keeps its turn: no later rule speaks in its stead.
        counts = allowed or name in _SPREAD
        for verdict in spoken:
            if counts and isinstance(verdict, Planned):
                situation = _after(situation, verdict, current)
                current = situation.snapshot.cards[card.id]
    return tuple(found)


def _spoken(
    name: Rule, rule: Callable[[Card, Situation], Iterator[Verdict]], card: Card, given: Situation
) -> tuple[Verdict, ...]:
    """Return one rule's verdicts; a fault on one card is its own and stops no other."""
    try:
        return tuple(_within_measure(rule(card, given), card, given))
    except NoWorkingTime as problem:
        why = Reason("no_working_time", {"problem": str(problem)})
    except UnwritableError as problem:
        why = Reason("unwritable", {"problem": str(problem)})
    except Exception as problem:  # noqa: BLE001 - a fault of ours on one card stops no other
        why = Reason("fault", {"problem": f"{type(problem).__name__}: {problem}"})
    return (Skip(name, card.id, why),)


def _within_measure(spoken: Iterator[Verdict], card: Card, given: Situation) -> Iterator[Verdict]:
    """Yield a rule's verdicts up to a comment too many: what comes after it goes with it."""
    for each in spoken:
        posts = isinstance(each, Planned) and isinstance(each.change, PostComment)
        enough = said_enough(card, given) if posts else None
        if enough is not None:
            yield Skip(each.rule, card.id, enough.reason, enough.until)
            return
        yield each


def _held_back(spoken: tuple[Verdict, ...], policy: Policy) -> tuple[Verdict, ...]:
    """Return a rule's verdicts with one skip in the place of all that the limit holds back."""
    skips = tuple(each for each in spoken if isinstance(each, Skip))
    wanted = next((each for each in spoken if isinstance(each, Planned)), None)
    if wanted is None:
        return skips
    code = "spread" if wanted.rule in _SPREAD else "over_limit"
    reason = Reason(code, {"limit": str(policy.max_cards)})
    return (*skips, Skip(wanted.rule, wanted.card_id, reason))


def plan(
    situation: Situation, *, force: bool = False, heard: Mapping[str, Heard] = MappingProxyType({})
) -> Plan:
    """Return the plan of one pass over all boards.

    ``heard`` is what an earlier plan has heard with the same settings: cards on which nothing has
    happened since are not asked about again before it is time.

    A rule that would touch more than ``max_cards`` cards writes nothing but what the owner
    approved; the rest is withheld, and the owner is asked, once a day, on the portfolio card.
    What time alone brings about is spread over passes instead, the most urgent cards first.
    """
    whole = _looking_ahead(situation, {}, heard)
    over = {} if force else _over_limit(whole, situation.policy)
    if not over:
        return whole
    approved = approved_cards(situation.snapshot)
    only = {rule: first if rule in _SPREAD else approved for rule, first in over.items()}
    allowed = _looking_ahead(situation, only, {})
    held_back = tuple(
        each
        for each in whole.changes
        if each.rule in only and each.rule not in _SPREAD and each.card_id not in only[each.rule]
    )
    asked = tuple(_questions(held_back, situation))
    return msgspec.structs.replace(
        allowed,
        changes=(*allowed.changes, *asked),
        withheld=held_back,
        heard={},
    )


def card_plan(card: Card, situation: Situation, rules: frozenset[Rule]) -> tuple[Planned, ...]:
    """Return what these rules would do to a card as it stands; the executor asks before a write."""
    found = verdicts(card, situation)
    return tuple(each for each in found if isinstance(each, Planned) and each.rule in rules)


def _looking_ahead(
    situation: Situation, only: Mapping[Rule, frozenset[str]], known: Mapping[str, Heard]
) -> Plan:
    """Plan card after card, the most urgent first; each sees the ones before it as done."""
    planned: list[Planned] = []
    skips: list[Skip] = []
    before: dict[str, Situation] = {}
    heard: dict[str, Heard] = {}
    folios = {
        each.id for each in portfolios(situation.snapshot.boards.values(), situation.snapshot)
    }
    for card, priority in _in_order(situation.snapshot, known):
        is_folio = card.id in folios
        if is_folio:
            said = {key: each.verdicts for key, each in heard.items()}
            situation = msgspec.structs.replace(situation, heard=said)
        before[card.id] = situation
        old = known.get(card.id)
        if old and not is_folio and _holds(old, card, situation):
            heard[card.id] = old
            skips += (each for each in old.verdicts if isinstance(each, Skip))
            continue
        found = verdicts(card, situation, only)
        heard[card.id] = _heard(card, priority, found, situation, is_folio=is_folio)
        for verdict in found:
            if isinstance(verdict, Skip):
                skips.append(verdict)
            else:
                planned.append(verdict)
                situation = _after(situation, verdict, situation.snapshot.cards[card.id])
    return Plan(situation.now, tuple(planned), tuple(skips), (), before, heard)


def _holds(old: Heard, card: Card, situation: Situation) -> bool:
    """Tell whether what was heard about a card still holds: nothing happened, it is not time."""
    return situation.now < old.until and _is_about(old, card, situation.snapshot)


def _is_about(old: Heard, card: Card, snapshot: Snapshot) -> bool:
    """Tell whether nothing has happened on a card since."""
    return old.card is card and old.board is snapshot.board_of(card) and old.me == snapshot.me


def _heard(
    card: Card,
    priority: int | None,
    found: tuple[Verdict, ...],
    situation: Situation,
    *,
    is_folio: bool,
) -> Heard:
    """Return what was heard, and until when it holds: not at all where something is to be done.

    The picture of all cards changes with time in more ways than its rule says.
    """
    now, snapshot = situation.now, situation.snapshot
    until = now + (DASHBOARD_EVERY if is_folio else LOOK_AGAIN)
    for each in found:
        if isinstance(each, Planned):
            until = now
        elif each.until is not None and each.until > now:
            until = min(until, each.until)
    return Heard(card, snapshot.board_of(card), snapshot.me, priority, found, until)


def _after(situation: Situation, planned: Planned, card: Card) -> Situation:
    after = snapshot_after(situation.snapshot, card, planned.change, situation.now)
    return msgspec.structs.replace(situation, snapshot=after)


def _in_order(snapshot: Snapshot, known: Mapping[str, Heard]) -> Iterator[tuple[Card, int | None]]:
    """Yield the cards that concern the bot with their priority, the most urgent first, then the
    portfolio cards.

    One that bears the bot's flag still concerns it when it is delegated no more.
    """
    folios = portfolios(snapshot.boards.values(), snapshot)
    open_ = (card for card in snapshot.cards.values() if not card.closed)
    concerned = (card for card in open_ if concerns_bot(card, snapshot) and card not in folios)
    ranked = [(card, _priority(card, snapshot, known)) for card in concerned]
    yield from sorted(ranked, key=lambda each: rank(*each))
    yield from ((card, None) for card in folios)


def _priority(card: Card, snapshot: Snapshot, known: Mapping[str, Heard]) -> int | None:
    """Return a card's priority; of one on which nothing has happened as it was heard."""
    old = known.get(card.id)
    return old.priority if old and _is_about(old, card, snapshot) else priority_of(card, snapshot)


def _over_limit(whole: Plan, policy: Policy) -> dict[Rule, frozenset[str]]:
    """Return each rule that touches more cards than it may, with the first ones it would touch."""
    touched: dict[Rule, dict[str, None]] = {}
    for each in whole.changes:
        if each.rule not in _UNLIMITED:
            touched.setdefault(each.rule, {})[each.card_id] = None
    most = policy.max_cards
    return {rule: frozenset([*ids][:most]) for rule, ids in touched.items() if len(ids) > most}


def _questions(held_back: tuple[Planned, ...], situation: Situation) -> Iterator[Planned]:
    """Yield one question for each portfolio card about the withheld cards of its boards."""
    snapshot = situation.snapshot
    cards = [snapshot.cards[each] for each in dict.fromkeys(one.card_id for one in held_back)]
    for portfolio in portfolios(snapshot.boards.values(), snapshot):
        mine = tuple(c for c in cards if snapshot.board_of(c).portfolio == portfolio.id)
        if not mine or portfolio.log is None:
            continue
        message, ref = question(
            portfolio, mine, situation.policy.max_cards, snapshot, situation.now
        )
        known = comment_with(portfolio, ref, snapshot)
        if known is None and ref not in snapshot.remembered:
            reason = Reason("over_limit_asked")
            yield posting(("brief", portfolio), message, ref, reason, situation)
