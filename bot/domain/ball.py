"""Who has the ball on a handed-over card: the newest evidence wins."""

import re
from enum import Enum

from bot.domain.acts import comment_with, is_act, people_actions
from bot.domain.answers import answer_in, answer_of_item, is_answers
from bot.domain.model import Action, Board, Card, Person, Snapshot
from bot.domain.people import assistant_on
from bot.domain.tokens import reference


class Holder(Enum):
    """The one on whom the work waits."""

    OWNER = "owner"
    ASSISTANT = "assistant"


# Code, quotes and addresses may hold a question mark that asks nobody anything.
_NOT_SPOKEN_LINES = re.compile(
    r"^[ \t]*>[^\n]*$|^[ \t]*/\w[^\n]*$|`+[^`\n]+`+"
    r"|(?:https?://|www\.)\S*[^\s?!.,;:)]",  # a question mark that ends an address is spoken
    re.MULTILINE | re.IGNORECASE,
)
_FENCES = re.compile(r"(?s)(```|~~~).*?(?:\1|\Z)")


def spoken(text: str) -> str:
    """Return a comment without code, quotes, commands and addresses."""
    return _NOT_SPOKEN_LINES.sub(" ", _FENCES.sub(" ", text))


def asks_owner(comment: str, owner: Person) -> bool:
    """Tell whether an assistant's comment needs the owner: a mention or a question."""
    said = spoken(comment)
    mention = re.search(rf"(?<!\w)@{re.escape(owner.username)}(?!\w)", said, re.IGNORECASE)
    return mention is not None or "?" in said


def holder(card: Card, snapshot: Snapshot) -> Holder:
    """Return who has the ball now; without a configured assistant it is the owner."""
    board = snapshot.board_of(card)
    assistant = assistant_on(card, board)
    if assistant is None or card.list_id in board.lists.review:
        return Holder.OWNER
    handed = comment_with(card, reference(card.id, "hand-over", assistant.member_id), snapshot)
    current = Holder.ASSISTANT
    for action in people_actions(card, snapshot):
        if handed is None or action.at > handed.at:
            current = _evidence(action, board, assistant) or current
    return current


def _evidence(action: Action, board: Board, assistant: Person) -> Holder | None:
    moved = _move(action, board)
    if moved is not None:
        return moved
    if not is_act(action):
        return None
    if action.member_id == board.owner.member_id:
        return Holder.ASSISTANT
    if action.member_id == assistant.member_id and _passes_on(action, board.owner):
        return Holder.OWNER
    return None


def _move(action: Action, board: Board) -> Holder | None:
    waiting = board.lists.question | board.lists.review
    if action.list_after in waiting:
        return Holder.OWNER
    if action.list_before in waiting:
        return Holder.ASSISTANT
    return None


def _passes_on(action: Action, owner: Person) -> bool:
    if action.type == "commentCard":
        answer = answer_in(action.text)
        said_so = answer is not None and answer.passes_the_ball
        return said_so or asks_owner(action.text, owner)
    ticked = action.item is not None and action.item_done
    if ticked and is_answers(action.checklist or ""):
        answer = answer_of_item(action.item or "")
        return answer is not None and answer.passes_the_ball
    return False
