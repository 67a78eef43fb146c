"""What has happened on a card since its hand-over: which act, when, by whom, what it meant."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.domain.ball import Evidence, Party, evidence
from bot.domain.model import Action, Card
from bot.domain.people import assistant_on
from bot.domain.situation import Situation
from bot.domain.states import State, state_of
from bot.show import Telling
from bot.text.quotes import quoted
from bot.text.visible import plain, shortened

MOST_SHOWN = 15
"""The newest acts; who needs more looks at the card itself."""

_LONGEST_WORDS = 40

_FIELDS: Mapping[str, str] = {
    "idList": "move",
    "name": "name",
    "desc": "desc",
    "due": "due",
    "start": "start",
    "dueComplete": "complete",
    "closed": "archive",
}
_TYPES: Mapping[str, str] = {
    "commentCard": "comment",
    "addChecklistToCard": "checklist",
    "removeChecklistFromCard": "checklist",
    "addAttachmentToCard": "attachment",
    "deleteAttachmentFromCard": "attachment",
    "addMemberToCard": "member",
    "removeMemberFromCard": "member",
    "moveCardToBoard": "move",
}


def print_history(card: Card, situation: Situation, telling: Telling, console: Console) -> None:
    """Print the newest acts on a card that was handed over, oldest first; nothing before that."""
    snapshot = situation.snapshot
    if card.log is None or state_of(card, snapshot) not in {State.HANDED_OVER, State.DELIVERED}:
        return
    console.print(Text(telling.say("history"), style="bold"))
    acts = tuple(evidence(card, snapshot))
    table = Table.grid(padding=(0, 2))
    for each in acts[-MOST_SHOWN:]:
        when = telling.date(each.action.at, card.id)
        table.add_row("", when, _who(each, card, telling), _what(each, telling), style="none")
    console.print(table if acts else Text(f"  {telling.say('history_none')}"))
    console.print()


def _who(each: Evidence, card: Card, telling: Telling) -> Text:
    board = telling.snapshot.board_of(card)
    assistant = assistant_on(card, board)
    if each.by is Party.OWNER:
        return Text(board.owner.username)
    if each.by is Party.ASSISTANT and assistant is not None:
        return Text(assistant.username)
    return Text(telling.say("by_other"))


def _what(each: Evidence, telling: Telling) -> Text:
    line = Text(telling.say(f"did_{_deed(each.action)}"))
    words = _words(each.action)
    if words:
        line.append(f" {quoted(words, telling.language)}")
    line.append(f" — {telling.reason(each.meaning)}", style="bright_black")
    if each.gives is not None:
        line.append(f" → {telling.say(f'then_{each.gives.value}')}", style="cyan")
    return line


def _words(action: Action) -> str:
    """Return what an act was about, in a few words: a comment's first ones, an item, a file."""
    return shortened(plain(action.text or action.item or action.attachment or ""), _LONGEST_WORDS)


def _deed(action: Action) -> str:
    if action.item is not None:
        return "tick" if action.item_done else "untick"
    return _FIELDS.get(action.field or "") or _TYPES[action.type]
