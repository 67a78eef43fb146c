"""Who has the ball on a handed-over card: the newest evidence wins."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from msgspec import Struct

from bot.domain.acts import bot_comments, comment_with, is_act, is_bots, people_actions
from bot.domain.answers import Answer, answer_in, answer_of_item, is_answers
from bot.domain.changes import Reason
from bot.domain.commands import command_in, without_command
from bot.domain.crossings import own_writings
from bot.domain.model import Action, Board, Card, Instant, Person, Snapshot
from bot.domain.people import assistant_on
from bot.domain.recall import recalled_by_value
from bot.domain.tokens import reference
from bot.domain.traces import NO_EVENT, kind_of_comment


class Holder(Enum):
    """The one on whom the work waits."""

    OWNER = "owner"
    ASSISTANT = "assistant"


class Party(Enum):
    """Whose act something is."""

    OWNER = "owner"
    ASSISTANT = "assistant"
    OTHER = "other"


class Evidence(Struct, frozen=True):
    """What a person did after hand-over, and what it meant."""

    action: Action
    by: Party
    meaning: Reason
    gives: Holder | None = None
    """Who has the ball after it, if it says anything about that."""


class Possession(Struct, frozen=True):
    """A time during which one of the two has the ball."""

    holder: Holder
    since: Instant
    event: str
    """Id of the action that brought the ball."""
    why: Reason


# Code, quotes and addresses may hold a question mark that asks nobody anything.
_NOT_SPOKEN_LINES = re.compile(
    r"^[ \t]*>[^\n]*|^[ \t]*\\?/\w[^\n]*|(?<!`)`++[^`\n]++`++"
    r"|(?:https?://|www\.)\S*[^\s?!.,;:)]",  # a question mark that ends an address is spoken
    re.MULTILINE | re.IGNORECASE,
)
_FENCES = re.compile(r"(?s)(```|~~~).*?(?:\1|\Z)")


@recalled_by_value(most=1 << 13)
def spoken(text: str) -> str:
    """Return a comment without code, quotes, commands and addresses."""
    return _NOT_SPOKEN_LINES.sub(" ", _FENCES.sub(" ", text))


def mentions(comment: str, person: Person) -> bool:
    """Tell whether a comment calls a person by their user name."""
    name = re.escape(person.username)
    return re.search(rf"(?<!\w)@{name}(?![\w-])", spoken(comment), re.IGNORECASE) is not None


def asks(comment: str) -> bool:
    """Tell whether a comment asks anything."""
    return "?" in spoken(comment)


def holder(card: Card, snapshot: Snapshot) -> Holder:
    """Return who has the ball now; without a configured assistant it is the owner."""
    return possessions(card, snapshot)[-1].holder


def possessions(
    card: Card, snapshot: Snapshot, acts: Iterable[Evidence] | None = None
) -> tuple[Possession, ...]:
    """Return who had the ball since hand-over, oldest first; the last one has it now.

    The one who has it does not get it anew: an owner's second word to the assistant begins no
    new possession.  ``acts`` is the card's evidence, if it is at hand.
    """
    board = snapshot.board_of(card)
    assistant = assistant_on(card, board)
    if assistant is None:
        return (_nobody(card, snapshot),)
    found = [_start(card, assistant, snapshot)]
    for each in evidence(card, snapshot) if acts is None else acts:
        if each.gives is not None and each.gives is not found[-1].holder:
            found.append(Possession(each.gives, each.action.at, each.action.id, each.meaning))
    if card.list_id in board.lists.review and found[-1].holder is Holder.ASSISTANT:
        # It lay there before it was handed over, or the list was given its meaning later.
        last = found[-1]
        found.append(Possession(Holder.OWNER, last.since, last.event, Reason("ball_review_list")))
    return tuple(found)


def evidence(card: Card, snapshot: Snapshot) -> Iterator[Evidence]:
    """Yield what people did since the hand-over to the card's assistant, and what it meant.

    In a review list the owner keeps the ball until the card leaves.
    """
    board = snapshot.board_of(card)
    assistant = assistant_on(card, board)
    handed = _start(card, assistant, snapshot).since if assistant else card.created
    in_review = False
    for action in people_actions(card, snapshot):
        if action.at <= handed:
            continue
        moved = _move(action, board)
        in_review = action.list_after in board.lists.review if action.list_after else in_review
        if moved is not None:
            yield Evidence(action, party_of(action, board, assistant), *moved)
        elif is_act(action):
            yield _act(action, board, assistant, in_review=in_review)


def party_of(action: Action, board: Board, assistant: Person | None) -> Party:
    """Tell whose act an action is."""
    if action.member_id == board.owner.member_id:
        return Party.OWNER
    if assistant is not None and action.member_id == assistant.member_id:
        return Party.ASSISTANT
    return Party.OTHER


def answer_given(action: Action) -> Answer | None:
    """Return the answer that an act gives in one word or by a tick, if it gives one."""
    if action.type == "commentCard":
        return answer_in(action.text)
    if action.item is not None and action.item_done and is_answers(action.checklist or ""):
        return answer_of_item(action.item)
    return None


def handed_over(card: Card, assistant: Person, snapshot: Snapshot) -> Action | None:
    """Return the comment that handed the card to this assistant, while it stands."""
    return comment_with(card, reference(card.id, "hand-over", assistant.member_id), snapshot)


def _start(card: Card, assistant: Person, snapshot: Snapshot) -> Possession:
    comment = handed_over(card, assistant, snapshot)
    since = comment.at if comment else _filled(card, snapshot)
    event = comment.id if comment else NO_EVENT
    back = [each for each in _joinings(card, assistant) if each.at > since]
    if back:
        since, event = back[-1].at, back[-1].id
    return Possession(Holder.ASSISTANT, since, event, Reason("ball_handed_over"))


def _joinings(card: Card, assistant: Person) -> Iterator[Action]:
    """Yield when this assistant was put on the card: whoever comes back begins anew."""
    for action in card.log or ():
        if action.type == "addMemberToCard" and action.about == assistant.member_id:
            yield action


def _filled(card: Card, snapshot: Snapshot) -> Instant:
    """Return when the bot filled a card whose hand-over comment is gone."""
    board = snapshot.board_of(card)
    joined = [
        each.at
        for each in card.log or ()
        if each.type == "addMemberToCard" and is_bots(each, card, board, snapshot.me)
    ]
    described = [each.at for each in own_writings(card, snapshot)]
    return max(joined or described[:1], default=card.created)


def _nobody(card: Card, snapshot: Snapshot) -> Possession:
    """Return since when nobody has the card: the last one left it, or was only ever told."""
    board = snapshot.board_of(card)
    left = [each for each in card.log or () if each.type == "removeMemberFromCard"]
    told = [
        each
        for each in bot_comments(card, snapshot)
        if kind_of_comment(each, card, board) == "hand-over"
    ]
    last = max([*left, *told], key=lambda each: each.at, default=None)
    since, event = (last.at, last.id) if last else (card.created, NO_EVENT)
    return Possession(Holder.OWNER, since, event, Reason("ball_nobody"))


def _move(action: Action, board: Board) -> tuple[Reason, Holder] | None:
    if action.list_after in board.lists.question:
        return Reason("ball_question_list"), Holder.OWNER
    if action.list_after in board.lists.review:
        return Reason("ball_review_list"), Holder.OWNER
    if action.list_before in board.lists.question | board.lists.review:
        return Reason("ball_left_list"), Holder.ASSISTANT
    return None


def _act(action: Action, board: Board, assistant: Person | None, *, in_review: bool) -> Evidence:
    by = party_of(action, board, assistant)
    if by is Party.OTHER:
        return Evidence(action, by, Reason("act_other"))
    only_command = is_only_command(action)
    if by is Party.OWNER:
        gives = None if in_review or only_command else Holder.ASSISTANT
        return Evidence(action, by, Reason("act_owner" if gives else "act_counts"), gives)
    reason = None if only_command else _why_passed(action, board.owner)
    if reason is None:
        return Evidence(action, by, Reason("act_counts"))
    return Evidence(action, by, reason, Holder.OWNER)


def is_only_command(action: Action) -> bool:
    """Tell whether a comment speaks to the bot alone: it tells the other one nothing."""
    if action.type != "commentCard" or command_in(action.text) is None:
        return False
    return not without_command(action.text).strip()


def _why_passed(action: Action, owner: Person) -> Reason | None:
    answer = answer_given(action)
    if answer is not None and answer.passes_the_ball:
        return Reason(f"act_{answer.value}")
    if action.type != "commentCard":
        return None
    if mentions(action.text, owner):
        return Reason("act_mention")
    return Reason("act_question") if asks(action.text) else None
