"""Print what would become of a card as one kind of task: for ``brief show``."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.domain.changes import PostComment
from bot.domain.messages import Ask, BrokenTemplate, Missing, Obstacle, UnwritableError
from bot.domain.tokens import reference
from bot.executor import Effect
from bot.exits import COMPLETE, CONFIGURATION
from bot.show import Telling, body_of, headline, show_steps
from bot.supposing import Supposed, answered


def show_example(bare: Supposed, telling: Telling, console: Console) -> int:
    """Print what a title alone leads to and, where that is a question, what its answer does.

    Returns the exit code.
    """
    blanks = bare.blanks
    title = f"A card that says nothing but “{bare.card.name}”"
    if not any(isinstance(each, Missing) for each in blanks):
        _say(console, f"{title}:")
        return _show_rest(bare, telling, console)
    _say(console, f"{title} would first be asked about:")
    _show_question(bare, blanks, console)
    _say(console, "Once that is answered:")
    return _show_rest(answered(bare, telling.language), telling, console)


def show_on_card(supposed: Supposed, telling: Telling, console: Console) -> int:
    """Print what the card would become, or what is still missing; return the exit code."""
    console.print(headline(supposed.card.id, telling))
    for why in supposed.waits_for:
        _say(console, f"First, what this is without: {telling.reason(why)}", "yellow")
    return _show_rest(supposed, telling, console)


def _show_rest(supposed: Supposed, telling: Telling, console: Console) -> int:
    blanks = supposed.blanks
    if not blanks:
        return _show_written(supposed, telling, console)
    _say(console, "Nothing can be written yet; the owner would be asked:")
    _show_question(supposed, blanks, console)
    # The template itself is at fault: no answer on the card helps.
    return CONFIGURATION if any(isinstance(each, BrokenTemplate) for each in blanks) else COMPLETE


def _show_written(supposed: Supposed, telling: Telling, console: Console) -> int:
    changes = [Effect(each, "applied") for each in supposed.changes]
    console.print(show_steps(changes, telling, marked=False))
    for reason in supposed.reasons:
        _say(console, f"· {telling.reason(reason)}")
    return COMPLETE


def _show_question(supposed: Supposed, blanks: tuple[Obstacle, ...], console: Console) -> None:
    card, situation = supposed.card, supposed.situation
    ref = reference(card.id, "ask")
    owner = situation.snapshot.board_of(card).owner
    try:
        text = situation.texts.message(Ask(owner, blanks), ref)
    except UnwritableError as problem:
        _say(console, str(problem), "red")
        return
    body = body_of([PostComment(text, ref, (owner.username,))])
    console.print(Padding(body or "", (0, 0, 0, 2)))


def _say(console: Console, text: str, style: str = "bold") -> None:
    console.print(Text(text, style=style))
