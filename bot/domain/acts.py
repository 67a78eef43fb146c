"""Who did what on a card: the bot's own traces told apart from people's acts."""

from collections.abc import Iterator

from bot.domain.model import PLANNED, Action, Board, Card, Identity, Instant, Person, Snapshot
from bot.domain.recall import recalled_by_identity
from bot.domain.tokens import reference, reference_at_end, references_in
from bot.domain.traces import dashboard_reference, kind_of_comment

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


def is_bots(action: Action, card: Card, board: Board, me: Identity) -> bool:
    """Tell whether the bot did this.

    On an account that the bot shares with a person, a comment is the bot's only if it carries a
    reference valid for that card and comes from the bot's application; other actions are the
    bot's by the application alone; everything else is the person's.
    """
    if not _by_bots_hand(action, me):
        return False
    own_account = not me.shared or action.member_id != me.member_id
    return own_account or action.type != "commentCard" or bears_reference(action, card, board)


def _by_bots_hand(action: Action, me: Identity) -> bool:
    """Tell whether account and application are the bot's."""
    if action.member_id not in me.accounts:
        return False
    if not me.shared or action.member_id != me.member_id:
        return True
    return action.app_id is not None and action.app_id in {me.app_id, PLANNED}


def bears_reference(action: Action, card: Card, board: Board) -> bool:
    """Tell whether a comment ends with a reference that is valid for this card."""
    return kind_of_comment(action, card, board) is not None


def learned_app(snapshot: Snapshot) -> str | None:
    """Return the application id of the bot's oldest comment with a valid reference.

    A run that ended before its first comment leaves only a description: the write that brought
    the signature of a brief or dashboard onto the card is the bot's too.
    """
    mine = [
        action
        for card in snapshot.cards.values()
        for action in (*_signed_comments(card, snapshot), *_signed_descriptions(card))
        if action.member_id == snapshot.me.member_id and action.app_id not in {None, PLANNED}
    ]
    return min(mine, key=lambda action: action.at).app_id if mine else None


def _signed_comments(card: Card, snapshot: Snapshot) -> Iterator[Action]:
    board = snapshot.board_of(card)
    for action in card.log or ():
        if action.type == "commentCard" and bears_reference(action, card, board):
            yield action


def _signed_descriptions(card: Card) -> Iterator[Action]:
    refs = {reference(card.id, "brief"), dashboard_reference(card.id)}
    writes = [each for each in card.log or () if each.field == "desc"]
    texts = [*(each.old or "" for each in writes), card.desc]
    for write, before, after in zip(writes, texts, texts[1:], strict=False):
        new = refs.intersection(references_in(after)) - set(references_in(before))
        if new:
            yield write


def bot_comments(card: Card, snapshot: Snapshot) -> Iterator[Action]:
    """Yield the bot's own comments on a card, oldest first."""
    return iter(_bot_comments(card, snapshot.board_of(card), snapshot.me))


@recalled_by_identity(most=256)
def _bot_comments(card: Card, board: Board, me: Identity) -> tuple[Action, ...]:
    said = (each for each in card.log or () if each.type == "commentCard")
    return tuple(each for each in said if is_bots(each, card, board, me))


def comment_with(card: Card, ref: str, snapshot: Snapshot) -> Action | None:
    """Return the bot's oldest comment on the card that bears ``ref``.

    ``ref`` itself is valid for the card: on a shared account no other proof of it is needed.
    """
    mine = (each for each in card.log or () if each.type == "commentCard")
    return next(
        (
            each
            for each in mine
            if reference_at_end(each.text) == ref and _by_bots_hand(each, snapshot.me)
        ),
        None,
    )


def stands(card: Card, ref: str, snapshot: Snapshot) -> bool:
    """Tell whether the bot has posted a text with this reference, as far as it knows."""
    return ref in snapshot.remembered or comment_with(card, ref, snapshot) is not None


def newest_act(member_id: str, card: Card, snapshot: Snapshot) -> Action | None:
    """Return the newest act of a person on the card."""
    acts = [
        each
        for each in people_actions(card, snapshot)
        if each.member_id == member_id and is_act(each)
    ]
    return acts[-1] if acts else None


def addresses(comment: Action, person: Person) -> bool:
    """Tell whether a comment of the bot speaks to this person: its first word is the mention."""
    mention, rest = f"@{person.username}", comment.text.lstrip()
    follows = rest[len(mention) : len(mention) + 2]
    ends = not follows or not (follows[0].isalnum() or follows[0] in "_-")
    return rest.lower().startswith(mention.lower()) and ends


def people_actions(card: Card, snapshot: Snapshot) -> Iterator[Action]:
    """Yield what people did on the card, acts or not, oldest first.

    On a shared account a comment of the bot about an act that its author has deleted is known to
    nobody by its reference: it is no proof of the bot's hand, but no person's act either.
    """
    return iter(_people_actions(card, snapshot.board_of(card), snapshot.me))


@recalled_by_identity(most=256)
def _people_actions(card: Card, board: Board, me: Identity) -> tuple[Action, ...]:
    return tuple(
        each
        for each in card.log or ()
        if not is_bots(each, card, board, me) and not _is_orphan(each, me)
    )


def _is_orphan(action: Action, me: Identity) -> bool:
    written = action.type == "commentCard" and _by_bots_hand(action, me)
    return written and reference_at_end(action.text) is not None


def last_touch(card: Card, snapshot: Snapshot) -> Instant:
    """Return when a person last touched the card in any way; its creation at the earliest."""
    return max([card.created, *(each.at for each in people_actions(card, snapshot))])


def comments_of(member_id: str, card: Card, snapshot: Snapshot) -> Iterator[Action]:
    """Yield a person's own comments on the card, oldest first; copied ones are not theirs."""
    for action in people_actions(card, snapshot):
        if action.type == "commentCard" and action.member_id == member_id:
            yield action
