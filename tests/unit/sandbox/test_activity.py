"""``dateLastActivity``: what moves it, and what does not."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.sandbox.clock import instant
from bot.sandbox.rows import CheckItem
from tests.unit.sandbox.shop import Shop

MOVING: dict[str, Callable[[Shop], object]] = {
    "comment": lambda shop: shop.robot.comment(shop.card, "x"),
    "edited comment": lambda shop: shop.mel.edit_comment(shop.world.comments(shop.card)[0], "y"),
    "deleted comment": lambda shop: shop.mel.delete_comment(shop.world.comments(shop.card)[0]),
    "name": lambda shop: shop.mel.rename(shop.card, "x"),
    "description": lambda shop: shop.mel.describe(shop.card, "x"),
    "position": lambda shop: shop.api.ok("PUT", f"/cards/{shop.card.id}/pos", {"value": 7}),
    "list": lambda shop: shop.mel.move(shop.card, shop.doing),
    "label": lambda shop: shop.mel.label(shop.card, "delegate"),
    "member": lambda shop: shop.mel.join(shop.card),
    "attachment": lambda shop: shop.mel.attach(shop.card, "https://a.example"),
    "tick": lambda shop: shop.mel.tick(shop.card, "un"),
    "renamed item": lambda shop: shop.api.ok(
        "PUT", f"/cards/{shop.card.id}/checkItem/{item(shop).id}", {"name": "x"}
    ),
    "moved item": lambda shop: shop.api.ok(
        "PUT", f"/cards/{shop.card.id}/checkItem/{item(shop).id}", {"pos": "top"}
    ),
    "vote": lambda shop: shop.api.ok(
        "POST", f"/cards/{shop.card.id}/membersVoted", {"value": shop.mel.id}
    ),
    "archive": lambda shop: shop.mel.archive(shop.card),
}


def item(shop: Shop) -> CheckItem:
    return shop.world.items(shop.card)[0]


@pytest.mark.parametrize("what", MOVING)
def test_every_write_moves_the_card_and_its_board(shop: Shop, what: str) -> None:
    shop.mel.comment(shop.card, "avant")
    shop.mel.add_checklist(shop.card, "pas", ["un"])
    card, board = shop.card.date_last_activity, shop.board.date_last_activity
    shop.world.advance(timedelta(minutes=1))
    MOVING[what](shop)
    assert shop.card.date_last_activity > card
    assert shop.board.date_last_activity > board


def test_an_empty_checklist_does_not_move_the_card(shop: Shop) -> None:
    before = shop.card.date_last_activity
    shop.world.advance(timedelta(minutes=1))
    shop.mel.add_checklist(shop.card, "pas")
    assert shop.card.date_last_activity == before


def test_a_refused_write_moves_nothing(shop: Shop) -> None:
    before = shop.card.date_last_activity
    shop.world.advance(timedelta(minutes=1))
    assert shop.api("PUT", f"/cards/{shop.card.id}", {"name": ""}).status == 400
    assert shop.card.date_last_activity == before


def test_a_reaction_moves_nothing(shop: Shop) -> None:
    comment = shop.mel.comment(shop.card, "x")
    before = shop.card.date_last_activity
    shop.world.advance(timedelta(minutes=1))
    shop.paul.react(comment)
    assert shop.card.date_last_activity == before


def test_activity_lies_ten_milliseconds_before_the_action(shop: Shop) -> None:
    comment = shop.robot.comment(shop.card, "x")
    lead = instant(comment.date) - instant(shop.card.date_last_activity)
    assert lead == timedelta(milliseconds=10)
