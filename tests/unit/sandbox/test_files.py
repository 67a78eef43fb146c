import json
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from bot.sandbox import Store, create_app
from bot.sandbox.files import StateFileError, load, save
from tests.unit.sandbox.shop import Api, Shop
from tests.unit.shell.full_disk import full_disk


def test_a_saved_state_is_the_same_when_loaded(shop: Shop, tmp_path: Path) -> None:
    comment = shop.mel.comment(shop.card, "« été » 🎉")
    shop.paul.react(comment)
    shop.paul.upload(shop.card, "a.bin", b"\x00\xff")
    shop.mel.add_checklist(shop.card, "Étapes", ["un"])
    shop.api.ok("POST", "/webhooks", {"callbackURL": "https://a.example", "idModel": shop.board.id})
    path = tmp_path / "deep" / "state.json"
    save(shop.store, path)
    again = load(path, shop.world.clock)
    second = tmp_path / "again.json"
    save(again, second)
    assert second.read_bytes() == path.read_bytes()
    assert again.uploads == shop.store.uploads
    assert [each.name for each in path.parent.iterdir()] == ["state.json"]


def test_half_a_character_of_a_request_is_kept_and_shown_as_its_replacement(
    shop: Shop, tmp_path: Path
) -> None:
    shop.api.ok("PUT", f"/cards/{shop.card.id}", {"name": "a\ud800b", "desc": "\U0001f600"})
    save(shop.store, tmp_path / "state.json")
    card = load(tmp_path / "state.json", shop.world.clock).cards[shop.card.id]
    assert (card.name, card.desc) == ("a\ufffdb", "\U0001f600")
    for page in (f"/c/{card.short_link}", f"/b/{shop.board.short_link}"):
        assert "a\ufffdb" in Client(shop.app).get(page).text


def test_a_save_that_fails_leaves_the_old_file_and_nothing_beside_it(
    shop: Shop, tmp_path: Path
) -> None:
    path = tmp_path / "state.json"
    save(shop.store, path)
    before = path.read_bytes()
    shop.mel.comment(shop.card, "trop")
    with full_disk(), pytest.raises(OSError, match="File too large"):
        save(shop.store, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_loaded_state_goes_on_where_it_stopped(shop: Shop, tmp_path: Path) -> None:
    grant = shop.world.grant(shop.robot)
    save(shop.store, tmp_path / "state.json")
    store = load(tmp_path / "state.json", shop.world.clock)
    api = Api(create_app(store), grant)
    made = api.ok("POST", f"/cards/{shop.card.short_link}/actions/comments", {"text": "suite"})
    assert made["id"] not in shop.store.actions
    assert made["date"] > max(each.date for each in shop.store.actions.values())
    assert len(api.get(f"/boards/{shop.board.id}/actions", limit=1000)) > 5


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"format": 99}',
        '{"format": 1}',
        '{"format": 1, "seed": 0, "counter": 0, "last": null, "members": [{"x": 1}]}',
    ],
)
def test_another_file_is_refused_by_name(tmp_path: Path, shop: Shop, content: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(content)
    with pytest.raises(StateFileError, match=r"state\.json"):
        load(path, shop.world.clock)


def test_a_store_without_a_past_is_saved_too(tmp_path: Path, shop: Shop) -> None:
    save(Store(shop.world.clock), tmp_path / "empty.json")
    state: dict[str, Any] = json.loads((tmp_path / "empty.json").read_text())
    assert state["last"] is None
    assert load(tmp_path / "empty.json", shop.world.clock).boards == {}
