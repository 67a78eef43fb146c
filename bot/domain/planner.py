"""Plan a pass: every rule on every card, looking ahead as if each planned change were done."""

from collections.abc import Callable, Iterator, Mapping

import msgspec
from msgspec import Struct

from bot.domain.acts import comment_with
from bot.domain.calendar import NoWorkingTime
from bot.domain.changes import Planned, PostComment, Reason, Rule, Skip, Verdict
from bot.domain.fold import snapshot_after
from bot.domain.limit import approved_cards, portfolios, question
from bot.domain.messages import UnwritableError
from bot.domain.model import Card, Instant, Policy, Snapshot
from bot.domain.order import rank
from bot.domain.rules.brief import brief
from bot.domain.rules.commands import commands
from bot.domain.rules.repair import repair
from bot.domain.rules.triage import triage
from bot.domain.situation import Situation
from bot.domain.states import is_delegated
from bot.domain.written import written_brief

RULES: Mapping[Rule, Callable[[Card, Situation], Iterator[Verdict]]] = {
    "repair": repair,
    "triage": triage,
    "brief": brief,
    "commands": commands,
}

_UNLIMITED: frozenset[Rule] = frozenset({"repair", "commands"})


class Plan(Struct, frozen=True):
    """What a pass does, what it leaves alone and why, and what the limit holds back."""

    now: Instant
    changes: tuple[Planned, ...]
    skips: tuple[Skip, ...]
    withheld: tuple[Planned, ...] = ()
    before: Mapping[str, Situation] = {}
    """By card id: the situation in which the card's changes were planned."""


def verdicts(card: Card, situation: Situation) -> tuple[Verdict, ...]:
    """Return what every rule says about one card, in the order of the rules."""
    found: list[Verdict] = []
    for name, rule in RULES.items():
        try:
            found += tuple(rule(card, situation))
        except NoWorkingTime as problem:
            found.append(Skip(name, card.id, Reason("no_working_time", {"problem": str(problem)})))
        except UnwritableError as problem:
            found.append(Skip(name, card.id, Reason("unwritable", {"problem": str(problem)})))
        except Exception as problem:  # noqa: BLE001 - a fault of ours on one card stops no other
            fault = f"{type(problem).__name__}: {problem}"
            found.append(Skip(name, card.id, Reason("fault", {"problem": fault})))
    return tuple(found)


def plan(situation: Situation, *, force: bool = False) -> Plan:
    """Return the plan of one pass over all boards.

    A rule that would touch more than ``max_cards`` cards writes nothing but what the owner
    approved; the rest is withheld, and the owner is asked, once a day, on the portfolio card.
    """
    whole = _looking_ahead(situation, {})
    over = () if force else _over_limit(whole, situation.policy)
    if not over:
        return whole
    approved = approved_cards(situation.snapshot)
    allowed = _looking_ahead(situation, dict.fromkeys(over, approved))
    held_back = tuple(
        each for each in whole.changes if each.rule in over and each.card_id not in approved
    )
    asked = tuple(_questions(held_back, situation))
    return msgspec.structs.replace(
        allowed,
        changes=(*allowed.changes, *asked),
        skips=(*allowed.skips, *_skips_of(held_back, situation.policy)),
        withheld=held_back,
        before={**allowed.before, **{each.card_id: situation for each in asked}},
    )


def card_plan(card: Card, situation: Situation, rules: frozenset[Rule]) -> tuple[Planned, ...]:
    """Return what these rules would do to a card as it stands; the executor asks before a write."""
    found = verdicts(card, situation)
    return tuple(each for each in found if isinstance(each, Planned) and each.rule in rules)


def _looking_ahead(situation: Situation, only: Mapping[Rule, frozenset[str]]) -> Plan:
    """Plan card after card, the most urgent first; each sees the ones before it as done."""
    changes: list[Planned] = []
    skips: list[Skip] = []
    before: dict[str, Situation] = {}
    for card in _in_order(situation.snapshot):
        before[card.id] = situation
        for verdict in verdicts(card, situation):
            if isinstance(verdict, Skip):
                skips.append(verdict)
            elif verdict.rule not in only or card.id in only[verdict.rule]:
                changes.append(verdict)
                situation = _after(situation, verdict)
    return Plan(situation.now, tuple(changes), tuple(skips), (), before)


def _after(situation: Situation, planned: Planned) -> Situation:
    card = situation.snapshot.cards[planned.card_id]
    after = snapshot_after(situation.snapshot, card, planned.change, situation.now)
    return msgspec.structs.replace(situation, snapshot=after)


def _in_order(snapshot: Snapshot) -> list[Card]:
    """Return the cards that concern the bot: the delegated ones by rank, then portfolio cards."""
    delegated = [card for card in snapshot.cards.values() if is_delegated(card, snapshot)]
    delegated.sort(key=_rank)
    others = portfolios(snapshot.boards.values(), snapshot)
    return delegated + [card for card in others if not is_delegated(card, snapshot)]


def _rank(card: Card) -> tuple[int, Instant, str]:
    known = written_brief(card)
    return rank(card, known.priority if known else None)


def _over_limit(whole: Plan, policy: Policy) -> tuple[Rule, ...]:
    touched: dict[Rule, set[str]] = {}
    for each in whole.changes:
        if each.rule not in _UNLIMITED:
            touched.setdefault(each.rule, set()).add(each.card_id)
    return tuple(rule for rule, cards in touched.items() if len(cards) > policy.max_cards)


def _skips_of(held_back: tuple[Planned, ...], policy: Policy) -> Iterator[Skip]:
    reason = Reason("over_limit", {"limit": str(policy.max_cards)})
    for rule, card_id in dict.fromkeys((each.rule, each.card_id) for each in held_back):
        yield Skip(rule, card_id, reason)


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
            text = situation.texts.message(message, ref)
            comment = PostComment(text, ref, (message.owner.username,))
            yield Planned("brief", portfolio.id, comment, Reason("over_limit_asked"))
