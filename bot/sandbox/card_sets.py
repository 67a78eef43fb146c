"""Labels, members and votes on a card: put on and taken off one by one, or as a whole set."""

from bot.sandbox import cards, errors, log
from bot.sandbox.rows import Author, Card, Json, Label
from bot.sandbox.store import Store


def add_label(store: Store, by: Author, card: Card, ref: str) -> None:
    """Put a label on: a hidden ``addLabelToCard`` and an ``updateCard`` of ``idLabels``."""
    label = cards.label_here(store, store.boards[card.id_board], ref)
    if label.id in card.id_labels:
        raise errors.RefusedError(400, "that label is already on the card")
    _change_labels(store, by, card, [*card.id_labels, label.id])


def remove_label(store: Store, by: Author, card: Card, ref: str) -> None:
    """Take a label off; refuses one that is not on the card."""
    if ref not in card.id_labels:
        raise errors.not_found()
    _change_labels(store, by, card, [each for each in card.id_labels if each != ref])


def set_labels(store: Store, by: Author, card: Card, wanted: list[str]) -> None:
    """Replace the whole set; an id given twice is refused since April 2025."""
    if len(set(wanted)) != len(wanted):
        raise errors.RefusedError(400, "label not found")
    for each in wanted:
        cards.label_here(store, store.boards[card.id_board], each)
    _change_labels(store, by, card, wanted)


def _change_labels(store: Store, by: Author, card: Card, wanted: list[str]) -> None:
    old = card.id_labels
    if old == wanted:
        return
    card.id_labels = wanted
    for each in wanted:
        if each not in old:
            _log_label(store, by, card, (store.labels[each], "addLabelToCard"))
    for each in old:
        if each not in wanted:
            _log_label(store, by, card, (store.labels[each], "removeLabelFromCard"))
    cards.log_update(store, by, card, "idLabels", (old, list(wanted)))


def _log_label(store: Store, by: Author, card: Card, done: tuple[Label, str]) -> None:
    label, kind = done
    data = log.on_card(store, card)
    data |= {"value": label.color, "text": label.name}
    data["label"] = {"id": label.id, "name": label.name, "color": label.color}
    log.record(store, by, kind, data)


def add_member(store: Store, by: Author, card: Card, ref: str) -> None:
    """Put a member on; refuses one who is there already, so that it can serve as a lock."""
    member = cards.member_here(store, store.boards[card.id_board], ref)
    if member.id in card.id_members:
        raise errors.RefusedError(400, "member is already on the card")
    card.id_members = [*card.id_members, member.id]
    log.record(store, by, "addMemberToCard", _member_data(store, card, member.id))


def remove_member(store: Store, by: Author, card: Card, ref: str) -> None:
    """Take a member off; refuses one who is not on the card."""
    if ref not in card.id_members:
        raise errors.RefusedError(400, "member is not on the card")
    card.id_members = [each for each in card.id_members if each != ref]
    data = _member_data(store, card, ref)
    log.record(store, by, "removeMemberFromCard", {**data, "deactivated": False})


def set_members(store: Store, by: Author, card: Card, wanted: list[str]) -> None:
    """Replace the whole set, with one action for each who comes or goes."""
    for each in list(dict.fromkeys(wanted)):
        if each not in card.id_members:
            add_member(store, by, card, each)
    for each in list(card.id_members):
        if each not in wanted:
            remove_member(store, by, card, each)


def _member_data(store: Store, card: Card, id_member: str) -> Json:
    name = store.members[id_member].full_name
    data = log.on_card(store, card)
    return {"idMember": id_member, **data, "member": {"id": id_member, "name": name}}


def vote(store: Store, by: Author, card: Card, id_member: str) -> None:
    """Vote; twice is refused."""
    if id_member in card.id_members_voted:
        raise errors.RefusedError(400, "member has already voted on the card")
    card.id_members_voted = [*card.id_members_voted, id_member]
    log.record(store, by, "voteOnCard", {**log.on_card(store, card), "voted": True})


def unvote(store: Store, by: Author, card: Card, id_member: str) -> None:
    """Take a vote back; refused without one."""
    if id_member not in card.id_members_voted:
        raise errors.RefusedError(400, "member has not voted on the card")
    card.id_members_voted = [each for each in card.id_members_voted if each != id_member]
    log.record(store, by, "voteOnCard", {**log.on_card(store, card), "voted": False})
