"""Comments and the reactions to them."""

from bot.sandbox import errors, limits, log
from bot.sandbox.clock import Stamp
from bot.sandbox.emoji import Emoji
from bot.sandbox.rows import Action, Author, Card, Json
from bot.sandbox.store import Store


def add(store: Store, by: Author, card: Card, text: str) -> Action:
    """Post a comment of 1 to 16384 UTF-16 units; the text is kept as it is."""
    limits.checked_text(text, "text", least=1)
    data = {"text": text, "textData": {"emoji": {}}, **log.place_of(store, card)}
    return store.actions[log.record(store, by, "commentCard", data)]


def edit(store: Store, by: Author, comment: Action, text: str) -> Action:
    """Replace a comment's text; only its author may.

    The action keeps id and date and gets ``dateLastEdited``; feeds show no new action.
    """
    if comment.type not in log.COMMENTS:
        raise errors.not_found()
    if comment.id_member_creator != by.id_member:
        raise errors.board_hidden()
    limits.checked_text(text, "text", least=1)
    old = comment.data["text"]
    data = _about(comment) | {"old": {"text": old}}
    data["action"] = {"id": comment.id, "text": text}
    hidden = store.actions[log.record(store, by, "updateComment", data)]
    edited: Stamp = hidden.date
    comment.data = {**comment.data, "text": text, "dateLastEdited": edited}
    return comment


def delete(store: Store, by: Author, comment: Action) -> None:
    """Delete a comment; its author may, and an admin of the board. The action vanishes."""
    if comment.type not in log.COMMENTS or comment.id_board is None:
        raise errors.not_found()
    role = store.role_of(by.id_member, store.boards[comment.id_board])
    if comment.id_member_creator != by.id_member and role != "admin":
        raise errors.board_hidden()
    store.drop_action(comment)
    if comment.id_card in store.cards:
        store.cards[comment.id_card].comments -= 1
    log.record(store, by, "deleteComment", _about(comment) | {"action": {"id": comment.id}})


def _about(comment: Action) -> Json:
    return {key: comment.data[key] for key in ("card", "board", "list") if key in comment.data}


def react(store: Store, by: Author, action: Action, emoji: Emoji) -> Json:
    """Put an emoji on an action; the same one by the same member changes nothing."""
    for each in action.reactions:
        if each["idMember"] == by.id_member and each["emoji"] == emoji:
            return each
    if len(action.reactions) >= limits.REACTIONS_PER_ACTION:
        raise errors.limit_reached("ACTION_REACTIONS_LIMIT_EXCEEDED")
    reaction = {
        "id": store.new_id(),
        "idMember": by.id_member,
        "idModel": action.id,
        "idEmoji": emoji["unified"],
        "emoji": emoji,
    }
    action.reactions.append(reaction)
    return reaction


def unreact(action: Action, id_reaction: str, by: Author) -> None:
    """Take one's own reaction back."""
    for each in action.reactions:
        if each["id"] == id_reaction:
            if each["idMember"] != by.id_member:
                raise errors.board_hidden()
            action.reactions.remove(each)
            return
    raise errors.not_found()
