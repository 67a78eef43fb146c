"""The state of a card: derived from what the board shows, never stored."""

from collections.abc import Set
from enum import Enum

from bot.domain.acts import bot_comments, comment_with, comments_of
from bot.domain.changes import Reason
from bot.domain.commands import is_go
from bot.domain.crossings import covered_lines
from bot.domain.doubles import doubles
from bot.domain.model import OUTLINE, Card, Snapshot
from bot.domain.people import assistant_on
from bot.domain.tokens import reference, reference_at_end
from bot.domain.traces import hand_over_references
from bot.domain.written import written_brief


class State(Enum):
    """Where a delegated card stands."""

    NOT_DELEGATED = "not_delegated"
    REQUESTED = "requested"
    INCOMPLETE = "incomplete"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    DONE = "done"


def is_delegated(card: Card, snapshot: Snapshot) -> bool:
    """Tell whether the card bears its board's delegate label."""
    label = snapshot.board_of(card).labels.delegate
    return label is not None and label in card.label_ids


def is_done(card: Card, snapshot: Snapshot) -> bool:
    """Tell whether the card lies in a done list, is marked complete, or is archived."""
    lists = snapshot.board_of(card).lists
    return card.list_id in lists.done or card.due_complete or card.closed


def is_held(card: Card, snapshot: Snapshot) -> bool:
    """Tell whether a person asked the bot to keep quiet on this card."""
    label = snapshot.board_of(card).labels.hold
    return label is not None and label in card.label_ids


def handed_over_to(card: Card, member_id: str, snapshot: Snapshot) -> bool:
    """Tell whether this assistant has been told, as far as the bot remembers."""
    return _told({reference(card.id, "hand-over", member_id)}, card, snapshot)


def ever_handed_over(card: Card, snapshot: Snapshot) -> bool:
    """Tell whether anybody has been told about the card, also who is no assistant any more."""
    return _told(hand_over_references(card, snapshot.board_of(card)), card, snapshot)


def _told(refs: Set[str], card: Card, snapshot: Snapshot) -> bool:
    return not refs.isdisjoint(snapshot.remembered) or any(
        reference_at_end(comment.text) in refs for comment in bot_comments(card, snapshot)
    )


def is_handed_over(card: Card, snapshot: Snapshot) -> bool:
    """Tell whether the hand-over comment stands, or the card's own brief and an assistant do."""
    if ever_handed_over(card, snapshot):
        return True
    brief = written_brief(card)
    assistant = assistant_on(card, snapshot.board_of(card))
    return brief is not None and brief.own and assistant is not None


def state_of(card: Card, snapshot: Snapshot) -> State:
    """Return the card's state."""
    if not is_delegated(card, snapshot):
        return State.NOT_DELEGATED
    if is_done(card, snapshot):
        return State.DONE
    if is_handed_over(card, snapshot):
        review = snapshot.board_of(card).lists.review
        return State.DELIVERED if card.list_id in review else State.HANDED_OVER
    asked = comment_with(card, reference(card.id, "ask"), snapshot)
    return State.INCOMPLETE if asked else State.REQUESTED


def has_brief(card: Card) -> bool:
    """Tell whether the card bears a brief of its own."""
    # Most cards of a large board: nothing on them says it too, only more slowly.
    if card.contents is OUTLINE:
        return False
    brief = written_brief(card)
    return brief is not None and brief.own


def is_flagged(card: Card, snapshot: Snapshot) -> bool:
    """Tell whether a card with a brief of its own bears the label of stopped work."""
    return snapshot.board_of(card).labels.stalled in card.label_ids and has_brief(card)


def owes_repair(card: Card, snapshot: Snapshot) -> bool:
    """Tell whether the bot covered a person's text on a card, or made something twice."""
    if not has_brief(card):
        return False
    return bool(covered_lines(card, snapshot)) or any(may for _, may in doubles(card, snapshot))


def concerns_bot(card: Card, snapshot: Snapshot) -> bool:
    """Tell whether a card is delegated, or bears a flag or fault of the time when it was."""
    return is_delegated(card, snapshot) or is_flagged(card, snapshot) or owes_repair(card, snapshot)


def silence(card: Card, snapshot: Snapshot) -> Reason | None:
    """Return why every rule leaves this card alone, if every rule does."""
    board = snapshot.board_of(card)
    checks = (
        (card.closed, "archived"),
        (card.list_id not in board.list_ids, "list_archived"),
        (card.is_template, "template_card"),
        (card.role is not None, "card_role"),
        (card.list_id in board.lists.ignored, "ignored_list"),
        (card.id in snapshot.portfolio_ids, "portfolio_card"),
        (board.labels.delegate is None, "no_delegate_label"),
        # First: what asks for silence is kept quiet about, whatever else is true of it.
        (is_held(card, snapshot), "held"),
        (not is_delegated(card, snapshot), "not_delegated"),
        (card.log is None, "log_unread"),
    )
    code = next((code for holds, code in checks if holds), None)
    return Reason(code) if code else None


def go_after(card: Card, ref: str, snapshot: Snapshot) -> str | None:
    """Return the id of the owner's ``/go`` that answers the bot's comment bearing ``ref``.

    A question that a person deleted, but the bot remembers, can still be answered.
    """
    question = comment_with(card, ref, snapshot)
    if question is None and ref not in snapshot.remembered:
        return None
    asked = question.at if question else card.created
    owner = snapshot.board_of(card).owner
    return next(
        (
            comment.id
            for comment in comments_of(owner.member_id, card, snapshot)
            if comment.at > asked and is_go(comment.text)
        ),
        None,
    )


def is_core(card: Card, snapshot: Snapshot) -> bool:
    """Tell whether the card bears the label of the core business."""
    label = snapshot.board_of(card).labels.core
    return label is not None and label in card.label_ids


def waits_for_triage(card: Card, snapshot: Snapshot) -> bool:
    """Tell whether the owner has yet to say that a core task may leave their hands."""
    answered = go_after(card, reference(card.id, "triage"), snapshot)
    return is_core(card, snapshot) and answered is None
