"""Checklists and their items."""

from bot.sandbox import errors, limits, log
from bot.sandbox.positions import FIRST_SMALL, placed
from bot.sandbox.rows import Author, Card, CheckItem, Checklist, Json
from bot.sandbox.store import Store


def add(store: Store, by: Author, card: Card, name: str, pos: object = None) -> Checklist:
    """Add an empty checklist; this alone does not move the card's ``dateLastActivity``."""
    checklist = _placed(store, card, name or "Checklist", pos)
    log.record(store, by, "addChecklistToCard", _data(store, card, checklist), quiet=True)
    return checklist


def checked_items(names: list[str]) -> list[str]:
    """Return the items of a checklist to come, or refuse them before anything is made."""
    if len(names) > limits.ITEMS_PER_CHECKLIST:
        raise errors.limit_reached("CHECKLIST_CHECK_ITEMS_LIMIT_EXCEEDED")
    return [limits.checked_text(each, "name", least=1) for each in names]


def copy(store: Store, by: Author, card: Card, source: Checklist, name: str = "") -> Checklist:
    """Add a copy of a checklist, its items unchecked."""
    checklist = _placed(store, card, name or source.name, None)
    for each in source.id_items:
        item = store.check_items[each]
        _put_item(store, checklist, CheckItem("", checklist.id, item.name, item.pos))
    log.record(store, by, "addChecklistToCard", _data(store, card, checklist))
    return checklist


def _placed(store: Store, card: Card, name: str, pos: object) -> Checklist:
    if len(card.id_checklists) >= limits.CHECKLISTS_PER_CARD:
        raise errors.limit_reached("CARD_CHECKLISTS_LIMIT_EXCEEDED")
    taken = [store.checklists[each].pos for each in card.id_checklists]
    checklist = Checklist(
        id=store.new_id(),
        id_board=card.id_board,
        id_card=card.id,
        name=limits.checked_text(name, "name"),
        pos=placed(pos, taken, first=FIRST_SMALL),
    )
    store.checklists[checklist.id] = checklist
    card.id_checklists = [*card.id_checklists, checklist.id]
    return checklist


def rename(store: Store, by: Author, checklist: Checklist, name: str) -> None:
    """Rename a checklist; feeds do not show it."""
    old, checklist.name = checklist.name, limits.checked_text(name, "name", least=1)
    data = _data(store, store.cards[checklist.id_card], checklist)
    log.record(store, by, "updateChecklist", data | {"old": {"name": old}})


def set_pos(store: Store, checklist: Checklist, wanted: object) -> None:
    """Move a checklist among those of its card."""
    card = store.cards[checklist.id_card]
    others = [store.checklists[each].pos for each in card.id_checklists if each != checklist.id]
    checklist.pos = placed(wanted, others, first=FIRST_SMALL)
    log.touch(store, card)


def remove(store: Store, by: Author, checklist: Checklist) -> None:
    """Delete a checklist with its items."""
    card = store.cards[checklist.id_card]
    card.id_checklists = [each for each in card.id_checklists if each != checklist.id]
    for each in checklist.id_items:
        del store.check_items[each]
    del store.checklists[checklist.id]
    log.record(store, by, "removeChecklistFromCard", _data(store, card, checklist))


def add_item(
    store: Store, by: Author, checklist: Checklist, draft: CheckItem, pos: object = None
) -> CheckItem:
    """Add an item; of ``draft`` everything but id and position counts."""
    if len(checklist.id_items) >= limits.ITEMS_PER_CHECKLIST:
        raise errors.limit_reached("CHECKLIST_CHECK_ITEMS_LIMIT_EXCEEDED")
    limits.checked_text(draft.name, "name", least=1)
    taken = [store.check_items[each].pos for each in checklist.id_items]
    draft.pos = placed(pos, taken, first=FIRST_SMALL)
    item = _put_item(store, checklist, draft)
    log.record(store, by, "createCheckItem", item_data(store, checklist, item))
    return item


def _put_item(store: Store, checklist: Checklist, item: CheckItem) -> CheckItem:
    item.id, item.id_checklist = store.new_id(), checklist.id
    store.check_items[item.id] = item
    checklist.id_items = [*checklist.id_items, item.id]
    return item


def tick(store: Store, by: Author, item: CheckItem, *, done: bool) -> None:
    """Tick or untick an item: one ``updateCheckItemStateOnCard``, none if nothing changes."""
    if item.done == done:
        return
    item.done = done
    checklist = store.checklists[item.id_checklist]
    log.record(store, by, "updateCheckItemStateOnCard", item_data(store, checklist, item))


def rename_item(store: Store, by: Author, item: CheckItem, name: str) -> None:
    """Rename an item; feeds do not show it, but it moves ``dateLastActivity``."""
    old, item.name = item.name, limits.checked_text(name, "name", least=1)
    data = item_data(store, store.checklists[item.id_checklist], item)
    log.record(store, by, "updateCheckItem", data | {"old": {"name": old}})


def move_item(
    store: Store, item: CheckItem, target: Checklist | None = None, pos: object = None
) -> None:
    """Move an item within its checklist or to another one of the same card."""
    home = store.checklists[item.id_checklist]
    target = target or home
    if target.id_card != home.id_card:
        raise errors.invalid_value("idChecklist")
    home.id_items = [each for each in home.id_items if each != item.id]
    taken = [store.check_items[each].pos for each in target.id_items]
    item.pos = placed(pos, taken, first=FIRST_SMALL)
    item.id_checklist = target.id
    target.id_items = [*target.id_items, item.id]
    log.touch(store, store.cards[target.id_card])


def remove_item(store: Store, by: Author, item: CheckItem) -> None:
    """Delete an item; feeds do not show it."""
    checklist = store.checklists[item.id_checklist]
    checklist.id_items = [each for each in checklist.id_items if each != item.id]
    del store.check_items[item.id]
    log.record(store, by, "deleteCheckItem", item_data(store, checklist, item))


def items_of(store: Store, checklist: Checklist) -> list[CheckItem]:
    """Return a checklist's items by position."""
    items = [store.check_items[each] for each in checklist.id_items]
    return sorted(items, key=lambda each: (each.pos, each.id))


def checklists_of(store: Store, card: Card) -> list[Checklist]:
    """Return a card's checklists by position."""
    mine = [store.checklists[each] for each in card.id_checklists]
    return sorted(mine, key=lambda each: (each.pos, each.id))


def _data(store: Store, card: Card, checklist: Checklist) -> Json:
    data = log.on_card(store, card)
    return data | {"checklist": {"id": checklist.id, "name": checklist.name}}


def item_data(store: Store, checklist: Checklist, item: CheckItem) -> Json:
    """Return how an action names a check item."""
    data = _data(store, store.cards[checklist.id_card], checklist)
    state = "complete" if item.done else "incomplete"
    entry = {"id": item.id, "name": item.name, "state": state, "textData": {"emoji": {}}}
    return data | {"checkItem": entry}
