"""Copied cards: what comes along and what starts anew."""

from dataclasses import replace

from bot.sandbox import cards, checklists, log
from bot.sandbox.rows import Author, BoardList, Card
from bot.sandbox.store import Store

PARTS = frozenset({
    "attachments", "checklists", "comments", "customFields", "due", "labels", "members", "start",
    "stickers",
})  # fmt: skip


def copy_card(
    store: Store,
    by: Author,
    source: Card,
    wanted: tuple[BoardList, cards.Draft],
    keep: frozenset[str] = PARTS,
) -> Card:
    """Copy a card into a list.

    Name and description come along unless the draft has its own, checklists with their items
    unchecked, comments as ``copyCommentCard`` by whoever copies; completion does not.
    """
    list_, draft = wanted
    target = store.boards[list_.id_board]
    card = cards.place_new(store, by, list_, _filled(source, draft, keep))
    if target.id == source.id_board and "labels" in keep:
        card.id_labels = list(dict.fromkeys([*source.id_labels, *card.id_labels]))
    from_source = {"cardSource": log.card_data(source)}
    log.record(store, by, "copyCard", log.place_of(store, card) | from_source)
    if "checklists" in keep:
        for each in checklists.checklists_of(store, source):
            checklists.copy(store, by, card, each)
    if "attachments" in keep:
        _copy_attachments(store, source, card)
    if "members" in keep:
        _copy_members(store, by, source, card)
    if "comments" in keep:
        _copy_comments(store, by, source, card)
    return card


def _filled(source: Card, draft: cards.Draft, keep: frozenset[str]) -> cards.Draft:
    return replace(
        draft,
        name=draft.name or source.name,
        desc=draft.desc or source.desc,
        due=draft.due or (source.due if "due" in keep else None),
        start=draft.start or (source.start if "start" in keep else None),
    )


def _copy_attachments(store: Store, source: Card, card: Card) -> None:
    for each in source.id_attachments:
        copied = replace(store.attachments[each], id=store.new_id(), id_card=card.id)
        store.attachments[copied.id] = copied
        card.id_attachments = [*card.id_attachments, copied.id]
        if each in store.uploads:
            store.uploads[copied.id] = store.uploads[each]


def _copy_members(store: Store, by: Author, source: Card, card: Card) -> None:
    board = store.boards[card.id_board]
    for each in source.id_members:
        if each in card.id_members or store.role_of(each, board) is None:
            continue
        card.id_members = [*card.id_members, each]
        name = store.members[each].full_name
        data = {"idMember": each, "fromCopy": True, **log.on_card(store, card)}
        data["member"] = {"id": each, "name": name}
        log.record(store, by, "addMemberToCard", data)


def _copy_comments(store: Store, by: Author, source: Card, card: Card) -> None:
    about = {key: value for key, value in log.card_data(source).items() if key != "shortLink"}
    for each in list(store.log(source.id)):
        if each.type in log.COMMENTS:
            data = log.on_card(store, card) | {"cardSource": about}
            data["idOriginalCommenter"] = each.data.get(
                "idOriginalCommenter", each.id_member_creator
            )
            log.record(store, by, "copyCommentCard", data | {"text": each.data["text"]})
