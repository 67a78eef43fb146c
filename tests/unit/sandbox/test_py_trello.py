"""The ordinary py-trello objects at work on the emulated service, over a socket."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from trello import ResourceUnavailable, TrelloClient, Unauthorized

from bot.sandbox import serving
from tests.unit.sandbox.shop import Shop

REAL = "https://api.trello.com/1"


class Redirected(requests.Session):
    """A session that sends what is meant for the real service to the sandbox."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        kwargs.setdefault("timeout", 5)
        return super().request(method, url.replace(REAL, self.url), *args, **kwargs)


@pytest.fixture
def client(shop: Shop) -> Iterator[Any]:
    grant = shop.world.grant(shop.paul)
    with serving(shop.store) as url, Redirected(url) as session:
        yield TrelloClient(api_key=grant.key, api_secret=grant.token, http_service=session)


def test_boards_lists_and_members_are_read(client: Any, shop: Shop) -> None:
    board = next(each for each in client.list_boards() if each.name == "Atelier")
    assert [each.name for each in board.list_lists("open")] == ["À faire", "En cours", "Terminé"]
    assert {each.username for each in board.all_members()} == {"paul", "mel", "olga", "robot"}
    assert [each.name for each in board.get_labels()] == ["delegate", "important"]
    assert [each.name for each in board.all_cards()] == ["Facture Dubois"]
    assert [each.name for each in board.visible_cards()] == ["Facture Dubois"]
    assert board.get_last_activity() is not None
    assert client.get_board(shop.board.id).name == "Atelier"
    assert client.get_member("mel").full_name == "Mel Rakoto"
    assert board.fetch_actions("all")
    assert client.search("facture")


def test_a_card_is_written_with_everything(client: Any, shop: Shop) -> None:
    board = client.get_board(shop.board.id)
    todo = board.list_lists("open")[0]
    card = todo.add_card("Écrire", desc="tout", labels=board.get_labels()[:1])
    card.set_name("Écrire mieux")
    card.set_description("autrement")
    card.set_due(datetime(2026, 12, 4, 16, tzinfo=UTC))
    card.set_due_complete()
    card.add_member(client.get_member("mel"))
    card.add_label(board.get_labels()[1])
    card.remove_label(board.get_labels()[0])
    assert card.name == "Écrire mieux"
    row = shop.store.card(card.id)
    assert row.due == "2026-12-04T16:00:00.000Z"
    assert shop.world.members(row) == ["mel"]
    assert shop.world.labels(row) == ["important"]


def test_a_card_is_filled_with_everything(client: Any, shop: Shop) -> None:
    card = client.get_card(shop.card.id)
    card.attach(name="guide", url="https://a.example")
    card.attach(name="a.txt", file=b"contenu", mimeType="text/plain")
    checklist = card.add_checklist("Étapes", ["un", "deux"], [True])
    checklist.set_checklist_item("deux", checked=True)
    checklist.rename("Pas")
    comment = card.comment("bonjour")
    card.update_comment(comment["id"], "bonsoir")
    card = client.get_card(card.id)
    card.fetch()
    assert [each["data"]["text"] for each in card.get_comments()] == ["bonsoir"]
    assert [each["state"] for each in card.checklists[0].items] == ["complete", "complete"]
    assert {each["name"] for each in card.fetch_attachments(force=True)} == {"guide", "a.txt"}


def test_a_card_is_moved_copied_and_deleted(client: Any, shop: Shop) -> None:
    board = client.get_board(shop.board.id)
    todo, doing, _ = board.list_lists("open")
    card = client.get_card(shop.card.id)
    card.change_list(doing.id)
    card.change_pos("top")
    assert len(card.fetch_actions("updateCard")) == 1
    copy = todo.add_card("Copie", source=card.id)
    assert copy.desc == "pour lundi"
    card.set_closed(True)
    assert shop.card.closed
    copy.delete()
    with pytest.raises(ResourceUnavailable):
        client.get_card(copy.id)


def test_lists_and_labels_are_made(client: Any, shop: Shop) -> None:
    board = client.get_board(shop.board.id)
    made = board.add_list("Neuf")
    made.set_name("Neuf 2")
    made.close()
    label = board.add_label("devis", "lime")
    assert client.get_label(label.id, board.id).name == "devis"
    assert [each.name for each in board.list_lists("closed")] == ["Neuf 2"]


def test_a_webhook_is_listed(client: Any, shop: Shop) -> None:
    client.fetch_json(
        "/webhooks",
        http_method="POST",
        post_args={"callbackURL": "https://a.example", "idModel": shop.board.id},
    )
    hook = client.list_hooks()[0]
    hook.delete()
    assert client.list_hooks() == []


def test_a_wrong_token_is_unauthorized(shop: Shop) -> None:
    grant = shop.world.grant(shop.paul)
    with serving(shop.store) as url, Redirected(url) as session:
        client = TrelloClient(api_key=grant.key, api_secret="wrong", http_service=session)
        with pytest.raises(Unauthorized, match="invalid token"):
            client.list_boards()
