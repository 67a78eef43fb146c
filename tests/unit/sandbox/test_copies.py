from datetime import UTC, datetime
from typing import Any

import pytest

from bot.sandbox.rows import Card
from tests.unit.sandbox.shop import Shop

DUE = datetime(2026, 12, 4, 16, tzinfo=UTC)


def full(shop: Shop) -> Card:
    card = shop.card
    shop.paul.label(card, "delegate")
    shop.paul.assign(card, shop.mel)
    shop.paul.set_due(card, DUE)
    shop.paul.complete(card)
    shop.mel.comment(card, "un")
    shop.robot.comment(card, "deux")
    shop.mel.add_checklist(card, "Étapes", ["a"])
    shop.mel.tick(card, "a")
    shop.mel.attach(card, "https://a.example", "a")
    shop.mel.upload(card, "b.txt", b"b")
    return card


def test_a_copy_has_all_but_completion_and_ticks(shop: Shop) -> None:
    source = full(shop)
    made = shop.api.ok(
        "POST",
        "/cards",
        {"idList": shop.doing.id, "idCardSource": source.id, "keepFromSource": "all"},
    )
    card = shop.store.card(made["id"])
    assert (card.name, card.desc, card.due) == (source.name, source.desc, source.due)
    assert not card.due_complete
    assert shop.world.labels(card) == ["delegate"]
    assert shop.world.members(card) == ["mel"]
    assert [each.done for each in shop.world.items(card)] == [False]
    assert shop.world.texts(card) == ["un", "deux"]
    assert len(card.id_attachments) == 2
    assert set(card.id_attachments).isdisjoint(source.id_attachments)
    assert len(shop.store.uploads) == 2


def test_copied_comments_are_by_whoever_copies_and_name_the_first_author(shop: Shop) -> None:
    copy = shop.paul.copy_card(full(shop))
    comments = shop.world.comments(copy)
    assert {each.type for each in comments} == {"copyCommentCard"}
    assert {each.id_member_creator for each in comments} == {shop.paul.id}
    authors = [each.data["idOriginalCommenter"] for each in comments]
    assert authors == [shop.mel.id, shop.robot.id]
    again = shop.mel.copy_card(copy)
    assert [e.data["idOriginalCommenter"] for e in shop.world.comments(again)] == authors


def test_a_copy_is_logged_as_a_copy(shop: Shop) -> None:
    copy = shop.paul.copy_card(full(shop), name="Double")
    first = shop.store.log(copy.id)[0]
    assert first.type == "copyCard"
    assert first.data["cardSource"]["name"] == "Facture Dubois"
    assert "createCard" not in shop.types(copy)
    added = next(each for each in shop.store.log(copy.id) if each.type == "addMemberToCard")
    assert added.data["fromCopy"] is True


@pytest.mark.parametrize(
    ("keep", "body"),
    [
        ("due", {"name": "N", "desc": "D"}),
        ("checklists,comments", {}),
        ("labels,members,attachments,start", {"idMembers": "MEL"}),
    ],
)
def test_only_what_is_named_comes_along(shop: Shop, keep: str, body: dict[str, Any]) -> None:
    source = full(shop)
    if body.get("idMembers"):
        body = body | {"idMembers": [shop.mel.id]}
    made = shop.api.ok(
        "POST",
        "/cards",
        {"idList": shop.doing.id, "idCardSource": source.id, "keepFromSource": keep, **body},
    )
    card = shop.store.card(made["id"])
    assert (card.due is not None) == ("due" in keep)
    assert bool(card.id_checklists) == ("checklists" in keep)
    assert bool(shop.world.comments(card)) == ("comments" in keep)
    assert bool(card.id_labels) == ("labels" in keep)
    assert bool(card.id_members) == ("members" in keep)
    assert card.name == body.get("name", source.name)
    assert card.desc == body.get("desc", source.desc)


def test_a_copy_on_another_board_leaves_its_labels_and_strangers_behind(shop: Shop) -> None:
    other = shop.paul.add_board("Ailleurs", lists=["x"])
    copy = shop.paul.copy_card(full(shop), shop.world.list_named(other, "x"))
    assert copy.id_labels == []
    assert copy.id_members == []
