from datetime import UTC, datetime

import pytest

from tests.unit.sandbox.shop import Shop


def test_people_work_by_hand_and_the_log_names_them(shop: Shop) -> None:
    card = shop.paul.add_card(shop.todo, "Écrire", labels=["delegate"], members=[shop.mel])
    shop.mel.set_start(card, datetime(2026, 12, 1, tzinfo=UTC))
    shop.mel.unlabel(card, "delegate")
    shop.mel.unassign(card, shop.mel)
    checklist = shop.mel.add_checklist(card, "Étapes", ["un"])
    shop.mel.remove_checklist(checklist)
    shop.mel.detach(shop.mel.attach(card, "https://a.example"))
    shop.mel.set_due(card, None)
    shop.mel.rename(card, "Écrire")
    assert {each.id_member_creator for each in shop.store.log(card.id)[1:]} == {shop.mel.id}
    assert shop.types(card) == [
        "createCard", "updateCard", "removeLabelFromCard", "updateCard", "removeMemberFromCard",
        "addChecklistToCard", "createCheckItem", "removeChecklistFromCard",
        "addAttachmentToCard", "deleteAttachmentFromCard",
    ]  # fmt: skip
    shop.paul.delete(card)
    assert card.id not in shop.store.cards


def test_a_card_moves_to_a_list_of_another_board(shop: Shop) -> None:
    other = shop.paul.add_board("Ailleurs", lists=["x"])
    shop.paul.move(shop.card, shop.world.list_named(other, "x"))
    assert shop.card.id_board == other.id


def test_a_move_to_where_it_is_does_nothing(shop: Shop) -> None:
    count = len(shop.types())
    shop.paul.move(shop.card, shop.todo)
    assert len(shop.types()) == count


def test_what_is_not_there_is_said_by_name(shop: Shop) -> None:
    with pytest.raises(LookupError, match="no label 'x'"):
        shop.paul.label(shop.card, "x")
    with pytest.raises(LookupError, match="no check item 'x'"):
        shop.paul.tick(shop.card, "x")
    shop.paul.add_checklist(shop.card, "c", ["y"])
    with pytest.raises(LookupError, match="no check item 'x'"):
        shop.paul.tick(shop.card, "x")
    with pytest.raises(LookupError, match="no list 'x'"):
        shop.world.list_named(shop.board, "x")
    with pytest.raises(LookupError, match="no card 'x'"):
        shop.world.card_named(shop.board, "x")


def test_people_and_cards_are_found_by_name(shop: Shop) -> None:
    assert shop.world.person("Mel").id == shop.mel.id
    assert shop.world.person("zoe").member.full_name == "Zoe"
    assert shop.world.card_named(shop.board, "Facture Dubois") is shop.card


def test_labels_and_items_may_be_given_as_they_are(shop: Shop) -> None:
    label = shop.paul.add_label(shop.board, "devis", "lime")
    shop.paul.label(shop.card, label)
    shop.paul.add_checklist(shop.card, "c", ["y"])
    shop.paul.tick(shop.card, shop.world.items(shop.card)[0])
    assert shop.world.labels(shop.card) == ["devis"]
    assert shop.world.items(shop.card)[0].done
