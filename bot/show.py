"""Print plans, what became of them, and explanations: for people with Rich, for programs as JSON.

Everything goes through the same plan object, so what is shown is what is applied.
Text from cards reaches the terminal without control characters.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    AddLabel,
    AddMember,
    Change,
    DeleteComment,
    DeletePart,
    EditComment,
    Planned,
    PostComment,
    React,
    Reason,
    RemoveLabel,
    SetDates,
    SetDescription,
    SetPortfolio,
    Skip,
    Untick,
    kind_of,
    notified_by,
    text_of,
)
from bot.domain.model import Board, Card, Instant, Language, Snapshot
from bot.domain.planner import Plan
from bot.executor import Effect
from bot.reading import Reading
from bot.text.catalogue import Phrases
from bot.text.neutral import plain
from bot.text.quotes import quoted
from bot.text.times import long_date

_MARKS: Mapping[str, tuple[str, str]] = {
    "applied": ("✓", "green"),
    "not_applied": ("✗", "red"),
    "unknown": ("?", "yellow"),
    "dropped": ("–", "bright_black"),
}
# What steers a terminal or cannot be printed, and JSON leaves as it is: it is spelled out there.
_UNSEEN = re.compile(
    "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


class Telling(Struct, frozen=True):
    """How to say things: phrases, a language, and the boards they are about."""

    phrases: Phrases
    language: Language
    snapshot: Snapshot
    all_seen: bool = True
    """False when a board could not be read, or is refused."""

    def reason(self, reason: Reason) -> str:
        """Return a reason as a sentence."""
        return plain(self.phrases.reason(reason, self.language))

    def say(self, name: str, **values: str) -> str:
        """Return a sentence."""
        return self.phrases.say(name, self.language, **values)

    def card(self, card_id: str) -> Card:
        """Return a card of the snapshot."""
        return self.snapshot.cards[card_id]

    def board(self, card_id: str) -> Board:
        """Return the board of a card."""
        return self.snapshot.board_of(self.card(card_id))

    def date(self, at: Instant, card_id: str) -> str:
        """Return an instant as the card's owner reads it."""
        return long_date(at, self.board(card_id).owner.calendar.zone, self.language)


def as_json(plan: Plan, telling: Telling, effects: Sequence[Effect] | None = None) -> str:
    """Return the plan, or what became of it, as one JSON object (contract of ``--json``)."""
    if effects is None:
        changes = [_change_json(each, telling) for each in plan.changes]
    else:
        changes = [
            _change_json(each.planned, telling) | {"outcome": each.outcome} for each in effects
        ]
    skips = [
        {"rule": each.rule, "card": each.card_id, "reason": telling.reason(each.reason)}
        for each in plan.skips
    ]
    now = plan.now.isoformat().replace("+00:00", "Z")
    told = json.dumps({"now": now, "changes": changes, "skips": skips}, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: json.dumps(found.group())[1:-1], told)


def _change_json(planned: Planned, telling: Telling) -> dict[str, object]:
    card = telling.card(planned.card_id)
    return {
        "rule": planned.rule,
        "change": kind_of(planned.change),
        "card": card.id,
        "card_name": card.name,
        "board": card.board_id,
        "reason": telling.reason(planned.reason),
        "text": text_of(planned.change),
        "notifies": list(notified_by(planned.change)),
    }


def show_plan(plan: Plan, telling: Telling, console: Console) -> None:
    """Print what a pass would do."""
    entries = [Effect(each, "applied") for each in plan.changes]
    _show(entries, telling, console, marked=False)
    if plan.withheld:
        _show_withheld(plan, telling, console)
    _show_skips(plan.skips, telling, console)
    if not plan.changes:
        _show_rest(plan, telling, console)


def address(card: Card) -> str:
    """Return the card's address for people."""
    return f"https://trello.com/c/{card.short_link}"


def show_effects(plan: Plan, effects: Sequence[Effect], telling: Telling, console: Console) -> None:
    """Print what became of a plan."""
    _show(effects, telling, console, marked=True)
    if plan.withheld:
        _show_withheld(plan, telling, console)
    if not effects:
        _show_rest(plan, telling, console)


def _show_rest(plan: Plan, telling: Telling, console: Console) -> None:
    """Say that all is in order, unless a board was not seen or a card is held back."""
    if telling.all_seen and not plan.withheld:
        console.print(Text(telling.say("nothing_to_do"), style="green"))


def show_card(effects: Iterable[Effect], telling: Telling, *, marked: bool) -> RenderableType:
    """Return what happens to one card."""
    every = list(effects)
    return Group(
        headline(every[0].planned.card_id, telling), show_steps(every, telling, marked=marked)
    )


def show_steps(effects: Iterable[Effect], telling: Telling, *, marked: bool) -> RenderableType:
    """Return the changes to one card, each with what people will read of it."""
    return Group(
        *(
            Padding(_entry(list(same), telling, marked=marked), (0, 0, 0, 2))
            for _, same in groupby(effects, key=_block)
        )
    )


