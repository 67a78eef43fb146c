"""How ``setup`` ends: what a first pass would do, without doing it."""

from collections.abc import Iterable, Iterator

from bot import wiring
from bot.cycle import Report
from bot.domain.changes import AddMember, Planned, SetDescription, notified_by
from bot.domain.model import Card, Snapshot
from bot.domain.planner import Plan
from bot.domain.states import is_delegated, is_handed_over
from bot.executor import by_card
from bot.first_hour.asking import Talk
from bot.show import Telling, what
from bot.wiring import Bot


def show_first_pass(talk: Talk, bot: Bot) -> None:
    """Show in a line for each card what a pass would do, above all on which it would begin."""
    report = bot.cycle.planned(wiring.clock(), bot.state.remembered())
    telling = _telling(talk, bot, report)
    changed = by_card((*report.plan.changes, *report.plan.withheld))
    lines = _left_alone(report.plan, telling)
    lines |= {card: f" → {_outcome(each, talk, telling)}" for card, each in changed.items()}
    waiting = [each for each in report.reading.snapshot.cards.values() if _is_new(each, telling)]
    talk.title("first_pass")
    if waiting:
        talk.say("labelled", "yellow", number=str(len(waiting)))
    else:
        talk.say("none_labelled")
    for card in (*waiting, *_others(changed, waiting, report.reading.snapshot)):
        talk.item("·", f"{card.name}{lines.get(card.id, '')}")
    if report.plan.withheld:
        talk.say("labelled_withheld", limit=str(bot.settings.limits.max_cards))
    if waiting:
        talk.say("take_off")


def _telling(talk: Talk, bot: Bot, report: Report) -> Telling:
    return Telling(bot.phrases, talk.language, report.reading.snapshot)


def _is_new(card: Card, telling: Telling) -> bool:
    """Tell whether a card bears the label and has not been handed over yet."""
    return is_delegated(card, telling.snapshot) and not is_handed_over(card, telling.snapshot)


def _others(changed: Iterable[str], waiting: Iterable[Card], snapshot: Snapshot) -> Iterator[Card]:
    """Yield the cards besides those that wait which the pass would do something to."""
    shown = {each.id for each in waiting}
    return (snapshot.cards[each] for each in changed if each not in shown)


def _left_alone(plan: Plan, telling: Telling) -> dict[str, str]:
    skips = (each for each in plan.skips if each.rule == "brief")
    return {each.card_id: f" — {telling.reason(each.reason)}" for each in skips}


def _outcome(changes: tuple[Planned, ...], talk: Talk, telling: Telling) -> str:
    """Return what a card's changes come to: a hand-over, a message, or else the first of them."""
    kinds = [each.change for each in changes]
    names = [each.username for each in kinds if isinstance(each, AddMember)]
    dues = [each.due for each in kinds if isinstance(each, SetDescription) and each.due]
    if names and dues:
        date = telling.date(dues[0], changes[0].card_id)
        return talk.phrase("goes_to", name=names[0], date=date)
    told = [f"@{name}" for each in kinds for name in notified_by(each)]
    if told:
        return talk.phrase("message_to", names=", ".join(dict.fromkeys(told)))
    return what(changes[0], telling)
