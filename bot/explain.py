"""Why the bot does or does not act on one card: every rule's verdict and what it saw."""

from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.domain.acts import last_touch
from bot.domain.ball import possessions
from bot.domain.calendar import NoWorkingTime
from bot.domain.changes import Planned, Skip, Verdict, kind_of
from bot.domain.gather import Gathered, gather
from bot.domain.messages import Ask, UnwritableError
from bot.domain.model import Card
from bot.domain.people import assistant_on
from bot.domain.planner import RULES, plan, verdicts
from bot.domain.situation import Situation
from bot.domain.states import State, is_delegated, state_of
from bot.domain.tokens import before_signature, reference
from bot.domain.written import written_brief
from bot.history import print_history
from bot.show import Telling, address, body_of, printable
from bot.text.neutral import plain
from bot.text.times import duration

_QUIETENED: Mapping[str, str] = {
    **dict.fromkeys(("late", "check_in", "changes", "stall"), "quiet_timed"),
    **dict.fromkeys(("answers", "delivery"), "quiet_always"),
}
"""How to silence a rule: what time brings about by a command, every rule by the label."""


def explain(card: Card, situation: Situation, telling: Telling, console: Console) -> None:
    """Print what the bot sees of a card and what each rule decides about it."""
    console.print(Text(plain(card.name), style="bold"))
    console.print(Text(address(card), style="bright_black"))
    facts = Table.grid(padding=(0, 2))
    for name, value in _facts(card, situation, telling):
        facts.add_row(Text(telling.say(f"fact_{name}"), style="cyan"), Text(value))
    console.print(facts)
    console.print()
    print_history(card, situation, telling, console)
    found = _verdicts(card, situation)
    for rule in dict.fromkeys(name for name, _ in RULES):
        _print_rule(rule, [each for each in found if each.rule == rule], telling, console)


def _verdicts(card: Card, situation: Situation) -> list[Verdict]:
    """Return what a pass would say: after the cards before this one, and within the limit."""
    whole = plan(situation)
    every: tuple[Verdict, ...] = (*whole.changes, *whole.skips)
    found = [each for each in every if each.card_id == card.id]
    # A card that a pass does not look at has its reasons all the same.
    return found or list(verdicts(card, situation))


def _print_rule(rule: str, found: list[Verdict], telling: Telling, console: Console) -> None:
    console.print(Text(telling.say(f"rule_{rule}"), style="bold"))
    for verdict in found:
        match verdict:
            case Planned(change=change, reason=reason):
                what = telling.say(f"does_{kind_of(change)}")
                console.print(Text(f"  → {what} — {telling.reason(reason)}", style="green"))
                body = body_of([change])
                if body is not None:
                    console.print(Padding(body, (0, 0, 0, 4)))
            case Skip(reason=reason, until=until, card_id=card_id):
                told = telling.reason(reason)
                if until is not None:
                    told += f" ({telling.say('until', date=telling.date(until, card_id))})"
                console.print(Text(f"  · {told}"))
    if rule in _QUIETENED:
        console.print(Text(f"  {telling.say(_QUIETENED[rule])}", style="bright_black"))


def _facts(card: Card, situation: Situation, telling: Telling) -> Iterator[tuple[str, str]]:
    snapshot = situation.snapshot
    board = snapshot.board_of(card)
    state = state_of(card, snapshot)
    yield "board", plain(board.name)
    yield "state", telling.say(f"state_{state.value}")
    yield "owner", board.owner.username
    assistant = assistant_on(card, board)
    if assistant is not None:
        yield "assistant", assistant.username
    if card.due is not None:
        yield "due", telling.date(card.due, card.id)
    if card.log is not None:
        yield "last_touch", telling.date(last_touch(card, snapshot), card.id)
        yield "log", str(len(card.log))
    if state in {State.HANDED_OVER, State.DELIVERED}:
        ball = possessions(card, snapshot)[-1]
        since = telling.say("since", date=telling.date(ball.since, card.id))
        who = telling.say(f"ball_{ball.holder.value}")
        yield "ball", f"{who} {since} — {telling.reason(ball.why)}"
    if is_delegated(card, snapshot) and written_brief(card) is None and card.log is not None:
        yield from _brief_to_be(card, situation, telling)


def _brief_to_be(card: Card, situation: Situation, telling: Telling) -> Iterator[tuple[str, str]]:
    """Yield what the brief would say, or what is missing; the rules say why if neither can be."""
    owner = situation.snapshot.board_of(card).owner
    try:
        found = gather(card, situation.snapshot, situation.policy, situation.now)
        yield from _gathered(found, telling)
        if found.obstacles:
            ask = Ask(owner, found.obstacles)
            asked = situation.texts.message(ask, reference(card.id, "ask"))
            yield "missing", printable(before_signature(asked)).strip()
    except (NoWorkingTime, UnwritableError) as problem:
        yield "missing", plain(str(problem))


def _gathered(found: Gathered, telling: Telling) -> Iterator[tuple[str, str]]:
    yield "kind", f"{found.kind.name} — {telling.reason(found.kind.why)}"
    brief = found.brief
    if brief is None:
        return
    yield "chosen", brief.assistant.username
    yield "workload", duration(brief.workload)
    yield "steps", str(len(brief.steps))
    if brief.derivation is not None:
        load = brief.derivation
        front = f"{duration(load.in_front)} ({load.cards_in_front})" if load.in_front else "0"
        yield "in_front", front
        yield "need", duration(load.need)