def _show(effects: Sequence[Effect], telling: Telling, console: Console, *, marked: bool) -> None:
    for _, of_card in groupby(effects, key=lambda each: each.planned.card_id):
        console.print(show_card(of_card, telling, marked=marked))
        console.print()


def headline(card_id: str, telling: Telling) -> Text:
    """Return a card's name, its board and its address in one line."""
    card = telling.card(card_id)
    board = plain(telling.board(card_id).name)
    headline = Text(plain(card.name)[:120], style="bold")
    headline.append(f"  {board} · {address(card)}", style="bright_black")
    return headline


def _block(effect: Effect) -> tuple[str, str]:
    change = effect.planned.change
    if isinstance(change, AddChecklist):
        return ("checklist", change.name)
    if isinstance(change, AddCheckItem):
        return ("checklist", change.checklist)
    return (kind_of(change), text_of(change) or "")


def _entry(effects: Sequence[Effect], telling: Telling, *, marked: bool) -> RenderableType:
    first = effects[0]
    worst = next((each for each in effects if each.outcome != "applied"), first)
    mark, colour = _MARKS[worst.outcome] if marked else ("•", "cyan")
    line = Text(f"{mark} ", style=colour)
    line.append(what(first.planned, telling), style="none")
    line.append(f" — {telling.reason(first.planned.reason)}", style="bright_black")
    parts: list[RenderableType] = [line]
    if worst.problem:
        parts.append(Text(f"  {plain(worst.problem)}", style=colour))
    body = body_of([each.planned.change for each in effects])
    return Group(*parts, *([Padding(body, (0, 0, 0, 2))] if body else []))


def what(planned: Planned, telling: Telling) -> str:
    """Return in a few words what a change does."""
    change = planned.change
    said = telling.say(f"does_{kind_of(change)}")
    match change:
        case SetDescription(due=due) | SetDates(due=due):
            return f"{said} ({telling.date(due, planned.card_id)})" if due else said
        case AddChecklist(name=name) | AddCheckItem(checklist=name) | AddAttachment(name=name):
            return f"{said} {quoted(plain(name), telling.language)}"
        case (
            AddLabel(name=name) | RemoveLabel(name=name) | Untick(name=name) | DeletePart(name=name)
        ):
            return f"{said} {quoted(plain(name), telling.language)}"
        case AddMember(username=username):
            return f"{said} {username}"
        case PostComment(mentions=mentions):
            return f"{said} → " + ", ".join(f"@{each}" for each in mentions)
        case SetPortfolio() | EditComment() | DeleteComment() | React():
            return said


def body_of(changes: Sequence[Change]) -> RenderableType | None:
    """Return what people will read of these changes, if they write anything to read."""
    items = [each.name for each in changes if isinstance(each, AddCheckItem)]
    if items:
        return Text("\n".join(f"☐ {plain(each)}" for each in items))
    change = changes[0]
    if isinstance(change, SetDescription | SetPortfolio | PostComment | EditComment):
        return Panel(Text(printable(change.text)), border_style="bright_black", padding=(0, 1))
    return None


def printable(text: str) -> str:
    """Return a text of several lines without control characters."""
    # A no-break space is not "printable" to Python, and French is full of them.
    lines = text.splitlines()
    return "\n".join("".join(c for c in line if c.isprintable() or c.isspace()) for line in lines)


def tell_unread(reading: Reading, console: Console) -> None:
    """Print what could not be read, and which boards the configuration does not fit."""
    for failure in reading.failures:
        console.print(Text(plain(f"board {failure.board}: {failure.problem}"), style="yellow"))
    for card_id in reading.odd:
        console.print(Text(f"card {card_id} cannot be read on its board", style="yellow"))
    for refusal in reading.refusals:
        console.print(Text(printable(str(refusal.problem)), style="red"))


def _show_withheld(plan: Plan, telling: Telling, console: Console) -> None:
    console.print(Text(telling.say("withheld"), style="bold yellow"))
    withheld = [Effect(each, "dropped") for each in plan.withheld]
    _show(withheld, telling, console, marked=True)


def _show_skips(skips: Sequence[Skip], telling: Telling, console: Console) -> None:
    shown = [each for each in skips if each.rule == "brief"]
    if not shown:
        return
    next_words = _next_words(skips)
    console.print(Text(telling.say("left_alone"), style="bold"))
    for each in shown:
        line = Text(f"  {plain(telling.card(each.card_id).name)[:60]}", style="none")
        line.append(f" — {telling.reason(each.reason)}", style="bright_black")
        speaks = next_words.get(each.card_id)
        if speaks is not None:
            told = telling.say("until", date=telling.date(speaks, each.card_id))
            line.append(f" ({told})", style="bright_black")
        console.print(line)
    console.print()


def _next_words(skips: Sequence[Skip]) -> dict[str, Instant]:
    """Return when a rule might next speak on each card, if time alone decides."""
    found: dict[str, Instant] = {}
    for each in skips:
        if each.until is not None:
            found[each.card_id] = min(found.get(each.card_id, each.until), each.until)
    return found
