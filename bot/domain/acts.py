"""Who did what on a card: the bot's own traces told apart from people's acts."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.model import Action, Board, Card, Identity, Instant, Snapshot
from bot.domain.tokens import reference, reference_at_end, references_in

_FIELDS_OF_ACTS = {"idList", "name", "desc", "due", "start", "dueComplete", "closed"}
_TYPES_OF_ACTS = {
    "commentCard",
    "updateCheckItemStateOnCard",
    "addChecklistToCard",
    "removeChecklistFromCard",
    "addAttachmentToCard",
    "deleteAttachmentFromCard",
    "addMemberToCard",
    "removeMemberFromCard",
    "moveCardToBoard",
}


def is_act(action: Action) -> bool:
    """Tell whether an action counts as work on the card (not: position, labels, cover, votes)."""
    if action.type == "updateCard":
        return action.field in _FIELDS_OF_ACTS
    return action.type in _TYPES_OF_ACTS


def limit_days(board: Board, at: Instant) -> tuple[str, str]:
    """Return the local dates that a question about the limit, posted at ``at``, may bear.

    Planned before midnight and posted after it is the case of the second.
    """
    day = board.owner.calendar.local(at).date()
    return day.isoformat(), (day - timedelta(days=1)).isoformat()


def references_on(card: Card, board: Board, at: Instant) -> frozenset[str]:
    """Return every reference that a comment of the bot on this card, posted at ``at``, may bear."""
    return frozenset(
        (
            reference(card.id, "ask"),
            reference(card.id, "triage"),
            *hand_over_references(card, board),
            *(reference(card.id, "limit", day) for day in limit_days(board, at)),
        )
    )


def hand_over_references(card: Card, board: Board) -> frozenset[str]:
    """Return the references of hand-overs to all who are or may have been assistants here."""
    told = {
        *(each.member_id for each in board.assistants),
        *board.member_ids,
        *card.member_ids,
        *(each.member_id for each in card.log or ()),
    }
    return frozenset(reference(card.id, "hand-over", each) for each in told)


def is_bots(action: Action, card: Card, board: Board, me: Identity) -> bool:
    """Tell whether the bot did this.

    On an account that the bot shares with a person, a comment is the bot's only if it carries a
    reference valid for that card and comes from the bot's application; other actions are the
    bot's by the application alone; everything else is the person's.
    """
    if action.member_id not in me.accounts:
        return False
    if not me.shared or action.member_id != me.member_id:
        return True
    if me.app_id is None or action.app_id != me.app_id:
        return False
    return action.type != "commentCard" or bears_reference(action, card, board)


def bears_reference(action: Action, card: Card, board: Board) -> bool:
    """Tell whether a comment ends with a reference that is valid for this card."""
    return reference_at_end(action.text) in references_on(card, board, action.at)


def learned_app(snapshot: Snapshot) -> str | None:
    """Return the application id of the bot's oldest comment with a valid reference.

    A run that ended before its first comment leaves only a description: the write that brought
    the brief's signature onto the card is the bot's too.
    """
    mine = [
        action
        for card in snapshot.cards.values()
        for action in (*_signed_comments(card, snapshot), *_signed_descriptions(card))
        if action.member_id == snapshot.me.member_id and action.app_id is not None
    ]
    return min(mine, key=lambda action: action.at).app_id if mine else None


def _signed_comments(card: Card, snapshot: Snapshot) -> Iterator[Action]:
    board = snapshot.board_of(card)
    for action in card.log or ():
        if action.type == "commentCard" and bears_reference(action, card, board):
            yield action


def _signed_descriptions(card: Card) -> Iterator[Action]:
    ref = reference(card.id, "brief")
    writes = [each for each in card.log or () if each.field == "desc"]
    texts = [*(each.old or "" for each in writes), card.desc]
    for write, before, after in zip(writes, texts, texts[1:], strict=False):
        if ref in references_in(after) and ref not in references_in(before):
            yield write


def bot_comments(card: Card, snapshot: Snapshot) -> Iterator[Action]:
    """Yield the bot's own comments on a card, oldest first."""
    board = snapshot.board_of(card)
    for action in card.log or ():
        if action.type == "commentCard" and is_bots(action, card, board, snapshot.me):
            yield action


def comment_with(card: Card, ref: str, snapshot: Snapshot) -> Action | None:
    """Return the bot's oldest comment on the card that bears ``ref``."""
    mine = bot_comments(card, snapshot)
    return next((each for each in mine if reference_at_end(each.text) == ref), None)


def people_actions(card: Card, snapshot: Snapshot) -> Iterator[Action]:
    """Yield what people did on the card, acts or not, oldest first."""
    board = snapshot.board_of(card)
    for action in card.log or ():
        if not is_bots(action, card, board, snapshot.me):
            yield action


def last_touch(card: Card, snapshot: Snapshot) -> Instant:
    """Return when a person last touched the card in any way; its creation at the earliest."""
    return max([card.created, *(each.at for each in people_actions(card, snapshot))])


def comments_of(member_id: str, card: Card, snapshot: Snapshot) -> Iterator[Action]:
    """Yield a person's own comments on the card, oldest first; copied ones are not theirs."""
    for action in people_actions(card, snapshot):
        if action.type == "commentCard" and action.member_id == member_id:
            yield action
